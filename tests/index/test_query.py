"""What a question asks."""

from index.query import LONGEST, normalise, parse


def test_a_question_is_its_content_words() -> None:
    """Words that only ask carry no weight; a word said twice weighs double."""
    assert parse("Hoeveel artsen zijn er, en welke artsen?").terms == {"arts": 2.0}


def test_a_named_region_is_recognised() -> None:
    """The region that the question names comes under its own name, once."""
    assert parse("Wat doet Drenthe, en waarom doet drenthe dat?").regions == ("Drenthe",)


def test_the_topic_leaves_the_region_out() -> None:
    """What is asked of a region is told apart from the region; a region alone is its own topic."""
    assert set(parse("Wat doet Twente aan valpreventie?").topic) == {"valpreventie"}
    assert set(parse("Twente").topic) == {"twente"}


def test_a_question_without_region_names_none() -> None:
    """A common word is not taken for a region."""
    assert parse("Wat is een opgaveteam?").regions == ()


def test_spaces_and_letters_are_brought_to_one_form() -> None:
    """Line breaks, control characters and decomposed accents make no difference."""
    assert normalise("  cliënten\n\tin\x00 de wijk ") == "cliënten in de wijk"


def test_a_pasted_report_is_cut() -> None:
    """What is far longer than a question costs no more than a question."""
    assert len(parse("wijk " * 10_000).text) <= LONGEST


def test_an_empty_question_asks_nothing() -> None:
    """Spaces alone are no question."""
    asked = parse("   ")
    assert (asked.text, asked.terms, asked.topic, asked.regions) == ("", {}, {}, ())
