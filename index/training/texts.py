"""Reading of the training data: legal text, passages of plans, written questions, translations, synonyms."""

import csv
import hashlib
import json
import lzma
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from index.generation import index_text
from index.training.config import Config
from ingest.corpus import ingest
from ingest.document import Document, Passage
from ingest.pdf import Limits

PASSAGES = "passages.jsonl"
CARE_LAW = "wetten-zorg.txt"
LAW = "wetten.jsonl.xz"
WORDS = "words.txt"
WINDOW_WORDS = 120
_MARKUP = re.compile(r"<[^>]{1,200}>|#{1,6} ")
_BRACKETS = re.compile(r"\(.*?\)")
_LAW_PASSAGE = re.compile(r"^=== p\.(\d+) ===$", re.MULTILINE)
# Kinds of passage that hold no running text to learn from.
_BARE = {"contents", "boilerplate"}
# Pairs under a licence that weights which ship may not be made from (CC BY-NC-SA).
_NOT_FREE = {"sick-nl"}
_CARE = re.compile(
    r"zorg|gezond|wmo|maatschapp|jeugd|huisarts|genees|patiënt|verpleeg|ziek|wlz|ouder|welzijn|gemeente|preventie"
    r"|gehandicap|medisch|arts|arbeidsmarkt|onderwijs|subsidie",
    re.IGNORECASE,
)


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
    """A heading of a law and the paragraphs under it.

    Attributes:
        heading: '' without any.
        paragraphs: without markup.
        care: whether the law's title speaks of care, welfare or who provides them.
    """

    heading: str
    paragraphs: tuple[str, ...]
    care: bool = True


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
    for law in _laws(shared):
        care = bool(_CARE.search(law["title"]))
        for section in law["sections"]:
            paragraphs = tuple(filter(None, (_plain(text) for text in section["paragraphs"])))
            if paragraphs:
                yield LegalSection(section["heading"], paragraphs, care)


def written(config: Config) -> tuple[list[Text], list[Question]]:
    """Return the passages that questions were written on for this project, and those questions.

    Passages are made up, or name a paragraph of law that is then looked up; each is a document of one page.

    Raises:
        ValueError: a paragraph of law is not the one that the questions were written on.
    """
    rows = [
        json.loads(line)
        for path in sorted(config.written.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    quoted = _quoted(config.shared, rows)
    texts, asked = [], []
    for row in rows:
        passage = row.get("text") or quoted[row["id"]]
        above = [*row["heading"].split(" > "), row["region"]] if row["kind"] == "plan" else [row["heading"]]
        indexed = "\n".join([*dict.fromkeys(filter(None, above)), passage])
        texts.append(Text(row["id"], 1, passage, indexed, row["heading"], running=True))
        asked += [Question(question["question"], row["id"], 1, passage) for question in row["questions"]]
    return texts, asked


def translated_sentences(shared: Path) -> list[tuple[str, str]]:
    """Return pairs of a Dutch and an English sentence, those left out whose licence forbids weights that ship."""
    with (shared / "training" / "parallel.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    return [(row[0], row[1]) for row in rows if len(row) == 3 and row[2] not in _NOT_FREE]


def translated_words(config: Config) -> dict[str, list[str]]:
    """Return the English translations of Dutch words that were written for this project, best first."""
    lines = (config.written / WORDS).read_text(encoding="utf-8").splitlines()
    entries = [entry for line in lines if not line.startswith("#") for entry in line.split(";") if "=" in entry]
    found = {}
    for entry in entries:
        dutch, _, english = entry.partition("=")
        found[dutch.strip()] = [word.strip() for word in english.split(",")]
    return found


def dictionary(shared: Path) -> dict[str, list[str]]:
    """Return the English translations of the Dutch-English word list."""
    with (shared / "training" / "woordenlijst-nl-en.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    found: dict[str, list[str]] = {}
    for row in (row for row in rows if len(row) > 1):
        words = [word.strip().removeprefix("to ") for word in re.split("[,;]", _BRACKETS.sub("", row[1]))[:4]]
        found.setdefault(row[0], []).extend(filter(None, words))
    return found


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


def _laws(shared: Path) -> Iterator[dict[str, Any]]:
    """Yield the laws in order, as they were stored."""
    with lzma.open(shared / "training" / LAW, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _plain(paragraph: str) -> str:
    """Return a paragraph without markup."""
    return _MARKUP.sub("", paragraph).strip()


def _quoted(shared: Path, rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return the paragraphs of law that rows name, by the row's id."""
    wanted: dict[int, list[Mapping[str, Any]]] = {}
    for row in rows:
        if "source" in row:
            wanted.setdefault(row["source"]["document"], []).append(row)
    found = {}
    for number, law in enumerate(_laws(shared) if wanted else ()):
        for row in wanted.get(number, ()):
            source = row["source"]
            paragraph = law["sections"][source["section"]]["paragraphs"][source["paragraph"]]
            if hashlib.sha256(" ".join(paragraph.split()).encode()).hexdigest() != source["sha256"]:
                raise ValueError(f"{row['id']}: the paragraph is not the one that its questions were written on")
            found[row["id"]] = _plain(paragraph)
    return found


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
