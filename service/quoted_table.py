"""A table whose rows quote passages, for a memo: as Markdown, or as Word by service/word_table.py."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.search import Coverage
from index.sentences import sentence_spans
from service import schemas
from service.citation import Reference, footnote, permanent_link, refer
from service.library import Library, find_document
from service.memo import EXPLANATION, coverage_sentence
from service.memo_text import escape_markdown

MAX_QUOTES = 500
# A row of a table is no place for a page of text.
LONGEST = 500

_MARKS = re.compile('[“”„«»"]')


@dataclass(frozen=True, slots=True)
class QuotedRow:
    """A row.

    Attributes:
        cells: what stands in the columns before the quote.
        quote: words of a passage, as they stand there; '' for none.
        reference: where they stand; None without a quote.
    """

    cells: tuple[str, ...]
    quote: str = ""
    reference: Reference | None = None


@dataclass(frozen=True, slots=True)
class QuotedTable:
    """A table with what it is about.

    Attributes:
        title: what stands above it.
        introduction: sentences that say what was asked and what came of it.
        columns: names of the columns before the quote.
        rows: the rows.
        coverage: what was searched.
    """

    title: str
    introduction: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[QuotedRow, ...]
    coverage: Coverage

    @property
    def colophon(self) -> tuple[str, ...]:
        """What a quote promises, and what was searched."""
        return EXPLANATION, coverage_sentence(self.coverage)


def quoted_row(
    library: Library,
    passage: schemas.Passage,
    cells: Sequence[str],
    base: str = "",
    marked: Sequence[tuple[int, int]] = (),
) -> QuotedRow:
    """Make a row that quotes the sentence of a passage with the most marked words."""
    document = find_document(library, passage.document)
    if document is None:
        raise LookupError(f"passage {passage.passage_id} cites {passage.document!r}, which the index does not hold")
    quote = best_sentence(passage.text, marked)
    link = permanent_link(base, passage.passage_id) if base else ""
    cited = replace(refer(document, passage.page), passage_id=passage.passage_id, link=link, quote=quote)
    return QuotedRow(tuple(cells), quote, cited)


def best_sentence(text: str, highlights: Sequence[tuple[int, int]] = ()) -> str:
    """The sentence with the most marked words, without quotation marks: they would end the quote in a table."""
    start, end = max(
        sentence_spans(text) or [(0, len(text))],
        key=lambda span: (sum(span[0] <= a and b <= span[1] for a, b in highlights), -span[0]),
    )
    pieces = [piece for piece in _MARKS.split(text[start:end]) if piece.strip()]
    words = max(pieces, key=len, default="").strip()
    return words if len(words) <= LONGEST else words[:LONGEST].rsplit(" ", 1)[0]


def write_markdown(table: QuotedTable) -> str:
    """The table as Markdown with a footnote for each quote, as pandoc and most editors read it."""
    notes: list[str] = []
    lines = [_line([*table.columns, "Citaat"]), "|" + "---|" * (len(table.columns) + 1)]
    for row in table.rows:
        cells = [escape_markdown(" ".join(cell.split())) for cell in row.cells]
        if row.reference:
            link = f" <{row.reference.link}>" if row.reference.link else ""
            notes.append(f"[^{len(notes) + 1}]: {escape_markdown(footnote(row.reference))}{link}")
        said = f"“{escape_markdown(' '.join(row.quote.split()))}”[^{len(notes)}]" if row.reference else "–"
        lines.append(_line([*cells, said]))
    introduction = [escape_markdown(sentence) for sentence in table.introduction]
    closing = [escape_markdown(sentence) for sentence in table.colophon]
    parts = [
        f"# {escape_markdown(table.title)}",
        *introduction,
        "\n".join(lines),
        "## Verantwoording",
        *closing,
        *notes,
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
