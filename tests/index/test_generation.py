"""Generations."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import pytest

from index.analysis import ANALYSER_VERSION
from index.disk import replace_text, writing
from index.errors import IndexBusy
from index.generation import (
    IndexDamaged,
    IndexMismatch,
    IndexMissing,
    index_text,
    open_generation,
    publish,
    read_known,
    verify_generation,
)
from index.manifest import digest, stamp_files
from ingest.corpus import INGEST_VERSION, Corpus, Failure
from ingest.document import Cell
from tests.index.fakes import FakeEncoder, corpus, document, passage, small_corpus


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Publish the small corpus in a data folder."""
    publish(tmp_path / "data", small_corpus(), FakeEncoder())
    return tmp_path / "data"


def generations(data: Path) -> set[str]:
    """Return the names of the generation folders."""
    return {folder.name for folder in (data / "generations").iterdir()}


def change_manifest(data: Path, **changes: object) -> None:
    """Change fields of the manifest and let the pointer agree, as another version of the program would write it."""
    name = (data / "CURRENT").read_text(encoding="ascii").split()[0]
    path = data / "generations" / name / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | changes), encoding="utf-8")
    replace_text(data / "CURRENT", f"{name} {digest(path)}\n")


def test_what_was_published_is_opened(data: Path) -> None:
    """Documents, rows of both indexes and the manifest's counts agree with the corpus."""
    opened = open_generation(data, FakeEncoder())
    assert opened.documents == small_corpus().documents
    assert len(opened.dense) == opened.lexical.rows == 5
    assert opened.manifest.counts == {"documents": 2, "pages": 6, "passages": 5, "failures": 0}


def test_the_manifest_says_what_made_the_index(data: Path) -> None:
    """Model, versions, time in UTC, documents and files are written down."""
    manifest = open_generation(data, FakeEncoder()).manifest
    assert (manifest.model, manifest.dimension) == ("proef", 64)
    assert (manifest.analyser, manifest.ingest) == (ANALYSER_VERSION, INGEST_VERSION)
    assert manifest.built.endswith("+00:00")
    assert manifest.documents == {item.file: item.sha256 for item in small_corpus().documents}
    assert {"documents.jsonl", "failures.jsonl", "vectors.json"} < set(manifest.files)


def test_vectors_lie_in_the_order_of_the_passages(data: Path) -> None:
    """Row i of the vectors is the encoded index text of passage i."""
    texts = [index_text(item, whole) for whole in small_corpus().documents for item in whole.passages]
    vectors = open_generation(data, FakeEncoder()).dense.vectors()
    np.testing.assert_allclose(vectors, FakeEncoder().encode_queries(texts), atol=1e-6)


def test_index_text_names_what_the_passage_stands_under() -> None:
    """Heading path, regions and theme stand before the text, each once."""
    item = passage("Tekst.", section=("Preventie", "Aanpak"), regions=("Twente",), theme="Preventie")
    assert index_text(item, document([item])) == "Preventie\nAanpak\nTwente\nTekst."


def test_index_text_holds_the_lead_in_of_a_list() -> None:
    """A list item is found by the sentence that announces it, which stands in an earlier passage."""
    item = replace(passage("• Valtraining", section=("Aanpak",)), lead="Voor ouderen:")
    assert index_text(item, document([item])) == "Aanpak\nVoor ouderen:\n• Valtraining"


def test_index_text_names_the_column_of_a_cell() -> None:
    """The words of a table's header stand before each cell, so that the two are found together."""
    item = replace(passage("Beeldbellen | 2027"), cells=(Cell("Activiteit", 0, 11), Cell("Klaar in", 14, 18)))
    assert index_text(item, document([item])).endswith("Activiteit: Beeldbellen | Klaar in: 2027")


def test_failures_are_kept(tmp_path: Path) -> None:
    """What could not be read is part of the index."""
    failure = Failure("scan.pdf", 0, "Geen tekst.")
    publish(tmp_path, corpus(failures=[failure]), FakeEncoder())
    assert open_generation(tmp_path, FakeEncoder()).failures == (failure,)


def test_an_empty_corpus_is_an_index(tmp_path: Path) -> None:
    """A corpus without a single document can be published and opened."""
    publish(tmp_path, corpus(), FakeEncoder())
    assert open_generation(tmp_path, FakeEncoder()).documents == ()


def test_a_folder_without_index_is_missing(tmp_path: Path) -> None:
    """The message names the folder and the command that fills it."""
    with pytest.raises(IndexMissing, match=rf"{tmp_path}.*regiowijzer ingest"):
        open_generation(tmp_path, FakeEncoder())


def test_the_previous_generation_is_kept_and_older_ones_go(data: Path) -> None:
    """Of three generations the first is removed."""
    (first,) = generations(data)
    second = publish(data, small_corpus(), FakeEncoder()).name
    third = publish(data, small_corpus(), FakeEncoder()).name
    assert generations(data) == {second, third}
    assert first not in {second, third}


def test_a_reader_of_the_previous_generation_goes_on(data: Path) -> None:
    """An index that was opened before two publications still gives its scores."""
    opened = open_generation(data, FakeEncoder())
    before = opened.lexical.scores(["ouderen"])
    publish(data, corpus(), FakeEncoder())
    publish(data, corpus(), FakeEncoder())
    np.testing.assert_array_equal(opened.lexical.scores(["ouderen"]), before)


@pytest.mark.parametrize("step", ["generation.stamp_files", "generation.write_manifest", "disk.flush_tree"])
def test_a_publication_that_breaks_off_changes_nothing(data: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """Whatever step fails, the current generation stays and nothing is left aside."""
    before = (data / "CURRENT").read_text(encoding="ascii"), generations(data)
    monkeypatch.setattr(f"index.{step}", _breaks)
    with pytest.raises(KeyboardInterrupt):
        publish(data, corpus(), FakeEncoder())
    assert ((data / "CURRENT").read_text(encoding="ascii"), generations(data)) == before


def test_remains_of_a_killed_writer_are_removed(data: Path) -> None:
    """A half-written folder is gone after the next publication."""
    (data / "generations" / ".new-rest").mkdir()
    publish(data, small_corpus(), FakeEncoder())
    assert ".new-rest" not in generations(data)


def test_two_writers_do_not_meet(data: Path) -> None:
    """While one process writes, another is refused."""
    with writing(data), ThreadPoolExecutor(1) as other, pytest.raises(IndexBusy):
        other.submit(publish, data, corpus(), FakeEncoder()).result()


def test_another_model_is_refused(data: Path) -> None:
    """An index of one model does not answer with another, and the message names both."""
    with pytest.raises(IndexMismatch, match=r"'proef'.*'ander'.*REGIOWIJZER_MODEL.*regiowijzer ingest"):
        open_generation(data, FakeEncoder("ander"))


@pytest.mark.parametrize("change", [{"format": 0}, {"analyser": "0"}, {"ingest": -1}, {"dimension": 3}])
def test_another_version_is_refused(data: Path, change: dict[str, object]) -> None:
    """An index of another layout, analyser, ingest or dimension is refused with the command that rebuilds it."""
    change_manifest(data, **change)
    with pytest.raises(IndexMismatch, match="regiowijzer ingest MAP --data"):
        open_generation(data, FakeEncoder())


@pytest.mark.parametrize("name", ["documents.jsonl", "dense/vectors.faiss", "lexical/rows"])
def test_a_missing_file_is_damage(data: Path, name: str) -> None:
    """Opening finds that a file is gone."""
    (open_generation(data, FakeEncoder()).folder / name).unlink()
    with pytest.raises(IndexDamaged, match=name):
        open_generation(data, FakeEncoder())


def test_a_changed_byte_is_found_by_verification(data: Path) -> None:
    """Bytes are checked by verification; a whole index passes it."""
    verify_generation(data)
    path = open_generation(data, FakeEncoder()).folder / "documents.jsonl"
    path.write_bytes(path.read_bytes().replace(b"Twente", b"Drente"))
    with pytest.raises(IndexDamaged, match=r"documents\.jsonl"):
        verify_generation(data)


def test_files_that_cannot_be_read_are_damage(data: Path) -> None:
    """A file with nonsense in it is damage, not a traceback, though the manifest agrees with it."""
    folder = open_generation(data, FakeEncoder()).folder
    (folder / "lexical" / "params.index.json").write_bytes(b"xxx")
    change_manifest(data, files={name: asdict(stamp) for name, stamp in stamp_files(folder).items()})
    with pytest.raises(IndexDamaged, match="niet te lezen"):
        open_generation(data, FakeEncoder())


def test_a_broken_pointer_is_told_and_a_publication_cures_it(data: Path) -> None:
    """With nonsense in CURRENT the youngest whole generation stands in and says why; a publication replaces it."""
    (data / "CURRENT").write_bytes(b"\xff")
    assert "CURRENT" in open_generation(data, FakeEncoder()).fault
    publish(data, small_corpus(), FakeEncoder())
    opened = open_generation(data, FakeEncoder())
    assert (opened.documents, opened.fault) == (small_corpus().documents, "")


def test_known_documents_come_by_digest(data: Path) -> None:
    """Ingest gets the documents that it need not read again."""
    assert read_known(data) == {item.sha256: item for item in small_corpus().documents}


def test_nothing_is_known_without_an_index(tmp_path: Path) -> None:
    """The first time everything is read."""
    assert read_known(tmp_path) == {}


def test_nothing_is_known_from_another_version_of_ingest(data: Path) -> None:
    """Documents of another version are read again."""
    change_manifest(data, ingest=INGEST_VERSION + 1)
    assert read_known(data) == {}


def test_nothing_is_known_from_damaged_documents(data: Path) -> None:
    """A changed byte in the documents makes ingest read everything again."""
    path = open_generation(data, FakeEncoder()).folder / "documents.jsonl"
    path.write_bytes(path.read_bytes().replace(b"Twente", b"Drente"))
    assert read_known(data) == {}


def test_unchanged_passages_are_not_encoded_again(data: Path) -> None:
    """Only the passages that are new reach the encoder, and every row has the vector of its own text."""
    encoder = FakeEncoder()
    added = document([passage("Nieuwe tekst over mantelzorg.", document="nieuw.pdf")])
    publish(data, Corpus((added, *small_corpus().documents), (), ()), encoder)
    assert encoder.encoded == ["Nieuwe tekst over mantelzorg."]
    vectors = open_generation(data, encoder).dense.vectors()
    np.testing.assert_allclose(vectors[:1], encoder.encode_queries(encoder.encoded), atol=1e-6)


def test_a_passage_under_another_heading_is_encoded_again(data: Path) -> None:
    """The same words in another context have another vector."""
    first, second = small_corpus().documents
    moved = replace(first, passages=(replace(first.passages[0], section=("Acute zorg",)), *first.passages[1:]))
    encoder = FakeEncoder()
    publish(data, corpus(moved, second), encoder)
    assert [text.split("\n")[0] for text in encoder.encoded] == ["Acute zorg"]


def test_another_model_encodes_everything(data: Path) -> None:
    """Vectors of one model are never mixed with those of another."""
    encoder = FakeEncoder("ander")
    publish(data, small_corpus(), encoder)
    assert len(encoder.encoded) == 5


def _breaks(*_: object) -> None:
    raise KeyboardInterrupt
