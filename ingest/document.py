"""The shared records: what every room of the house passes on to the next.

Nothing here behaves; the modules that make and read these records do. Page numbers are 1-based everywhere. Character
spans are half-open `[start, end)` offsets into `Page.text`, in Unicode code points.
"""

import hashlib
from dataclasses import dataclass
from typing import Literal

PassageKind = Literal["body", "list", "table", "glossary", "footnote", "contents", "boilerplate"]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text as the PDF draws it.

    Attributes:
        text: the words, as drawn; no repair, no line break.
        x: left edge in points from the left of the page.
        y: baseline in points from the *top* of the page, so that a larger y is lower.
        width: estimated width in points; 0.0 when unknown.
        size: font size in points after every transformation.
        bold: whether the font's name says that it is bold.
        order: position in the content stream, 0-based.
    """

    text: str
    x: float
    y: float
    width: float
    size: float
    bold: bool
    order: int


@dataclass(frozen=True, slots=True)
class Attribution:
    """A region that a page or section speaks of, and why we say so.

    Attributes:
        region: a name of the gazetteer.
        evidence: the line that says so, as it stands on the page.
        page: where that line stands, 1-based.
        confidence: 0..1.
    """

    region: str
    evidence: str
    page: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a PDF.

    Attributes:
        number: 1-based position in the file.
        label: the page number printed on the page; '' when none is printed.
        text: repaired text in reading order, without running headers, footers and menus; lines end in a newline.
        furniture: the lines left out of `text`: running headers, footers, menus, page numbers.
        regions: names of the regions that the page speaks of.
        themes: names of the themes that the page speaks of.
        attributions: why `regions` holds what it holds.
        problem: Dutch sentence that says why the page gave no text, or ''.
        warning: Dutch sentence on text of the page that nobody can see and that was left out, or ''.
    """

    number: int
    label: str
    text: str
    furniture: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    problem: str = ""
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it.

    Attributes:
        title: the heading, repaired.
        level: depth in the tree, 1 for a chapter.
        path: the headings from the root down to and including this one.
        first_page: page on which the heading stands, 1-based.
        last_page: page on which the text under it ends, 1-based.
        regions: names of the regions that the section speaks of.
        theme: its theme, or ''.
    """

    title: str
    level: int
    path: tuple[str, ...]
    first_page: int
    last_page: int
    regions: tuple[str, ...] = ()
    theme: str = ""


@dataclass(frozen=True, slots=True)
class Extract:
    """Words of a passage that say one thing of the activity in it.

    Attributes:
        text: the words, exactly `passage.text[start:end]`.
        start, end: offsets into the passage's text.
        value: what they mean: the common name of a target group or sector, an organisation's name, an interval as in
            ISO 8601 ('2024', '2024-01/2024-03', '2025-01-01/..' from then on, '../2026' until then), whole euros; ''
            where that depends on more than the words ('de komende drie jaar').
    """

    text: str
    start: int
    end: int
    value: str


@dataclass(frozen=True, slots=True)
class Activity:
    """What can be read of something planned; a field is empty where the passage does not say.

    Attributes:
        groups: for whom: target groups.
        sectors: sectors of care and welfare that it names.
        partners: organisations that it names.
        terms: when: starts, ends and periods.
        money: amounts in euros.
    """

    groups: tuple[Extract, ...] = ()
    sectors: tuple[Extract, ...] = ()
    partners: tuple[Extract, ...] = ()
    terms: tuple[Extract, ...] = ()
    money: tuple[Extract, ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, or the part of it that stands in a passage.

    Attributes:
        column: the name in the table's header; of all its columns, joined by ' / ', for a cell over several.
        start, end: its words are `passage.text[start:end]`.
    """

    column: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of one page, the unit that is found, compared and cited.

    Attributes:
        id: stable name, see `passage_id`.
        document: file name of the document.
        page: 1-based page.
        start, end: the passage is exactly `page.text[start:end]`.
        text: that text.
        section: heading path.
        regions: names of the regions that the passage speaks of.
        theme: its theme, or ''.
        kind: what sort of text it is; 'contents' and 'boilerplate' are ranked low.
        activity: what it says of something planned, None when it states nothing planned.
        lead: the sentence that announces the list in which the passage starts, when that stands in an earlier passage
            of its section ('Dit doen we door:'), else ''.
        cells: of the table rows in it, a line of the text each; none for a table without a header.
    """

    id: str
    document: str
    page: int
    start: int
    end: int
    text: str
    section: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    theme: str = ""
    kind: PassageKind = "body"
    activity: Activity | None = None
    lead: str = ""
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One PDF with everything that was read from it.

    Attributes:
        file: the file name that users and the API know it by, unique in a corpus.
        path: where the file was read, absolute.
        sha256: hexadecimal digest of the file's bytes.
        title, publisher, year, kind: bibliographic data; year 0 when unknown.
        regions: regions that the document as a whole is about.
        pages, sections, passages: in document order.
        warnings: Dutch sentences on what could not be read.
        incomplete: whether a limit cut the reading short, of the whole or of a page.
        said: what documents.toml said of it, as `ingest.catalogue.said` writes it; '' for nothing.
        notices: Dutch sentences on personal data in it, without that data.
        masked: whether burgerservicenummers in it are masked.
    """

    file: str
    path: str
    sha256: str
    title: str
    publisher: str
    year: int
    kind: str
    regions: tuple[str, ...]
    pages: tuple[Page, ...]
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    warnings: tuple[str, ...] = ()
    incomplete: bool = False
    said: str = ""
    notices: tuple[str, ...] = ()
    masked: bool = True


def passage_id(sha256: str, page: int, start: int, text: str) -> str:
    """Name a passage by the file's digest, its page, its place and its words: 16 hexadecimal digits.

    The same file read by the same version gives the same ids on any machine.
    """
    return hashlib.sha256(f"{sha256}\0{page}\0{start}\0{text}".encode()).hexdigest()[:16]
