"""Broken and hostile PDFs of public test suites, and real government documents: never a crash, never a hang."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ingest.corpus import ingest
from ingest.errors import DocumentError
from ingest.pdf import Limits, RawDocument, read_pdf
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared
LIMITS = Limits(seconds=20, page_seconds=5)
SLOWEST = 2 * (LIMITS.seconds + 5)
"""Twice the limit with the child's start: the machine may be busy."""


def outcome(path: Path) -> RawDocument | DocumentError:
    """Read a file; anything but a document or our own error fails the test."""
    started = time.monotonic()
    try:
        result: RawDocument | DocumentError = read_pdf(path, LIMITS)
    except DocumentError as error:
        result = error
    assert time.monotonic() - started < SLOWEST, path.name
    return result


@pytest.mark.timeout(900)
def test_every_hostile_file_is_read_or_named() -> None:
    """Every file gives text or an error of ours that names it; no class swallows them all."""
    paths = sorted((SHARED / "hostile").glob("*.pdf"))
    with ThreadPoolExecutor(2) as pool:
        results = dict(zip(paths, pool.map(outcome, paths), strict=True))
    for path, result in results.items():
        if isinstance(result, DocumentError):
            assert repr(path.name) in str(result)
        else:
            assert any(page.lines for page in result.pages)
            assert all(page.problem.startswith(f"{path.name}, pagina") for page in result.pages if page.problem)
    kinds = Counter(type(result).__name__ for result in results.values())
    assert kinds["RawDocument"] > len(paths) / 2
    assert {"NotAPdf", "BrokenPdf", "EncryptedPdf", "NoTextLayer"} <= kinds.keys()


def test_a_corpus_of_hostile_files_loses_nothing() -> None:
    """Of every sixth hostile file, each is a document or stands in the list of failures with a reason."""
    paths = sorted((SHARED / "hostile").glob("*.pdf"))[::6]
    found = ingest(paths, {}, LIMITS, 2)
    named = {document.file for document in found.documents} | {failure.file for failure in found.failures}
    assert named == {path.name for path in paths}
    assert all(failure.reason for failure in found.failures)


def test_real_documents_are_read() -> None:
    """Government documents as published come out whole; the one scan is named, and pages with text nobody can see."""
    found = ingest([SHARED / "real"], {}, Limits(), 2)
    whole = [failure.file for failure in found.failures if not failure.page]
    assert whole == ["scan-zonder-tekst.pdf"]
    assert all("verborgen tekst" in failure.reason for failure in found.failures if failure.page)
    assert len(found.documents) == len(list((SHARED / "real").glob("*.pdf"))) - 1
    assert all(document.title and document.passages for document in found.documents)
