"""Pictures of a comparison: one tile a region; a tick, a dash or a blank says it without colour."""

from collections.abc import Sequence
from html import escape
from itertools import groupby

from index.tally import counts_as, tally
from ingest.regions import regions
from service.compare_tables import verdict
from service.comparing import CompareRow, ComparisonForm

TILE = 30
GAP = 6
ACROSS = 15
LABEL = 24
MARGIN = 2

# Strokes in a tile of 30 by 30: a tick for found, a dash for nothing found; a region not asked for stays blank.
TICK = "M8 16l5 5 10-12"
DASH = "M9 15h12"
# What a count says of itself when it is less than the number of tiles.
TOGETHER = "een regio en haar delen tellen als één"


def tile(row: CompareRow) -> str:
    """One region as an SVG group at the origin, with its name and verdict as title."""
    sign = f'<path fill="none" d="{TICK if row.found else DASH}"/>' if row.asked else ""
    fill, dashes = ("#d8d8d8", "") if row.found else ("#fff", "" if row.asked else ' stroke-dasharray="3 3"')
    side = TILE - 2
    return (
        f"<title>{escape(row.region)}: {escape(verdict(row))}</title>"
        f'<rect x="1" y="1" width="{side}" height="{side}" rx="4" fill="{fill}"{dashes}/>{sign}'
    )


def groups(comparison: ComparisonForm) -> list[tuple[str, list[CompareRow]]]:
    """The rows by kind of the region that they count with, kinds in the order in which they first come.

    A part stands with the region that it counts with, so that the counts of all kinds add up to that of the comparison.
    """
    known = {region.name: region for region in regions()}
    kinds = {
        row.region: known[counts_as(known[row.region], comparison.parent or "")].kind for row in comparison.regions
    }
    order = list(dict.fromkeys(kinds.values()))
    rows = sorted(comparison.regions, key=lambda row: order.index(kinds[row.region]))
    return [(kind, list(of_kind)) for kind, of_kind in groupby(rows, key=lambda row: kinds[row.region])]


def count(rows: Sequence[CompareRow], parent: str | None) -> str:
    """'3 van 30' of the rows that were asked for, parts counted as a comparison with that parent counts them."""
    known = {region.name: region for region in regions()}
    counted = tally(((known[row.region], row.asked, row.found) for row in rows), parent or "")
    together = f", {TOGETHER}" if counted.asked < sum(row.asked for row in rows) else ""
    return f"{counted.found} van {counted.asked}{together}" if counted.asked else "niet gevraagd"


def describe(comparison: ComparisonForm) -> str:
    """What the picture shows, in words; where parts count together it says so."""
    found = [row.region for row in comparison.regions if row.found]
    together = f" ({TOGETHER})" if comparison.asked < sum(row.asked for row in comparison.regions) else ""
    if not found:
        return f"In geen van de {comparison.asked} regio's{together} gevonden."
    return f"Gevonden in {comparison.found} van de {comparison.asked} regio's{together}: {', '.join(found)}."


def draw(comparison: ComparisonForm) -> str:
    """All regions as an SVG file, grouped by kind, in black and grey."""
    parts, top = [], MARGIN
    for kind, rows in groups(comparison):
        label = f"{escape(kind)}: {count(rows, comparison.parent)}"
        parts.append(f'<text x="{MARGIN}" y="{top + LABEL - 8}" fill="#000" stroke="none">{label}</text>')
        top += LABEL
        parts += [_placed(row, at, top) for at, row in enumerate(rows)]
        top += (len(rows) + ACROSS - 1) // ACROSS * (TILE + GAP) + GAP
    width = MARGIN * 2 + ACROSS * (TILE + GAP) - GAP
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {top}" role="img" stroke="#444" '
        f'stroke-width="2" font-family="sans-serif" font-size="14"><title>{escape(comparison.topic)}</title>'
        f"<desc>{escape(describe(comparison))}</desc>{''.join(parts)}</svg>\n"
    )


def _placed(row: CompareRow, at: int, top: int) -> str:
    x, y = MARGIN + at % ACROSS * (TILE + GAP), top + at // ACROSS * (TILE + GAP)
    return f'<g transform="translate({x} {y})">{tile(row)}</g>'
