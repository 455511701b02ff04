"""The pages of a memo in the making and of a permanent link. They work without JavaScript and keep nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Request, Response
from starlette.responses import HTMLResponse, RedirectResponse

from ingest.document import Passage
from service import forms, schemas
from service.basket import Basket, address, carried, change, read_basket, write_basket
from service.citation import apa, footnote, permanent_link, refer
from service.library import Library
from service.lookup import Turn
from service.memo import MAX_ITEMS, MAX_LINE, MAX_NOTE, BadMemo, Format, Memo, Wish, make_memo
from service.memo_files import write_memo
from service.memo_routes import attachment, service_address
from service.memo_text import STYLE, write_html
from service.pages import digest, render
from service.permalinks import find_vanished
from service.problems import ProblemError
from service.quote_forms import place_form
from service.quotes import MAX_QUOTE, stands_in

router = APIRouter(include_in_schema=False)

PRINT = "afdrukken"
FORMATS = [
    (Format.DOCX, "Word"),
    (Format.HTML, "HTML"),
    (Format.MARKDOWN, "Markdown"),
    (Format.BIBTEX, "BibTeX"),
    (Format.RIS, "RIS"),
    (Format.CSL, "CSL-JSON"),
]
# Four fields a passage and some to spare; more is no form of ours.
MAX_FIELDS = 5 * MAX_ITEMS + 20


@dataclass(frozen=True, slots=True)
class Entry:
    """One passage on the page of the basket.

    Attributes:
        wish: what the reader asks for.
        passage: the passage, None when the index does not hold it.
        complaint: what is wrong with the quote or the note, or ''.
    """

    wish: Wish
    passage: schemas.Passage | None
    complaint: str = ""


async def posted(request: Request) -> list[tuple[str, str]]:
    """The fields of a form that was sent, in order; form libraries lose the order between names."""
    body = await request.body()
    try:
        return parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=MAX_FIELDS)
    except ValueError:
        raise ProblemError(422, "bad-form", f"Dit formulier is niet te lezen. Een memo telt hoogstens {MAX_ITEMS} "
                           "fragmenten.") from None  # fmt: skip


# The routes themselves are plain functions: making a Word file must not hold up the event loop.
Posted = Annotated[list[tuple[str, str]], Depends(posted)]


@router.get("/memo")
def memo_page(request: Request, turn: Turn) -> HTMLResponse:
    """The basket that the address holds."""
    library: Library = request.app.state.library.get()
    with turn:
        return basket_page(request, library, read_basket(request.query_params.multi_items()))


@router.post("/memo")
def change_memo(request: Request, pairs: Posted, turn: Turn) -> Response:
    """Do what a button says and show the basket again, by its own address where that is short enough."""
    library: Library = request.app.state.library.get()
    basket = change(read_basket(pairs), dict(pairs).get("doe", ""))
    known = replace(basket, wishes=tuple(w for w in basket.wishes if library.searcher.passage(w.passage_id)))
    where = address(known)
    with turn:
        if where and not any(entry.complaint for entry in entries(library, known)):
            return RedirectResponse(where, 303)
        return basket_page(request, library, known)


@router.post("/memo/bestand")
def memo_file(request: Request, pairs: Posted, turn: Turn) -> Response:
    """The memo as a file, or as a page to print."""
    library: Library = request.app.state.library.get()
    asked = dict(pairs).get("vorm", "")
    if asked != PRINT and asked not in set(Format):
        raise ProblemError(422, "unknown-format", f"Wij kennen geen vorm {asked[:40]!r}.")
    basket = read_basket(pairs)
    with turn:
        if any(entry.complaint for entry in entries(library, basket)):
            return basket_page(request, library, basket, 422)
        memo = from_basket(library, basket, service_address(request))
        if asked == PRINT:
            return HTMLResponse(write_html(memo, sheet=f"/static/{STYLE.name}?v={digest(STYLE.name)}"))
        file = write_memo(memo, Format(asked))
    return attachment(file)


@router.get("/p/{passage_id}")
def permanent_page(request: Request, passage_id: str, turn: Turn) -> HTMLResponse:
    """A passage by its permanent link: as it stands now, or what became of it."""
    library: Library = request.app.state.library.get()
    passage = library.searcher.passage(passage_id)
    coverage = forms.coverage_form(library.coverage)
    if passage is not None:
        form = forms.passage_form(library, passage)
        return render("passage.html", hit=form, coverage=coverage, references=references(library, passage, request))
    with turn:
        vanished = find_vanished(library, passage_id)
    if vanished is None:
        raise ProblemError(404, "unknown-passage", f"Er is geen fragment {passage_id[:40]!r}, nu niet en vroeger niet.")
    nearest = vanished.now.nearest
    return render(
        "former.html",
        410,
        former=vanished.former,
        reason=vanished.reason,
        places=[place_form(library, place) for place in vanished.now.places],
        nearest=nearest if nearest and nearest.similarity > 0.6 else None,
        nearest_place=place_form(library, nearest.place) if nearest else None,
        coverage=coverage,
    )


def references(library: Library, passage: Passage, request: Request) -> dict[str, str]:
    """The ways to refer to a passage, by what they are for."""
    document = library.searcher.document(passage.document)
    reference = refer(document, passage.page) if document else None
    link = permanent_link(service_address(request), passage.id)
    styles = {"In een voetnoot": footnote(reference), "APA": apa(reference)} if reference else {}
    return {"In de tekst": forms.passage_form(library, passage).citation, **styles, "Vaste link": link}


def from_basket(library: Library, basket: Basket, base: str) -> Memo:
    """Make the memo that a basket asks for."""
    return make_memo(
        library,
        basket.wishes,
        title=basket.title,
        author=basket.author,
        introduction=basket.introduction,
        base=base,
    )


def entries(library: Library, basket: Basket) -> list[Entry]:
    """The passages of a basket, each with what is wrong with it."""
    found = []
    for wish in basket.wishes[:MAX_ITEMS]:
        passage = library.searcher.passage(wish.passage_id)
        wrong = bool(passage and wish.quote.strip() and not stands_in(wish.quote, passage.text))
        complaint = "Deze woorden staan niet letterlijk in het fragment. Zet (…) waar u iets weglaat." if wrong else ""
        found.append(Entry(wish, forms.passage_form(library, passage) if passage else None, complaint))
    return found


def groups(found: Sequence[Entry]) -> list[tuple[str, list[tuple[int, Entry]]]]:
    """The passages that are shown under their questions, each with its place in the form, from 0."""
    grouped: dict[str, list[tuple[int, Entry]]] = {}
    for place, entry in enumerate(found):
        grouped.setdefault(entry.wish.question, []).append((place, entry))
    return list(grouped.items())


def basket_page(request: Request, library: Library, basket: Basket, status: int = 200) -> HTMLResponse:
    """The page of a basket."""
    if len(basket.wishes) > MAX_ITEMS:
        raise BadMemo(f"De memo telt {len(basket.wishes)} fragmenten. Gebruik er hoogstens {MAX_ITEMS}.")
    shared = address(basket)
    found = entries(library, basket)
    along = carried(basket)
    return render(
        "memo.html",
        status,
        basket=basket,
        entries=found,
        groups=groups([entry for entry in found if entry.passage]),
        left_behind=along != basket,
        formats=FORMATS,
        print_format=PRINT,
        shared=f"{service_address(request)}{shared}" if shared else "",
        back=write_basket(along),
        in_memo=basket.ids,
        limits={"line": MAX_LINE, "note": MAX_NOTE, "quote": MAX_QUOTE},
        coverage=forms.coverage_form(library.coverage),
    )
