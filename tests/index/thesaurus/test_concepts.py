"""The thesaurus and its checks."""

from pathlib import Path

import pytest

from index.errors import BadThesaurus
from index.thesaurus.concepts import Concept, Thesaurus, check, label_terms, load_thesaurus, read_concepts

FRUIT = [
    Concept("fruit"),
    Concept("appel", ("goudreinet", "elstar"), ("fruit",), ("appelmoes",)),
    Concept("peer", (), ("fruit",)),
    Concept("appelmoes", ("moes van appels",)),
]


def test_our_thesaurus_passes_its_checks() -> None:
    """Every label belongs to one concept, every reference exists, nothing is broader than itself."""
    check(list(load_thesaurus().concepts.values()))


def test_a_concept_is_found_by_the_terms_of_any_label() -> None:
    """Inflection and stop words make no difference; half a label finds nothing."""
    thesaurus = Thesaurus(FRUIT)
    for label in ("Appels", "elstar", "goudreinet"):
        (terms,) = label_terms(label)
        assert thesaurus.find(terms) == FRUIT[1]
    assert thesaurus.find(label_terms("moes van de appel")[0]) == FRUIT[3]
    assert thesaurus.find(("moes",)) is None


def test_neighbours_are_looked_up_both_ways() -> None:
    """What is broader is written down; what is narrower follows from it."""
    thesaurus = Thesaurus(FRUIT)
    assert thesaurus.broader(FRUIT[1]) == [FRUIT[0]]
    assert thesaurus.narrower(FRUIT[0]) == [FRUIT[1], FRUIT[2]]
    assert thesaurus.related(FRUIT[1]) == [FRUIT[3]]


def test_a_hyphenated_label_is_read_whole_and_in_parts() -> None:
    """'POH-GGZ' is met by 'POHGGZ' and by 'POH GGZ'."""
    assert label_terms("POH-GGZ") == (("pohggz",), ("poh", "ggz"))


@pytest.mark.parametrize(
    ("concepts", "fault"),
    [
        ([Concept("appel"), Concept("peer", ("appels",))], "'appels'"),
        ([Concept("appel", ("het",))], "zonder inhoud: 'het'"),
        ([Concept("appel", (), ("fruit",))], "'fruit'"),
        ([Concept("appel", (), (), ("appel",))], "'appel'"),
        ([Concept("appel", (), ("peer",)), Concept("peer", (), ("appel",))], "ruimer dan zichzelf"),
    ],
)
def test_what_is_no_thesaurus_is_refused(concepts: list[Concept], fault: str) -> None:
    """A label of two concepts, a label of nothing, a reference to nothing or to itself, and a circle are named."""
    with pytest.raises(BadThesaurus, match=fault):
        check(concepts)


def test_a_concept_with_an_unknown_field_is_refused(tmp_path: Path) -> None:
    """A field that is misspelt would otherwise be forgotten in silence."""
    file = tmp_path / "fruit.toml"
    file.write_text('"appel" = { altLabels = ["elstar"] }\n', encoding="utf-8")
    with pytest.raises(BadThesaurus, match=r"'appel'.*'altLabels'"):
        read_concepts(file)
