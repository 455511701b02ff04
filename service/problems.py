"""Errors over HTTP: problem+json (RFC 9457) for programs, a page in plain words for people, never a trace."""

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from ingest.errors import RegiowijzerError
from service.asking import BadQuestion, UnknownFilter
from service.headers import stamp
from service.library import NotReady
from service.memo import BadMemo
from service.pages import error_page
from service.schemas import Problem

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
TITLES = {
    400: "Onjuist verzoek",
    403: "Niet toegestaan",
    401: "Niet aangemeld",
    404: "Niet gevonden",
    405: "Niet toegestaan",
    406: "Niet in deze vorm te geven",
    408: "Te langzaam",
    409: "Niet meer hetzelfde",
    410: "Niet meer aanwezig",
    413: "Te groot",
    422: "Onjuiste invoer",
    429: "Te veel vragen",
    500: "Er ging iets mis",
    503: "Even niet beschikbaar",
    507: "Geen ruimte meer",
}
DETAILS = {
    404: "Dit adres bestaat niet. De beschrijving van de dienst staat op /v1/openapi.json.",
    405: "Dit adres kan niet op deze manier worden gebruikt.",
    408: "Wat u stuurt komt te langzaam binnen. Probeer het opnieuw.",
    413: "Wat u stuurt is te groot. Maak de memo korter of verdeel hem in stukken.",
    500: "Er ging iets mis aan onze kant. Probeer het opnieuw; blijft het misgaan, meld het dan aan de beheerder.",
}
# What a page says in other words: people read no description of the API.
PAGE_DETAILS = {404: "Dit adres bestaat niet."}
# What pydantic calls a fault -> what we say; {…} are pydantic's own figures.
FAULTS = {
    "missing": "is verplicht",
    "int_parsing": "moet een heel getal zijn",
    "greater_than_equal": "moet ten minste {ge} zijn",
    "less_than_equal": "mag hoogstens {le} zijn",
    "string_too_short": "moet ten minste {min_length} teken(s) hebben",
    "string_too_long": "mag hoogstens {max_length} tekens hebben",
    "literal_error": "moet {expected} zijn",
    "too_short": "moet ten minste {min_length} onderdeel of onderdelen hebben",
    "too_long": "mag hoogstens {max_length} onderdelen hebben",
    "repeated": "mag elke naam maar één keer hebben, en geen lege",
    "enum": "moet een van deze zijn: {expected}",
    "json_invalid": "is geen geldige JSON",
}


class ProblemError(RegiowijzerError):
    """A request that cannot be met, with its HTTP status, a fixed code and a Dutch sentence."""

    def __init__(self, status: int, code: str, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.headers = dict(headers or {})


def describe_fault(error: Mapping[str, Any]) -> dict[str, str]:
    """One fault that pydantic found: the field and what is wrong with it, in Dutch."""
    words = FAULTS.get(str(error["type"]), "is niet geldig").format(**_dutch(error.get("ctx", {})))
    return {"field": str(error["loc"][-1]) if error["loc"] else "", "detail": words}


def _dutch(figures: Mapping[str, Any]) -> dict[str, Any]:
    """What pydantic fills in, with its one English word replaced."""
    return {name: value.replace(" or ", " of ") if isinstance(value, str) else value for name, value in figures.items()}


def _of_api(request: Request) -> bool:
    return request.url.path.startswith("/v1")


def respond(request: Request, problem: ProblemError, errors: list[dict[str, str]] | None = None) -> Response:
    """A problem as the client wants it: JSON under /v1, a page elsewhere."""
    title = TITLES.get(problem.status, HTTPStatus(problem.status).phrase)
    if not _of_api(request):
        return error_page(request, problem.status, title, str(problem), problem.headers)
    body = Problem(
        title=title,
        status=problem.status,
        detail=str(problem),
        instance=request.url.path,
        code=problem.code,
        errors=errors or [],
    )
    content = body.model_dump_json(exclude=None if errors else {"errors"})
    return Response(content, problem.status, problem.headers, MEDIA_TYPE)


def on_problem(request: Request, error: Exception) -> Response:
    """Our own errors carry their status; those of the other rooms get one here."""
    match error:
        case ProblemError():
            return respond(request, error)
        case BadQuestion():
            return respond(request, ProblemError(422, "bad-question", str(error)))
        case BadMemo():
            return respond(request, ProblemError(422, "bad-memo", str(error)))
        case UnknownFilter():
            return respond(request, ProblemError(422, "unknown-filter", str(error)))
        case NotReady():
            return respond(request, ProblemError(503, "not-ready", str(error), {"Retry-After": "30"}))
    return on_crash(request, error)


def on_invalid(request: Request, error: Exception) -> Response:
    """Parameters that FastAPI refused."""
    faults = [describe_fault(fault) for fault in error.errors()] if isinstance(error, RequestValidationError) else []
    detail = "; ".join(f"{fault['field']} {fault['detail']}" for fault in faults) + "."
    return respond(request, ProblemError(422, "invalid-parameter", detail), faults)


def on_http(request: Request, error: Exception) -> Response:
    """What Starlette refuses by itself: an unknown address, a wrong method."""
    status, headers = (error.status_code, error.headers) if isinstance(error, HTTPException) else (500, None)
    code = HTTPStatus(status).phrase.lower().replace(" ", "-")
    details = DETAILS if _of_api(request) else DETAILS | PAGE_DETAILS
    detail = details.get(status, "Dit verzoek kan niet worden uitgevoerd.")
    return respond(request, ProblemError(status, code, detail, headers))


def on_crash(request: Request, error: Exception) -> Response:
    """A fault of ours: the trace goes to the log, a sentence to the client."""
    log.error("onverwachte fout", exc_info=error, extra={"path": request.url.path})
    response = respond(request, ProblemError(500, "internal-error", DETAILS[500]))
    # Starlette answers crashes outside the middleware that stamps every other answer.
    stamp(response.headers)
    return response


def install_handlers(app: FastAPI) -> None:
    """Let every error of `app` leave in one form."""
    app.add_exception_handler(RegiowijzerError, on_problem)
    app.add_exception_handler(RequestValidationError, on_invalid)
    app.add_exception_handler(HTTPException, on_http)
    app.add_exception_handler(Exception, on_crash)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems that a route may answer with, for its OpenAPI description."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {status: {"description": TITLES[status], "content": {MEDIA_TYPE: {"schema": schema}}} for status in statuses}
