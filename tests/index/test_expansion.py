"""Expansion of a question."""

from collections.abc import Callable
from dataclasses import replace

from index.compounds import Compounds
from index.expansion import Alternative, Expander, Shares, Synonym, used
from index.query import parse
from index.thesaurus.concepts import Concept, Thesaurus

THESAURUS = Thesaurus(
    [
        Concept("geestelijke gezondheidszorg", ("ggz", "psychische zorg"), ("zorg",)),
        Concept("zorg", ("hulpverlening",)),
        Concept("verslavingszorg", (), ("geestelijke gezondheidszorg",), ("verslaving",)),
        Concept("verslaving", ("drankprobleem",)),
        Concept("triagist", ("telefonist",)),
        Concept("Twentse noaberschap", ("Twente",)),
    ]
)
SHARES = Shares(synonym=0.5, narrower=0.4, broader=0.3, related=0.2, compound=0.1, parts=0.1)
NOTHING = Shares(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
COMPOUNDS = Compounds(dict.fromkeys(["spoed", "post", "spoedpost", "huisarts", "huisartsenspoedpost"], 2))


def everything(_: str) -> bool:
    """Every term is held."""
    return True


def expander(holds: Callable[[str], bool] = everything, shares: Shares = SHARES) -> Expander:
    """An expander over the small thesaurus."""
    return Expander(THESAURUS, COMPOUNDS, holds, shares)


def test_a_label_brings_the_other_labels_and_the_concepts_around() -> None:
    """Synonyms count most; narrower, broader and related concepts count less, each with all its labels."""
    (group,) = expander().expand(parse("Wat kost de GGZ?"))
    assert (group.asked, group.terms) == ("GGZ", ("ggz",))
    assert [(one.label, one.share, one.relation) for one in group.alternatives] == [
        ("geestelijke gezondheidszorg", 0.5, "synonym"),
        ("psychische zorg", 0.5, "synonym"),
        ("verslavingszorg", 0.4, "narrower"),
        ("zorg", 0.3, "broader"),
        ("hulpverlening", 0.3, "broader"),
    ]


def test_the_longest_label_counts() -> None:
    """Of 'geestelijke gezondheidszorg' no part is expanded by itself."""
    groups = expander().expand(parse("geestelijke gezondheidszorg en verslaving"))
    assert [group.asked for group in groups] == ["geestelijke gezondheidszorg", "verslaving"]


def test_an_alternative_that_no_passage_can_hold_is_left_out() -> None:
    """A group without alternatives is no group."""
    assert expander(lambda term: term != "telefonist").expand(parse("de triagist")) == ()


def test_a_relation_of_no_share_is_left_out() -> None:
    """With every share at 0 nothing is expanded."""
    assert expander(shares=NOTHING).expand(parse("ggz en verslaving")) == ()


def test_a_compound_brings_its_parts_and_a_part_its_compounds() -> None:
    """'spoedpost' is met by 'post voor spoed', and by 'huisartsenspoedpost'."""
    (group,) = expander(shares=Shares(compound=0.4, parts=0.3)).expand(parse("Waar is een spoedpost?"))
    assert [(one.terms, one.share, one.relation) for one in group.alternatives] == [
        (("huisartsenspoedpost",), 0.4, "compound"),
        (("spoed", "post"), 0.3, "compound"),
    ]


def test_a_label_may_be_a_compound_too() -> None:
    """What the thesaurus and what the corpus gives stand side by side; of one word the greater share counts."""
    thesaurus = Thesaurus([Concept("spoedpost", ("huisartsenspoedpost", "hap"))])
    (group,) = Expander(thesaurus, COMPOUNDS, everything, SHARES).expand(parse("spoedposten"))
    assert [(one.label, one.relation) for one in group.alternatives] == [
        ("huisartsenspoedpost", "synonym"),
        ("hap", "synonym"),
        ("spoed post", "compound"),
    ]


def test_names_of_regions_are_not_expanded() -> None:
    """A region that is named is not a word of the topic."""
    assert [group.asked for group in expander().expand(parse("telefonisten in Twente"))] == ["telefonisten"]


def test_what_was_used_is_shown_as_it_stands_in_the_passage() -> None:
    """The words of the passage lead back to the words of the question, with their spans."""
    groups = expander().expand(parse("Passen er nog telefonisten bij?"))
    text = "Er is geen ruimte voor meer triagisten."
    assert used(groups, text) == ((Synonym("telefonisten", "triagisten", "synonym"),), [(28, 38)])
    assert used(groups, "Er is ruimte.") == ((), [])


def test_an_alternative_of_two_words_needs_both() -> None:
    """'gezondheidszorg' alone is not 'geestelijke gezondheidszorg'."""
    groups = expander(shares=replace(NOTHING, synonym=0.5)).expand(parse("ggz"))
    assert groups[0].alternatives[0] == Alternative(
        groups[0].alternatives[0].terms, 0.5, "geestelijke gezondheidszorg", "synonym"
    )
    assert used(groups, "De gezondheidszorg is duur.")[0] == ()
    assert used(groups, "De gezondheidszorg, ook de geestelijke, is duur.")[0] != ()
