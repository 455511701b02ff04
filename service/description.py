"""The OpenAPI description: FastAPI's own, with what the Dutch API Design Rules want and FastAPI does not know of."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from service.about import Operator
from service.problems import MEDIA_TYPE, TITLES
from service.schemas import Problem

DESCRIPTION = (
    "Zoekt fragmenten in Nederlandse regioplannen voor zorg en welzijn, elk met document, pagina en regio. "
    "Fouten komen als `application/problem+json` (RFC 9457). "
    "Een leesbare beschrijving met voorbeelden staat op /api."
)
VERSION_HEADER = {
    "API-Version": {"description": "Het volledige versienummer van de API", "schema": {"type": "string"}},
}
PROBLEM = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
# FastAPI names its own form of an error for each route that takes a parameter; ours never leaves in that form.
UNUSED = ("HTTPValidationError", "ValidationError")

Json = dict[str, Any]


def describe(app: FastAPI) -> Json:
    """The description of an application, made once."""
    if app.openapi_schema is None:
        schema = get_openapi(
            title=app.title,
            version=app.version,
            description=DESCRIPTION,
            routes=app.routes,
            openapi_version="3.1.0",
            servers=[{"url": "/", "description": "Deze dienst; elk pad begint met de hoofdversie"}],
            contact=contact_of(app.state.operator),
        )
        parts = schema.setdefault("components", {}).setdefault("schemas", {})
        parts["Problem"] = Problem.model_json_schema()
        for name in UNUSED:
            parts.pop(name, None)
        for methods in schema["paths"].values():
            for operation in methods.values():
                complete(operation)
        app.openapi_schema = schema
    return app.openapi_schema


def contact_of(operator: Operator) -> dict[str, str] | None:
    """Whom to ask, as OpenAPI wants it; None where the operator did not say."""
    if not operator.address:
        return None
    kind = "email" if operator.address.startswith("mailto:") else "url"
    return {"name": operator.organisation or "Beheerder van deze dienst", kind: operator.contact}


def complete(operation: Json) -> None:
    """Give each answer of an operation the version header, Dutch words and, for errors, the form that we send."""
    for status, answer in operation["responses"].items():
        answer["headers"] = answer.get("headers", {}) | VERSION_HEADER
        if answer["description"] == "Successful Response":
            answer["description"] = "Gelukt"
        if status.startswith(("4", "5")):
            answer["content"] = PROBLEM
            answer["description"] = TITLES[int(status)]
