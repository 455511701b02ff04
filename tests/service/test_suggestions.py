"""Suggestions while typing."""

from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from ingest.document import Activity, Extract
from service.suggestions import fold, names, suggest
from tests.service.conftest import make_client
from tests.service.fakes import HOSTILE, fake_library, make_documents


@pytest.mark.parametrize(
    ("typed", "first", "value"),
    [
        ("ken", "Kennemerland", "Kennemerland"),
        ("valpreventie in KEN", "Kennemerland", "valpreventie in Kennemerland"),
        ("wat doet utrecht st", "Utrecht Stad", "wat doet Utrecht Stad"),
        ("dígitale z", "Digitale zorg", "Digitale zorg"),
        ("wat is gezond oud", "Gezond ouder worden", "wat is Gezond ouder worden"),
        ("rivieren", "Regioplan Rivierenland", "Regioplan Rivierenland"),
    ],
)
def test_the_last_words_are_completed(client: TestClient, typed: str, first: str, value: str) -> None:
    """A name is found by any of its words, without regard to capitals and accents; what stood before it stays."""
    found = client.get("/v1/suggestions", params={"q": typed}).json()["suggestions"]
    assert (found[0]["text"], found[0]["value"]) == (first, value)


@pytest.mark.parametrize("typed", ["", "k", "  ", "qqqq", "valpreventie ", "Kennemerland"])
def test_nothing_is_suggested_for_nothing(client: TestClient, typed: str) -> None:
    """One letter, an unknown word and a name that stands there whole suggest nothing."""
    assert client.get("/v1/suggestions", params={"q": typed}).json()["suggestions"] == []


def test_only_what_the_documents_hold_is_suggested(client: TestClient) -> None:
    """A region of the gazetteer that no document speaks of is left out."""
    found = client.get("/v1/suggestions", params={"q": "zee"}).json()["suggestions"]
    assert "Zeeland" not in [one["text"] for one in found]


def test_kinds_come_in_order_and_documents_have_an_address() -> None:
    """Names that begin so come before names with such a word; then by kind; each name once."""
    plan, kust = make_documents()
    group = Activity(groups=(Extract("ouderen", 0, 7, "ouderen in de wijk"), Extract("ouderen", 0, 7, "")))
    named = replace(plan, title="Ouderenplan", passages=(replace(plan.passages[0], activity=group), plan.passages[1]))
    held = names(fake_library([named, kust]))
    found = suggest(held, "oud", 8)
    assert [(one.kind, one.text) for one in found] == [
        ("doelgroep", "ouderen in de wijk"),
        ("document", "Ouderenplan"),
        ("thema", "Gezond ouder worden"),
    ]
    assert next(one for one in found if one.kind == "document").url == "/documenten/plan%20rivierenland.pdf"
    assert len(suggest(held, "oud", 1)) == 1


def test_a_hostile_title_is_data() -> None:
    """A script in a title comes as JSON, which no browser runs; the page puts it in as text."""
    plan, _ = make_documents()
    client = make_client(lambda: fake_library([replace(plan, title=HOSTILE)]))
    answer = client.get("/v1/suggestions", params={"q": "scri"})
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["suggestions"][0]["text"] == HOSTILE


def test_too_much_is_refused(client: TestClient) -> None:
    """A question beyond the limit is a problem like any other."""
    assert client.get("/v1/suggestions", params={"q": "x" * 1001}).status_code == 422
    assert client.get("/v1/suggestions", params={"q": "ken", "limit": 0}).status_code == 422


def test_spellings_fold() -> None:
    """Quotes, ampersands and accents do not matter."""
    assert fold("‘t Gooi & Vechtstreek") == "t gooi vechtstreek"
    assert fold("Coördinatie") == "coordinatie"
