"""From folders to documents: search, names, duplicates, failures, and what need not be read again."""

import errno
import signal
import subprocess
import threading
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from ingest import corpus, pdf
from ingest.corpus import Corpus, Failure, ingest
from ingest.document import Document
from ingest.errors import BadCatalogue, EmptyFolder
from ingest.pdf import Children, Limits, RawDocument, read_pdf
from ingest.structure import structure
from tests.ingest.pdfs import draw, picture, text

NONE: Mapping[str, Document] = {}


def read(*folders: Path, known: Mapping[str, Document] = NONE, workers: int = 2) -> Corpus:
    """Ingest with the usual limits."""
    return ingest(folders, known, Limits(), workers)


def keep(found: Corpus) -> dict[str, Document]:
    """Return the documents as a next run knows them."""
    return {document.sha256: document for document in found.documents}


def test_a_folder_becomes_documents(tmp_path: Path) -> None:
    """PDFs are found in every folder below, whatever the case of their suffix, in order; the rest is ignored."""
    (tmp_path / "b" / ".verborgen").mkdir(parents=True)
    draw(tmp_path / "z.PDF", text("Laatste"))
    draw(tmp_path / "b" / "a.pdf", text("Eerste alinea over preventie."))
    draw(tmp_path / "b" / ".verborgen" / "c.pdf", text("verborgen"))
    (tmp_path / "notitie.txt").write_text("geen PDF")
    found = read(tmp_path)
    assert [document.file for document in found.documents] == ["a.pdf", "z.PDF"]
    assert (found.failures, found.unchanged) == ((), ())
    first = found.documents[0]
    assert first.pages[0].text.strip() == "Eerste alinea over preventie."
    assert [passage.document for passage in first.passages] == ["a.pdf"]


def test_progress_tells_files_and_pages(tmp_path: Path) -> None:
    """Every finished file is reported once with its pages, a failed one with none."""
    draw(tmp_path / "a.pdf", text("een"), text("twee"))
    draw(tmp_path / "b.pdf", picture)
    told: list[tuple[str, int]] = []
    ingest([tmp_path], {}, Limits(), 2, lambda file, pages: told.append((file, pages)))
    assert sorted(told) == [("a.pdf", 2), ("b.pdf", 0)]


def test_failures_name_file_page_and_reason(tmp_path: Path) -> None:
    """A bad file and a bad page are listed, in the order of the files; the good ones are there."""
    draw(tmp_path / "a.pdf", picture)
    draw(tmp_path / "b.pdf", text("goed"), picture)
    (tmp_path / "c.pdf").write_bytes(b"geen pdf")
    found = read(tmp_path)
    assert [document.file for document in found.documents] == ["b.pdf"]
    assert [(failure.file, failure.page) for failure in found.failures] == [("a.pdf", 0), ("b.pdf", 2), ("c.pdf", 0)]
    assert all(failure.file in failure.reason for failure in found.failures)


def test_a_cut_short_document_warns(tmp_path: Path) -> None:
    """A document that passed a limit is there, marked, and listed among the failures."""
    draw(tmp_path / "a.pdf", text("een"), text("twee"))
    found = ingest([tmp_path], {}, Limits(pages=1), 1)
    (document,) = found.documents
    assert (document.incomplete, len(document.pages)) == (True, 1)
    assert found.failures == (Failure("a.pdf", 0, document.warnings[0]),)


def test_the_same_bytes_twice_are_one_document(tmp_path: Path) -> None:
    """A duplicate is reported with the name of the first."""
    path = draw(tmp_path / "a.pdf", text("een"))
    (tmp_path / "b.pdf").write_bytes(path.read_bytes())
    found = read(tmp_path)
    assert [document.file for document in found.documents] == ["a.pdf"]
    (failure,) = found.failures
    assert (failure.file, failure.page) == ("b.pdf", 0)
    assert "'a.pdf'" in failure.reason


def test_one_name_for_two_files_is_made_unique(tmp_path: Path) -> None:
    """Another file of the same name is known by its folder as well, in its passages too."""
    for folder in ("noord", "zuid"):
        (tmp_path / folder).mkdir()
        draw(tmp_path / folder / "plan.pdf", text(f"Regio {folder} werkt aan preventie."))
    found = read(tmp_path)
    assert [document.file for document in found.documents] == ["plan.pdf", "zuid--plan.pdf"]
    assert {passage.document for passage in found.documents[1].passages} == {"zuid--plan.pdf"}


def test_files_may_be_named_directly(tmp_path: Path) -> None:
    """A file counts once however often it is named; one that is no PDF is reported."""
    path = draw(tmp_path / "a.pdf", text("een"))
    other = tmp_path / "notitie.txt"
    other.write_text("geen PDF")
    found = read(path, tmp_path, other)
    assert [document.file for document in found.documents] == ["a.pdf"]
    assert [failure.file for failure in found.failures] == ["notitie.txt"]


def test_nothing_to_read_is_an_error(tmp_path: Path) -> None:
    """An empty or missing folder is named; beside a good one it is a failure, alone an error."""
    empty, missing, good = tmp_path / "leeg", tmp_path / "weg", tmp_path / "goed"
    empty.mkdir()
    good.mkdir()
    draw(good / "a.pdf", text("een"))
    with pytest.raises(EmptyFolder, match=r"leeg.*bevat geen PDF.*weg.*bestaat niet"):
        read(empty, missing)
    assert [failure.page for failure in read(empty, missing, good).failures] == [0, 0]


def test_the_nearest_catalogue_describes_a_file(tmp_path: Path) -> None:
    """documents.toml holds for its folder and those below; the nearest one that names the file wins."""
    (tmp_path / "b").mkdir()
    draw(tmp_path / "b" / "a.pdf", text("een"))
    draw(tmp_path / "b" / "c.pdf", text("twee"))
    (tmp_path / "documents.toml").write_text(
        '[[document]]\nfile = "b/a.pdf"\ntitle = "Ver"\n[[document]]\nfile = "c.pdf"\ntitle = "Plan"\nyear = 2020'
    )
    (tmp_path / "b" / "documents.toml").write_text('[[document]]\nfile = "a.pdf"\ntitle = "Dichtbij"')
    assert [(document.title, document.year) for document in read(tmp_path).documents] == [
        ("Dichtbij", 0),
        ("Plan", 2020),
    ]


def test_a_bad_catalogue_stops_everything(tmp_path: Path) -> None:
    """A mistake in documents.toml is not guessed away."""
    draw(tmp_path / "a.pdf", text("een"))
    (tmp_path / "documents.toml").write_text("[[document]]")
    with pytest.raises(BadCatalogue):
        read(tmp_path)


def test_a_known_file_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unchanged file gives the same document without a child; a renamed one keeps its ids under its new name."""
    draw(tmp_path / "a.pdf", text("Een alinea."), picture)
    first = read(tmp_path)
    monkeypatch.setattr(corpus, "read_pdf", None)
    again = read(tmp_path, known=keep(first))
    assert (again.documents, again.failures, again.unchanged) == (first.documents, first.failures, ("a.pdf",))
    (tmp_path / "a.pdf").rename(tmp_path / "b.pdf")
    (renamed,) = read(tmp_path, known=keep(first)).documents
    assert [passage.document for passage in renamed.passages] == ["b.pdf"]
    assert [passage.id for passage in renamed.passages] == [passage.id for passage in first.documents[0].passages]


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    """Other bytes under the same name give another document."""
    draw(tmp_path / "a.pdf", text("Een alinea."))
    first = read(tmp_path)
    draw(tmp_path / "a.pdf", text("Een andere alinea."))
    again = read(tmp_path, known=keep(first))
    assert again.unchanged == ()
    assert again.documents[0].pages[0].text.strip() == "Een andere alinea."


@pytest.mark.parametrize("line", ["year = 2019", 'publisher = "Regio"', 'title = "Nieuw"', 'kind = "regioplan"'])
def test_a_changed_catalogue_counts_for_known_files(tmp_path: Path, line: str) -> None:
    """What documents.toml newly says, and what it no longer says, counts for a file whose bytes did not change."""
    path, listed = draw(tmp_path / "a.pdf", text("Een alinea.")), tmp_path / "documents.toml"
    bare = read(tmp_path)
    listed.write_text(f'[[document]]\nfile = "{path.name}"\n{line}')
    described = read(tmp_path, known=keep(bare))
    assert described.documents != bare.documents
    assert described.documents == read(tmp_path).documents
    assert read(tmp_path, known=keep(described)).unchanged == ("a.pdf",)
    listed.unlink()
    assert read(tmp_path, known=keep(described)).documents == bare.documents


def test_an_entry_that_says_nothing_asks_for_no_new_reading(tmp_path: Path) -> None:
    """An entry without data is the same as none."""
    draw(tmp_path / "a.pdf", text("Een alinea."))
    first = read(tmp_path)
    (tmp_path / "documents.toml").write_text('[[document]]\nfile = "a.pdf"')
    assert read(tmp_path, known=keep(first)).unchanged == ("a.pdf",)


def test_a_document_cut_short_is_read_again(tmp_path: Path) -> None:
    """With a wider limit the next run has the pages that the first left out."""
    draw(tmp_path / "a.pdf", text("een"), text("twee"))
    short = ingest([tmp_path], {}, Limits(pages=1), 1)
    whole = read(tmp_path, known=keep(short))
    assert (whole.unchanged, len(whole.documents[0].pages), whole.failures) == ((), 2, ())


@pytest.mark.parametrize(("code", "unchanged"), [("slow", ()), ("memory", ()), ("scan", ("a.pdf",))])
def test_a_page_that_met_a_limit_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, unchanged: tuple[str, ...]
) -> None:
    """A page that took too long may do better next time; a scan will not."""
    draw(tmp_path / "a.pdf", text("een"))
    page = {
        "number": 2,
        "label": "",
        "width": 1.0,
        "height": 1.0,
        "lines": [],
        "problem": code,
        "rules": [],
        "hidden": {},
    }

    def with_page(path: Path, limits: Limits, children: Children) -> RawDocument:
        raw = read_pdf(path, limits, children)
        return replace(raw, pages=(*raw.pages, pdf._page(path.name, page)))

    monkeypatch.setattr(corpus, "read_pdf", with_page)
    assert read(tmp_path, known=keep(read(tmp_path))).unchanged == unchanged


def test_the_order_does_not_depend_on_the_workers(tmp_path: Path) -> None:
    """Side by side or one by one, the same documents come out in the same order."""
    for number in range(5):
        draw(tmp_path / f"{number}.pdf", *[text(f"Alinea {number}.")] * (5 - number))
    assert read(tmp_path, workers=3) == read(tmp_path, workers=1)


def test_a_rule_that_chokes_costs_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When structuring one document fails, that one is reported and the others are there."""
    draw(tmp_path / "a.pdf", text("een"))
    draw(tmp_path / "b.pdf", text("twee"))

    def choke(raw: RawDocument, title: str, regions: tuple[str, ...]) -> object:
        if raw.file == "a.pdf":
            raise ZeroDivisionError("deling door nul")
        return structure(raw, title, regions)

    monkeypatch.setattr(corpus, "structure", choke)
    found = read(tmp_path)
    assert [document.file for document in found.documents] == ["b.pdf"]
    assert [failure.file for failure in found.failures] == ["a.pdf"]
    assert "niet te ordenen" in found.failures[0].reason
    assert "ZeroDivisionError" not in found.failures[0].reason


@pytest.mark.parametrize(
    ("number", "words"), [(errno.EAGAIN, "geen proces bij"), (errno.EMFILE, "te veel bestanden"), (9999, "fout 9999")]
)
def test_a_child_that_cannot_start_costs_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    """A system without processes or files to spare fails that file, in Dutch; the others are read."""
    draw(tmp_path / "a.pdf", text("een"))
    draw(tmp_path / "b.pdf", text("twee"))
    start = subprocess.Popen

    def refuse(command: list[str], **options: object) -> object:
        if any("a.pdf" in part for part in command):
            raise OSError(number, "Resource temporarily unavailable")
        return start(command, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "Popen", refuse)
    found = read(tmp_path)
    assert [document.file for document in found.documents] == ["b.pdf"]
    assert [failure.file for failure in found.failures] == ["a.pdf"]
    assert words in found.failures[0].reason
    assert "Resource" not in found.failures[0].reason


def test_an_interrupt_ends_the_children_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C waits for no file: the children are killed and the files in the queue are left."""
    monkeypatch.setattr(pdf, "_PROGRAM", "import time; time.sleep(8)")
    for number in range(6):
        draw(tmp_path / f"{number}.pdf", text(f"Alinea {number}."))
    main = threading.main_thread().ident or 0
    start = time.monotonic()
    threading.Timer(0.4, signal.pthread_kill, (main, signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        read(tmp_path)
    for thread in threading.enumerate():
        if thread.name.startswith("ThreadPoolExecutor"):
            thread.join()
    assert time.monotonic() - start < 1.4
