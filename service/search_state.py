"""What the search page shows, as its address holds it: a search is a link, with the page that is read beside it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal
from urllib.parse import urlencode

from pydantic import BaseModel, Field

from service.asking import MAX_LIMIT
from service.basket import Basket, write_basket
from service.memo import MAX_ITEMS

STEP = 10
READER = "lezen"
"""Name of the reading pane: its id on the page, and the `deel` that asks for the pane alone."""

FACETS = ("region", "theme", "kind", "document")


class Ask(BaseModel):
    """What the address of the search page holds.

    Attributes:
        q: the question, '' when nothing is asked.
        region, theme, kind, document: what the search is limited to; one may be named more often.
        limit: how many passages to show.
        lees: id of the passage that is read beside the hits.
        blad: 1-based page shown there, when it is another than the passage's own; else 0.
        deel: 'lezen' for the reading pane alone.
        p, v, n, c: the memo in the making; read in order by `service.basket`.
    """

    q: str = ""
    region: list[str] = Field(default=[], max_length=100)
    theme: list[str] = Field(default=[], max_length=100)
    kind: list[str] = Field(default=[], max_length=100)
    document: list[str] = Field(default=[], max_length=100)
    limit: int = Field(default=STEP, ge=1, le=MAX_LIMIT)
    lees: str = Field(default="", max_length=100)
    blad: int = Field(default=0, ge=0)
    deel: Literal["", "lezen"] = ""
    p: list[str] = Field(default=[], max_length=MAX_ITEMS)


@dataclass(frozen=True, slots=True)
class State:
    """A search with what is open beside it. Filters are canonical names.

    Attributes:
        q: the question.
        region, theme, kind, document: chosen values of each facet, in the order of choosing.
        limit: how many passages to show.
        lees, blad: what is read beside the hits; '' and 0 for nothing.
        basket: the memo in the making.
    """

    q: str = ""
    region: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    document: tuple[str, ...] = ()
    limit: int = STEP
    lees: str = ""
    blad: int = 0
    basket: Basket = field(default_factory=Basket)

    @property
    def filtered(self) -> bool:
        """Whether anything limits the search."""
        return any(self.chosen(facet) for facet in FACETS)

    def chosen(self, facet: str) -> tuple[str, ...]:
        """The chosen values of a facet."""
        values: tuple[str, ...] = getattr(self, facet)
        return values


def read_state(asked: Ask, basket: Basket) -> State:
    """The state of an address as it was typed; filters are not yet looked up."""
    chosen = {facet: _said(getattr(asked, facet)) for facet in FACETS}
    lees = asked.lees.strip()
    q = " ".join(asked.q.split())
    return State(q=q, limit=asked.limit, lees=lees, blad=asked.blad if lees else 0, basket=basket, **chosen)


def address(state: State, **changes: Any) -> str:  # noqa: ANN401  # the fields of State, which checks the names
    """The address of a state with some of it changed; what is as usual is left out."""
    wanted = replace(state, **changes)
    pairs = [("q", wanted.q)]
    pairs += [(facet, value) for facet in FACETS for value in wanted.chosen(facet)]
    pairs += [("limit", str(wanted.limit))] if wanted.limit != STEP else []
    pairs += write_basket(wanted.basket)
    pairs += [("lees", wanted.lees)] if wanted.lees else []
    pairs += [("blad", str(wanted.blad))] if wanted.blad else []
    query = urlencode([pair for pair in pairs if pair[1]])
    return f"/?{query}" if query else "/"


def search_address(state: State, **changes: Any) -> str:  # noqa: ANN401  # as above
    """The address of a search that starts anew: from the first hits, with nothing open beside them."""
    return address(state, **({"limit": STEP, "lees": "", "blad": 0} | changes))


def without(state: State, facet: str, value: str = "") -> str:
    """The address with one value of a facet taken away, or all of them for ''."""
    kept = tuple(held for held in state.chosen(facet) if value and held != value)
    return search_address(state, **{facet: kept})


def _said(values: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.strip() for value in values if value.strip()))
