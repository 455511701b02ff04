"""The web pages, rendered here and complete without JavaScript. Everything from a document is escaped."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from jinja2 import Environment, PackageLoader, StrictUndefined
from pydantic import BaseModel, Field
from starlette.responses import HTMLResponse
from starlette.staticfiles import StaticFiles

from ingest.regions import regions
from ingest.themes import themes
from service import forms, schemas
from service.asking import MAX_LIMIT, MAX_QUESTION, BadQuestion, UnknownFilter, ask, resolve_filters
from service.basket import memo_address
from service.dates import dutch_date, dutch_number
from service.examples import examples
from service.library import Library
from service.memo import MAX_ITEMS

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

STATIC = Path(__file__).parent / "static"
KINDS = {
    "zorgkantoorregio": "Zorgkantoorregio's",
    "subregio": "Subregio's",
    "ROAZ-regio": "ROAZ-regio's",
    "ROAZ-subregio": "ROAZ-subregio's",
}


class Ask(BaseModel):
    """What the search form holds.

    Attributes:
        q, region, theme, document: as typed or chosen; '' when empty.
        p: passages that were put in the memo before.
        limit: how many passages to show.
    """

    q: str = ""
    region: str = ""
    theme: str = ""
    document: str = ""
    limit: int = Field(default=10, ge=1, le=MAX_LIMIT)
    p: list[str] = Field(default=[], max_length=MAX_ITEMS)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters offer: only what the indexed documents speak of.

    Attributes:
        regions: region names by the plural of their kind.
        themes: theme names.
        documents: file names with their titles.
    """

    regions: Mapping[str, Sequence[str]] = field(default_factory=dict)
    themes: Sequence[str] = ()
    documents: Sequence[tuple[str, str]] = ()


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
    made.filters |= {"number": dutch_number, "date": dutch_date}
    made.globals |= {"segments": mark_segments, "reading_url": reading_url, "outline_url": outline_url}
    made.globals["table_rows"] = table_rows
    made.globals["css"] = f"/static/page.css?v={digest('page.css')}"
    return made


def digest(name: str) -> str:
    """A short digest in the address of a static file lets browsers keep it until it changes."""
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]


def static_files() -> StaticFiles:
    """The style sheet and icon."""
    return StaticFiles(directory=STATIC)


def render(
    template: str, status: int = 200, headers: Mapping[str, str] | None = None, **values: object
) -> HTMLResponse:
    """Fill in a template."""
    return HTMLResponse(environment().get_template(template).render(**values), status, headers)


def error_page(
    request: Request, status: int, title: str, detail: str, headers: Mapping[str, str] | None = None
) -> HTMLResponse:
    """An error in plain words, with a way back."""
    return render("error.html", status, headers, title=title, detail=detail, path=request.url.path)


def filter_choices(library: Library) -> Choices:
    """What the selects offer, in the order of the gazetteer and the theme lists."""
    grouped: dict[str, list[str]] = {}
    for region in regions():
        if region.name in library.regions:
            grouped.setdefault(KINDS.get(region.kind, region.kind.capitalize()), []).append(region.name)
    return Choices(
        regions=grouped,
        themes=[theme.name for theme in themes() if theme.name in library.themes],
        documents=[(document.file, document.title or document.file) for document in library.searcher.documents],
    )


def find_answer(request: Request, library: Library, asked: Ask) -> schemas.SearchAnswer:
    """Search as the form asks."""
    filters = resolve_filters(library, asked.region, asked.theme, asked.document)
    with request.app.state.gate:
        answer = ask(library, asked.q, asked.limit, filters)
    return forms.answer_form(library, answer)


@router.get("/")
def search_page(request: Request, asked: Annotated[Ask, Query()]) -> HTMLResponse:
    """The question box and, once asked, the passages that answer."""
    library: Library = request.app.state.library.get()
    answer, complaint = None, ""
    if asked.q.strip():
        try:
            answer = find_answer(request, library, asked)
        except (BadQuestion, UnknownFilter) as error:
            complaint = str(error)
    return render(
        "search.html",
        422 if complaint else 200,
        asked=asked,
        answer=answer,
        complaint=complaint,
        choices=filter_choices(library),
        coverage=forms.coverage_form(library.coverage),
        examples=examples(),
        kept=[("p", name) for name in asked.p],
        memo_address=memo_address(asked.p),
        max_items=MAX_ITEMS,
        max_question=MAX_QUESTION,
        max_limit=MAX_LIMIT,
    )


@router.get("/documenten")
def documents_page(request: Request) -> HTMLResponse:
    """What is indexed, with what warnings, and what could not be read."""
    listing = forms.documents_form(request.app.state.library.get())
    return render("documents.html", listing=listing, coverage=listing.coverage)
