"""Reading a topic."""

import pytest

from index.analysis import analyse
from index.topic import frame_terms, parse_topic


def terms(words: str) -> tuple[str, ...]:
    """Return the terms of words."""
    return tuple(analyse(words))


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("Welke regio's zetten in op valpreventie?", "valpreventie"),
        ("In welke subregio's komt een beweegtuin voor ouderen?", "beweegtuin ouderen"),
        ("Wat doen de zorgkantoorregio's aan beeldbellen bij wondzorg?", "beeldbellen wondzorg"),
        ("beeldbellen", "beeldbellen"),
    ],
)
def test_the_words_of_asking_are_left_out(question: str, topic: str) -> None:
    """A question after a topic is read as the topic alone."""
    assert parse_topic(question).readings == (terms(topic),)


def test_either_side_of_a_choice_is_a_reading() -> None:
    """'A of B' is about A or about B, each with the rest of the question."""
    readings = parse_topic("Waar komt een beweegtuin of wandelclub voor ouderen?").readings
    assert set(readings) == {terms("beweegtuin ouderen"), terms("wandelclub ouderen")}


def test_words_in_brackets_are_another_name() -> None:
    """'A (B)' is read as A and as B."""
    assert set(parse_topic("zorgplanning (advance care)").readings) == {terms("zorgplanning"), terms("advance care")}


def test_a_relative_clause_goes_with_its_noun() -> None:
    """Of 'A of B die C' the readings are A, and B with C."""
    readings = parse_topic("Welke regio's willen vrijwilligers of buren die koken?").readings
    assert set(readings) == {terms("vrijwilligers"), terms("buren koken")}


def test_a_choice_between_words_of_asking_is_none() -> None:
    """'komen of zijn' is not a choice between topics."""
    assert parse_topic("Waar komen of zijn beweegtuinen?").readings == (terms("beweegtuinen"),)


def test_many_choices_stay_few_readings() -> None:
    """A pasted list of choices does not double the work without end."""
    assert len(parse_topic(" of ".join(f"woord{n}" for n in range(40))).readings) <= 8


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("Welke zorgkantoorregio's doen aan valpreventie?", {"zorgkantoorregio", "subregio"}),
        ("Welke ROAZ-regio's doen aan valpreventie?", {"ROAZ-regio", "ROAZ-subregio"}),
        ("Welke zorgkantoorregio's of ROAZ-regio's doen dat?", set()),
        ("valpreventie", set()),
    ],
)
def test_a_kind_of_region_can_be_asked_for(question: str, kinds: set[str]) -> None:
    """Naming one kind of region asks for it and its parts; naming both or none asks for all."""
    assert parse_topic(question).kinds == kinds


def test_names_of_regions_are_no_topic() -> None:
    """A region that is named is told apart from the topic."""
    topic = parse_topic("valpreventie in Drenthe")
    assert topic.regions == ("Drenthe",)
    assert topic.readings == (terms("valpreventie"),)


def test_a_topic_of_asking_words_alone_keeps_them() -> None:
    """Where nothing else is left, the words themselves are the topic; without words there is none."""
    assert parse_topic("maatregelen").readings == (terms("maatregelen"),)
    assert parse_topic(" ?! ").readings == ()


def test_no_word_of_a_subject_is_a_word_of_asking() -> None:
    """Words that carry meaning in a plan are not taken for words of asking."""
    assert frame_terms().isdisjoint(
        analyse("zorg ouderen preventie samenwerking digitaal wonen huisarts contractering")
    )
