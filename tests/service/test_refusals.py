"""What the system refuses is said in Dutch."""

import errno
import os
import socket
from pathlib import Path

import pytest

from service.memo_commands import BadOutput, save
from service.refusals import refusal
from service.serving import CannotListen, bind


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EADDRINUSE, "gebruikt dit adres al"),
        (errno.EACCES, "geen toestemming"),
        (errno.ENOENT, "bestaat niet"),
        (errno.ENOSPC, "schijf is vol"),
        (errno.EXDEV, f"fout {errno.EXDEV}"),
    ],
)
def test_faults_have_dutch_words(number: int, words: str) -> None:
    """Each common fault has words; another gives its number, and none the system's English."""
    said = refusal(OSError(number, os.strerror(number)))
    assert words in said
    assert os.strerror(number) not in said


def test_a_fault_without_a_number_is_told() -> None:
    """No words of the system are passed on."""
    assert refusal(OSError("timed out")) == "het systeem meldt fout zonder nummer"


def test_a_taken_port_is_told_in_dutch() -> None:
    """The reason stands between brackets."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        with pytest.raises(CannotListen, match="een ander programma gebruikt dit adres al"):
            bind("127.0.0.1", other.getsockname()[1])


def test_an_unknown_host_is_told_in_dutch() -> None:
    """A name that leads nowhere is no address."""
    with pytest.raises(CannotListen, match="geen adres dat wij kennen"):
        bind("geen-adres.invalid", 0)


def test_a_memo_that_cannot_be_written_is_told_in_dutch(tmp_path: Path) -> None:
    """A folder that is not there, and a folder in the place of the file."""
    with pytest.raises(BadOutput, match="bestaat niet"):
        save(tmp_path / "weg" / "memo.md", b"")
    with pytest.raises(BadOutput, match="het is een map"):
        save(tmp_path, b"")
