"""The API of citations, and the pages of a memo."""

import json
import re

import pytest
from fastapi.testclient import TestClient

from ingest.document import passage_id
from service.memo import Format
from service.memo_files import MEDIA_TYPES
from tests.service.fakes import FILE, OTHER, make_documents

PLAN, KUST = make_documents()
IDS = [passage.id for document in (PLAN, KUST) for passage in document.passages]


@pytest.mark.parametrize("form", list(Format))
def test_a_memo_comes_as_a_file(client: TestClient, form: Format) -> None:
    """With its media type and a safe name; the links lead back to this service."""
    body = {"items": [{"passage_id": name} for name in IDS], "title": "../../Mijn memo", "format": form}
    answer = client.post("/v1/memos", json=body)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == MEDIA_TYPES[form]
    assert re.fullmatch(r"attachment; filename\*=UTF-8''mijn-memo\.\w+", answer.headers["content-disposition"])
    if form is not Format.DOCX:
        assert f"http://testserver/p/{IDS[0]}" in answer.text


def test_the_description_says_how_a_passage_is_named(client: TestClient) -> None:
    """Each name that an index gives fits it, and words do not."""
    item = client.get("/v1/openapi.json").json()["components"]["schemas"]["MemoItem"]
    pattern = item["properties"]["passage_id"]["pattern"]
    assert re.search(pattern, passage_id("ab" * 32, 1, 0, "Ouderen volgen een cursus."))
    assert not re.search(pattern, "een fragment")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"items": []}, "ten minste 1"),
        ({"items": [{"passage_id": "x"}] * 1000}, "hoogstens 100 onderdelen"),
        ({"items": [{"passage_id": IDS[0], "note": "x" * 1_000_000}]}, "hoogstens 10000 tekens"),
        ({"items": [{"passage_id": "../../etc/passwd"}]}, "Er is geen fragment"),
        ({"items": [{"passage_id": IDS[0], "quote": "Dit staat er niet."}]}, "niet letterlijk"),
        ({"items": [{"passage_id": IDS[0]}], "format": "exe"}, "moet een van deze zijn"),
        ({}, "items is verplicht"),
    ],
)
def test_a_bad_memo_is_a_problem(client: TestClient, body: object, words: str) -> None:
    """In Dutch, with status 422, and short: what was sent is not sent back."""
    answer = client.post("/v1/memos", json=body)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert words in answer.json()["detail"]
    assert len(answer.content) < 1000


def test_quotes_are_verified(client: TestClient) -> None:
    """Exact, elsewhere and absent, each with a sentence and a place."""
    asked = [
        {"quote": "De digitale zorg groeit", "document": OTHER, "page": 1},
        {"quote": "De digitale zorg groeit", "document": FILE},
        {"quote": "De digitale zorg krimpt", "document": OTHER, "page": 1},
        {"quote": "Xyzzy plugh"},
        {"quote": "De digitale zorg groeit", "document": "weg.pdf"},
    ]
    results = client.post("/v1/quotes/verify", json={"quotes": asked}).json()["results"]
    assert [result["status"] for result in results] == ["exact", "elsewhere", "absent", "absent", "elsewhere"]
    assert results[1]["places"][0]["citation"] == "brochure-kust.pdf, p. 1"
    assert results[1]["places"][0]["link"] == f"/p/{IDS[2]}"
    assert "waar het citaat ‘krimpt’ zegt" in results[2]["explanation"]
    assert {"kind": "quoted", "text": "krimpt"} in results[2]["nearest"]["difference"]
    assert results[3]["nearest"] is None
    assert "'weg.pdf' staat niet in de index" in results[4]["explanation"]


@pytest.mark.parametrize("quotes", [[], [{"quote": ""}], [{"quote": "x" * 5001}], [{"quote": "x"}] * 101, "x"])
def test_bad_quotes_are_a_problem(client: TestClient, quotes: object) -> None:
    """None, empty, too long, too many."""
    assert client.post("/v1/quotes/verify", json={"quotes": quotes}).status_code == 422


def test_a_passage_is_cited_in_every_style(client: TestClient) -> None:
    """In words and for reference managers, for the whole passage or a quote in it."""
    body = client.get(f"/v1/passages/{IDS[0]}/citations", params={"quote": "een cursus valpreventie"}).json()
    assert body["running"].endswith("2024, p. 1 (gedrukt: 7)")
    assert body["apa_in_text"] == "(Zorgkantoor Voorbeeld, 2024, p. 1 (gedrukt: 7))"
    assert body["link"] == f"http://testserver/p/{IDS[0]}"
    assert "annote = {een cursus valpreventie}" in body["bibtex"]
    assert json.loads(body["csl_json"])[0]["locator"] == "1"
    assert body["ris"].startswith("TY  - RPRT")


def test_a_citation_of_other_words_is_refused(client: TestClient) -> None:
    """A quote that is not in the passage gets no reference, and an unknown passage has none."""
    assert client.get(f"/v1/passages/{IDS[0]}/citations", params={"quote": "twee cursussen"}).status_code == 422
    assert client.get("/v1/passages/weg/citations").status_code == 404
