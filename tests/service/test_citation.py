"""Running citations."""

from dataclasses import replace

from service.citation import running_citation
from tests.service.fakes import make_documents


def test_citation_names_publisher_title_year_and_page() -> None:
    """A full description gives all four, in that order."""
    plan, _ = make_documents()
    assert running_citation(plan, 2) == "Zorgkantoor Voorbeeld, Regioplan Rivierenland, 2024, p. 2"


def test_citation_leaves_out_what_is_unknown() -> None:
    """Without publisher, title and year the file name and page remain."""
    _, brochure = make_documents()
    assert running_citation(brochure, 1) == "brochure-kust.pdf, p. 1"
    assert running_citation(replace(brochure, year=1999), 1) == "brochure-kust.pdf, 1999, p. 1"
