"""References in words."""

from dataclasses import replace

import pytest

from service.citation import apa, apa_in_text, footnote, permanent_link, refer, running, running_citation
from tests.service.fakes import make_documents

PLAN, BROCHURE = make_documents()


def test_citation_names_publisher_title_year_and_page() -> None:
    """A full description gives all four, in that order, and the printed page number where it differs."""
    expected = "Zorgkantoor Voorbeeld, Regioplan Rivierenland, 2024, p. 2 (gedrukt: 8)"
    assert running_citation(PLAN, 2) == running(refer(PLAN, 2)) == expected


def test_citation_leaves_out_a_printed_number_that_is_the_same() -> None:
    """A page that carries its own number is named once."""
    same = replace(PLAN, pages=tuple(replace(page, label=str(page.number)) for page in PLAN.pages))
    assert running_citation(same, 2).endswith("2024, p. 2")


def test_citation_leaves_out_what_is_unknown() -> None:
    """Without publisher, title and year the file name and page remain."""
    assert running_citation(BROCHURE, 1) == "brochure-kust.pdf, p. 1"
    assert running_citation(replace(BROCHURE, year=1999), 1) == "brochure-kust.pdf, 1999, p. 1"


def test_apa_puts_the_publisher_or_else_the_title_first() -> None:
    """Author, year, title, page; 'z.d.' without a year."""
    expected = "Zorgkantoor Voorbeeld. (2024). Regioplan Rivierenland (p. 2, gedrukt: 8)."
    assert apa(refer(PLAN, 2)) == expected
    assert apa(refer(PLAN)) == "Zorgkantoor Voorbeeld. (2024). Regioplan Rivierenland."
    assert apa(refer(BROCHURE, 1)) == "brochure-kust.pdf. (z.d.). P. 1."


def test_apa_in_text_is_short() -> None:
    """Name, year and page between brackets."""
    assert apa_in_text(refer(BROCHURE, 1)) == "(brochure-kust.pdf, z.d., p. 1)"
    assert apa_in_text(refer(replace(PLAN, pages=()), 2)) == "(Zorgkantoor Voorbeeld, 2024, p. 2)"


@pytest.mark.parametrize(
    ("title", "start"), [("Hoe nu verder?", "Hoe nu verder? (2024), p. 1."), ("Plan", "Plan (2024)")]
)
def test_footnote_ends_with_one_full_stop(title: str, start: str) -> None:
    """The year stands behind the title, and the sentence is closed."""
    note = footnote(refer(replace(PLAN, title=title, pages=()), 1))
    assert note.startswith(f"Zorgkantoor Voorbeeld, {start}")
    assert note.endswith("p. 1.")


def test_apa_keeps_a_title_that_asks_something() -> None:
    """No full stop follows a question mark."""
    asked = replace(PLAN, title="Hoe nu verder?", pages=())
    assert apa(refer(asked)) == "Zorgkantoor Voorbeeld. (2024). Hoe nu verder?"


def test_permanent_link_is_made_of_the_passage_alone() -> None:
    """Neither the index nor the file stands in the address."""
    assert permanent_link("http://zoek.voorbeeld.nl/", "0f3a") == "http://zoek.voorbeeld.nl/p/0f3a"
    assert permanent_link("", "0f3a") == "/p/0f3a"
