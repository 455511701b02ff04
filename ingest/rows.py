"""Rows of a table whose labels were flattened into the text, or slipped into the column beside them. Pure."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from ingest.layout import Role
from ingest.paragraphs import Paragraph
from ingest.themes import themes

LONG_NAME = 14
"""A name of one word opens a row only when it is so long that it does not open sentences."""
MIN_LABELS = 2
"""On a page where so many known labels open a paragraph, the page is a flattened table."""


def split_rows(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Split the rows of a page into label and text, where known labels open several paragraphs."""
    found = _whole_labels(paragraphs)
    labels = {paragraph.text[: label_length(paragraph.text)].casefold() for paragraph in found} - {""}
    if len(labels) < MIN_LABELS:
        return found
    return [part for paragraph in found for part in _split_label(paragraph)]


def _whole_labels(found: Sequence[Paragraph]) -> list[Paragraph]:
    """Join a row's label to the rest of it that has slipped into the text column, or to the next column."""
    whole: list[Paragraph] = []
    for paragraph in found:
        label = f"{whole[-1].text} {paragraph.text}" if whole and _goes_on(whole[-1], paragraph) else ""
        length = label_length(label)
        if length <= max(0, len(label) - len(paragraph.text)):
            whole.append(paragraph)
            continue
        whole[-1] = replace(whole[-1], text=label[:length].strip())
        if rest := label[length:].strip():
            whole.append(replace(paragraph, text=rest, item=False))
    return whole


def _goes_on(above: Paragraph, below: Paragraph) -> bool:
    """Whether a paragraph may be the rest of the label above it: a cell beside it, or an aside in brackets."""
    aside = below.text.startswith("(") and below.text.endswith(")")
    return (above.role == "label" and below.role == "cell") or (aside and label_length(above.text) == len(above.text))


def _split_label(paragraph: Paragraph) -> list[Paragraph]:
    """Split a row whose label and text were flattened into one line, or stand in one column."""
    length = label_length(paragraph.text) if paragraph.role != "label" else 0
    if not length:
        return [paragraph]
    label, rest = paragraph.text[:length].strip(), paragraph.text[length:].strip()
    role: Role = "label" if paragraph.role == "cell" else "text"
    parts = [replace(paragraph, text=label, role=role, lines=1)]
    return [*parts, replace(paragraph, text=rest, item=False)] if rest else parts


def label_length(text: str) -> int:
    """Return how many characters of a line are the known label of a row that it opens; 0 for none."""
    match = _labels().match(text) if text[:1].isupper() else None
    return match.end() if match else 0


@cache
def _labels() -> re.Pattern[str]:
    """Match a known theme at the start of a line, when a new sentence or nothing follows it."""
    names = {theme.name for theme in themes() if " " in theme.name or len(theme.name) > LONG_NAME}
    words = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(names, key=lambda n: (-len(n), n)))
    return re.compile(rf"(?i:{words})(?:\s*\([a-z][^)]{{0,60}}\))?\s*:?(?=\s+[\"'‘“(]?[A-Z0-9-]|\s*$)")
