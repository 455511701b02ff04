"""From folders to a published index."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.disk import writing
from index.errors import IndexBusy
from index.generation import read_known
from ingest.errors import EmptyFolder
from service.ingesting import count_pdfs, run_ingest
from service.library import published_stamp
from service.outline import read_document
from service.settings import Settings, load_settings
from tests.service.pdfs import VALPREVENTIE, make_corpus, make_pdf


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A small folder of PDFs, one of them broken."""
    return make_corpus(tmp_path / "corpus")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An index folder of its own."""
    return load_settings(data=tmp_path / "index", workers=1)


def test_files_are_counted_for_the_bar(corpus: Path) -> None:
    """Folders count their PDFs, a file counts as one."""
    assert count_pdfs([corpus]) == 3
    assert count_pdfs([corpus / "brochure.pdf"]) == 1


def test_second_run_publishes_nothing(corpus: Path, settings: Settings) -> None:
    """The same files give the same index: nothing is read again and the pointer stays."""
    first = run_ingest(settings, [corpus])
    stamp = published_stamp(settings.data)
    assert first.published
    assert stamp
    second = run_ingest(settings, [corpus])
    assert not second.published
    assert published_stamp(settings.data) == stamp
    assert set(second.corpus.unchanged) == {"brochure.pdf", "plan proefdorp.pdf"}
    assert [failure.file for failure in second.corpus.failures] == ["kapot.pdf"]


def test_changed_corpus_publishes(corpus: Path, settings: Settings) -> None:
    """A new file makes a new generation and leaves the others unread."""
    run_ingest(settings, [corpus])
    stamp = published_stamp(settings.data)
    make_pdf(corpus / "nieuw.pdf", [("Nieuw", ["Een nieuwe afspraak over mantelzorg in het dorp."])])
    outcome = run_ingest(settings, [corpus])
    assert outcome.published
    assert published_stamp(settings.data) != stamp
    assert len(outcome.corpus.unchanged) == 2


def test_masking_of_numbers_is_a_setting(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A burgerservicenummer is masked unless the operator says otherwise; after that the document is read again."""
    make_pdf(tmp_path / "plan.pdf", [("Zorg", ["Het BSN 111222333 is verzonnen en staat hier als proef."])])
    masked = run_ingest(settings, [tmp_path / "plan.pdf"]).corpus.documents[0]
    monkeypatch.setenv("REGIOWIJZER_MASK_BSN", "0")
    plain = load_settings(data=settings.data, workers=1)
    assert "111222333" not in masked.pages[0].text
    assert "111222333" in run_ingest(plain, [tmp_path / "plan.pdf"]).corpus.documents[0].pages[0].text
    assert "111222333" in read_document(plain, tmp_path / "plan.pdf").pages[0].text


def test_nothing_readable_leaves_the_old_index(corpus: Path, settings: Settings, tmp_path: Path) -> None:
    """A folder in which every file fails does not wipe what was there."""
    run_ingest(settings, [corpus])
    stamp = published_stamp(settings.data)
    bad = tmp_path / "slecht"
    bad.mkdir()
    (bad / "kapot.pdf").write_bytes(b"nee")
    outcome = run_ingest(settings, [bad])
    assert not outcome.published
    assert published_stamp(settings.data) == stamp


def test_empty_folder_leaves_the_old_index(corpus: Path, settings: Settings, tmp_path: Path) -> None:
    """So does a folder without PDFs."""
    run_ingest(settings, [corpus])
    with pytest.raises(EmptyFolder):
        run_ingest(settings, [tmp_path / "leeg"])
    texts = [passage.text for document in read_known(settings.data).values() for passage in document.passages]
    assert any(VALPREVENTIE in text for text in texts)


def test_a_damaged_index_is_made_anew(corpus: Path, settings: Settings) -> None:
    """Though an older index that stands in holds the same documents, the damaged one is replaced."""
    run_ingest(settings, [corpus])
    make_pdf(corpus / "nieuw.pdf", [("Nieuw", ["Een nieuwe afspraak over mantelzorg in het dorp."])])
    run_ingest(settings, [corpus])
    (corpus / "nieuw.pdf").unlink()
    (settings.data / "generations" / published_stamp(settings.data).split()[0] / "documents.jsonl").unlink()
    assert run_ingest(settings, [corpus]).published


def test_two_ingests_at_once_do_not_undo_each_other(corpus: Path, settings: Settings) -> None:
    """While one reads, another is refused before it reads anything."""
    with ThreadPoolExecutor(1) as other, writing(settings.data), pytest.raises(IndexBusy, match="proces"):
        other.submit(run_ingest, settings, [corpus / "bestaat niet"]).result()
