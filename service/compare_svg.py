"""A picture of a comparison: one tile a region, grouped by kind; a tick, a dash or a blank says it without colour."""

from collections.abc import Sequence
from html import escape

from service.compare_tables import verdict
from service.comparing import CompareRow, ComparisonForm

TILE = 30
GAP = 6
ACROSS = 20
LABEL = 22
MARGIN = 2

# Strokes in a tile of 30 by 30: a tick for found, a dash for nothing found; a region not asked for stays blank.
TICK = "M8 16l5 5 10-12"
DASH = "M9 15h12"


def draw(comparison: ComparisonForm) -> str:
    """Draw all regions as an SVG element that scales with its place; every tile has its region's name as title."""
    groups: dict[str, list[CompareRow]] = {}
    for row in comparison.regions:
        groups.setdefault(row.kind, []).append(row)
    parts, top = [], MARGIN
    for kind, rows in groups.items():
        parts.append(f'<text class="kind" x="{MARGIN}" y="{top + LABEL - 8}">{escape(kind)}: {_count(rows)}</text>')
        top += LABEL
        parts += [_tile(row, at, top) for at, row in enumerate(rows)]
        top += (len(rows) + ACROSS - 1) // ACROSS * (TILE + GAP) + GAP
    width = MARGIN * 2 + ACROSS * (TILE + GAP) - GAP
    return (
        f'<svg class="tiles" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {top}" role="img" '
        f'aria-label="{escape(describe(comparison))}" fill="none" stroke-width="2">{"".join(parts)}</svg>'
    )


def describe(comparison: ComparisonForm) -> str:
    """What the picture shows, in words."""
    found = [row.region for row in comparison.regions if row.found]
    asked = sum(row.asked for row in comparison.regions)
    if not found:
        return f"In geen van de {asked} regio's gevonden."
    return f"Gevonden in {len(found)} van de {asked} regio's: {', '.join(found)}."


def standalone(comparison: ComparisonForm) -> str:
    """The picture as a file of its own, in black and grey."""
    look = 'stroke="#444" font-family="sans-serif" font-size="14"'
    drawn = draw(comparison).replace('<svg class="tiles"', f'<svg class="tiles" {look}', 1)
    drawn = drawn.replace('<text class="kind"', '<text class="kind" fill="#000" stroke="none"')
    drawn = drawn.replace('<g class="tile found">', '<g class="tile found" fill="#d8d8d8">')
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{drawn}\n'


def _count(rows: Sequence[CompareRow]) -> str:
    asked = [row for row in rows if row.asked]
    return f"{sum(row.found for row in asked)} van {len(asked)}" if asked else "niet gevraagd"


def _tile(row: CompareRow, at: int, top: int) -> str:
    """One region's tile."""
    x, y = MARGIN + at % ACROSS * (TILE + GAP), top + at // ACROSS * (TILE + GAP)
    sign = f'<path fill="none" d="{TICK if row.found else DASH}"/>' if row.asked else ""
    look = "found" if row.found else ("empty" if row.asked else "skipped")
    dashes = "" if row.asked else ' stroke-dasharray="3 3"'
    return (
        f'<g class="tile {look}"><title>{escape(row.region)}: {escape(verdict(row))}</title>'
        f'<g transform="translate({x} {y})"><rect width="{TILE}" height="{TILE}" rx="4"{dashes}/>{sign}</g></g>'
    )
