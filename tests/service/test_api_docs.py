"""The description as pages want it: complete, and with examples that are what the API takes and gives."""

import json
import re
from pathlib import Path

import jsonschema
import pytest

from service.api_docs import Operation, bare_example, example, kind, operations
from service.description import Json
from tests.service.comparisons import comparing_library
from tests.service.conftest import make_client

DESCRIPTION: Json = make_client().get("/v1/openapi.json").json()
OPERATIONS = operations(DESCRIPTION)
REFUSED = {"internal-error", "invalid-parameter", "not-found", "method-not-allowed"}


def named(method: str, path: str) -> Operation:
    """One operation."""
    return next(one for one in OPERATIONS if (one.method, one.path) == (method, path))


def schema_of(operation: Operation) -> Json:
    """The schema of the answer, with the parts that it refers to."""
    replies = DESCRIPTION["paths"][operation.path][operation.method.lower()]["responses"]
    first = next(replies[status] for status in sorted(replies) if status.startswith("2"))
    schema: Json = first["content"]["application/json"]["schema"]
    return {**schema, "components": DESCRIPTION["components"]}


def test_nothing_is_missing() -> None:
    """Every path and method is there once, each with words and its own anchor."""
    assert {(one.method.lower(), one.path) for one in OPERATIONS} == {
        (method, path) for path, methods in DESCRIPTION["paths"].items() for method in methods
    }
    assert len({one.anchor for one in OPERATIONS}) == len(OPERATIONS)
    assert all(one.summary for one in OPERATIONS)


@pytest.mark.parametrize("operation", [one for one in OPERATIONS if one.answer], ids=lambda one: one.anchor)
def test_example_answers_fit_their_schema(operation: Operation) -> None:
    """What the page shows as an answer is what the description allows."""
    jsonschema.validate(json.loads(operation.answer), schema_of(operation))


def test_a_list_in_an_address_is_written_as_it_is_asked() -> None:
    """Each of its values has the name before it; how many there may be is told."""
    operation = named("GET", "/v1/compare/differences")
    assert operation.request == "GET /v1/compare/differences?q=valpreventie&region=Drenthe&region=Zeeland"
    assert [one.kind for one in operation.parameters if one.name == "region"] == ["lijst, 2 tot en met 5"]


def test_example_requests_are_taken(tmp_path: Path) -> None:
    """Each example is understood: the made-up names are not found, but no parameter is refused."""
    library = comparing_library(tmp_path)
    client = make_client(lambda: library)
    for operation in OPERATIONS:
        first, _, rest = operation.request.partition("\n")
        method, address = first.split(" ", 1)
        body = rest.partition("\n\n")[2]
        sent = {"content": body, "headers": {"Content-Type": "application/json"}} if body.startswith("{") else {}
        answer = client.request(method, address, **sent)  # type: ignore[arg-type]
        told = answer.json() if answer.headers["content-type"].endswith("json") else {}
        assert told.get("code", "") not in REFUSED, operation.request


def test_parameters_say_where_what_and_default() -> None:
    """A parameter has its place, kind, bounds and default, in Dutch."""
    search = {one.name: one for one in named("GET", "/v1/search").parameters}
    assert (search["q"].where, search["q"].required) == ("vraag", True)
    assert (search["limit"].kind, search["limit"].default) == ("geheel getal, 1 tot en met 100", "10")
    page = {one.name: one for one in named("GET", "/v1/documents/{file}/pages/{number}").parameters}
    assert (page["number"].where, page["number"].kind) == ("pad", "geheel getal, vanaf 1")


def test_fields_of_a_body_are_told_with_those_within() -> None:
    """The JSON of a memo is told field by field, the items with their own."""
    memo = {one.name: one for one in named("POST", "/v1/memos").parameters}
    assert memo["items"].required
    assert memo["items[].passage_id"].required
    assert memo["format"].kind.startswith("een van: docx, ")
    assert all(one.where == "inhoud" for one in memo.values())


def test_a_form_within_itself_ends() -> None:
    """A tree that holds trees of its own kind gives an example of one level."""
    tree = {"$ref": "#/components/schemas/Tree"}
    description = {"components": {"schemas": {"Tree": {"type": "object", "properties": {
        "name": {"type": "string", "default": "wortel"}, "below": {"type": "array", "items": tree},
    }}}}}  # fmt: skip
    assert example(description, tree) == {"name": "wortel", "below": []}


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "integer", "minimum": 3.0}, 3),
        ({"type": "number", "default": 0.5}, 0.5),
        ({"type": "boolean"}, True),
        ({"type": "null"}, None),
        ({"type": "array", "items": {"type": "string"}}, []),
        ({"type": "array", "prefixItems": [{"type": "integer"}, {"type": "integer"}]}, [1, 1]),
        ({"type": "string"}, ""),
    ],
)
def test_plain_schemas_have_plain_examples(schema: Json, value: object) -> None:
    """Without an example of its own a value follows from its type."""
    assert bare_example({}, schema, ()) == value


def test_kinds_are_dutch() -> None:
    """No English type name is shown."""
    assert kind({"type": "string", "maxLength": 5}) == "tekst, hoogstens 5 tekens"
    words = " ".join(one.kind for operation in OPERATIONS for one in operation.parameters)
    assert not re.search(r"\b(string|integer|number|boolean|array)\b", words)
