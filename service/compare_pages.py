"""The page that compares regions: a topic, every region, found or not, with the evidence."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from markupsafe import Markup
from pydantic import Field
from starlette.responses import HTMLResponse

from index.compare import level_of
from ingest.regions import regions
from service import forms, schemas
from service.asking import MAX_QUESTION, BadQuestion, UnknownFilter
from service.compare_files import Format
from service.compare_routes import CompareQuery, find
from service.compare_svg import count, describe, groups, tile
from service.comparing import CompareRow, ComparisonForm
from service.library import Library
from service.pages import KINDS, asset, mark_segments, render

router = APIRouter(include_in_schema=False)

ADDRESS = "/vergelijken"
EXAMPLES = (
    "Welke regio's zetten in op valpreventie?",
    "Welke regio's werken met spoedpleinen?",
    "Welke zorgkantoorregio's doen iets aan eenzaamheid bij ouderen?",
    "proactieve zorgplanning (advance care planning)",
)
FORMATS = (
    (Format.XLSX, "Excel"),
    (Format.CSV, "CSV"),
    (Format.DOCX, "Word-tabel"),
    (Format.MARKDOWN, "Markdown-tabel"),
    (Format.SVG, "Plaatje (SVG)"),
)
# How many regions that are found are put side by side at first.
SIDES = 3
# About two lines of a passage; the whole of it is one click away.
EXCERPT = 240


class CompareAsk(CompareQuery):
    """What the form holds, besides what the API takes.

    Attributes:
        kind: only rows of this kind of region; '' for all.
        show: all rows, or only those that were found.
    """

    q: str = Field(default="", max_length=10 * MAX_QUESTION)
    kind: str = ""
    show: Literal["alle", "gevonden"] = "alle"


def address(asked: CompareAsk, **changes: str | int) -> str:
    """The page's address for what is asked, with some of it changed; what is as usual is left out."""
    usual = CompareAsk().model_dump()
    held = asked.model_dump() | changes
    return f"{ADDRESS}?{urlencode({name: value for name, value in held.items() if value != usual[name]})}"


def saving(asked: CompareAsk, comparison: ComparisonForm, form: Format) -> str:
    """The address of the comparison as a file."""
    fields = {
        "q": asked.q,
        "passage_id": asked.passage_id,
        "part": asked.part or "",
        "level": comparison.level,
        "strictness": comparison.strictness,
        "parent": asked.parent,
        "format": form,
    }
    return f"/v1/compare/export?{urlencode({name: value for name, value in fields.items() if value})}"


def side_by_side(asked: CompareAsk, comparison: ComparisonForm) -> str:
    """The address that puts the surest of the regions that are found side by side; '' when there is no pair."""
    found = sorted((row for row in comparison.regions if row.found), key=lambda row: -row.confidence)[:SIDES]
    if not asked.q or len(found) < 2:
        return ""
    return f"/verschillen?{urlencode([('q', asked.q), *(('region', row.region) for row in found)])}"


def excerpt(hit: schemas.Hit, length: int = EXCERPT) -> list[tuple[str, bool]]:
    """The part of a passage with the most marked words, cut at spaces: [(words, whether to mark them)]."""
    begins = [max(0, min(start - length // 4, len(hit.text) - length)) for start, _ in hit.highlights] or [0]
    start = max(begins, key=lambda at: sum(at <= a and b <= at + length for a, b in hit.highlights))
    end = min(len(hit.text), start + length)
    start = hit.text.rfind(" ", 0, start) + 1 if start else 0
    end = hit.text.find(" ", end) if hit.text.find(" ", end) > 0 else len(hit.text)
    inside = [(max(a, start) - start, min(b, end) - start) for a, b in hit.highlights if a < end and b > start]
    segments = mark_segments(hit.text[start:end], inside)
    return [*([("… ", False)] if start else []), *segments, *([(" …", False)] if end < len(hit.text) else [])]


def visible(comparison: ComparisonForm, asked: CompareAsk) -> list[CompareRow]:
    """The rows to show: found ones first, then the others, in the gazetteer's order; of a passage the nearest first."""
    rows = [row for row in comparison.regions if asked.kind in {"", row.kind}]
    found = [row for row in rows if row.found]
    if comparison.passage_id:
        found.sort(key=lambda row: -row.score)
    return found if asked.show == "gevonden" else found + [row for row in rows if not row.found]


def pictures(comparison: ComparisonForm) -> list[tuple[str, str, list[tuple[str, Markup]]]]:
    """For each kind of region its plural, how many were found, and the look and drawing of every tile."""
    return [
        (
            KINDS.get(kind, kind),
            count(rows, comparison.parent),
            [("found" if row.found else "empty", Markup(tile(row))) for row in rows],  # noqa: S704  # escaped there
        )
        for kind, rows in groups(comparison)
    ]


def origin(library: Library, asked: CompareAsk) -> schemas.Passage | None:
    """The passage that others are compared with."""
    passage = library.searcher.passage(asked.passage_id)
    return forms.passage_form(library, passage) if passage else None


def wholes(library: Library) -> list[str]:
    """The regions that have parts of their own in the documents."""
    return sorted({region.parent for region in regions() if region.parent and region.name in library.regions})


def kinds(comparison: ComparisonForm | None) -> Mapping[str, str]:
    """The kinds of region in a comparison, with their plural."""
    held: Sequence[CompareRow] = comparison.regions if comparison else ()
    return {row.kind: KINDS.get(row.kind, row.kind) for row in held}


@router.get(ADDRESS)
def compare_page(request: Request, asked: Annotated[CompareAsk, Query()]) -> HTMLResponse:
    """The topic box and, once asked, the table of all regions."""
    library: Library = request.app.state.library.get()
    found, complaint = None, ""
    if asked.passage_id and "level" not in request.query_params:
        passage = library.searcher.passage(asked.passage_id)
        asked = asked.model_copy(update={"level": level_of(passage) if passage else asked.level})
    if asked.q.strip() or asked.passage_id:
        try:
            found = find(request, library, asked)
        except (BadQuestion, UnknownFilter) as error:
            complaint = str(error)
    return render(
        "compare.html",
        422 if complaint else 200,
        asked=asked,
        comparison=found,
        complaint=complaint,
        rows=visible(found, asked) if found else [],
        origin=origin(library, asked),
        pictures=pictures(found) if found else [],
        kinds=kinds(found),
        wholes=wholes(library),
        coverage=forms.coverage_form(library.coverage),
        examples=EXAMPLES,
        max_question=MAX_QUESTION,
        address=address,
        describe=describe,
        beside=side_by_side(asked, found) if found else "",
        saves=[(saving(asked, found, form), label) for form, label in FORMATS] if found else [],
        excerpt=excerpt,
        style=asset("compare.css"),
    )
