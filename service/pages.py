"""The web pages, rendered here and complete without JavaScript. Everything from a document is escaped."""

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import groupby
from os import PathLike, stat_result
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from service import schemas
from service.actor import signed_in
from service.dates import dutch_date, dutch_number
from service.hits import Piece

STATIC = Path(__file__).parent / "static"
KINDS = {
    "zorgkantoorregio": "Zorgkantoorregio's",
    "subregio": "Subregio's",
    "ROAZ-regio": "ROAZ-regio's",
    "ROAZ-subregio": "ROAZ-subregio's",
}


def mark_segments(text: str, highlights: Sequence[tuple[int, int]]) -> list[tuple[str, bool]]:
    """Cut a text at its highlights: [(words, whether to mark them)]; joined they are the text again."""
    segments, at = [], 0
    for start, end in sorted(highlights):
        if start >= at and end > start:
            segments += [(text[at:start], False), (text[start:end], True)]
            at = end
    segments.append((text[at:], False))
    return [segment for segment in segments if segment[0]]


def table_rows(text: str, cells: Sequence[schemas.Cell]) -> list[list[tuple[str, str]]]:
    """Return the rows of a table as [(column, words)]; a row is a line of the text."""
    rows: dict[int, list[tuple[str, str]]] = {}
    for cell in cells:
        rows.setdefault(text.count("\n", 0, cell.start), []).append((cell.column, text[cell.start : cell.end]))
    return list(rows.values())


def by_answer(pieces: Sequence[Piece]) -> list[tuple[bool, list[Piece]]]:
    """Put pieces that follow each other within the sentence that answers, or outside it, together."""
    return [(answer, list(group)) for answer, group in groupby(pieces, key=lambda piece: piece.answer)]


def reading_url(file: str, page: int, passage_id: str = "") -> str:
    """Where a page is read, with a passage marked."""
    return f"/documenten/{quote(file, safe='')}/pagina/{page}" + (f"?fragment={passage_id}" if passage_id else "")


def outline_url(file: str) -> str:
    """Where a document's headings stand."""
    return f"/documenten/{quote(file, safe='')}"


@cache
def environment() -> Environment:
    """The templates. Strict: a name that a page misses is a fault, not an empty spot."""
    made = Environment(
        loader=PackageLoader("service"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"number": dutch_number, "date": dutch_date, "groupby_answer": by_answer}
    made.globals |= {"segments": mark_segments, "reading_url": reading_url, "outline_url": outline_url}
    made.globals["table_rows"] = table_rows
    made.globals |= {"asset": asset, "css": asset("page.css"), "signed_in": signed_in.get}
    return made


def asset(name: str) -> str:
    """The address of a style sheet or module, with a digest of what it holds."""
    return f"/static/{name}?v={digest(name)}"


def digest(name: str) -> str:
    """A short digest in the address of a static file lets browsers keep it until it changes."""
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]


class Assets(StaticFiles):
    """Files that browsers keep for good under an address with a digest, and ask after each time under any other."""

    def file_response(
        self, full_path: str | PathLike[str], stat_result: stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """The file, or 304 when the browser has it."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        versioned = scope["query_string"] == f"v={digest(Path(full_path).name)}".encode()
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable" if versioned else "no-cache"
        return response


def static_files() -> StaticFiles:
    """The style sheets, modules and icon."""
    return Assets(directory=STATIC)


def render(
    template: str,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **values: Any,  # noqa: ANN401
) -> HTMLResponse:
    """Fill in a template; what it needs is what it names."""
    return HTMLResponse(environment().get_template(template).render(**values), status, headers)


def error_page(
    request: Request, status: int, title: str, detail: str, headers: Mapping[str, str] | None = None
) -> HTMLResponse:
    """An error in plain words, with a way back."""
    return render("error.html", status, headers, title=title, detail=detail, path=request.url.path)
