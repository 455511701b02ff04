"""A document's headings as a tree, on the command line and on the web."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.document import Document, Section
from service import cli
from service.asking import UnknownFilter
from service.outline import NotRead, branches, indexed_document, nest, read_document
from service.settings import Settings
from tests.service.fakes import FILE, fake_library, make_documents
from tests.service.pdfs import VALPREVENTIE, make_pdf


def plan() -> Document:
    """Return the first made-up document."""
    return make_documents()[0]


def test_each_heading_stands_once_with_its_pages() -> None:
    """Headings come in reading order with their depth and the pages they span."""
    found = [(one.depth, one.title, one.pages) for one in branches(plan())]
    assert found == [(0, "Aanpak", "p. 1–2"), (1, "Valpreventie", "p. 1"), (0, "Organisatie", "p. 2–3")]


def test_only_what_is_new_is_told() -> None:
    """A heading names a region or theme only where the one above it, or the document, has another."""
    assert [one.about for one in branches(plan())] == [(), ("Gezond ouder worden",), ()]
    assert branches(replace(plan(), regions=()))[0].about == ("Utrecht Stad",)


def test_many_regions_are_counted() -> None:
    """A chapter about all regions does not list them."""
    chapter = Section("Alle regio's", 1, ("Alle regio's",), 1, 3, ("A", "B", "C", "D"))
    assert branches(replace(plan(), sections=(chapter,)))[0].about == ("4 regio’s",)


def test_branches_nest() -> None:
    """Headings fall under the one above them with less depth, and those after it do not."""
    nodes = nest(branches(plan()))
    assert [(node.branch.title, [under.branch.title for under in node.under]) for node in nodes] == [
        ("Aanpak", ["Valpreventie"]),
        ("Organisatie", []),
    ]


def test_a_document_of_the_index_is_found_by_name() -> None:
    """The name finds the document; another name is refused with what to do."""
    assert indexed_document(fake_library(), f" {FILE} ").file == FILE
    with pytest.raises(UnknownFilter, match="regiowijzer documents"):
        indexed_document(fake_library(), "kwijt.pdf")
    with pytest.raises(NotRead, match="leeg"):
        indexed_document(fake_library(), " ")


def test_a_pdf_is_read_without_an_index(tmp_path: Path) -> None:
    """A file on disk has its outline read for the occasion; one that is no PDF is refused in Dutch."""
    document = read_document(Settings(), make_pdf(tmp_path / "los.pdf", [("Valpreventie", [VALPREVENTIE])]))
    assert [one.title for one in branches(document)] == ["Valpreventie"]
    broken = tmp_path / "kapot.pdf"
    broken.write_bytes(b"%PDF-1.7 niets")
    with pytest.raises(NotRead, match=r"kapot\.pdf"):
        read_document(Settings(), broken)


def test_the_command_prints_the_tree(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """`regiowijzer outline` indents headings and names pages; `--json` is what the API gives of a document."""
    monkeypatch.setattr(cli, "open_index", lambda settings: fake_library())
    assert cli.main(["outline", FILE]) == cli.DONE
    lines = capsys.readouterr().out.splitlines()
    assert "Aanpak  p. 1–2" in lines
    assert "  Valpreventie  p. 1 · Gezond ouder worden" in lines
    assert cli.main(["outline", FILE, "--json"]) == cli.DONE
    assert json.loads(capsys.readouterr().out)["sections"][0]["sections"][0]["title"] == "Valpreventie"
    assert cli.main(["outline", "kwijt.pdf"]) == cli.WRONG_USE
