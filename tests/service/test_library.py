"""The open index is renewed, and a bad new one never replaces a good old one."""

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.errors import RegiowijzerError
from service import library as module
from service.library import Library, LiveLibrary, NotReady, find_document, make_library, published_stamp
from tests.service.fakes import FILE, FakeSearcher, fake_library


class Shelf:
    """An index that a test can publish anew."""

    def __init__(self) -> None:
        self.stamp = "eerste"
        self.library = fake_library()
        self.error: Exception | None = None
        self.opened = 0

    def open(self) -> Library:
        self.opened += 1
        if self.error:
            raise self.error
        return self.library


def wait_until(true: Callable[[], bool]) -> None:
    """Give the background thread a few seconds."""
    end = time.monotonic() + 5
    while not true():
        assert time.monotonic() < end, "nothing changed within 5 seconds"
        time.sleep(0.01)


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """A shelf that is looked at on every request."""
    monkeypatch.setattr(module, "CHECK_SECONDS", -1.0)
    return Shelf()


def test_unchanged_index_is_opened_once(shelf: Shelf) -> None:
    """Requests share one library as long as the pointer stays the same."""
    live = LiveLibrary(shelf.open, lambda: shelf.stamp)
    assert live.get() is live.get() is shelf.library
    assert shelf.opened == 1


def test_new_generation_replaces_the_old(shelf: Shelf) -> None:
    """A moved pointer opens the new index without a restart."""
    live = LiveLibrary(shelf.open, lambda: shelf.stamp)
    live.get()
    shelf.stamp, shelf.library = "tweede", fake_library()
    wait_until(lambda: live.get() is shelf.library)


def test_bad_generation_leaves_the_old_one(shelf: Shelf) -> None:
    """A refused index is tried once, its reason is kept, and the old one goes on answering."""
    live = LiveLibrary(shelf.open, lambda: shelf.stamp)
    old = live.get()
    shelf.stamp, shelf.error = "tweede", RegiowijzerError("De index is beschadigd.")
    wait_until(lambda: bool(live.get() and live.problem))
    assert live.get() is old
    assert live.problem == "De index is beschadigd."
    assert shelf.opened == 2


@pytest.mark.parametrize("fault", [RegiowijzerError("De schijf is weg."), OSError("gone"), MemoryError()])
def test_a_refused_generation_is_tried_again_later(
    shelf: Shelf, fault: Exception, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever the fault: one try and one line in the log at first, and later on it opens without a new pointer."""
    caplog.set_level(logging.WARNING, module.__name__)
    live = LiveLibrary(shelf.open, lambda: shelf.stamp)
    old = live.get()
    shelf.stamp, shelf.error, shelf.library = "later", fault, fake_library()
    wait_until(lambda: bool(live.get() and live.problem))
    for _ in range(20):
        assert live.get() is old
    assert shelf.opened == 2
    monkeypatch.setattr(module, "RETRY_SECONDS", -1.0)
    wait_until(lambda: bool(live.get() and shelf.opened > 3))
    told = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert [getattr(record, "generation", "") for record in told].count("later") == 1
    shelf.error = None
    wait_until(lambda: live.get() is shelf.library)
    assert live.problem == ""


def test_a_stand_in_does_not_replace_what_is_in_memory(shelf: Shelf) -> None:
    """An older index that opens in the place of a damaged one is taken at the start only; either way it is told."""
    live = LiveLibrary(shelf.open, lambda: shelf.stamp)
    old = live.get()
    shelf.stamp, shelf.library = "tweede", replace(fake_library(), fault="De index is beschadigd.")
    wait_until(lambda: bool(live.get() and live.problem))
    assert live.get() is old
    fresh = LiveLibrary(shelf.open, lambda: shelf.stamp)
    assert (fresh.get(), fresh.problem) == (shelf.library, "De index is beschadigd.")


def test_a_first_index_that_fails_oddly_is_told_in_words(shelf: Shelf) -> None:
    """A fault of the machine gives the same refusal as any other, and no trace to the reader."""
    shelf.error = OSError("gone")
    live = LiveLibrary(shelf.open, lambda: shelf.stamp)
    with pytest.raises(NotReady, match="probeert het vanzelf opnieuw"):
        live.get()


def test_without_index_the_reason_is_told_until_there_is_one(shelf: Shelf) -> None:
    """Each request is refused with the reason; a first index is picked up."""
    shelf.stamp, shelf.error = "", RegiowijzerError("Er staat nog geen index.")
    live = LiveLibrary(shelf.open, lambda: shelf.stamp)
    for _ in range(2):
        with pytest.raises(NotReady, match="nog geen index"):
            live.get()
    assert shelf.opened == 1
    shelf.stamp, shelf.error = "eerste", None
    assert live.get() is shelf.library


def test_stamp_is_what_current_says(tmp_path: Path) -> None:
    """The stamp is the text of CURRENT, or nothing when that is not there."""
    assert published_stamp(tmp_path) == ""
    (tmp_path / "CURRENT").write_text("20260131T090000Z-1 abc\n")
    assert published_stamp(tmp_path) == "20260131T090000Z-1 abc"


def test_library_knows_regions_and_themes_of_its_pages() -> None:
    """Only what some page speaks of is offered."""
    library = make_library(FakeSearcher())
    assert library.regions == {"Utrecht Stad", "Flevoland", "Kennemerland"}
    assert library.themes == {"Gezond ouder worden", "Digitale zorg"}
    assert library.coverage.pages == 4


@pytest.mark.parametrize("name", ["", "../geheim.pdf", "/etc/passwd", "PLAN RIVIERENLAND.PDF"])
def test_only_indexed_file_names_are_found(name: str) -> None:
    """A name is compared with the documents in the index and never reaches the file system."""
    assert find_document(fake_library(), name) is None
    assert find_document(fake_library(), FILE) is not None
