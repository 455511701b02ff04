"""Whatever a crash leaves of a publication, the index of before or the new one opens, whole."""

from pathlib import Path

import pytest

from index import disk
from index.errors import IndexDamaged, IndexMissing
from index.generation import Generation, open_generation, publish, verify_generation
from ingest.document import Document
from tests.index.fakes import FakeEncoder, corpus, small_corpus
from tests.index.journal import Disk, Journal, State, crashes, recorded

OLD = small_corpus().documents
NEW = small_corpus().documents[:1]


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    """A stand-in is logged, hundreds of times here."""
    caplog.set_level("ERROR", "index.generation")


def aside(path: str) -> bool:
    """Whether a path is no part of any index; that such remains do no harm has its own test."""
    return path.startswith("generations/.new-") or path in {"LOCK", "CURRENT.new"}


def record(data: Path) -> Journal:
    """Write down a publication of the new index in a folder where two came before it, so that one is pruned."""
    publish(data, corpus(), FakeEncoder())
    publish(data, small_corpus(), FakeEncoder())
    with recorded(data) as journal:
        publish(data, corpus(*NEW), FakeEncoder())
    return journal


def opened(data: Path) -> tuple[Document, ...] | None:
    """Return what the current index holds; None when it cannot be had without a stand-in or is not whole."""
    try:
        generation: Generation = open_generation(data, FakeEncoder())
        verify_generation(data)
    except (IndexDamaged, IndexMissing):
        return None
    return None if generation.fault else generation.documents


def states(journal: Journal) -> list[State]:
    """Return what a crash at any step may leave."""
    return [state for found in crashes(journal, aside).values() for state in found]


def test_a_crash_at_any_step_leaves_the_old_index_or_the_new(tmp_path: Path) -> None:
    """With unsynced writes lost, torn or reordered after every step, one of the two opens and is whole."""
    found, after = states(record(tmp_path / "data")), Disk(tmp_path / "crash")
    assert {opened(after.show(state)) for state in found} == {OLD, NEW}
    assert len(found) > 100


def test_what_was_published_survives_any_crash(tmp_path: Path) -> None:
    """Once `publish` returns, no crash brings the old index back."""
    journal = record(tmp_path / "data")
    after = Disk(tmp_path / "crash")
    assert {opened(after.show(state)) for state in crashes(journal, aside)[len(journal.steps)]} == {NEW}


def test_a_crash_in_the_first_publication_leaves_no_index_or_a_whole_one(tmp_path: Path) -> None:
    """Where there was nothing, there is nothing or the new index; never a damaged one."""
    (tmp_path / "data").mkdir()
    with recorded(tmp_path / "data") as journal:
        publish(tmp_path / "data", corpus(*NEW), FakeEncoder())
    after = Disk(tmp_path / "crash")
    for state in states(journal):
        assert opened(after.show(state)) == (NEW if "CURRENT" in state[0] else None)


@pytest.mark.parametrize("name", ["flush_tree", "flush_folder", "_flush_file"])
def test_each_flush_is_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Without one of the flushes some crash leaves neither index: the simulated disk is as bad as a real one."""
    monkeypatch.setattr(disk, name, lambda path: None)
    found, after = states(record(tmp_path / "data")), Disk(tmp_path / "crash")
    assert any(opened(after.show(state)) not in {OLD, NEW} for state in reversed(found))


def test_the_next_publication_copes_with_any_remains(tmp_path: Path) -> None:
    """In whatever state a crash left the folder, publishing again works and leaves no remains."""
    journal = record(tmp_path / "data")
    found = crashes(journal, lambda path: False)
    for count in list(found)[::9]:
        data = Disk(tmp_path / f"crash{count}").show(found[count][-1])
        publish(data, corpus(*NEW), FakeEncoder())
        assert opened(data) == NEW
        names = [path.name for path in (data / "generations").iterdir()]
        assert len(names) <= 2
        assert not any(name.startswith(".") for name in names)
