"""GET /v1/compare."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.service.comparisons import PLANS, comparing_library
from tests.service.conftest import make_client


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of a service over the made-up plans."""
    library = comparing_library(tmp_path_factory.mktemp("data"))
    with make_client(lambda: library) as made:
        yield made


def test_the_answer_has_the_form_of_the_contract(client: TestClient) -> None:
    """Topic, level, a row for each region and the coverage, with hits as a search gives them."""
    answer = client.get("/v1/compare", params={"q": "Welke regio's zetten in op beweegtuinen?"}).json()
    assert set(answer) >= {"topic", "level", "regions", "coverage"}
    assert answer["level"] == "regio"
    found = {row["region"]: row for row in answer["regions"] if row["found"]}
    assert set(found) == {"Drenthe", "Twente", "Zeeland", "ROAZ Oost"}
    assert set(found["Drenthe"]) >= {"region", "kind", "parent", "found", "score", "hits"}
    hit = found["Drenthe"]["hits"][0]
    assert (hit["document"], hit["page"], hit["passage_id"]) == ("plan.pdf", 1, PLANS[0].id)
    assert [hit["text"][start:end] for start, end in hit["highlights"]] == ["beweegtuinen"]


def test_parts_of_one_region_are_a_level(client: TestClient) -> None:
    """At level 'subregio' the rows are the parts of one region, which is named."""
    answer = client.get("/v1/compare", params={"q": "zorgacademie", "level": "subregio"}).json()
    assert answer["parent"] == "Utrecht/Midden-Nederland"
    assert {row["region"]: row["found"] for row in answer["regions"]} == {"Lekstroom": True, "Eemland": False}


def test_a_passage_is_compared(client: TestClient) -> None:
    """`passage_id` takes the place of `q`."""
    answer = client.get("/v1/compare", params={"passage_id": PLANS[1].id, "strictness": "ruim"}).json()
    assert answer["passage_id"] == PLANS[1].id
    assert {row["region"] for row in answer["regions"] if row["found"]} >= {"Zeeland"}


@pytest.mark.parametrize(
    ("query", "status", "code", "words"),
    [
        ({}, 422, "bad-question", "een van de twee"),
        ({"q": "x", "level": "wijk"}, 422, "invalid-parameter", "level moet 'regio' of 'subregio' zijn"),
        ({"q": "x", "strictness": "half"}, 422, "invalid-parameter", "strictness moet 'streng' of 'ruim' zijn"),
        ({"q": "x", "level": "subregio", "parent": "Atlantis"}, 422, "unknown-filter", "Atlantis"),
        ({"passage_id": "weg"}, 404, "unknown-passage", "'weg'"),
    ],
)
def test_what_cannot_be_compared_is_a_problem(
    client: TestClient, query: dict[str, str], status: int, code: str, words: str
) -> None:
    """The problem names the fault in Dutch."""
    answer = client.get("/v1/compare", params=query)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json()["code"] == code
    assert words in answer.json()["detail"]


def test_nonsense_is_found_nowhere(client: TestClient) -> None:
    """Every region has its row, and none is found."""
    rows = client.get("/v1/compare", params={"q": "walvisvaart op de maan", "strictness": "ruim"}).json()["regions"]
    assert len(rows) == 6
    assert not any(row["found"] or row["hits"] for row in rows)
