"""A damaged index, and a disk that fails while one is written: the last whole index answers, and says why."""

import os
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index import generation as module
from index.analysis import analyse
from index.errors import IndexDamaged, IndexMismatch
from index.generation import open_generation, publish, read_known, verify_generation
from tests.index.fakes import FakeEncoder, corpus, small_corpus
from tests.index.journal import hooked

OLD = small_corpus().documents
NEW = OLD[:1]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Publish an old index and a new one."""
    publish(tmp_path / "data", small_corpus(), FakeEncoder())
    publish(tmp_path / "data", corpus(*NEW), FakeEncoder())
    return tmp_path / "data"


def flip(path: Path) -> None:
    """Turn one bit in the middle of a file; an empty one gets a byte."""
    content = bytearray(path.read_bytes() or b"\1")
    content[len(content) // 2] ^= 16
    path.write_bytes(content)


def cut(path: Path) -> None:
    """Take away the last byte; an empty file is lost whole."""
    if path.stat().st_size:
        os.truncate(path, path.stat().st_size - 1)
    else:
        path.unlink()


@pytest.mark.parametrize("spoil", [flip, cut, Path.unlink])
def test_a_damaged_file_brings_the_index_before_it(data: Path, spoil: Callable[[Path], None]) -> None:
    """A flipped bit, a cut or a missing file, whichever: the old index answers, the fault is told, `verify` fails."""
    folder = open_generation(data, FakeEncoder()).folder
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        whole = path.read_bytes()
        spoil(path)
        opened = open_generation(data, FakeEncoder())
        assert opened.documents == OLD, path
        assert path.name in opened.fault
        with pytest.raises(IndexDamaged, match=path.name):
            verify_generation(data)
        path.write_bytes(whole)
    assert open_generation(data, FakeEncoder()).fault == ""


def test_an_open_index_does_not_need_its_files(data: Path) -> None:
    """What is cut short while a service has it open goes on answering."""
    opened = open_generation(data, FakeEncoder())
    term = analyse("ouderen")
    before = opened.lexical.scores(term)
    assert before.any()
    for path in [path for path in opened.folder.rglob("*") if path.is_file()]:
        os.truncate(path, 0)
    assert (opened.lexical.scores(term) == before).all()
    assert opened.dense.search(FakeEncoder().encode_queries(["ouderen"]), 2)[1].shape == (1, 2)


def test_what_is_damaged_is_not_built_on(data: Path) -> None:
    """Ingest takes nothing over from a damaged index, and a publication cures it."""
    flip(open_generation(data, FakeEncoder()).folder / "documents.jsonl")
    assert read_known(data) == {}
    publish(data, corpus(*NEW), FakeEncoder())
    opened = open_generation(data, FakeEncoder())
    assert (opened.documents, opened.fault) == (NEW, "")


def test_the_only_index_when_damaged_is_refused(tmp_path: Path) -> None:
    """Without a whole one there is nothing to stand in, and the fault of the current one is told."""
    publish(tmp_path, small_corpus(), FakeEncoder())
    flip(open_generation(tmp_path, FakeEncoder()).folder / "duplicates.json")
    with pytest.raises(IndexDamaged, match=r"duplicates\.json"):
        open_generation(tmp_path, FakeEncoder())


def test_another_model_brings_no_stand_in(data: Path) -> None:
    """An index that is whole but of another model is the operator's to mend: an older one would hide it."""
    publish(data, corpus(*NEW), FakeEncoder("ander"))
    with pytest.raises(IndexMismatch):
        open_generation(data, FakeEncoder())


def test_a_stand_in_fits_the_model(tmp_path: Path) -> None:
    """An older index of another model does not stand in for a damaged one."""
    publish(tmp_path, small_corpus(), FakeEncoder("ander"))
    folder = publish(tmp_path, corpus(*NEW), FakeEncoder())
    flip(folder / "vectors.json")
    with pytest.raises(IndexDamaged, match=r"vectors\.json"):
        open_generation(tmp_path, FakeEncoder())


def test_a_reader_overtaken_by_two_publications_starts_again(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When what it reads is pruned under its hands, the newest index is opened, without a fault."""
    real, overtaken = module.check_digests, []

    def slow(folder: Path, manifest: module.Manifest) -> None:
        if not overtaken:
            overtaken.append(folder)
            publish(data, small_corpus(), FakeEncoder())
            publish(data, small_corpus(), FakeEncoder())
        real(folder, manifest)

    monkeypatch.setattr(module, "check_digests", slow)
    opened = open_generation(data, FakeEncoder())
    assert not overtaken[0].exists()
    assert (opened.documents, opened.fault) == (OLD, "")


class Failing:
    """Fails at one step, as a full disk does.

    Attributes:
        left: steps until then; negative when it failed.
    """

    def __init__(self, at: int) -> None:
        self.left = at

    def __call__(self, name: str, given: tuple[object, ...]) -> None:
        self.left -= 1
        if self.left == -1:
            raise OSError(28, f"De schijf is vol ({name})")


def test_a_disk_that_fails_at_any_step_leaves_one_whole_index(data: Path) -> None:
    """At each flush, rename, new folder and removal: the old or the new index opens whole, and the next one is fine."""
    told = 0
    for at in range(200):
        before = Failing(at)
        try:
            with hooked(before, lambda name, given: None):
                publish(data, small_corpus(), FakeEncoder())
        except OSError:
            told += 1
        opened = open_generation(data, FakeEncoder())
        verify_generation(data)
        assert (opened.documents in {OLD, NEW}, opened.fault) == (True, "")
        assert len([path for path in (data / "generations").iterdir() if path.name[0] != "."]) <= 3
        if before.left >= 0:
            break
        if told % 5 == 0:
            publish(data, corpus(*NEW), FakeEncoder())
            assert {path.name[0] for path in (data / "generations").iterdir()} == {"2"}
    assert told > 20


@contextmanager
def small_files(size: int) -> Iterator[None]:
    """Let no file grow beyond a size: each write beyond it fails, also those of libraries in C++."""
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, most))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def test_a_write_that_fails_in_any_file_leaves_the_current_index(data: Path) -> None:
    """Whichever file cannot be written whole, by us or by a library, nothing is published and nothing is left."""
    folder = publish(data, small_corpus(), FakeEncoder())
    names = {path.name for path in (data / "generations").iterdir()}
    sizes = {path.stat().st_size for path in folder.rglob("*") if path.is_file()} - {0}
    for size in sorted(sizes):
        with pytest.raises((OSError, IndexDamaged, RuntimeError)), small_files(size - 1):
            publish(data, small_corpus(), FakeEncoder())
        assert {path.name for path in (data / "generations").iterdir()} == names
        assert open_generation(data, FakeEncoder()).fault == ""
    assert len(sizes) > 5
