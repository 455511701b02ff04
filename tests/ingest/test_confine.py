"""What a process that reads hostile files may still do, tried in processes of their own."""

import subprocess
import sys
from pathlib import Path

import pytest

from ingest import pdf
from ingest.confine import surroundings, tell_connected
from ingest.pdf import read_pdf
from tests.ingest.pdfs import draw, text

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what Linux holds a process to")
ROOT = str(Path(__file__).resolve().parents[2])


def confined(program: str, argument: str = "") -> str:
    """Run a program in a process that has bound itself, and return what it prints."""
    start = f"import sys, os, socket; sys.path.insert(0, {ROOT!r}); from ingest import confine; "
    command = [sys.executable, "-I", "-c", f"{start}before = os.readlink('/proc/self/ns/net')\n{program}", argument]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_nothing_is_written_to_disk(tmp_path: Path) -> None:
    """A file can be opened, but not a byte gets into it."""
    program = "confine.confine(512, 9)\ntry:\n open(sys.argv[1], 'wb', 0).write(b'x')\nexcept OSError: print('nee')"
    assert confined(program, str(tmp_path / "a")) == "nee"
    assert (tmp_path / "a").read_bytes() == b""


def test_memory_is_bounded() -> None:
    """More than the address space allowed is refused."""
    assert confined("confine.confine(256)\ntry:\n bytes(300 << 20)\nexcept MemoryError: print('nee')") == "nee"


def test_there_is_no_network() -> None:
    """Where the system allows it, nothing can be reached, not even this machine itself; and files can still be read."""
    program = (
        "confine.confine(512)\n"
        "print(os.readlink('/proc/self/ns/net') != before, len(open(confine.__file__).read()) > 9)\n"
        "s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)\n"
        "try:\n s.connect(('127.0.0.1', 9)); print('wel')\nexcept OSError: print('nee')"
    )
    told = confined(program).split()
    if told[0] == "False":
        pytest.skip("this system gives a process no network namespace of its own")
    assert told == ["True", "True", "nee"]


def test_only_what_is_needed_is_handed_on() -> None:
    """Paths and language are, with one thread for each number library; our settings and anybody's secrets are not."""
    needed = {"PATH": "/bin", "LANG": "nl_NL.UTF-8", "LC_ALL": "C", "TMPDIR": "/tmp"}
    others = {"REGIOWIJZER_TOKENS": "geheim", "AWS_SECRET_ACCESS_KEY": "geheim", "HOME": "/home/anna"}
    given = surroundings(needed | others | {"OMP_NUM_THREADS": "64"})
    assert given == needed | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


@pytest.mark.parametrize(("apart", "told"), [("False", 1), ("True", 0)])
def test_a_network_that_stays_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, apart: str, told: int
) -> None:
    """However many documents are read, the operator reads one warning, and none where the network is gone."""
    change = f"import ingest.confine; ingest.confine.cut_off = lambda: {apart}; "
    monkeypatch.setattr(pdf, "_PROGRAM", pdf._PROGRAM.replace("from ingest.worker", f"{change}from ingest.worker"))
    tell_connected.cache_clear()
    for name in ("a.pdf", "b.pdf"):
        assert read_pdf(draw(tmp_path / name, text("een"))).pages
    assert caplog.text.count("houdt zijn netwerk") == told
