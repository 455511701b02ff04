"""What a question may go on with while it is typed: regions, themes, target groups and documents of the index."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Annotated, Literal
from weakref import WeakKeyDictionary

from fastapi import APIRouter, Query, Request
from pydantic import Field

from ingest.regions import regions
from ingest.themes import themes
from service.asking import MAX_QUESTION
from service.library import Library
from service.lookup import current_library
from service.pages import outline_url
from service.problems import documented
from service.schemas import Form

router = APIRouter(prefix="/v1")

SHORTEST = 2
"""Letters before anything is suggested: one letter says nothing."""
LONGEST = 5
"""Words at the end of the question that may be the beginning of a name."""

Kind = Literal["regio", "thema", "doelgroep", "document"]
_ORDER: dict[Kind, int] = {"regio": 0, "thema": 1, "doelgroep": 2, "document": 3}
_WORD = re.compile(r"[^\W_]+")


class Suggestion(Form):
    """Een naam waarmee de vraag verder kan gaan."""

    kind: Kind
    text: str = Field(description="De naam", examples=["Eemland"])
    value: str = Field(description="De hele vraag met de naam erin", examples=["valpreventie in Eemland"])
    url: str = Field(description="Waar een document te lezen is; leeg bij andere namen")


class SuggestionList(Form):
    """Namen die bij het laatste deel van de vraag passen, de beste eerst."""

    query: str
    suggestions: list[Suggestion]


@dataclass(frozen=True, slots=True)
class Name:
    """Something that can be suggested.

    Attributes:
        kind: what it is.
        text: as it is shown.
        keys: its spellings, folded, each from one of its words on: what is typed must be the start of one.
        weight: how often the documents name it.
        url: where it is read, '' for what is no document.
    """

    kind: Kind
    text: str
    keys: tuple[str, ...]
    weight: int = 0
    url: str = ""


def fold(text: str) -> str:
    """Words in lower case without accents and signs, with one space between them.

    >>> fold("‘t Gooi & Vechtstreek")
    't gooi vechtstreek'
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(_WORD.findall("".join(sign for sign in plain if not unicodedata.combining(sign))))


def names(library: Library) -> tuple[Name, ...]:
    """All that can be suggested of an index, gathered once for each generation."""
    with _LOCK:
        if library.searcher not in _NAMES:
            _NAMES[library.searcher] = tuple(_gather(library))
        return _NAMES[library.searcher]


def suggest(held: Iterable[Name], question: str, limit: int) -> list[Suggestion]:
    """Names that fit the last words of the question: most words first, then what begins so, then by kind and use."""
    found: dict[tuple[Kind, str], Suggestion] = {}
    known = sorted(held, key=lambda name: (_ORDER[name.kind], -name.weight, name.text))
    for before, typed in _endings(question):
        for name in _matching(known, typed):
            value = f"{before}{name.text}"
            found.setdefault((name.kind, name.text), Suggestion(kind=name.kind, text=name.text, value=value,
                                                                url=name.url))  # fmt: skip
            if len(found) == limit:
                return list(found.values())
    return list(found.values())


@router.get("/suggestions", responses=documented(422, 503), summary="Namen waarmee een vraag verder kan gaan")
def suggestions(
    request: Request,
    q: Annotated[str, Query(max_length=MAX_QUESTION, description="De vraag tot nu toe", examples=["zorg in eem"])] = "",
    limit: Annotated[int, Query(ge=1, le=20, description="Hoeveel namen")] = 8,
) -> SuggestionList:
    library = current_library(request)
    return SuggestionList(query=q, suggestions=suggest(names(library), q, limit))


def _endings(question: str) -> Iterator[tuple[str, str]]:
    """The ways to part a question in what stays and the folded words that are being typed, the longest first."""
    starts = [found.start() for found in re.finditer(r"\S+", question)]
    for start in starts[-LONGEST:]:
        typed = fold(question[start:])
        if len(typed) >= SHORTEST:
            yield question[:start], typed


def _matching(known: Sequence[Name], typed: str) -> list[Name]:
    """Names that begin with what was typed, then names with a word that does; of what stands there whole nothing."""
    first = [name for name in known if any(key.startswith(typed) for key in name.keys[:1])]
    later = [name for name in known if name not in first and any(key.startswith(typed) for key in name.keys)]
    return [name for name in (*first, *later) if name.kind == "document" or fold(name.text) != typed]


def _gather(library: Library) -> Iterator[Name]:
    documents = library.searcher.documents
    passages = [passage for document in documents for passage in document.passages]
    spoken = Counter(name for passage in passages for name in passage.regions)
    for region in regions():
        if region.name in library.regions:
            yield Name("regio", region.name, _keys(region.name, *region.variants), spoken[region.name])
    themed = Counter(passage.theme for passage in passages)
    for theme in themes():
        if theme.name in library.themes:
            yield Name("thema", theme.name, _keys(theme.name), themed[theme.name])
    groups = Counter(group.value for passage in passages if passage.activity for group in passage.activity.groups)
    for group, count in groups.items():
        if group:
            yield Name("doelgroep", group, _keys(group), count)
    for document in documents:
        title = document.title or document.file
        yield Name("document", title, _keys(title), len(document.passages), outline_url(document.file))


def _keys(*spellings: str) -> tuple[str, ...]:
    """Each spelling from its start, then from each of its later words."""
    folded = [fold(spelling) for spelling in spellings]
    later = [" ".join(spelling.split()[at:]) for spelling in folded for at in range(1, len(spelling.split()))]
    return tuple(dict.fromkeys(key for key in (*folded, *later) if len(key) >= SHORTEST))


_NAMES: WeakKeyDictionary[object, tuple[Name, ...]] = WeakKeyDictionary()
_LOCK = Lock()
