"""A memo: passages in the reader's order, each quoted exactly, with the reader's own words around them.

Nothing of a memo is kept: it is made from the request and handed back.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum

from index.search import Coverage
from ingest.document import Passage
from ingest.errors import RegiowijzerError
from service.citation import Reference, permanent_link, refer
from service.dates import dutch_date, dutch_number
from service.library import Library, find_document
from service.quotes import source_words

MAX_ITEMS = 100
MAX_NOTE = 10_000
MAX_LINE = 300
DEFAULT_TITLE = "Memo"
OMISSION = "(…)"
EXPLANATION = (
    "Elk citaat staat letterlijk op de genoemde pagina van de PDF. Waar woorden zijn weggelaten staat (…). "
    "De paginanummers zijn die van de PDF."
)
# Word cannot hold these at all, and nowhere do they belong in a memo.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class BadMemo(RegiowijzerError):
    """A memo asks for what cannot be in it: an unknown passage, words that are not in the source, or too much."""


class Format(StrEnum):
    """What a memo can be made into; the value is the file's extension, except for CSL-JSON."""

    DOCX = "docx"
    MARKDOWN = "md"
    HTML = "html"
    BIBTEX = "bib"
    RIS = "ris"
    CSL = "csl-json"


@dataclass(frozen=True, slots=True)
class Wish:
    """One passage as the reader asks for it.

    Attributes:
        passage_id: which passage.
        note: the reader's own words, '' for none.
        heading: '' for a heading made from the source.
        quote: the part of the passage to quote, with '(…)' for omissions; '' for all of it.
        question: the question that it answers, '' when it was not found by one.
    """

    passage_id: str
    note: str = ""
    heading: str = ""
    quote: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One quoted passage in a memo.

    Attributes:
        heading: what stands above it.
        note: the reader's own words, '' for none.
        quote: the quoted words, as in the source.
        reference: where they stand.
        question: the question that they answer, '' for none.
    """

    heading: str
    note: str
    quote: str
    reference: Reference
    question: str = ""


@dataclass(frozen=True, slots=True)
class Memo:
    """A memo, ready to be written in any format.

    Attributes:
        title, author, introduction: the reader's; author and introduction may be ''.
        items: in the reader's order.
        coverage: what was searched.
        made: when the memo was made.
    """

    title: str
    author: str
    introduction: str
    items: tuple[Item, ...]
    coverage: Coverage
    made: datetime


@dataclass(frozen=True, slots=True)
class Source:
    """A document in the list of sources.

    Attributes:
        reference: the document as a whole.
        pages: the pages that are quoted, in order, each once.
    """

    reference: Reference
    pages: tuple[int, ...]


def make_memo(  # noqa: PLR0913  # what a memo consists of
    library: Library,
    wishes: Sequence[Wish],
    *,
    title: str = "",
    author: str = "",
    introduction: str = "",
    base: str = "",
    made: datetime | None = None,
) -> Memo:
    """Look up what was asked for and quote it.

    Args:
        library: the open index.
        wishes: 1 to MAX_ITEMS passages; one that is asked for twice is quoted where it is asked for first.
        title, author, introduction: the reader's own words.
        base: address of the service, for permanent links.
        made: when; now if None.

    Raises:
        BadMemo: nothing or too much was asked for, a passage does not exist, or a quote is not in its passage.
    """
    if not wishes:
        raise BadMemo("De memo is leeg. Kies eerst een of meer fragmenten.")
    if len(wishes) > MAX_ITEMS:
        raise BadMemo(f"De memo telt {len(wishes)} fragmenten. Gebruik er hoogstens {MAX_ITEMS}.")
    unique: dict[tuple[str, str], Wish] = {}
    for wish in wishes:
        unique.setdefault((wish.passage_id, wish.quote), wish)
    return Memo(
        title=_line("titel", title) or DEFAULT_TITLE,
        author=_line("auteur", author),
        introduction=_note("inleiding", introduction),
        items=tuple(_item(library, wish, base) for wish in unique.values()),
        coverage=library.coverage,
        made=made or datetime.now(UTC),
    )


def sources(memo: Memo) -> list[Source]:
    """The documents that a memo quotes, each once, in the order of first quotation."""
    pages: dict[str, set[int]] = {}
    whole: dict[str, Reference] = {}
    for item in memo.items:
        cited = item.reference
        pages.setdefault(cited.file, set()).add(cited.page)
        whole.setdefault(cited.file, replace(cited, page=0, label="", passage_id="", link="", quote=""))
    return [Source(whole[file], tuple(sorted(numbers))) for file, numbers in pages.items()]


def coverage_sentence(coverage: Coverage) -> str:
    """What was searched, for the colophon."""
    documents, pages = dutch_number(coverage.documents), dutch_number(coverage.pages)
    words = f"Doorzocht: {documents} documenten, {pages} pagina's, {dutch_number(coverage.passages)} fragmenten."
    if coverage.unreadable_pages:
        words += f" Niet te lezen en dus niet doorzocht: {dutch_number(coverage.unreadable_pages)} pagina's."
    return words


def colophon(memo: Memo) -> list[str]:
    """How the memo came about: what a quote promises, what was searched, and when."""
    built, made = dutch_date(memo.coverage.index_built), dutch_date(memo.made.isoformat())
    return [
        EXPLANATION,
        coverage_sentence(memo.coverage),
        f"De index is gemaakt op {built}, deze memo op {made}, met Regiowijzer.",
    ]


def file_name(title: str, form: Format) -> str:
    """A name that is safe on any system: ASCII letters, digits and hyphens.

    >>> file_name("../Café & zorg", Format.DOCX)
    'cafe-zorg.docx'
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    stem = "-".join(re.findall(r"[a-z0-9]+", plain))[:60].strip("-") or "memo"
    return f"{stem}.{'json' if form is Format.CSL else form}"


def clean(text: str) -> str:
    """A text without control codes, its lines ended as everywhere in this program."""
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _item(library: Library, wish: Wish, base: str) -> Item:
    passage = library.searcher.passage(wish.passage_id)
    document = find_document(library, passage.document) if passage else None
    if passage is None or document is None:
        raise BadMemo(
            f"Er is geen fragment {wish.passage_id[:40]!r} in deze index. Haal het uit de memo, of kijk op "
            "/p/ met die naam erachter waar de tekst nu staat."
        )
    quote = _quote(passage, clean(wish.quote))
    link = permanent_link(base, passage.id) if base else ""
    reference = replace(refer(document, passage.page), passage_id=passage.id, link=link, quote=quote)
    heading = _line("kop", wish.heading) or heading_of(passage) or reference.title
    return Item(heading, _note("toelichting", wish.note), quote, reference, _line("vraag", wish.question))


def _quote(passage: Passage, asked: str) -> str:
    """The words to quote: all, or what was asked for with every omission written as '(…)'."""
    if not asked:
        return passage.text.strip()
    parts = source_words(asked, passage.text)
    if not parts:
        raise BadMemo(
            f"Het citaat {asked[:60]!r} staat niet letterlijk in fragment {passage.id!r}. Neem de woorden precies "
            "over en zet (…) waar u iets weglaat."
        )
    return with_omissions(parts, passage.text)


def with_omissions(parts: Sequence[str], text: str) -> str:
    """Parts of a text as one quote: '(…)' stands between them, and at an end where words of the text are left out.

    >>> with_omissions(["een cursus"], "Ouderen volgen een cursus.")
    '(…) een cursus'
    """
    before = text[: text.find(parts[0])]
    after = text[text.rfind(parts[-1]) + len(parts[-1]) :]
    ends = [OMISSION if re.search(r"\w", cut) else "" for cut in (before, after)]
    return " ".join(filter(None, (ends[0], f" {OMISSION} ".join(parts), ends[1])))


def by_question(items: Sequence[Item]) -> list[tuple[str, list[Item]]]:
    """The items of a memo under their questions, in order; '' is no question."""
    groups: dict[str, list[Item]] = {}
    for item in items:
        groups.setdefault(item.question, []).append(item)
    return list(groups.items())


def heading_of(passage: Passage) -> str:
    """A heading from where the passage stands: its own heading or theme, and the region that it speaks of."""
    subject = passage.section[-1] if passage.section else passage.theme
    region = passage.regions[0] if len(passage.regions) == 1 else ""
    parts = [part for part in (region, subject) if part]
    return _shortened(": ".join(dict.fromkeys(parts)))


def _shortened(heading: str) -> str:
    if len(heading) <= 120:  # two lines on paper
        return heading
    return heading[:119].rsplit(" ", 1)[0] + "…"


def _line(name: str, text: str) -> str:
    words = " ".join(clean(text).split())
    if len(words) > MAX_LINE:
        raise BadMemo(f"De {name} telt {len(words)} tekens. Gebruik er hoogstens {MAX_LINE}.")
    return words


def _note(name: str, text: str) -> str:
    words = clean(text)
    if len(words) > MAX_NOTE:
        raise BadMemo(f"De {name} telt {len(words)} tekens. Gebruik er hoogstens {MAX_NOTE}.")
    return words
