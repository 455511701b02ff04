"""The OpenAPI description says what the API does, in Dutch, and nothing of FastAPI's own forms."""

from fastapi.testclient import TestClient

from service.about import Operator
from service.app import create_app
from service.description import contact_of
from service.library import LiveLibrary
from tests.service.fakes import fake_library


def test_errors_are_described_in_the_form_that_is_sent(client: TestClient) -> None:
    """Every error of every operation is a problem; the form that FastAPI adds by itself is gone."""
    description = client.get("/v1/openapi.json").json()
    answers = [
        (status, answer)
        for methods in description["paths"].values()
        for operation in methods.values()
        for status, answer in operation["responses"].items()
    ]
    for status, answer in answers:
        if status.startswith(("4", "5")):
            assert list(answer["content"]) == ["application/problem+json"]
        assert "API-Version" in answer["headers"]
        assert answer["description"] != "Successful Response"
    assert "HTTPValidationError" not in str(description)


def test_contact_is_the_operators() -> None:
    """An e-mail address or page of the operator stands in the description; without one there is no contact."""
    app = create_app(LiveLibrary(fake_library, lambda: ""), concurrency=1)
    app.state.operator = Operator("Gemeente Voorbeeld", "api@voorbeeld.nl")
    info = app.openapi()["info"]
    assert info["contact"] == {"name": "Gemeente Voorbeeld", "email": "api@voorbeeld.nl"}
    assert contact_of(Operator("", "https://voorbeeld.nl")) == {
        "name": "Beheerder van deze dienst", "url": "https://voorbeeld.nl",
    }  # fmt: skip
    assert contact_of(Operator("", "bel maar")) is None


def test_any_site_may_read_the_description(client: TestClient) -> None:
    """The description is public to scripts of other hosts; answers to questions are not."""
    assert client.get("/v1/openapi.json").headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in client.get("/v1/search?q=huisarts").headers
