"""Which rows of the index speak of what: regions, themes, documents, kinds. A row is a passage's place in the index."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ingest.document import Passage
from ingest.regions import regions
from ingest.themes import themes

Mask = NDArray[np.bool_]

LOW_KINDS = frozenset({"contents", "boilerplate"})

# A passage of fewer words is a heading torn off its text: it answers nothing, whatever it shares with the question.
MEAGRE = 5


@dataclass(frozen=True, slots=True)
class Filters:
    """Where to search; '' is everywhere. Names are those of the gazetteer, the themes and the corpus.

    Attributes:
        region: only passages that speak of this region or of a part of it.
        theme: only passages under this theme or one that it maps to in the other vocabulary.
        document: only this file.
        regions, themes: more of the same; a passage need only meet one of them.
        documents: only these files; None is every file.
    """

    region: str = ""
    theme: str = ""
    document: str = ""
    regions: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    documents: tuple[str, ...] | None = None


class Rows:
    """Looks up rows by what their passages speak of.

    Args:
        passages: the passages of the index, in order.
    """

    def __init__(self, passages: Sequence[Passage]) -> None:
        self.passages = tuple(passages)
        self.low = np.array([_is_low(passage) for passage in passages], dtype=bool)
        self._regions = _rows_by([passage.regions for passage in passages])
        self._themes = _rows_by([(passage.theme,) for passage in passages])
        self._documents = _rows_by([(passage.document,) for passage in passages])

    def allowed(self, filters: Filters) -> Mask:
        """Return which rows the filters leave, shape (n,)."""
        mask = np.ones(len(self.passages), dtype=bool)
        if wanted := {name for name in (filters.region, *filters.regions) if name}:
            mask &= self.of_regions(wanted.union(*map(parts, wanted)))
        if wanted := {name for name in (filters.theme, *filters.themes) if name}:
            mask &= self._mask(self._themes, wanted.union(*map(mapped, wanted)))
        if filters.document:
            mask &= self._mask(self._documents, {filters.document})
        if filters.documents is not None:
            mask &= self._mask(self._documents, filters.documents)
        return mask

    def of_regions(self, names: Iterable[str]) -> Mask:
        """Return which rows speak of one of these regions, shape (n,)."""
        return self._mask(self._regions, names)

    def _mask(self, rows_by_name: dict[str, list[int]], names: Iterable[str]) -> Mask:
        mask = np.zeros(len(self.passages), dtype=bool)
        for name in names:
            mask[rows_by_name.get(name, [])] = True
        return mask


def _is_low(passage: Passage) -> bool:
    return passage.kind in LOW_KINDS or (passage.kind != "glossary" and len(passage.text.split()) < MEAGRE)


def parts(region: str) -> set[str]:
    """Return the regions that a region is divided into."""
    return {part.name for part in regions() if part.parent == region}


def kin(region: str) -> set[str]:
    """Return the parts of a region and the region that it is a part of."""
    return parts(region) | {part.parent for part in regions() if part.name == region and part.parent}


def mapped(theme: str) -> set[str]:
    """Return the themes of the other vocabulary that go with a theme, whichever of the two names the other."""
    forward = {name for known in themes() if known.name == theme for name in known.maps_to}
    return forward | {known.name for known in themes() if theme in known.maps_to}


def _rows_by(names_of_rows: Iterable[tuple[str, ...]]) -> dict[str, list[int]]:
    """Return the rows that carry each name."""
    rows: dict[str, list[int]] = {}
    for row, names in enumerate(names_of_rows):
        for name in names:
            rows.setdefault(name, []).append(row)
    return rows
