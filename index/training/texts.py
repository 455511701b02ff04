"""Reading of the training data: legal text, pages of plans, written questions, synonyms."""

import csv
import json
import lzma
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import DocumentError
from ingest.pdf import Limits, read_pdf
from ingest.text import join_lines, repair

WINDOW_WORDS = 120
_MARKUP = re.compile(r"<[^>]{1,200}>|#{1,6} ")
_LAW_PASSAGE = re.compile(r"^=== p\.(\d+) ===$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Question:
    """A written question and where its answer stands.

    Attributes:
        text: the question.
        document: file name.
        page: 1-based.
        answer: a fragment of that page, as the PDF's text has it.
        style: 'parafrase', 'gewoon', 'zoekbalk' or 'burger'.
    """

    text: str
    document: str
    page: int
    answer: str
    style: str


@dataclass(frozen=True, slots=True)
class LegalSection:
    """A heading of a law and the paragraphs under it."""

    heading: str
    paragraphs: tuple[str, ...]


# (document, page) -> the page's passages
Pages = Mapping[tuple[str, int], Sequence[str]]


def legal_sections(shared: Path) -> Iterator[LegalSection]:
    """Yield the sections of the legal text in order, markup taken out."""
    with lzma.open(shared / "training" / "wetten.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            for section in json.loads(line)["sections"]:
                paragraphs = tuple(filter(None, (_MARKUP.sub("", text).strip() for text in section["paragraphs"])))
                if paragraphs:
                    yield LegalSection(section["heading"], paragraphs)


def questions(shared: Path) -> list[Question]:
    """Return the written questions; the gold questions of `eval/` are another file that training never opens."""
    with (shared / "training" / "questions.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [Question(r["question"], r["doc"], r["page"], r["answer"], r["style"]) for r in rows]


def synonym_sets(shared: Path) -> list[tuple[str, ...]]:
    """Return sets of words that mean the same."""
    with (shared / "training" / "synoniemen-odwn.tsv").open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        return [tuple(filter(None, row)) for row in rows if len(row) > 1]


def pages(shared: Path) -> dict[tuple[str, int], list[str]]:
    """Return the windows of every page of the plans, the other PDFs and the passages of care law."""
    found = {}
    for path in sorted([*(shared / "corpus").glob("*.pdf"), *(shared / "real").glob("*.pdf")]):
        for number, text in _pdf_pages(path):
            found[path.name, number] = windows(text)
    law = shared / "training" / "wetten-zorg.txt"
    _, *parts = _LAW_PASSAGE.split(law.read_text(encoding="utf-8"))
    for passage, text in zip(parts[::2], parts[1::2], strict=True):
        found[law.name, int(passage)] = windows(text)
    return found


def windows(text: str, words: int = WINDOW_WORDS) -> list[str]:
    """Cut a text into pieces of at most so many words."""
    split = text.split()
    return [" ".join(split[start : start + words]) for start in range(0, len(split), words)]


def _pdf_pages(path: Path) -> list[tuple[int, str]]:
    """Return (number, running text) of the pages of a PDF; [] for one without text."""
    try:
        raw = read_pdf(path, Limits())
    except DocumentError:
        return []
    return [(page.number, join_lines([repair(line.text) for line in page.lines])) for page in raw.pages]
