"""Query parameters that a route does not know are refused by name: a misspelled filter would silently not filter."""

from typing import Any

from fastapi import Request

from service.problems import ProblemError

API = "/v1/"


def known_parameters(description: dict[str, Any], path: str, method: str) -> frozenset[str] | None:
    """The names that a route knows, from the OpenAPI description; None for a route that it does not hold."""
    operation = description["paths"].get(path, {}).get(method.lower())
    if operation is None:
        return None
    return frozenset(one["name"] for one in operation.get("parameters", []) if one["in"] == "query")


def refuse_unknown_parameters(request: Request) -> None:
    """Refuse what the route of the API does not know; web pages ignore it, as links of others may carry it.

    Raises:
        ProblemError: 400, with the names that are not known and those that are.
    """
    asked = list(dict.fromkeys(request.query_params))
    path = getattr(request.scope.get("route"), "path_format", "")
    if not asked or not path.startswith(API):
        return
    known = known_parameters(request.app.openapi(), path, request.method)
    strange = [name for name in asked if name not in (known or ())]
    if known is None or not strange:
        return
    named = ", ".join(repr(name[:40]) for name in strange[:10])
    way = f"Wel: {', '.join(sorted(known))}." if known else "Dit adres heeft geen parameters."
    raise ProblemError(400, "unknown-parameter", f"Deze parameters bestaan hier niet: {named}. {way}")
