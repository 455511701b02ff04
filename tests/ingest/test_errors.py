"""What the system and the libraries say in English, in Dutch."""

import errno

import pytest

from ingest.errors import broken_in_dutch, in_dutch


@pytest.mark.parametrize(
    ("number", "words"),
    [(errno.EACCES, "u mag het niet lezen"), (errno.EMFILE, "te veel bestanden"), (9999, "fout 9999")],
)
def test_a_fault_of_the_system_is_dutch(number: int, words: str) -> None:
    """Common faults have words, others their number; none has the system's own English."""
    said = in_dutch(OSError(number, "Permission denied"))
    assert words in said
    assert "denied" not in said


def test_a_fault_without_a_number_is_dutch() -> None:
    """An OSError that Python itself raises carries no number."""
    assert in_dutch(OSError("read of closed file")) == "het systeem meldt fout zonder nummer"


@pytest.mark.parametrize(
    ("words", "dutch"),
    [
        ("PdfStreamError Stream has ended unexpectedly", "houdt te vroeg op"),
        ("Error -3 while decompressing data: incorrect header check", "niet uit te pakken"),
        ("RecursionError maximum recursion depth exceeded", "kring"),
        ("startxref not found", "lijst van onderdelen"),
        ("Invalid Elementary Object starting with b']'", "onmogelijke vorm"),
        ("KeyError '/W'", "niet te volgen"),
    ],
)
def test_a_broken_pdf_is_told_in_dutch(words: str, dutch: str) -> None:
    """The library's words choose the Dutch ones and do not appear."""
    assert dutch in broken_in_dutch(words)
