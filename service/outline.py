"""A document's headings as a tree: of a document in the index, or of a PDF that is read for the occasion."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.corpus import ingest
from ingest.document import Document
from ingest.errors import RegiowijzerError
from service import schemas
from service.asking import resolve_document
from service.forms import section_tree
from service.library import Library, find_document
from service.settings import Settings

FEW = 3
"""More regions than this are counted, not named."""

MOST = 80
"""Headings shown under one heading beside a page; those nearest to the page."""


class NotRead(RegiowijzerError):
    """The PDF could not be read."""


@dataclass(frozen=True, slots=True)
class Branch:
    """A heading as it is shown.

    Attributes:
        depth: 0 for a chapter.
        title: the heading.
        pages: 'p. 3' or 'p. 3–8'.
        about: regions and theme, only where they are not those of the heading above.
        section: the form it is made of.
    """

    depth: int
    title: str
    pages: str
    about: tuple[str, ...]
    section: schemas.Section


@dataclass(frozen=True, slots=True)
class Node:
    """A heading with the headings under it.

    Attributes:
        branch: the heading.
        under: what stands under it.
    """

    branch: Branch
    under: list["Node"]


def read_document(settings: Settings, path: Path) -> Document:
    """Read one PDF without an index.

    Raises:
        NotRead: with the reason, in Dutch.
    """
    corpus = ingest([path], {}, settings.limits(), workers=1, mask_bsn=settings.mask_bsn)
    if not corpus.documents:
        reasons = " ".join(failure.reason for failure in corpus.failures)
        raise NotRead(reasons or f"{str(path)!r} is geen PDF. Geef een PDF-bestand of een document uit de index.")
    return corpus.documents[0]


def indexed_document(library: Library, file: str) -> Document:
    """Find a document of the index by its file name.

    Raises:
        UnknownFilter (service.asking): with the nearest name that does exist.
    """
    document = find_document(library, resolve_document(library, file.strip()))
    if document is None:
        raise NotRead("De naam van het document is leeg. Bekijk de lijst met: regiowijzer documents")
    return document


def branches(document: Document) -> list[Branch]:
    """Return the headings of a document in reading order."""
    return list(_branches(section_tree(document.sections), 0, document.regions, ""))


def around(sections: Sequence[schemas.Section], page: int) -> list[schemas.Section]:
    """The headings to show beside a page: the chapters, and under those that hold the page what stands under them."""
    at = next((index for index, section in enumerate(sections) if section.last_page >= page), len(sections))
    start = max(min(at - MOST // 2, len(sections) - MOST), 0)
    return [
        section.model_copy(
            update={
                "sections": around(section.sections, page) if section.first_page <= page <= section.last_page else []
            }
        )
        for section in sections[start : start + MOST]
    ]


def nest(found: Sequence[Branch]) -> list[Node]:
    """Put headings in reading order under each other again."""
    roots: list[Node] = []
    above: list[list[Node]] = [roots]
    for branch in found:
        node = Node(branch, [])
        del above[branch.depth + 1 :]
        above[-1].append(node)
        above.append(node.under)
    return roots


def _branches(sections: Sequence[schemas.Section], depth: int, regions: Sequence[str], theme: str) -> Iterator[Branch]:
    for section in sections:
        about = [] if list(section.regions) == list(regions) else _names(section.regions)
        about += [section.theme] if section.theme and section.theme != theme else []
        yield Branch(depth, section.title, _pages(section), tuple(about), section)
        yield from _branches(section.sections, depth + 1, section.regions, section.theme)


def _names(regions: Sequence[str]) -> list[str]:
    return [f"{len(regions)} regio’s"] if len(regions) > FEW else list(regions)


def _pages(section: schemas.Section) -> str:
    first, last = section.first_page, section.last_page
    return f"p. {first}" if first == last else f"p. {first}–{last}"
