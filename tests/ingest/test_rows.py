"""Rows whose labels are not where a table has them."""

from dataclasses import replace

import pytest

from ingest.layout import Role
from ingest.paragraphs import Paragraph
from ingest.rows import label_length, split_rows

TEXT = "Er komt een app voor alle inwoners."


def paragraph(text: str, role: Role = "text") -> Paragraph:
    """A paragraph of which only the words and the role matter."""
    return Paragraph(text, 0, 10.0, False, 40.0, 100.0, role, item=False)


def split(*found: Paragraph) -> list[tuple[str, str]]:
    """The texts and roles after splitting."""
    return [(one.text, one.role) for one in split_rows(found)]


def test_flattened_rows_are_split_into_label_and_text() -> None:
    """Where two labels open paragraphs, each is parted from its text."""
    rows = paragraph(f"Digitale zorg {TEXT}"), paragraph("Zorgcontractering -")
    assert [text for text, _ in split(*rows)] == ["Digitale zorg", TEXT, "Zorgcontractering", "-"]


def test_one_label_splits_nothing() -> None:
    """A single paragraph that starts with a theme's words may be a sentence."""
    only = paragraph(f"Digitale zorg {TEXT}")
    assert split(only, paragraph(TEXT)) == [(only.text, "text"), (TEXT, "text")]


def test_a_label_in_the_text_column_names_a_row() -> None:
    """A label that the table has among its texts is a label like the others."""
    rows = paragraph("Regionale samenwerking", "label"), paragraph(TEXT, "cell"), paragraph("Digitale zorg", "cell")
    assert split(*rows, paragraph(TEXT, "cell"))[2:] == [("Digitale zorg", "label"), (TEXT, "cell")]


def test_a_label_is_joined_to_its_slipped_end() -> None:
    """The rest of a label at the head of the text column belongs to the label."""
    label = paragraph("Meer beschikbare", "label")
    end = paragraph("medewerkers (benutten, behoud en instroom)", "cell")
    assert split(label, end) == [(f"{label.text} {end.text}", "label")]
    assert split(label, replace(end, text=TEXT))[0] == (label.text, "label")


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Juiste zorg op de juiste plek Er komt", "Juiste zorg op de juiste plek"),
        ("juiste zorg op de juiste plek is nodig", ""),
        ("Digitale zorg voor iedereen", ""),
        ("Digitale zorg:", "Digitale zorg:"),
        ("Meer beschikbare medewerkers (behoud) Wij", "Meer beschikbare medewerkers (behoud)"),
        ("Zorg", ""),
    ],
)
def test_a_label_ends_where_a_sentence_begins(text: str, label: str) -> None:
    """A known theme counts as a label before a capital or at the end of the line."""
    assert text[: label_length(text)] == label
