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


def test_our_thesaurus_covers_the_field() -> None:
    """Six hundred concepts or more, most with other labels, many under a broader one."""
    concepts = load_thesaurus().concepts.values()
    assert len(concepts) >= 600
    assert sum(bool(concept.alternatives) for concept in concepts) > 0.9 * len(concepts)
    assert sum(bool(concept.broader) for concept in concepts) > 0.3 * len(concepts)


def test_a_label_of_several_words_keeps_more_than_one() -> None:
    """'meer werk' would be found wherever 'werk' stands: function words do not tell a label from another."""
    labels = [label for concept in load_thesaurus().concepts.values() for label in concept.labels if " " in label]
    assert [label for label in labels if min(map(len, label_terms(label))) < 2] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ggz", "geestelijke gezondheidszorg"),
        ("msz", "medisch-specialistische zorg"),
        ("VVT", "verpleging, verzorging en thuiszorg"),
        ("Wlz", "Wet langdurige zorg"),
        ("SEH", "spoedeisende hulp"),
        ("POH", "praktijkondersteuner"),
        ("GRZ", "geriatrische revalidatiezorg"),
        ("ELV", "eerstelijnsverblijf"),
        ("MTVP", "meer tijd voor de patiënt"),
        ("ACP", "proactieve zorgplanning"),
        ("LVB", "licht verstandelijke beperking"),
        ("GHZ", "gehandicaptenzorg"),
        ("IZA", "integraal zorgakkoord"),
        ("GALA", "gezond en actief leven akkoord"),
        ("WOZO", "wonen, ondersteuning en zorg voor ouderen"),
        ("AZWA", "aanvullend zorg- en welzijnsakkoord"),
        ("ROAZ", "regionaal overleg acute zorgketen"),
        ("RSO", "regionale samenwerkingsorganisatie"),
        ("ZCC", "zorgcoördinatiecentrum"),
        ("HAP", "huisartsenspoedpost"),
        ("MGN", "mentaal gezondheidsnetwerk"),
        ("PGB", "persoonsgebonden budget"),
        ("MPT", "modulair pakket thuis"),
        ("VPT", "volledig pakket thuis"),
        ("GLI", "gecombineerde leefstijlinterventie"),
        ("JGZ", "jeugdgezondheidszorg"),
        ("GGD", "gemeentelijke gezondheidsdienst"),
        ("telefonist", "triagist"),
        ("personeelstekort", "arbeidsmarktkrapte"),
        ("opa en oma", "ouderen"),
        ("bejaardenhuis", "verzorgingshuis"),
        ("spoedpost", "huisartsenpost"),
    ],
)
def test_abbreviations_and_everyday_words_lead_to_the_concept(one: str, other: str) -> None:
    """Both are labels of the same concept."""
    thesaurus = load_thesaurus()
    found = thesaurus.find(label_terms(one)[0])
    assert found is not None
    assert found == thesaurus.find(label_terms(other)[0])


def test_a_label_of_two_meanings_is_searched_for_but_not_recognised() -> None:
    """'avg' is a law and a physician: who asks for either finds it, who asks for it gets no guess."""
    thesaurus = load_thesaurus()
    assert thesaurus.find(("avg",)) is None
    assert [label for label, concept in thesaurus.concepts.items() if "avg" in concept.hidden] == [
        "arts verstandelijk gehandicapten",
        "algemene verordening gegevensbescherming",
    ]


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
