"""A PDF is handed out only while it is what was indexed."""

import os
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from ingest.document import Document
from service.files import FileChanged, FileGone, pdf_path
from tests.service.fakes import make_documents


@pytest.fixture
def document(tmp_path: Path) -> Document:
    """A document whose PDF is there."""
    pdf = tmp_path / "plan.pdf"
    pdf.write_bytes(b"%PDF-1.7")
    return replace(make_documents()[0], path=str(pdf), sha256=sha256(b"%PDF-1.7").hexdigest())


def test_unchanged_file_is_found(document: Document) -> None:
    """The path is the one that was indexed."""
    assert pdf_path(document) == Path(document.path)


def test_touched_file_with_the_same_bytes_is_fine(document: Document) -> None:
    """Only bytes count, not the time of the file."""
    os.utime(document.path, (1, 1))
    assert pdf_path(document) == Path(document.path)


def test_changed_file_is_refused(document: Document) -> None:
    """Other bytes may have other pages."""
    assert pdf_path(document)
    Path(document.path).write_bytes(b"%PDF-1.4")
    os.utime(document.path, (2, 2))
    with pytest.raises(FileChanged, match="Lees opnieuw in"):
        pdf_path(document)


def test_missing_file_is_told(document: Document) -> None:
    """A moved file is named with what to do."""
    Path(document.path).unlink()
    with pytest.raises(FileGone, match=r"plan rivierenland\.pdf"):
        pdf_path(document)
