"""Made-up pages for the tests of regions and themes, and the page truth read from the real plans."""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from ingest.document import Line
from ingest.pdf import Limits, read_pdf
from tests.shared import SHARED

TRUTH = json.loads((Path(__file__).parent / "page_truth.json").read_text(encoding="utf-8"))
BODY, LARGE = 11.0, 22.0
FILLER = (
    "De komende jaren groeit de vraag naar zorg sneller dan het aanbod, terwijl",
    "het aantal medewerkers daalt en de afstand tot voorzieningen groter wordt.",
)


class Sheet:
    """Builds one page of lines from top to bottom; `at` draws somewhere else."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.y = 60.0

    def text(self, *texts: str, x: float = 40.0, size: float = BODY) -> "Sheet":
        """A paragraph: lines right under each other, after a gap."""
        self.y += 1.8 * size
        for text in texts or FILLER:
            self._draw(text, x, self.y, size)
            self.y += 1.2 * size
        return self

    def large(self, *texts: str) -> "Sheet":
        return self.text(*texts, size=LARGE)

    def at(self, y: float, *texts: str, x: float = 40.0, size: float = BODY) -> "Sheet":
        for index, text in enumerate(texts):
            self._draw(text, x, y + index * 1.2 * size, size)
        return self

    def _draw(self, text: str, x: float, y: float, size: float) -> None:
        self.lines.append(Line(text, x, y, 0.0, size, False, len(self.lines)))


def expected(title: str, what: str) -> list[list[str]]:
    """What the pages of a real plan speak of, one sorted list a page."""
    return [sorted(names) for first, last, names in TRUTH[title][what] for _ in range(first, last + 1)]


@cache
def real_pages(title: str) -> Sequence[Sequence[Line]]:
    """The lines of the real plan with this title, as the PDF draws them."""
    for path in sorted((SHARED / "corpus").glob("*.pdf")):
        raw = read_pdf(path, Limits())
        if raw.metadata.get("title") == title:
            return [page.lines for page in raw.pages]
    raise LookupError(title)
