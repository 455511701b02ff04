"""Documents that users add, worked off by a stand-in that indexes nothing."""

import errno
import threading
import time
from pathlib import Path

import pytest

from ingest.errors import RegiowijzerError
from service.uploads import MAX_WAITING, NO_TEXT, BadUpload, Job, State, Uploads, check_pdf, holds_all, stored_names

SHA = "ab12cd34" + "0" * 56


class FakeIndexer:
    """Counts passages by the length of the file; indexes what is asked, or refuses."""

    def __init__(self, refusal: BaseException | None = None) -> None:
        self.refusal = refusal
        self.indexed: list[Path] = []
        self.go = threading.Event()
        self.go.set()

    def count_passages(self, path: Path) -> int:
        """As many as there are bytes after the signature."""
        self.go.wait(5)
        return path.stat().st_size - 5

    def index(self, path: Path) -> str:
        """Remember what came, or raise what this stand-in was given."""
        if self.refusal:
            raise self.refusal
        self.indexed.append(path)
        return path.name


def add(uploads: Uploads, content: bytes = b"%PDF-1.7 tekst", name: str = "Plan.pdf") -> Job:
    """Receive a file and queue it."""
    path = uploads.aside()
    path.write_bytes(content)
    return uploads.add(path, name, SHA)


def outcome(uploads: Uploads, job: Job) -> Job:
    """The job once it is over."""
    for _ in range(500):
        found = uploads.job(job.id)
        if found and found.over:
            return found
        time.sleep(0.01)
    raise AssertionError(uploads.job(job.id))


def test_a_document_goes_into_the_corpus_and_the_index(tmp_path: Path) -> None:
    """Under a name of ours; nothing is left aside."""
    indexer = FakeIndexer()
    uploads = Uploads((tmp_path,), 1, indexer)
    job = add(uploads, name="../../Ons Plán.PDF")
    assert (job.state, job.stored) == (State.WAITING, "ons-plan-ab12cd34.pdf")
    done = outcome(uploads, job)
    assert (done.state, done.document) == (State.DONE, "ons-plan-ab12cd34.pdf")
    assert indexer.indexed == [tmp_path / "ons-plan-ab12cd34.pdf"]
    assert [path.name for path in tmp_path.rglob("*.pdf")] == ["ons-plan-ab12cd34.pdf"]


@pytest.mark.parametrize(
    ("refusal", "detail"),
    [(RegiowijzerError("De index is bezet."), "De index is bezet."), (ValueError("x"), "Er ging iets mis")],
)
def test_what_cannot_be_indexed_is_taken_out_again(tmp_path: Path, refusal: Exception, detail: str) -> None:
    """The corpus is as it was, the job says why, and the next document is still worked off."""
    indexer = FakeIndexer(refusal)
    uploads = Uploads((tmp_path,), 1, indexer)
    failed = outcome(uploads, add(uploads))
    assert failed.state is State.FAILED
    assert detail in failed.detail
    assert list(tmp_path.rglob("*.pdf")) == []
    indexer.refusal = None
    assert outcome(uploads, add(uploads)).state is State.DONE


def test_a_file_that_is_there_is_never_replaced(tmp_path: Path) -> None:
    """Another document under the same name stays, and the new one gets more of its digest in its name."""
    taken = tmp_path / "plan-ab12cd34.pdf"
    taken.write_bytes(b"%PDF-1.7 van een ander")
    uploads = Uploads((tmp_path,), 1, FakeIndexer())
    done = outcome(uploads, add(uploads))
    assert done.document == done.stored == "plan-ab12cd3400000000.pdf"
    assert taken.read_bytes() == b"%PDF-1.7 van een ander"


def test_nothing_of_another_is_removed(tmp_path: Path) -> None:
    """When indexing fails, neither what had the name already nor what came in its place meanwhile goes."""
    taken, placed = tmp_path / "plan-ab12cd34.pdf", tmp_path / "plan-ab12cd3400000000.pdf"
    taken.write_bytes(b"%PDF-1.7 van een ander")

    class Crossed(FakeIndexer):
        def index(self, path: Path) -> str:
            other = tmp_path / "aside"
            other.write_bytes(b"%PDF-1.7 van een derde")
            other.replace(path)
            raise RegiowijzerError("De index is bezet.")

    for indexer, left in ((FakeIndexer(RegiowijzerError("Nee.")), [taken]), (Crossed(), [taken, placed])):
        uploads = Uploads((tmp_path,), 1, indexer)
        assert outcome(uploads, add(uploads)).state is State.FAILED
        assert sorted(tmp_path.rglob("*.pdf")) == sorted(left)
    assert taken.read_bytes() == b"%PDF-1.7 van een ander"


def test_the_same_document_twice_is_refused(tmp_path: Path) -> None:
    """Two that waited together: the second is told where the first is, which stays."""
    uploads = Uploads((tmp_path,), 1, FakeIndexer())
    first, second = add(uploads), add(uploads)
    assert outcome(uploads, first).state is State.DONE
    failed = outcome(uploads, second)
    assert failed.state is State.FAILED
    assert "staat al in de map met documenten, als 'plan-ab12cd34.pdf'" in failed.detail
    assert [path.name for path in tmp_path.rglob("*.pdf")] == ["plan-ab12cd34.pdf"]


def test_a_full_disk_is_told(tmp_path: Path) -> None:
    """What the system refuses while the index is made is said in words, and the document is taken out again."""
    uploads = Uploads((tmp_path,), 1, FakeIndexer(OSError(errno.ENOSPC, "No space left on device")))
    assert "de schijf is vol" in outcome(uploads, add(uploads)).detail
    assert list(tmp_path.rglob("*.pdf")) == []


def test_a_scan_is_refused_with_what_to_do(tmp_path: Path) -> None:
    """A PDF without text never reaches the corpus."""
    indexer = FakeIndexer()
    uploads = Uploads((tmp_path,), 1, indexer)
    failed = outcome(uploads, add(uploads, b"%PDF-"))
    assert (failed.state, failed.detail) == (State.FAILED, NO_TEXT)
    assert indexer.indexed == []


def test_too_many_are_refused(tmp_path: Path) -> None:
    """Beyond what waits in line a reader is asked to come back."""
    indexer = FakeIndexer()
    indexer.go.clear()
    uploads = Uploads((tmp_path,), 1, indexer)
    with pytest.raises(BadUpload, match="Er wachten nu te veel"):
        for _ in range(MAX_WAITING + 2):
            add(uploads)
    indexer.go.set()


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "leeg"), (b"PK\x03\x04", "geen PDF"), (b"<html>", "geen PDF"), (b" " * 2000 + b"%PDF-", "geen PDF")],
)
def test_the_signature_counts_and_not_the_name(tmp_path: Path, content: bytes, words: str) -> None:
    """What does not begin as a PDF is refused at once."""
    path = tmp_path / "plan.pdf"
    path.write_bytes(content)
    with pytest.raises(BadUpload, match=words):
        check_pdf(path)
    path.write_bytes(b"\n\n%PDF-1.4")
    check_pdf(path)


@pytest.mark.parametrize(
    ("name", "stored"),
    [("Plan.pdf", "plan"), ("C:\\Documenten\\Plan A.pdf", "plan-a"), ("../../etc/passwd", "passwd"),
     ("...", "document"), ("", "document"), ("x" * 300 + ".pdf", "x" * 60), ("<b>.pdf", "b")],
)  # fmt: skip
def test_names_are_ours(name: str, stored: str) -> None:
    """Letters, digits and hyphens, with a piece of the digest; no folder is ever taken from what was sent."""
    assert stored_names(name, SHA)[0] == f"{stored}-ab12cd34.pdf"


def test_other_folders_are_noticed(tmp_path: Path) -> None:
    """An index of files from elsewhere would lose them."""
    inside, outside = tmp_path / "a" / "plan.pdf", tmp_path / "b" / "plan.pdf"
    assert holds_all((tmp_path / "a",), [str(inside)])
    assert not holds_all((tmp_path / "a",), [str(inside), str(outside)])
    assert holds_all((tmp_path / "a", tmp_path / "b"), [str(inside), str(outside)])
