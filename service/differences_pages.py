"""The page that puts two to five regions side by side on a topic."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import HTMLResponse

from index.differences import FEWEST, MOST
from ingest.regions import regions
from service import forms
from service.asking import MAX_QUESTION, BadQuestion, UnknownFilter
from service.compare_files import Format
from service.compare_pages import excerpt
from service.differences_files import KINDS
from service.differences_routes import DifferencesQuery, find
from service.differing import AspectForm, DifferencesForm, ValueForm
from service.library import Library
from service.matrix_pages import FORMATS
from service.pages import KINDS as KINDS_OF_REGION
from service.pages import asset, render

router = APIRouter(include_in_schema=False)

ADDRESS = "/verschillen"
EXAMPLES = (
    ("reablement", ("Utrecht West", "Zuidoost Utrecht", "Eemland")),
    ("valpreventie", ("Drenthe", "Zeeland", "Zwolle")),
)


class DifferencesAsk(DifferencesQuery):
    """What the form holds: as the API takes it, however long."""

    q: str = ""
    region: list[str] = Field(default=[])


def address(q: str, regions: tuple[str, ...], strictness: str = "streng") -> str:
    """The page's address."""
    ruim = [("strictness", strictness)] if strictness != "streng" else []
    return f"{ADDRESS}?{urlencode([('q', q), *(('region', name) for name in regions), *ruim])}"


def saves(found: DifferencesForm) -> list[tuple[str, str]]:
    """The addresses of the differences as a file, each with what it is called."""
    held = [("q", found.topic), *(("region", side.region) for side in found.regions), ("strictness", found.strictness)]
    kinds: list[tuple[Format, str]] = list(FORMATS)
    return [(f"/v1/compare/differences/export?{urlencode([*held, ('format', form)])}", label) for form, label in kinds]


def choices(library: Library) -> dict[str, list[str]]:
    """The regions that the documents speak of, by the plural of their kind."""
    grouped: dict[str, list[str]] = {}
    for region in regions():
        if region.name in library.regions:
            grouped.setdefault(KINDS_OF_REGION.get(region.kind, region.kind), []).append(region.name)
    return grouped


def own(aspect: AspectForm, region: str) -> list[ValueForm]:
    """What only one region says."""
    return next((list(one.values) for one in aspect.own if one.region == region), [])


@router.get(ADDRESS)
def differences_page(request: Request, asked: Annotated[DifferencesAsk, Query()]) -> HTMLResponse:
    """The topic, the regions and, once asked, what they share and what differs."""
    library: Library = request.app.state.library.get()
    found, complaint = None, ""
    if asked.q.strip() and any(name.strip() for name in asked.region):
        try:
            with request.app.state.gate:
                found = find(library, asked)
        except (BadQuestion, UnknownFilter) as error:
            complaint = str(error)
    chosen = [side.region for side in found.regions] if found else [name for name in asked.region if name.strip()]
    return render(
        "differences.html",
        422 if complaint else 200,
        asked=asked,
        found=found,
        complaint=complaint,
        chosen=[*chosen, *[""] * MOST][:MOST],
        fewest=FEWEST,
        choices=choices(library),
        kinds=KINDS,
        own=own,
        excerpt=excerpt,
        examples=[(address(topic, names), topic, names) for topic, names in EXAMPLES],
        wider=address(asked.q, tuple(chosen), "ruim"),
        saves=saves(found) if found else [],
        coverage=forms.coverage_form(library.coverage),
        max_question=MAX_QUESTION,
        style=asset("compare.css"),
    )
