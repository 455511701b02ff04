"""The search page: the question, what limits it, the passages that answer, and the page that is read beside them."""

from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlsplit

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from index.search import Answer
from ingest.document import Passage
from service import forms
from service.asking import MAX_LIMIT, MAX_QUESTION, BadQuestion, ask
from service.basket import address as memo_address
from service.basket import carried, read_basket, write_basket
from service.examples import examples
from service.facets import LABELS, Wrong, facets, filters_of, resolve, words_of
from service.forms import find_page
from service.hits import Shown, shown_hits
from service.library import Library, find_document
from service.lookup import Turn, current_library
from service.memo import MAX_ITEMS
from service.pages import render
from service.reading import WIDTHS, Reading, read
from service.search_state import FACETS, READER, STEP, Ask, State, address, read_state, search_address, without

router = APIRouter(include_in_schema=False)

CANDIDATES = 50
"""The best passages for a question: the hits are the first of them, the counts are taken over all."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a question came to.

    Attributes:
        answer: the best passages within the filters.
        without: for each facet, the best passages when that facet does not limit the search.
        hits: those that are shown.
        more: whether there are more to show.
    """

    answer: Answer
    without: dict[str, Answer]
    hits: list[Shown]
    more: bool


@router.get("/")
def search_page(request: Request, asked: Annotated[Ask, Query()], turn: Turn) -> HTMLResponse:
    """The question box and, once asked, the passages that answer; or the reading pane alone."""
    library = current_library(request)
    state, wrong = resolve(library, read_state(asked, carried(read_basket(request.query_params.multi_items()))))
    if asked.deel == READER:
        return render("reader_only.html", **_reader(library, state))
    found, complaint = None, ""
    if state.q and not wrong:
        try:
            with turn:
                found = find(library, state)
        except BadQuestion as error:
            complaint = str(error)
    return render(
        "search.html",
        422 if complaint or wrong else 200,
        found=found,
        complaint=complaint,
        wrong=[_with_ways(state, one) for one in wrong],
        facets=facets(library, state, found.without if found else {}),
        chips=chips(library, state),
        coverage=forms.coverage_form(library.coverage),
        examples=examples(),
        limits={"question": MAX_QUESTION, "hits": MAX_LIMIT, "memo": MAX_ITEMS},
        step=STEP,
        search_address=search_address,
        without=without,
        **_reader(library, state),
    )


def find(library: Library, state: State) -> Found:
    """Search within the filters, and once more for each facet that limits the search, to count what else it offers.

    Raises:
        BadQuestion: the question is too long.
    """
    # Near-copies are folded away, so that more is found than is shown.
    depth = CANDIDATES if state.limit <= CANDIDATES // 2 else MAX_LIMIT
    answer = ask(library, state.q, depth, filters_of(library, state))
    others = {
        facet: ask(library, state.q, depth, filters_of(library, state, facet)) if state.chosen(facet) else answer
        for facet in FACETS
    }
    hits = shown_hits(library, answer, state.limit + 1)
    return Found(answer, others, hits[: state.limit], len(hits) > state.limit and state.limit < MAX_LIMIT)


def chips(library: Library, state: State) -> list[tuple[str, str, str]]:
    """The chosen filters: (which, its words, the address without it)."""
    return [
        (LABELS[facet], words_of(library, facet, value), without(state, facet, value))
        for facet in FACETS
        for value in state.chosen(facet)
    ]


def reader(library: Library, state: State) -> tuple[Passage | None, Reading | None]:
    """The passage that is open beside the hits, and the page of its document that is shown; a wrong page is its own."""
    passage = library.searcher.passage(state.lees) if state.lees else None
    document = find_document(library, passage.document) if passage else None
    if passage is None or document is None:
        return None, None
    page = (find_page(document, state.blad) if state.blad else None) or find_page(document, passage.page)
    if page is None:
        return passage, None
    return passage, read(document, page, passage if page.number == passage.page else None)


def hidden(state: State) -> list[tuple[str, str]]:
    """The fields of the form that puts a passage in the memo, under this question; its button adds the passage."""
    pairs = parse_qsl(urlsplit(address(state)).query)
    return [*pairs, ("v", state.q)] if state.q else pairs


def _reader(library: Library, state: State) -> dict[str, Any]:
    """What the template of the reading pane needs."""
    opened, reading = reader(library, state)
    home = opened.page if opened else 0

    def turn_to(number: int) -> str:
        return f"{address(state, blad=0 if number == home else number)}#{READER}"

    def open_address(passage_id: str) -> str:
        return f"{address(state, lees=passage_id, blad=0)}#{READER}"

    return {
        "state": state,
        "opened": opened,
        "reading": reading,
        "widths": WIDTHS,
        "turn_to": turn_to,
        "open_address": open_address,
        "kept": write_basket(state.basket),
        "held": hidden(state),
        "in_memo": set(state.basket.ids),
        "memo_full": len(state.basket.wishes) >= MAX_ITEMS,
        "memo_address": memo_address(state.basket) or "/memo",
    }


def _with_ways(state: State, wrong: Wrong) -> dict[str, object]:
    """A wrong filter with the ways out: what it may mean, and the search without it."""
    near = [
        (words, search_address(state, **{wrong.facet: (*state.chosen(wrong.facet), value)}))
        for value, words in wrong.near
    ]
    return {
        "facet": wrong.facet,
        "label": LABELS[wrong.facet].lower(),
        "given": wrong.given,
        "near": near,
        "without": search_address(state),
    }
