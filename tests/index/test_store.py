"""Documents on disk."""

from pathlib import Path

import pytest

from index.store import (
    DOCUMENTS,
    read_documents,
    read_duplicates,
    read_failures,
    read_keys,
    write_documents,
    write_duplicates,
    write_failures,
    write_keys,
)
from ingest.corpus import Failure
from ingest.errors import BadRecord
from tests.index.fakes import small_corpus


def test_documents_come_back_equal(tmp_path: Path) -> None:
    """Every field of every record survives the way to disk and back."""
    documents = small_corpus().documents
    write_documents(tmp_path, documents)
    assert read_documents(tmp_path) == documents


def test_a_document_is_one_readable_line(tmp_path: Path) -> None:
    """A person can read the file: one line a document, accents as they are."""
    write_documents(tmp_path, small_corpus().documents)
    lines = (tmp_path / DOCUMENTS).read_text(encoding="utf-8").splitlines()
    assert len(lines) == 2
    assert "Huisartsen in Drenthe" in lines[0]


def test_an_unknown_record_is_refused(tmp_path: Path) -> None:
    """A line that is no document is not half a document."""
    (tmp_path / DOCUMENTS).write_text('{"file": "plan.pdf"}\n', encoding="utf-8")
    with pytest.raises(BadRecord):
        read_documents(tmp_path)


def test_failures_come_back_equal(tmp_path: Path) -> None:
    """What could not be read is kept with page and reason."""
    failures = (Failure("scan.pdf", 0, "Het bestand is versleuteld."), Failure("plan.pdf", 3, "Geen tekst."))
    write_failures(tmp_path, failures)
    assert read_failures(tmp_path) == failures


def test_keys_come_back_in_order(tmp_path: Path) -> None:
    """The order of the keys is the order of the rows."""
    write_keys(tmp_path, ["b", "a"])
    assert read_keys(tmp_path) == ("b", "a")


def test_links_come_back_equal(tmp_path: Path) -> None:
    """The near-duplicates of each passage keep their order."""
    write_duplicates(tmp_path, {"a": ["c", "b"], "b": ["a"]})
    assert read_duplicates(tmp_path) == {"a": ("c", "b"), "b": ("a",)}
