"""The ledger of passages that vanished."""

from dataclasses import replace
from pathlib import Path

import pytest

from index import former
from index.current import read_current
from index.former import LEDGER, Former, read_ledger
from index.generation import publish
from ingest.corpus import Corpus
from tests.index.fakes import FakeEncoder, small_corpus


def without(corpus: Corpus, file: str) -> Corpus:
    """The corpus after one document was removed."""
    return replace(corpus, documents=tuple(kept for kept in corpus.documents if kept.file != file))


def ledger(data: Path) -> tuple[Former, ...]:
    """The ledger of the current generation."""
    return read_ledger(read_current(data)[0])


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with the small corpus, from which its first document is then removed."""
    whole = small_corpus()
    publish(tmp_path, whole, FakeEncoder())
    publish(tmp_path, without(whole, whole.documents[0].file), FakeEncoder())
    return tmp_path


def test_a_first_generation_has_an_empty_ledger(tmp_path: Path) -> None:
    """Nothing has vanished from an index that never was."""
    publish(tmp_path, small_corpus(), FakeEncoder())
    assert ledger(tmp_path) == ()


def test_passages_of_a_removed_document_are_kept_by_name(data: Path) -> None:
    """Each row has the id, the place and the words that the passage had."""
    gone = small_corpus().documents[0]
    rows = {row.id: row for row in ledger(data)}
    assert set(rows) == {passage.id for passage in gone.passages}
    for passage in gone.passages:
        row = rows[passage.id]
        assert (row.file, row.sha256, row.page, row.text) == (gone.file, gone.sha256, passage.page, passage.text)


def test_the_ledger_is_carried_to_later_generations(data: Path) -> None:
    """A publication without changes keeps what was former before."""
    before = ledger(data)
    whole = small_corpus()
    publish(data, without(whole, whole.documents[0].file), FakeEncoder())
    assert ledger(data) == before


def test_a_document_that_returns_leaves_the_ledger(data: Path) -> None:
    """What is held again is not former."""
    publish(data, small_corpus(), FakeEncoder())
    assert ledger(data) == ()


def test_the_ledger_is_bounded(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the bound the oldest go: what vanished last is kept."""
    first = ledger(data)
    monkeypatch.setattr(former, "MAX_FORMER", 2)
    publish(data, Corpus(documents=(), failures=(), unchanged=()), FakeEncoder())
    kept = ledger(data)
    assert len(kept) == 2
    assert not {row.id for row in kept} & {row.id for row in first}


def test_a_generation_of_before_ledgers_has_none(tmp_path: Path) -> None:
    """A folder without the file reads as empty."""
    assert read_ledger(tmp_path) == ()


def test_a_broken_ledger_does_not_stop_a_publication(data: Path) -> None:
    """What vanished before is then unknown; the index is made all the same."""
    (read_current(data)[0] / LEDGER).write_text("geen json\n", encoding="utf-8")
    publish(data, small_corpus(), FakeEncoder())
    assert ledger(data) == ()


def reshape(folder: Path, file: str, old: str, new: str) -> None:
    """Rename a field in a file of a generation, as another version of the program would have written it."""
    path = folder / file
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("manifest.json", '"built"', '"gebouwd"'),
        ("documents.jsonl", '"publisher"', '"uitgever"'),
        ("CURRENT", " ", "?"),
    ],
)
def test_an_upgrade_keeps_the_ledger(data: Path, file: str, old: str, new: str) -> None:
    """A manifest, records or a pointer of another shape costs neither the former passages nor those that vanish now."""
    before = {row.id for row in ledger(data)}
    reshape(data if file == "CURRENT" else read_current(data)[0], file, old, new)
    publish(data, Corpus(documents=(), failures=(), unchanged=()), FakeEncoder())
    vanished = {passage.id for passage in small_corpus().documents[1].passages}
    assert {row.id for row in ledger(data)} == before | vanished


def test_unreadable_documents_cost_no_ledger(data: Path, caplog: pytest.LogCaptureFixture) -> None:
    """When the former documents are lost, the former ledger is carried over, and the log says so."""
    before = ledger(data)
    (read_current(data)[0] / "documents.jsonl").unlink()
    publish(data, Corpus(documents=(), failures=(), unchanged=()), FakeEncoder())
    assert ledger(data) == before
    assert "former passages are unknown" in caplog.text


def test_a_broken_row_costs_itself_alone(data: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The other rows of a damaged ledger are kept, and the log names the line."""
    path = read_current(data)[0] / LEDGER
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join(["geen json", '{"id": "a"}', *lines[2:]]) + "\n", "utf-8")
    publish(data, Corpus(documents=small_corpus().documents[1:], failures=(), unchanged=()), FakeEncoder())
    assert len(ledger(data)) == len(lines) - 2
    assert "line 1 of" in caplog.text
