"""A tiny searcher over made-up passages, in the place of a real index: routes, pages and commands need no model."""

from collections.abc import Sequence
from dataclasses import replace

from index.search import Answer, Coverage, Filters, Hit, Why
from ingest.corpus import Failure
from ingest.document import Document, Page, Passage, Section, passage_id
from service.library import Library

BUILT = "2026-01-31T09:00:00+00:00"
HOSTILE = "<script>alert('dit is tekst')</script>"
FILE = "plan rivierenland.pdf"
OTHER = "brochure-kust.pdf"

_PAGE_1 = "Aanpak\nOuderen volgen een cursus valpreventie in het buurthuis.\n"
_PAGE_2 = f"Organisatie\nDe wijkverpleging en de huisarts werken samen. {HOSTILE}\n"
_KUST = "De digitale zorg groeit: beeldbellen met de huisarts.\n"


def make_passage(file: str, page: Page, text: str, section: tuple[str, ...], theme: str = "") -> Passage:
    """A passage that stands on its page."""
    start = page.text.index(text)
    return Passage(
        id=passage_id("0" * 64, page.number, start, text),
        document=file,
        page=page.number,
        start=start,
        end=start + len(text),
        text=text,
        section=section,
        regions=page.regions,
        theme=theme,
    )


def make_documents() -> tuple[Document, ...]:
    """Two made-up documents: three readable pages and one without text."""
    plan = (
        Page(1, "7", _PAGE_1, regions=("Utrecht Stad",), themes=("Gezond ouder worden",)),
        Page(2, "8", _PAGE_2, regions=("Utrecht Stad", "Flevoland")),
        Page(3, "", "", problem="Pagina 3 heeft geen tekst."),
    )
    kust = (Page(1, "", _KUST, regions=("Kennemerland",), themes=("Digitale zorg",)),)
    sections = (
        Section("Aanpak", 1, ("Aanpak",), 1, 2, ("Utrecht Stad",)),
        Section("Valpreventie", 2, ("Aanpak", "Valpreventie"), 1, 1, ("Utrecht Stad",), "Gezond ouder worden"),
        Section("Organisatie", 1, ("Organisatie",), 2, 3),
    )
    first = Document(
        file=FILE,
        path="/nergens/plan rivierenland.pdf",
        sha256="1" * 64,
        title="Regioplan Rivierenland",
        publisher="Zorgkantoor Voorbeeld",
        year=2024,
        kind="regioplan",
        regions=("Utrecht Stad",),
        pages=plan,
        sections=sections,
        passages=(
            make_passage(FILE, plan[0], _PAGE_1[7:], ("Aanpak", "Valpreventie"), "Gezond ouder worden"),
            make_passage(FILE, plan[1], _PAGE_2[12:], ("Organisatie",)),
        ),
        warnings=(),
    )
    second = replace(
        first,
        file=OTHER,
        path="/nergens/brochure-kust.pdf",
        sha256="2" * 64,
        title="",
        publisher="",
        year=0,
        kind="",
        regions=(),
        pages=kust,
        sections=(),
        passages=(make_passage(OTHER, kust[0], _KUST, (), "Digitale zorg"),),
        warnings=(),
    )
    return first, second


class FakeSearcher:
    """Finds passages that hold a word of the question, in the order of the documents."""

    def __init__(self, documents: Sequence[Document] | None = None) -> None:
        self.documents = tuple(make_documents() if documents is None else documents)

    @property
    def coverage(self) -> Coverage:
        """What the made-up documents hold."""
        pages = [page for document in self.documents for page in document.pages]
        passages = sum(len(document.passages) for document in self.documents)
        return Coverage(len(self.documents), len(pages), passages, sum(bool(p.problem) for p in pages), BUILT)

    def document(self, file: str) -> Document | None:
        """The document of that name."""
        return next((document for document in self.documents if document.file == file), None)

    def passage(self, name: str) -> Passage | None:
        """The passage of that id."""
        return next((p for document in self.documents for p in document.passages if p.id == name), None)

    def duplicates(self, name: str) -> tuple[str, ...]:
        """The first passage and the last say nearly the same."""
        ids = [p.id for document in self.documents for p in document.passages]
        return {ids[0]: (ids[-1],), ids[-1]: (ids[0],)}.get(name, ())

    def search(self, query: str, limit: int = 10, filters: Filters = Filters()) -> Answer:  # noqa: B008  # frozen
        """Passages that hold a word of the question; 'answered' when some do, the first passage when none."""
        kept = [p for document in self.documents for p in document.passages if _allowed(p, filters)]
        words = [word for word in query.lower().strip("?").split() if len(word) > 3]
        found = [p for p in kept if any(word in p.text.lower() for word in words)]
        shown = (found or kept[:1])[:limit]
        hits = tuple(_hit(rank, passage, words) for rank, passage in enumerate(shown, 1))
        return Answer(query, bool(found), 0.75 if found else 0.1, hits)


def _allowed(passage: Passage, filters: Filters) -> bool:
    regions = {filters.region, *filters.regions} - {""}
    themes = {filters.theme, *filters.themes} - {""}
    return (
        (not regions or not regions.isdisjoint(passage.regions))
        and (not themes or passage.theme in themes)
        and (not filters.document or filters.document == passage.document)
        and (filters.documents is None or passage.document in filters.documents)
    )


def _hit(rank: int, passage: Passage, words: Sequence[str]) -> Hit:
    spans = [(at, at + len(word)) for word in words if (at := passage.text.lower().find(word)) >= 0]
    matched = tuple(passage.text[start:end] for start, end in spans)
    sentence = (0, len(passage.text.rstrip())) if spans else (0, 0)
    return Hit(rank, 1 / rank, passage, tuple(sorted(spans)), Why(0.9, 0.4, matched, ()), sentence)


def fake_library(documents: Sequence[Document] | None = None) -> Library:
    """An open library over the made-up documents, with one file that failed."""
    searcher = FakeSearcher(documents)
    pages = [page for document in searcher.documents for page in document.pages]
    return Library(
        searcher=searcher,
        coverage=searcher.coverage,
        failures=(
            Failure("kapot.pdf", 0, "'kapot.pdf' is beschadigd."),
            Failure(FILE, 3, "Pagina 3 heeft geen tekst."),
        ),
        regions=frozenset(name for page in pages for name in page.regions),
        themes=frozenset(name for page in pages for name in page.themes),
    )
