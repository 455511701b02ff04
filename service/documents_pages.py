"""The page that lists what is indexed: how complete, with what warnings, and what could not be read at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import HTMLResponse

from ingest.corpus import Failure
from ingest.document import Document
from service import forms
from service.facets import offered
from service.library import Library
from service.lookup import current_library
from service.pages import render
from service.suggestions import fold
from service.uploads import Uploads

router = APIRouter(include_in_schema=False)

PER_PAGE = 50
ORDERS = {
    "titel": "Titel",
    "jaar": "Jaar, nieuwste eerst",
    "paginas": "Aantal pagina’s, meeste eerst",
    "waarschuwingen": "Waarschuwingen, meeste eerst",
}
Order = Literal["titel", "jaar", "paginas", "waarschuwingen"]


class Listing(BaseModel):
    """What the address of the list holds.

    Attributes:
        zoek: words of the title, publisher or file name.
        soort: only this kind.
        alleen: 'waarschuwing' for documents of which something could not be read.
        volgorde: what comes first.
        vanaf: how many documents to pass over.
    """

    zoek: str = Field(default="", max_length=200)
    soort: str = Field(default="", max_length=200)
    alleen: Literal["", "waarschuwing"] = ""
    volgorde: Order = "titel"
    vanaf: int = Field(default=0, ge=0)


@dataclass(frozen=True, slots=True)
class Row:
    """A document in the list.

    Attributes:
        document: what it is.
        read: pages that gave text.
        gaps: what could not be read of it.
    """

    document: Document
    read: int
    gaps: tuple[Failure, ...]


@router.get("/documenten")
def documents_page(request: Request, asked: Annotated[Listing, Query()]) -> HTMLResponse:
    """What is indexed, and what could not be read."""
    library = current_library(request)
    held = rows(library)
    found = ordered([row for row in held if fits(row, asked)], asked.volgorde)
    files = {row.document.file for row in held}
    uploads: Uploads | None = getattr(request.app.state, "uploads", None)
    return render(
        "documents.html",
        asked=asked,
        rows=found[asked.vanaf : asked.vanaf + PER_PAGE],
        found=len(found),
        unread=[failure for failure in library.failures if failure.file not in files],
        kinds=[(value, words) for value, (_, words) in offered(library, "kind")],
        orders=ORDERS,
        before=address(asked, asked.vanaf - PER_PAGE) if asked.vanaf else "",
        after=address(asked, asked.vanaf + PER_PAGE) if asked.vanaf + PER_PAGE < len(found) else "",
        uploads=uploads,
        coverage=forms.coverage_form(library.coverage),
    )


def rows(library: Library) -> list[Row]:
    """Every document with what could not be read of it."""
    gaps: dict[str, list[Failure]] = {}
    for failure in library.failures:
        gaps.setdefault(failure.file, []).append(failure)
    return [
        Row(document, sum(not page.problem for page in document.pages), tuple(gaps.get(document.file, ())))
        for document in library.searcher.documents
    ]


def fits(row: Row, asked: Listing) -> bool:
    """Whether a document is asked for: each word must stand in its title, publisher, year or file name."""
    document = row.document
    words = fold(f"{document.title} {document.publisher} {document.year or ''} {document.file}")
    if asked.soort and document.kind != asked.soort:
        return False
    if asked.alleen and not (row.gaps or document.incomplete):
        return False
    return all(word in words for word in fold(asked.zoek).split())


def ordered(held: Sequence[Row], order: Order) -> list[Row]:
    """Documents in the order asked for; equals by title."""
    by_title = sorted(held, key=lambda row: fold(row.document.title or row.document.file))
    match order:
        case "jaar":
            return sorted(by_title, key=lambda row: -row.document.year)
        case "paginas":
            return sorted(by_title, key=lambda row: -len(row.document.pages))
        case "waarschuwingen":
            return sorted(by_title, key=lambda row: (not row.document.incomplete, -len(row.gaps)))
    return by_title


def address(asked: Listing, start: int) -> str:
    """The address of the list from another document on."""
    usual = Listing().model_dump()
    held = asked.model_dump() | {"vanaf": max(start, 0)}
    query = urlencode({name: value for name, value in held.items() if value != usual[name]})
    return f"/documenten?{query}" if query else "/documenten"
