"""Does every passage stand on the page that it cites? The PDFs are read again and compared with the index."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from index.generation import verify_generation
from ingest.document import Document, Passage
from ingest.errors import RegiowijzerError
from ingest.pdf import Limits, read_pdf
from service.files import pdf_path

_WORDS = re.compile(r"[^\W_]+")
# Broken words and letter-spaced ones stand in pieces; shorter pieces would match by accident.
MIN_JOINED = 4


@dataclass(frozen=True, slots=True)
class Fault:
    """A passage, or a whole document, that could not be confirmed.

    Attributes:
        file: the document.
        page: 1-based; 0 for the whole document.
        passage_id: '' for the whole document.
        reason: Dutch sentence.
    """

    file: str
    page: int
    passage_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What a check came to.

    Attributes:
        passages: how many there are.
        confirmed: how many stand on the page that they cite.
        faults: the others, and documents that could not be read again.
    """

    passages: int
    confirmed: int
    faults: tuple[Fault, ...]

    @property
    def passed(self) -> bool:
        """Whether there was something to confirm and all of it is confirmed."""
        return self.confirmed == self.passages > 0 and not self.faults

    @property
    def share(self) -> float:
        """Confirmed passages, 0..1; an index without passages confirms nothing."""
        return self.confirmed / self.passages if self.passages else 0.0


def fold(text: str) -> str:
    """One form for ligatures, soft hyphens and capitals."""
    return unicodedata.normalize("NFKC", text.replace("\u00ad", "")).casefold()


def words(text: str) -> list[str]:
    """The runs of letters and digits of a folded text: hyphens, bullets and spaces do not count."""
    return _WORDS.findall(fold(text))


class PageWords:
    """The words of one page as its PDF draws them, from lines in stream order."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._counts: Counter[str] = Counter()
        starts, ends = set(), set()
        pieces: list[str] = []
        for line in filter(None, map(words, lines)):
            pieces += line
            starts.add(line[0])
            ends.add(line[-1])
        self._counts.update(pieces)
        self._starts, self._ends = starts, ends
        self._joined = "".join(pieces)

    def missing(self, text: str) -> list[str]:
        """Words of a text that the page does not hold, or does not hold as often."""
        if "".join(words(text)) in self._joined:
            return []
        needed = Counter(words(text))
        return [word for word, n in needed.items() if self._counts[word] < n and not self._in_pieces(word, n)]

    def _in_pieces(self, word: str, times: int) -> bool:
        """Whether a word was mended: broken over two lines, letter-spaced, or drawn against its neighbour."""
        # Figures are never mended, and pieces of two of them would make up a third.
        if not word.isalpha():
            return False
        if len(word) >= MIN_JOINED and self._joined.count(word) >= times:
            return True
        return any(word[:cut] in self._ends and word[cut:] in self._starts for cut in range(1, len(word)))


def check_passage(document: Document, passage: Passage, page: PageWords | None) -> Fault | None:
    """Compare one passage with its page; None when it stands there."""
    reason = ""
    stored = next((held for held in document.pages if held.number == passage.page), None)
    if stored is None or page is None:
        reason = "De pagina waarnaar het fragment verwijst bestaat niet."
    elif stored.text[passage.start : passage.end] != passage.text:
        reason = "De tekst staat niet op de aangegeven plaats in de bewaarde pagina."
    elif missing := page.missing(passage.text):
        reason = "Deze woorden staan niet op de pagina: " + ", ".join(missing[:5])
    return Fault(document.file, passage.page, passage.id, reason) if reason else None


def check_document(document: Document, limits: Limits) -> list[Fault]:
    """Read one PDF again and compare all its passages."""
    try:
        raw = read_pdf(pdf_path(document), limits)
    except RegiowijzerError as error:
        return [Fault(document.file, 0, "", str(error))]
    pages = {page.number: PageWords([line.text for line in page.lines]) for page in raw.pages}
    checks = (check_passage(document, passage, pages.get(passage.page)) for passage in document.passages)
    return [fault for fault in checks if fault]


def _confirmed(document: Document, faults: Sequence[Fault]) -> int:
    """How many passages of a document are confirmed by a check that gave these faults."""
    return 0 if any(not fault.passage_id for fault in faults) else len(document.passages) - len(faults)


def verify_documents(
    documents: Sequence[Document], limits: Limits, workers: int, progress: Callable[[str, int], None]
) -> Verification:
    """Check all documents, `workers` of them side by side; `progress` hears of each file and its pages."""

    def check(document: Document) -> list[Fault]:
        faults = check_document(document, limits)
        progress(document.file, len(document.pages))
        return faults

    with ThreadPoolExecutor(max_workers=workers) as pool:
        results: Iterator[list[Fault]] = pool.map(check, documents)
        found = list(zip(documents, results, strict=True))
    return Verification(
        passages=sum(len(document.passages) for document in documents),
        confirmed=sum(_confirmed(document, faults) for document, faults in found),
        faults=tuple(fault for _, faults in found for fault in faults),
    )


def verify_index(
    data: Path, documents: Sequence[Document], limits: Limits, workers: int, progress: Callable[[str, int], None]
) -> Verification:
    """Check every byte of the index, then every passage against its PDF.

    Raises:
        RegiowijzerError: the index itself is missing or damaged.
    """
    verify_generation(data)
    return verify_documents(documents, limits, workers, progress)
