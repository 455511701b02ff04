"""Plans in other layouts than the real ones: PDFs made here, read and structured as any other, with known truth."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.pdf import read_pdf
from ingest.structure import Structure, structure
from tests.ingest.layouts import LAYOUTS, Layout, Mark, make

LEAST = 0.95


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Structure]:
    """The structure of every layout."""
    folder = tmp_path_factory.mktemp("layouts")
    return {layout.name: _read(layout, folder) for layout in LAYOUTS}


def _read(layout: Layout, folder: Path) -> Structure:
    raw = read_pdf(make(layout, folder))
    return structure(raw, raw.metadata.get("title", ""), ())


def checks(layout: Layout, found: Structure) -> Iterator[tuple[str, bool]]:
    """What should be true of a layout, and whether it is: regions of pages, regions and themes of texts."""
    for page in found.pages:
        marks = [mark for mark in layout.marks if mark.page == page.number]
        if marks:
            expected = {region for mark in marks for region in mark.regions}
            yield f"{layout.name} p. {page.number} {sorted(expected)}: {page.regions}", set(page.regions) == expected
    for mark in layout.marks:
        yield from _check(layout, mark, found)


def _check(layout: Layout, mark: Mark, found: Structure) -> Iterator[tuple[str, bool]]:
    passages = [p for p in found.passages if p.page == mark.page and mark.words in p.text]
    what = f"{layout.name} p. {mark.page} {mark.words!r}"
    yield f"{what} regions {[p.regions for p in passages]}", [p.regions for p in passages] == [mark.regions]
    yield f"{what} theme {[p.theme for p in passages]}", [p.theme for p in passages] == [mark.theme]


def test_there_are_many_layouts() -> None:
    """A dozen at least, no two alike."""
    assert len({layout.name for layout in LAYOUTS}) == len(LAYOUTS) >= 12


def test_regions_and_themes_are_found_in_other_layouts(made: dict[str, Structure]) -> None:
    """At least 95% of what is true of the pages and texts of all layouts is found."""
    results = [check for layout in LAYOUTS for check in checks(layout, made[layout.name])]
    wrong = [what for what, right in results if not right]
    share = 1 - len(wrong) / len(results)
    print(f"{share:.3f} of {len(results)} facts in {len(LAYOUTS)} layouts")  # noqa: T201 - the share is the result
    assert share >= LEAST, wrong


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_each_layout_is_read_for_the_greater_part(layout: Layout, made: dict[str, Structure]) -> None:
    """No layout is lost as a whole, and none is given a region that it does not name."""
    results = [right for _, right in checks(layout, made[layout.name])]
    assert sum(results) >= 0.75 * len(results)
    allowed = {region for mark in layout.marks for region in mark.regions}
    assert {region for passage in made[layout.name].passages for region in passage.regions} <= allowed
