"""Outlines of made-up pages, for the tests of headings and sections."""

from ingest.document import Line
from ingest.furniture import body_size
from ingest.headings import Vocabulary
from ingest.layout import read
from ingest.paragraphs import Paragraph, Spacing, paragraphs
from ingest.sections import Outline, outline, path

THEMES = {"gezond oud worden", "acute zorg", "1a samen eten"}
KNOWN = Vocabulary(lambda text: text.casefold() in THEMES, lambda text: text.casefold() in THEMES and text[0] != "1")


def tree(
    *pages: list[Line], bookmarks: dict[int, list[str]] | None = None, regions: dict[int, str] | None = None
) -> Outline:
    """The outline of made-up pages; `regions` names the region of a page."""
    held = [(n, paragraphs(read(page), Spacing(1.2), (), lambda text: 0)) for n, page in enumerate(pages, 1)]
    sizes = {n: body_size(page) for n, page in enumerate(pages, 1)}

    def region(page: int, _: Paragraph) -> tuple[str, ...]:
        return (regions[page],) if regions else ()

    return outline(held, sizes, bookmarks or {}, KNOWN, region)


def paths(found: Outline) -> list[str]:
    """The heading paths in reading order."""
    return [" > ".join(path(found.headings, index)) for index in range(len(found.headings))]


def under(found: Outline, text: str) -> str:
    """The heading path of the paragraph that starts with a text."""
    placed = next(item for item in found.placed if item.paragraph.text.startswith(text))
    return " > ".join(path(found.headings, placed.section))
