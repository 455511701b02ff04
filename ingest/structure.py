"""A raw document becomes pages, sections and passages: layout, text, headings, regions, themes, passages, in order.

Every word of the body lands exactly once in `Page.text`; what a row or heading says is a field of the passage, not a
part of its text.
"""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeVar

from ingest.document import Attribution, Line, Page, Passage, PassageKind, Section, passage_id
from ingest.footnotes import notes_last
from ingest.furniture import Sheet, body_size, find_furniture
from ingest.glossary import close_glossaries, entry_breaks
from ingest.headings import PLAIN, Vocabulary
from ingest.kinds import kinds
from ingest.layout import Block, read
from ingest.leads import leads
from ingest.paragraphs import Paragraph, Spacing, opens_item, paragraphs, spacing
from ingest.passages import Piece, Slice, cells_in, page_text, slices
from ingest.pdf import RawDocument, RawPage
from ingest.regions import RegionSpan, attribute
from ingest.rows import label_length, split_rows
from ingest.ruled import ends_with, ruled_tables
from ingest.rules import Rule
from ingest.sections import Heading, Outline, Placed, outline, path
from ingest.slides import is_slide_title, slides
from ingest.tables import Table, find_tables
from ingest.text import repair
from ingest.theme_spans import ThemeSpan, attribute_themes
from ingest.themes import recognise, strength_of, theme_of_path

T = TypeVar("T")

HOLLOW = 15
"""A plain heading with fewer words under it is a label in the text."""
BARE = 6
"""A heading of fewer words over nothing is no passage, unless the page holds nothing else."""
BY_THEME = 4
"""A chapter with so many of the impactkaart's themes right below it is its table, and ends its last theme."""
OWN_NAME = 3
"""How sure `strength_of` is of a theme's own name."""


@dataclass(frozen=True, slots=True)
class Structure:
    """What a document holds.

    Attributes:
        pages: one for every page of the file.
        sections: the heading tree in reading order.
        passages: in reading order.
    """

    pages: tuple[Page, ...]
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class _Layout:
    """A page in reading order.

    Attributes:
        raw: the page as read.
        label: the page number printed on it.
        blocks: its body.
        above, below: its furniture, before and after the body.
        titles: of its slides, the first line in the body and one past the last.
    """

    raw: RawPage
    label: str
    blocks: tuple[Block, ...]
    above: tuple[Line, ...]
    below: tuple[Line, ...]
    titles: tuple[tuple[int, int], ...] = ()

    def lines(self) -> list[Line]:
        """All lines: what stands above the body, the body in reading order, the rest."""
        return [*self.above, *self.body(), *self.below]

    def body(self) -> list[Line]:
        return [line for block in self.blocks for line in block.lines]

    def title_starts(self) -> list[int]:
        """Where the titles of its slides begin among all lines."""
        return [first + len(self.above) for first, _ in self.titles]


class _Where:
    """Which regions and which theme a paragraph speaks of."""

    def __init__(
        self,
        laid_out: Sequence[_Layout],
        spans: Sequence[Sequence[RegionSpan]],
        themed: Sequence[Sequence[ThemeSpan]],
    ) -> None:
        self._spans = {layout.raw.number: list(found) for layout, found in zip(laid_out, spans, strict=True)}
        self._themes = {layout.raw.number: list(found) for layout, found in zip(laid_out, themed, strict=True)}
        self._above = {layout.raw.number: len(layout.above) for layout in laid_out}

    def span(self, page: int, paragraph: Paragraph) -> int:
        """Return which of its page's region spans a paragraph stands in, -1 before the first."""
        line = paragraph.first + self._above[page]
        return sum(span.first_line <= line for span in self._spans[page]) - 1

    def regions(self, page: int, paragraph: Paragraph) -> tuple[str, ...]:
        span = self.span(page, paragraph)
        found = self._spans[page][span].attributions if span >= 0 else ()
        return _distinct(attribution.region for attribution in found)

    def theme(self, page: int, paragraph: Paragraph) -> str | None:
        """Return the theme that holds where a paragraph stands, None where nothing is known of it."""
        line = paragraph.first + self._above[page]
        return next((span.theme for span in reversed(self._themes[page]) if span.first_line <= line), None)

    def attributions(self, page: int) -> tuple[Attribution, ...]:
        return _distinct(a for span in self._spans[page] for a in span.attributions)


def structure(raw: RawDocument, title: str, regions: Sequence[str]) -> Structure:
    """Work out the pages, sections and passages of a document.

    `title` and `regions` are what is known of the document as a whole.
    """
    laid_out = _lay_out(raw)
    lines = [layout.lines() for layout in laid_out]
    spans = attribute(lines, title, regions)
    themed = attribute_themes(lines, spans, [layout.title_starts() for layout in laid_out])
    space = spacing(layout.blocks for layout in laid_out)
    sizes = {layout.raw.number: body_size(layout.body()) for layout in laid_out}
    breaks = [_breaks(layout, found) for layout, found in zip(laid_out, spans, strict=True)]
    held = [_paragraphs(layout, found, space) for layout, found in zip(laid_out, breaks, strict=True)]
    bookmarks: dict[int, list[str]] = {}
    for bookmark in raw.bookmarks:
        bookmarks.setdefault(bookmark.page, []).append(bookmark.title)
    numbered = [(layout.raw.number, some) for layout, some in zip(laid_out, held, strict=True)]
    where = _Where(laid_out, spans, themed)
    vocabulary = Vocabulary(lambda text: _theme(text) != "", _is_label, is_slide_title)
    tree = close_glossaries(outline(numbered, sizes, bookmarks, vocabulary, where.regions))
    return _Builder(raw, laid_out, where, tree, sizes).build()


def _lay_out(raw: RawDocument) -> list[_Layout]:
    sheets = [Sheet(page.number, page.width, page.height, page.lines, page.label) for page in raw.pages]
    furniture = find_furniture(sheets)
    laid_out: list[_Layout] = []
    above: Table | None = None
    for page, label, left_out in zip(raw.pages, furniture.labels, furniture.left_out, strict=True):
        body = [line for index, line in enumerate(page.lines) if index not in left_out]
        tables = _tables(body, page.rules, above)
        laid_out.append(_page_layout(page, label, body, left_out, tables))
        above = ends_with(body, tables)
    found = slides([layout.blocks for layout in laid_out])
    return [replace(layout, blocks=one.blocks, titles=one.titles) for layout, one in zip(laid_out, found, strict=True)]


def _tables(body: Sequence[Line], rules: Sequence[Rule], above: Table | None) -> list[Table]:
    """The tables of a page, from the top: those that rules draw, and among the other lines those that stand apart."""
    ruled = ruled_tables(body, rules, above) if rules else []
    held = {id(line) for table in ruled for line in table.lines()}
    found = [*ruled, *find_tables([line for line in body if id(line) not in held], opens_item)]
    return sorted(found, key=lambda table: min(line.y for line in table.lines()))


def _page_layout(
    page: RawPage, label: str, body: Sequence[Line], left_out: Iterable[int], tables: Sequence[Table]
) -> _Layout:
    top = min((line.y for line in body), default=0.0)
    furniture = sorted((page.lines[i] for i in left_out), key=lambda line: (line.y, line.x, line.order))
    above = tuple(line for line in furniture if line.y < top)
    return _Layout(page, label, tuple(read(body, tables)), above, tuple(line for line in furniture if line.y >= top))


def _breaks(layout: _Layout, spans: Sequence[RegionSpan]) -> set[int]:
    """The lines of the body with which another region, a slide's title, the text under it or an entry begins."""
    regions = {span.first_line - len(layout.above) for span in spans}
    return regions | {line for title in layout.titles for line in title} | entry_breaks(layout.body())


def _paragraphs(layout: _Layout, breaks: Container[int], space: Spacing) -> list[Paragraph]:
    return split_rows(paragraphs(layout.blocks, space, breaks, label_length))


@cache
def _theme(text: str) -> str:
    theme = recognise(text) if len(text) < 160 else None
    return theme.name if theme else ""


@cache
def _row_theme(text: str) -> str:
    """Return the impactkaart's theme whose own name a heading is, '' for any other heading."""
    theme = recognise(text) if _is_label(text) else None
    return theme.name if theme and theme.vocabulary == "impactkaart" else ""


def _is_label(text: str) -> bool:
    """Whether a heading is a theme's own name, not that of a numbered part of it."""
    found = strength_of(text) if not text[:1].isdecimal() else None
    return found is not None and found[1] == OWN_NAME


def _without_hollow(tree: Outline) -> Outline:
    """Turn headings with nothing or next to nothing under them into text, so that no word is lost to search."""
    words = [0] * len(tree.headings)
    for item in tree.placed:
        index = -1 if item.heading else item.section
        while index >= 0:
            words[index] += len(item.paragraph.text.split())
            index = tree.headings[index].parent
    hollow = [
        not count or (count < HOLLOW and heading.rank == PLAIN and not _theme(heading.title))
        for heading, count in zip(tree.headings, words, strict=True)
    ]
    placed = [
        _raise(item, tree, hollow) if item.section >= 0 and hollow[item.section] else item for item in tree.placed
    ]
    return Outline(tree.headings, tuple(placed))


def _raise(item: Placed, tree: Outline, hollow: Sequence[bool]) -> Placed:
    section = item.section
    while section >= 0 and hollow[section]:
        section = tree.headings[section].parent
    return replace(item, section=section, heading=False)


class _Builder:
    """Puts the records together."""

    def __init__(
        self,
        raw: RawDocument,
        laid_out: Sequence[_Layout],
        where: _Where,
        tree: Outline,
        sizes: dict[int, float],
    ) -> None:
        self._raw, self._laid_out, self._where, self._outline = raw, laid_out, where, tree
        self._tree = tree = _without_hollow(tree)
        self._paths = [path(tree.headings, index) for index in range(len(tree.headings))]
        self._themes = [_theme_of_path(titles) for titles in self._paths]
        self._labels = [_row_theme(titles[-1]) for titles in self._paths]
        self._ended: dict[tuple[str, int], bool] = {}
        self._kinds = kinds(tree.placed, [self._path(item.section) for item in tree.placed], sizes)
        self._leads = leads(tree.placed, self._kinds)
        self._joined: dict[int, str] = {}
        self._passages: list[Passage] = []

    def build(self) -> Structure:
        by_page: dict[int, list[int]] = {}
        for index, item in enumerate(self._tree.placed):
            by_page.setdefault(item.page, []).append(index)
        pages = [self._page(layout, self._arranged(by_page.get(layout.raw.number, []))) for layout in self._laid_out]
        return Structure(tuple(pages), tuple(self._sections()), tuple(self._passages))

    def _arranged(self, indices: Sequence[int]) -> list[int]:
        order, joined = notes_last(indices, self._tree.placed, self._kinds)
        self._joined |= joined
        return order

    def _path(self, section: int) -> tuple[str, ...]:
        return self._paths[section] if section >= 0 else ()

    def _page(self, layout: _Layout, indices: Sequence[int]) -> Page:
        number = layout.raw.number
        pieces = [self._piece(index) for index in indices]
        text = page_text(pieces)
        # A page of headings alone, such as a cover, would not be found without a passage.
        cuts = slices(pieces) or slices([replace(piece, heading=False) for piece in pieces])
        cuts = [cut for cut in cuts if not self._is_bare(indices[cut.piece], cut)] or cuts
        made = [
            replace(
                self._passage(number, text[cut.start : cut.end], cut.start, indices[cut.piece], cut.kind),
                cells=cells_in(pieces, cut.start, cut.end),
            )
            for cut in cuts
        ]
        self._passages += made
        attributions = self._where.attributions(number)
        return Page(
            number=number,
            label=layout.label,
            text=text,
            furniture=tuple(repair(line.text) for line in (*layout.above, *layout.below)),
            regions=_distinct(a.region for a in attributions),
            themes=_distinct(passage.theme for passage in made if passage.theme),
            attributions=attributions,
            problem=layout.raw.problem,
            warning=layout.raw.warning,
        )

    def _is_bare(self, index: int, cut: Slice) -> bool:
        """Whether a passage is nothing but a heading of a few words under which nothing stands."""
        text = self._tree.placed[index].paragraph.text
        return self._outline.placed[index].heading and cut.end - cut.start <= len(text) and len(text.split()) < BARE

    def _piece(self, index: int) -> Piece:
        item = self._tree.placed[index]
        group = (item.section, self._where.span(item.page, item.paragraph), self._theme(item))
        text = self._joined.get(index, item.paragraph.text)
        return Piece(text, group, self._kinds[index], item.heading, item.paragraph.cells)

    def _passage(self, page: int, text: str, start: int, index: int, kind: PassageKind) -> Passage:
        item = self._tree.placed[index]
        return Passage(
            id=passage_id(self._raw.sha256, page, start, text),
            document=self._raw.file,
            page=page,
            start=start,
            end=start + len(text),
            text=text,
            section=self._path(item.section),
            regions=self._where.regions(item.page, item.paragraph),
            theme=self._theme(item),
            kind=kind,
            lead=lead.text if (lead := self._leads[index]) else "",
        )

    def _theme(self, item: Placed) -> str:
        """A theme's own name right above decides; then what holds on the page; then the heading path."""
        above = self._path(item.section)
        if above and _is_label(above[-1]):
            return self._themes[item.section]
        holds = self._where.theme(item.page, item.paragraph)
        if holds is not None and not (holds and self._has_ended(holds, item.section)):
            return holds
        return self._themes[item.section] if item.section >= 0 else ""

    def _has_ended(self, theme: str, section: int) -> bool:
        """Whether the chapter that orders its text by the impactkaart's themes has ended before a section."""
        key = (theme, section)
        if key not in self._ended:
            self._ended[key] = self._ends(theme, section)
        return self._ended[key]

    def _ends(self, theme: str, section: int) -> bool:
        headings = self._tree.headings
        label = next((at for at in range(section, -1, -1) if self._labels[at] == theme), -1)
        chapter = headings[label].parent if label >= 0 else -1
        siblings = {
            name for name, other in zip(self._labels, headings, strict=True) if name and other.parent == chapter
        }
        if chapter < 0 or len(siblings) < BY_THEME:
            return False
        while section > chapter:
            section = headings[section].parent
        return section != chapter

    def _sections(self) -> Iterable[Section]:
        headings = self._tree.headings
        last = [heading.page for heading in headings]
        regions: list[dict[str, None]] = [{} for _ in headings]
        themes = list(self._themes)
        for item in self._tree.placed:
            index = item.section
            if item.heading:
                themes[index] = self._theme(item)
            found = dict.fromkeys(self._where.regions(item.page, item.paragraph))
            while index >= 0:
                last[index] = max(last[index], item.page)
                regions[index] |= found
                index = headings[index].parent
        for index, heading in enumerate(headings):
            yield _section(heading, self._paths[index], last[index], tuple(regions[index]), themes[index])


def _section(heading: Heading, titles: tuple[str, ...], last: int, regions: tuple[str, ...], theme: str) -> Section:
    return Section(heading.title, len(titles), titles, heading.page, last, regions, theme)


def _theme_of_path(titles: Sequence[str]) -> str:
    theme = theme_of_path(titles)
    return theme.name if theme else ""


def _distinct(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))
