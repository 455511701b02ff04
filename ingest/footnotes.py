"""Footnotes stand at the end of their page's text, and sentences that they cut through are whole again. Pure."""

from collections.abc import Sequence

from ingest.document import PassageKind
from ingest.paragraphs import ends_sentence
from ingest.sections import Placed
from ingest.text import join_lines


def notes_last(
    indices: Sequence[int], placed: Sequence[Placed], kinds: Sequence[PassageKind]
) -> tuple[list[int], dict[int, str]]:
    """Put the footnotes of a page last.

    `indices` are those of the page's paragraphs in reading order. Returns them in their new order, and the text of each
    paragraph that takes in what came after a footnote; what was taken in is left out of the order.
    """
    text: list[int] = []
    notes: list[int] = []
    joined: dict[int, str] = {}
    for place, index in enumerate(indices):
        if kinds[index] == "footnote":
            notes.append(index)
        elif place and kinds[indices[place - 1]] == "footnote" and text and _goes_on(placed[text[-1]], placed[index]):
            before = joined.get(text[-1], placed[text[-1]].paragraph.text)
            joined[text[-1]] = join_lines([before, placed[index].paragraph.text])
        else:
            text.append(index)
    return text + notes, joined


def _goes_on(above: Placed, below: Placed) -> bool:
    """Whether a paragraph goes on with the sentence of the one that a footnote parts it from."""
    text, alike = below.paragraph.text, above.paragraph.role == below.paragraph.role
    same = alike and above.section == below.section and not above.heading and not below.heading
    return same and text[:1].islower() and not below.paragraph.item and not ends_sentence(above.paragraph.text)
