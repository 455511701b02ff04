"""The filters of the search page: what is chosen, what can be chosen, and how many of the best passages each leaves."""

import difflib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from index.rows import mapped
from index.search import Answer, Filters, Hit
from ingest.document import Passage
from ingest.regions import lookup as lookup_region
from ingest.regions import regions
from ingest.themes import lookup as lookup_theme
from ingest.themes import themes
from service.library import Library, find_document
from service.search_state import FACETS, State

LABELS = {"region": "Regio", "theme": "Thema", "kind": "Soort document", "document": "Document"}
PLURALS = {"region": "regio’s", "theme": "thema’s", "kind": "soorten", "document": "documenten"}
REGION_KINDS = {
    "zorgkantoorregio": "Zorgkantoorregio's",
    "subregio": "Subregio's",
    "ROAZ-regio": "ROAZ-regio's",
    "ROAZ-subregio": "ROAZ-subregio's",
}
NEAR = 5
MOST_DOCUMENTS = 60
"""A longer list of documents is no choice but a page of its own: only those that count are offered then."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """A filter that names what does not exist.

    Attributes:
        facet: which filter.
        given: what it names.
        near: values that exist and look like it, as (value, words).
    """

    facet: str
    given: str
    near: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet.

    Attributes:
        value: as the address holds it.
        words: as it is shown.
        count: how many of the best passages it leaves; None when nothing was asked or it leaves none of them.
        chosen: whether it is on.
    """

    value: str
    words: str
    count: int | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One filter.

    Attributes:
        name: as the address holds it.
        label, plural: as it is shown.
        best: the chosen values and those that leave some of the best passages, the most first.
        groups: the other values under their headings; a heading may be ''.
    """

    name: str
    label: str
    plural: str
    best: tuple[Choice, ...]
    groups: tuple[tuple[str, tuple[Choice, ...]], ...]

    @property
    def chosen(self) -> tuple[Choice, ...]:
        """The values that are on."""
        return tuple(choice for choice in self.best if choice.chosen)


def resolve(library: Library, state: State) -> tuple[State, list[Wrong]]:
    """Give each filter its canonical name; what names nothing is left out and told."""
    wrong: list[Wrong] = []
    found: dict[str, Any] = {}
    for facet in FACETS:
        held = {given: _canonical(library, facet, given) for given in state.chosen(facet)}
        found[facet] = tuple(dict.fromkeys(name for name in held.values() if name))
        wrong += [Wrong(facet, given, _near(library, facet, given)) for given, name in held.items() if not name]
    return replace(state, **found), wrong


def filters_of(library: Library, state: State, without: str = "") -> Filters:
    """What the index is asked to keep to; `without` leaves one facet out."""
    held = {facet: state.chosen(facet) if facet != without else () for facet in FACETS}
    documents: set[str] | None = set(held["document"]) or None
    if held["kind"]:
        of_kind = {document.file for document in library.searcher.documents if document.kind in held["kind"]}
        documents = of_kind if documents is None else documents & of_kind
    files = None if documents is None else tuple(sorted(documents))
    return Filters(regions=held["region"], themes=held["theme"], documents=files)


def facets(library: Library, state: State, answers: Mapping[str, Answer]) -> list[Facet]:
    """The filters to show; `answers` holds per facet the best passages found without that facet, {} before a question.

    A facet with a single value is no choice, and is left out.
    """
    made = []
    for facet in FACETS:
        known = dict(offered(library, facet))
        counts = _count(library, facet, answers[facet].hits) if facet in answers else Counter[str]()
        chosen = state.chosen(facet)
        if len(known) > 1 or chosen:
            made.append(_facet(facet, known | {name: known.get(name, ("", name)) for name in chosen}, counts, chosen))
    return made


def offered(library: Library, facet: str) -> Iterable[tuple[str, tuple[str, str]]]:
    """What the documents give a facet, as (value, (heading, words)), in the order of the gazetteer and the themes."""
    documents = library.searcher.documents
    match facet:
        case "region":
            held = [region for region in regions() if region.name in library.regions]
            return [(one.name, (REGION_KINDS.get(one.kind, one.kind.capitalize()), one.name)) for one in held]
        case "theme":
            return [(theme.name, ("", theme.name)) for theme in themes() if theme.name in library.themes]
        case "kind":
            return [(kind, ("", kind.capitalize())) for kind in sorted({one.kind for one in documents} - {""})]
    return [(document.file, ("", document.title or document.file)) for document in documents]


def words_of(library: Library, facet: str, value: str) -> str:
    """A value as it is shown."""
    document = find_document(library, value) if facet == "document" else None
    return document.title or value if document else value


def _facet(name: str, known: Mapping[str, tuple[str, str]], counts: Counter[str], chosen: Sequence[str]) -> Facet:
    choices = {
        value: Choice(value, words, counts.get(value) or None, value in chosen) for value, (_, words) in known.items()
    }
    best = [choice for choice in choices.values() if choice.count or choice.chosen]
    best.sort(key=lambda choice: (not choice.chosen, -(choice.count or 0)))
    rest: dict[str, list[Choice]] = {}
    for value, choice in choices.items():
        if choice not in best and not (name == "document" and len(known) > MOST_DOCUMENTS):
            rest.setdefault(known[value][0], []).append(choice)
    groups = tuple((heading, tuple(held)) for heading, held in rest.items())
    return Facet(name, LABELS[name], PLURALS[name], tuple(best), groups)


def _count(library: Library, facet: str, hits: Sequence[Hit]) -> Counter[str]:
    return Counter(value for hit in hits for value in _values(library, facet, hit.passage))


def _values(library: Library, facet: str, passage: Passage) -> set[str]:
    """The values that let a passage through: a region also by its whole, a theme also by its counterparts."""
    match facet:
        case "region":
            parents = {region.parent for region in regions() if region.name in passage.regions and region.parent}
            return {*passage.regions, *parents}
        case "theme":
            return {passage.theme, *mapped(passage.theme)} if passage.theme else set()
        case "kind":
            document = find_document(library, passage.document)
            return {document.kind} if document else set()
    return {passage.document}


def _canonical(library: Library, facet: str, given: str) -> str:
    """The name that a filter means, '' when it means nothing."""
    match facet:
        case "region":
            region = lookup_region(given)
            return region.name if region else ""
        case "theme":
            theme = lookup_theme(given)
            return theme.name if theme else ""
    known = dict(offered(library, facet))
    return given if given in known else ""


def _near(library: Library, facet: str, given: str) -> tuple[tuple[str, str], ...]:
    known = {words.casefold(): (value, words) for value, (_, words) in offered(library, facet)}
    return tuple(known[name] for name in difflib.get_close_matches(given.casefold(), known, n=NEAR, cutoff=0.5))
