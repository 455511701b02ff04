"""Passages that state something planned, and those that do not."""

from dataclasses import replace

import pytest

from ingest.activities import find_activity, is_planned, mark_activities
from ingest.document import Passage, PassageKind

PLAN = "We starten in 2026 een huiskamer voor ouderen in elke wijk."


def make_passage(text: str, section: tuple[str, ...] = (), kind: PassageKind = "body") -> Passage:
    """Make a passage that is a page by itself."""
    return Passage("id", "plan.pdf", 1, 0, len(text), text, section, kind=kind)


@pytest.mark.parametrize(
    "text",
    [
        "We gaan in elke wijk een huiskamer openen.",
        "In de Polderstreek zetten we samen met bewoners in op bewegen.",
        "Er wordt ingezet op het versterken van de buurt.",
        "In elke kern wordt een ontmoetingsplek ingericht.",
        "In 2027 zal een gezamenlijk rooster worden opgesteld.",
        "Het inrichten van een loket voor alle vragen over wonen.",
        "Het tijdig opzetten van een netwerk rond dementie.",
        "- Inrichten van een loket voor alle vragen over wonen",
        "3. Uitrollen van beeldbellen in de thuiszorg",
        "Wij richten een kernteam in met de apotheker en de wijkverpleegkundige.",
        "Het doel is om één loket te openen. De pilot loopt al.",
    ],
)
def test_what_will_be_done_is_planned(text: str) -> None:
    """Verbs of doing in a form that looks ahead make a plan, wherever the sentence has its subject."""
    assert is_planned(text, ())


@pytest.mark.parametrize(
    "text",
    [
        "Het aantal ouderen stijgt tot 2040 met 30%.",
        "Er wordt verwacht dat het tekort aan verpleegkundigen toeneemt.",
        "Veel mensen ervaren de zorg als versnipperd.",
        "Wmo Wet maatschappelijke ondersteuning",
        "Kansrijke Polder",
        "-",
        "De roosters moeten beter op elkaar worden afgestemd.",
    ],
)
def test_what_is_so_is_not_planned(text: str) -> None:
    """Figures, forecasts, complaints, labels and what must be done are no plans."""
    assert not is_planned(text, ())


def test_a_heading_that_announces_plans_needs_little_proof() -> None:
    """Under 'Aanpak' a plain sentence is a plan; under 'Situatieschets' it is not, and a bare label never is."""
    text = "- Een vast aanspreekpunt voor mantelzorgers in elk dorp"
    assert is_planned(text, ("Polderstreek", "Aanpak"))
    assert not is_planned(text, ("Polderstreek", "Situatieschets"))
    assert not is_planned("Planning volgt later", ("Polderstreek", "Aanpak"))


def test_the_deepest_heading_decides() -> None:
    """A heading further down says more than the ones above it."""
    text = "- Een vast aanspreekpunt voor mantelzorgers in elk dorp"
    assert is_planned(text, ("Ontwikkelingen in de regio", "Directe resultaten"))
    assert not is_planned(text, ("Aanpak", "Begrippenlijst"))


def test_background_needs_more_proof() -> None:
    """One sentence that looks ahead does not make a sketch of the situation a plan; several do."""
    one = "We organiseren de zorg samen."
    assert not is_planned(one, ("Inleiding",))
    assert is_planned(f"{one} We starten in mei. We openen een loket in elke wijk.", ("Inleiding",))


def test_a_wish_in_the_passive_is_no_plan() -> None:
    """Under an ambition 'worden besproken' words a wish, while 'wij bespreken' says what will be done."""
    assert not is_planned("Vragen van inwoners worden besproken in het team.", ("Ambitie",))
    assert is_planned("Wij bespreken vragen van inwoners in het team.", ("Ambitie",))


def test_a_heading_inside_the_text_counts() -> None:
    """A short line that is a heading says what follows it, as a heading of the tree does."""
    item = "- Een vast aanspreekpunt voor mantelzorgers in elk dorp"
    assert is_planned(f"Aanpak\n{item}", ("Situatieschets",))
    assert not is_planned(f"Doelgroep: alle inwoners\n{item}", ("Aanpak",))


@pytest.mark.parametrize("kind", ["contents", "boilerplate", "glossary", "footnote"])
def test_some_kinds_of_text_plan_nothing(kind: PassageKind) -> None:
    """A glossary or a table of contents has no activity, whatever its words."""
    assert find_activity(make_passage(PLAN, kind=kind)) is None
    assert find_activity(make_passage(PLAN)) is not None


def test_a_cell_that_says_there_is_nothing_plans_nothing() -> None:
    """'Hier lijkt niets over opgenomen te zijn' is no activity, not even under a heading that announces some."""
    assert not is_planned("Hier lijkt niets over opgenomen te zijn in het plan.", ("Directe resultaten",))


def test_marking_changes_nothing_else() -> None:
    """Passages come out in order and unchanged but for their activity."""
    passages = [make_passage(PLAN), make_passage("Het aantal ouderen stijgt.")]
    marked = list(mark_activities(passages))
    assert [replace(passage, activity=None) for passage in marked] == passages
    assert [passage.activity is not None for passage in marked] == [True, False]
