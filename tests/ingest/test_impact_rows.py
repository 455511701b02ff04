"""The rows of the impactkaart against 60 rows, drawn by seed, that were read from the page images by hand.

`row_truth.json` holds page, theme and the first three words of the row's text, '' for an empty cell. To draw another
sample: `random.Random(20260103).sample([(page, theme) for each of the 52 pages with rows and the seven themes], 60)`.
"""

import json
from functools import cache
from pathlib import Path

from ingest.document import Passage
from ingest.passages import says_nothing
from ingest.pdf import read_pdf
from ingest.structure import Structure, structure
from ingest.themes import themes
from tests.shared import SHARED, needs_shared

ROWS = json.loads((Path(__file__).parent / "row_truth.json").read_text(encoding="utf-8"))
NAMES = [theme.name for theme in themes() if theme.vocabulary == "impactkaart"]
TABLE = "Directe resultaten"


@cache
def plan() -> Structure:
    """The impactkaart."""
    return structure(read_pdf(SHARED / "corpus" / "impactkaart-per-regio.pdf"), "", ())


def rows_of(page: int, theme: str) -> list[Passage]:
    """The passages under a theme's label on a page."""
    return [passage for passage in plan().passages if passage.page == page and passage.theme == theme]


def is_empty(page: int, theme: str) -> bool:
    """Whether the label stands on the page over a cell that says nothing."""
    lines = plan().pages[page - 1].text.splitlines()
    places = [index for index, line in enumerate(lines) if line.startswith(theme)]
    return any(says_nothing(lines[index + 1]) for index in places)


def is_right(page: int, theme: str, words: str) -> bool:
    """Whether a row opens with the words that were read by hand, or is empty as it should be."""
    found = rows_of(page, theme)
    if not words:
        return not found and is_empty(page, theme)
    return bool(found) and found[0].text.startswith(words) and found[0].section[-1].startswith(theme)


@needs_shared
def test_rows_read_by_hand_are_found() -> None:
    """At least 98% of the sample has the right label over the right text."""
    wrong = [row for row in ROWS if not is_right(*row)]
    assert len(ROWS) == 60
    assert len(wrong) <= 0.02 * len(ROWS), wrong


@needs_shared
def test_every_region_has_its_seven_themes() -> None:
    """On every page with rows each theme has text, or its cell is empty; each region's slide is counted."""
    slides = [page.number for page in plan().pages if TABLE in page.text]
    assert len(slides) == 52
    missing = [(n, theme) for n in slides for theme in NAMES if not rows_of(n, theme) and not is_empty(n, theme)]
    assert missing == []


@needs_shared
def test_a_slide_has_its_own_title_above_its_rows() -> None:
    """Also where the title was drawn after the rows, on a page that holds more slides."""
    rows = [passage for passage in plan().passages if passage.theme in NAMES]
    assert rows
    assert sum("verwachte effect" in passage.section[0] for passage in rows) >= 0.98 * len(rows)


@needs_shared
def test_no_theme_runs_on_into_the_next_slide() -> None:
    """What stands under the title of the sectors and target groups has no theme of a row."""
    others = [p for p in plan().passages if p.section and "focus op" in p.section[0].lower()]
    assert len(others) > 50
    assert not {passage.theme for passage in others} & set(NAMES)
