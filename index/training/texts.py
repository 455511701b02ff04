"""Reading of the training data: legal text, passages of plans, written questions, synonyms."""

import csv
import json
import lzma
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from index.generation import index_text
from index.training.config import Config
from ingest.corpus import ingest
from ingest.document import Document, Passage
from ingest.pdf import Limits

PASSAGES = "passages.jsonl"
CARE_LAW = "wetten-zorg.txt"
WINDOW_WORDS = 120
_MARKUP = re.compile(r"<[^>]{1,200}>|#{1,6} ")
_LAW_PASSAGE = re.compile(r"^=== p\.(\d+) ===$", re.MULTILINE)
# Kinds of passage that hold no running text to learn from.
_BARE = {"contents", "boilerplate"}


@dataclass(frozen=True, slots=True)
class Text:
    """A passage as training sees it.

    Attributes:
        document: file name.
        page: 1-based.
        passage: its words alone.
        indexed: what the index encodes for it: the words and what they stand under.
        heading: the last two headings over it; '' without any.
        running: whether it is running text rather than a table of contents or a menu.
    """

    document: str
    page: int
    passage: str
    indexed: str
    heading: str
    running: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A written question and where its answer stands.

    Attributes:
        text: the question.
        document: file name.
        page: 1-based.
        answer: a fragment of that page.
    """

    text: str
    document: str
    page: int
    answer: str


@dataclass(frozen=True, slots=True)
class LegalSection:
    """A heading of a law and the paragraphs under it."""

    heading: str
    paragraphs: tuple[str, ...]


def read_corpus(config: Config) -> None:
    """Stage 1: read the plans and the other PDFs as the product reads them, and write their passages to `work`."""
    corpus = ingest([config.shared / "corpus", config.shared / "real"], {}, Limits(), workers=2)
    texts = [_text(passage, document) for document in corpus.documents for passage in document.passages]
    config.work.mkdir(parents=True, exist_ok=True)
    with (config.work / PASSAGES).open("w", encoding="utf-8") as lines:
        for text in [*texts, *_care_law(config.shared)]:
            lines.write(json.dumps(asdict(text), ensure_ascii=False) + "\n")


def passages(config: Config) -> list[Text]:
    """Return the passages that `read_corpus` wrote, those of documents to be left out excepted."""
    with (config.work / PASSAGES).open(encoding="utf-8") as lines:
        texts = [Text(**json.loads(line)) for line in lines]
    return [text for text in texts if text.document not in config.without]


def questions(config: Config) -> list[Question]:
    """Return the written questions; the gold questions of `eval/` are another file that training never opens."""
    with (config.shared / "training" / "questions.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [Question(r["question"], r["doc"], r["page"], r["answer"]) for r in rows if r["doc"] not in config.without]


def legal_sections(shared: Path) -> Iterator[LegalSection]:
    """Yield the sections of the legal text in order, markup taken out."""
    with lzma.open(shared / "training" / "wetten.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            for section in json.loads(line)["sections"]:
                paragraphs = tuple(filter(None, (_MARKUP.sub("", text).strip() for text in section["paragraphs"])))
                if paragraphs:
                    yield LegalSection(section["heading"], paragraphs)


def synonym_sets(shared: Path) -> list[tuple[str, ...]]:
    """Return sets of words that mean the same, each of at least two."""
    with (shared / "training" / "synoniemen-odwn.tsv").open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        sets = [tuple(filter(None, row)) for row in rows]
    return [words for words in sets if len(words) > 1]


def windows(text: str, words: int = WINDOW_WORDS) -> list[str]:
    """Cut a text into pieces of at most so many words."""
    split = text.split()
    return [" ".join(split[start : start + words]) for start in range(0, len(split), words)]


def _text(passage: Passage, document: Document) -> Text:
    return Text(
        document=document.file,
        page=passage.page,
        passage=passage.text,
        indexed=index_text(passage, document),
        heading=" ".join(passage.section[-2:]),
        running=passage.kind not in _BARE,
    )


def _care_law(shared: Path) -> Iterator[Text]:
    """Yield the windows of the passages of care law that questions were written on."""
    law = (shared / "training" / CARE_LAW).read_text(encoding="utf-8")
    _, *parts = _LAW_PASSAGE.split(law)
    for number, text in zip(parts[::2], parts[1::2], strict=True):
        for window in windows(text):
            yield Text(CARE_LAW, int(number), window, window, "", running=True)
