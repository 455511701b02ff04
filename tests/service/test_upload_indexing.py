"""A document that is added ends up in the index, with the real rooms."""

import time
from pathlib import Path

import pytest

from service import upload_indexing
from service.actor import Actor, Role
from service.ingesting import run_ingest
from service.library import open_library
from service.protection import protect
from service.settings import Settings, load_settings
from service.upload_indexing import make_uploads
from service.uploads import State, Uploads
from tests.service.pdfs import make_corpus, make_pdf
from tests.service.protected import audit_lines
from tests.service.test_uploads import SHA, FakeIndexer, outcome


def follow(uploads: Uploads, path: Path) -> tuple[State, str, str]:
    """Add a file and wait: (state, words, name in the index)."""
    aside = uploads.aside()
    aside.write_bytes(path.read_bytes())
    job = uploads.add(aside, path.name, "c" * 64)
    for _ in range(1200):
        found = uploads.job(job.id)
        if found and found.over:
            return found.state, found.detail, found.document
        time.sleep(0.05)
    raise AssertionError(uploads.job(job.id))


def test_a_pdf_is_found_after_it_was_added(tmp_path: Path) -> None:
    """A good one is in the next generation beside what was there; a broken one leaves corpus and index as they were."""
    corpus = make_corpus(tmp_path / "corpus")
    settings = Settings(data=tmp_path / "data", corpus=(corpus,), upload=True, workers=1)
    run_ingest(settings, settings.corpus)
    uploads = make_uploads(settings)
    assert uploads
    before = sorted(path.name for path in corpus.glob("*.pdf"))

    broken = tmp_path / "stuk.pdf"
    broken.write_bytes(b"%PDF-1.7 maar verder niets")
    state, words, _ = follow(uploads, broken)
    assert state is State.FAILED
    assert words.endswith(".")
    assert sorted(path.name for path in corpus.glob("*.pdf")) == before

    sentence = "In het dorp komt een herstelhuis met twaalf bedden."
    made = make_pdf(tmp_path / "Nieuw plan.pdf", [("Herstelhuis", [sentence])], "Nieuw plan")
    assert follow(uploads, made) == (
        State.DONE,
        "Het document staat in de index. Zoeken erin kan binnen enkele seconden.",
        "nieuw-plan-cccccccc.pdf",
    )
    library = open_library(settings.data, "")
    assert library.coverage.documents == 3
    best = library.searcher.search("Waar komt een herstelhuis?").hits[0]
    assert best.passage.document == "nieuw-plan-cccccccc.pdf"


@pytest.mark.parametrize("upload", [False, True])
def test_the_operator_decides(tmp_path: Path, upload: bool) -> None:
    """Without the setting there is no intake at all."""
    assert bool(make_uploads(Settings(corpus=(tmp_path,), upload=upload))) is upload
    assert Settings().upload is False


@pytest.mark.parametrize(("audit", "kept"), [("on", 2), ("auto", 0), ("off", 0)])
def test_what_becomes_of_a_document_is_recorded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, audit: str, kept: int
) -> None:
    """Indexing in the background is told as done by whoever sent the document, where requests are told too."""
    indexer = FakeIndexer()
    monkeypatch.setattr(upload_indexing, "CorpusIndexer", lambda _: indexer)
    settings = load_settings(data=tmp_path / "data", corpus=(tmp_path,), upload=True, audit=audit)
    uploads = make_uploads(settings, protect(settings).record)
    assert uploads
    for content in (b"%PDF-1.7 tekst", b"%PDF-"):
        received = uploads.aside()
        received.write_bytes(content)
        job = uploads.add(received, "Plan.pdf", SHA, Actor("Anna", Role.ADMIN), "192.0.2.7")
        outcome(uploads, job)
    lines = audit_lines(tmp_path / "data")
    assert [line.pop("result") for line in lines] == ["gelukt", "mislukt"][:kept]
    for line in lines:
        del line["time"]
        assert line == {
            "action": "document indexeren",
            "object": "plan-ab12cd34.pdf",
            "origin": "192.0.2.7",
            "actor": "Anna",
            "role": "beheerder",
        }
