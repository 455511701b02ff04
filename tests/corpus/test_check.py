"""The check that holds a card against its sources."""

from pathlib import Path

import pytest

from corpus.regiokaarten.cards import read_card, sources
from corpus.regiokaarten.check import check, faults, main, make_plan, missing_names, missing_numbers, read_plans
from tests.corpus.test_cards import SOURCE, write
from tests.shared import SHARED, needs_shared


@needs_shared
def test_cards_are_true_to_their_sources() -> None:
    """No card holds a number, name or quoted term that its cited page lacks, nor eight words of a plan in a row."""
    assert check(sources(), read_plans(SHARED / "corpus")) == []


PAGE = "Het Wadden-\nloket opent 5 keer per week. Verzuim: 12,5% (ggz en Wmo). Vereniging De Zee werkt mee."


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Vijf keer per week, bij 12,5% verzuim.", []),
        ("Het verzuim is 12%.", ["12"]),
        ("Er zijn zes loketten.", ["zes"]),
    ],
)
def test_numbers_must_stand_on_the_page(text: str, missing: list[str]) -> None:
    """A number passes when the page has it, in figures or in words."""
    assert missing_numbers(text, PAGE) == missing


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Inwoners gaan naar het Waddenloket van De Zee.", []),
        ("Zij kennen de WMO. Mensen gaan naar Vereniging De Golf.", ["Vereniging De Golf"]),
        ("GGD en ggz doen mee.", ["GGD"]),
        ("De regio kiest ‘zorg aan zee’.", ["zorg aan zee"]),
    ],
)
def test_names_must_stand_on_the_page(text: str, missing: list[str]) -> None:
    """A name, abbreviation or quoted term passes when the page has it; a capital that opens a sentence is no name."""
    assert missing_names(text, PAGE) == missing


def test_faults_are_told_in_words(tmp_path: Path) -> None:
    """A wrong number, a name that is elsewhere, copied words and an unknown page are each named."""
    copied = "Inwoners van de hoek krijgen allemaal een eigen vaste begeleider."
    card = read_card(write(tmp_path, SOURCE + f'"Zorgcontractering" = [{{ page = 3, text = "{copied}" }}]\n'))
    plan = make_plan("Plan Waddenhoek", ["Het tekort: 12,5% in 2030.", copied])
    found = faults(card, {plan.title: plan})
    assert any("getal '2031' staat niet op p. 1" in fault for fault in found)
    assert any("naam 'Waddenloket' staat niet op p. 2" in fault for fault in found)
    assert any("bladzijde 3 is niet gevonden" in fault for fault in found)
    copied_card = read_card(write(tmp_path, SOURCE.replace("Er komt een Waddenloket.", copied)))
    assert any("overgenomen woorden" in fault for fault in faults(copied_card, {plan.title: plan}))


def test_the_title_of_a_plan_holds_for_every_page(tmp_path: Path) -> None:
    """A fact may name what the plan's title names, on whatever page it stands."""
    card = read_card(write(tmp_path, SOURCE.replace("Er komt een Waddenloket", "In Waddenhoek komt een loket")))
    plan = make_plan("Plan Waddenhoek", ["Het tekort: 12,5% in 2031.", "Een loket."])
    assert faults(card, {plan.title: plan}) == []


def test_the_command_tells_how_it_is_used(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a folder the check says in Dutch what it needs, and exits with 2."""
    assert main([]) == 2
    assert "Gebruik" in capsys.readouterr().err
