"""The open index, renewed when a new generation is published."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from index.manifest import Manifest
from index.search import Coverage, Searcher, open_searcher
from ingest.corpus import Failure
from ingest.document import Document
from ingest.errors import RegiowijzerError

log = logging.getLogger(__name__)

CHECK_SECONDS = 1.0
# A disk that was away or memory that ran out may be back by then.
RETRY_SECONDS = 30.0
BROKEN = "De index kan nu niet worden geopend. De dienst probeert het vanzelf opnieuw; de reden staat in het logboek."


class NotReady(RegiowijzerError):
    """There is no index to search yet."""


@dataclass(frozen=True, slots=True)
class Library:
    """An open index with what the service shows of it.

    Attributes:
        searcher: finds passages.
        coverage: what is searched; counted once, because every answer tells it.
        failures: what could not be read when the index was made.
        regions: names of the regions that some page speaks of.
        themes: names of the themes that some page speaks of.
        manifest: what made the index; None for one that was not opened from a folder.
        fault: why the newest index could not be opened and this older one stands in; '' as a rule.
    """

    searcher: Searcher
    coverage: Coverage
    failures: tuple[Failure, ...]
    regions: frozenset[str]
    themes: frozenset[str]
    manifest: Manifest | None = None
    fault: str = ""


def make_library(searcher: Searcher, failures: tuple[Failure, ...] = (), manifest: Manifest | None = None) -> Library:
    """Gather which regions and themes the documents speak of."""
    pages = [page for document in searcher.documents for page in document.pages]
    return Library(
        searcher=searcher,
        coverage=searcher.coverage,
        failures=failures,
        regions=frozenset(name for page in pages for name in page.regions),
        themes=frozenset(name for page in pages for name in page.themes),
        manifest=manifest,
    )


def open_library(data: Path, model: str) -> Library:
    """Open the published generation in `data`.

    Raises:
        RegiowijzerError: no index, an index made with another model or version, or a damaged one.
    """
    searcher = open_searcher(data, model)
    generation = searcher.generation
    return replace(make_library(searcher, generation.failures, generation.manifest), fault=generation.fault)


def published_stamp(data: Path) -> str:
    """What CURRENT points to, or '' when nothing has been published."""
    try:
        return (data / "CURRENT").read_text(encoding="utf-8").strip()
    except OSError:
        return ""


class LiveLibrary:
    """Hands out the newest library that opens; a bad new one never replaces a good old one.

    Attributes:
        problem: why the newest generation could not be opened, or ''.
    """

    def __init__(self, opener: Callable[[], Library], stamp: Callable[[], str]) -> None:
        self.problem = ""
        self._opener = opener
        self._stamp = stamp
        self._seen: str | None = None
        self._checked = 0.0
        self._refused = 0.0
        self._library: Library | None = None
        self._lock = threading.Lock()

    def get(self) -> Library:
        """The library to answer this request with.

        Raises:
            NotReady: nothing could be opened yet; the message says why.
        """
        library = self._library
        if library is None:
            self._renew()
        elif time.monotonic() - self._checked > CHECK_SECONDS:
            self._checked = time.monotonic()
            if self._due() and not self._lock.locked():
                # Opening takes seconds; until it is done the old generation keeps answering.
                threading.Thread(target=self._renew, name="nieuwe-index", daemon=True).start()
        if self._library is None:
            raise NotReady(self.problem or "Er is nog geen index. Maak er een met: regiowijzer ingest")
        return self._library

    def _due(self) -> bool:
        """Whether what is published now was not opened yet, nor refused a moment ago."""
        if self._stamp() != self._seen:
            return True
        return bool(self.problem) and time.monotonic() - self._refused > RETRY_SECONDS

    def _renew(self) -> None:
        """Open what is published now, when it is time to."""
        with self._lock:
            if not self._due():
                return
            stamp, again = self._stamp(), self.problem
            try:
                self._take(self._opener(), stamp)
            except RegiowijzerError as error:
                self.problem = str(error)
                # Without an old one to fall back on the caller is told, in `NotReady`.
                if self._library is not None and self.problem != again:
                    log.warning("nieuwe index geweigerd: %s", error, extra={"generation": stamp})
            except Exception:  # whatever it is, the old index must go on answering
                self.problem = BROKEN
                if self.problem != again:
                    log.exception("index niet geopend", extra={"generation": stamp})
            self._seen = stamp
            self._checked = self._refused = time.monotonic()

    def _take(self, found: Library, stamp: str) -> None:
        """Answer with what was opened; an older index that stands in is worth no more than the one in memory."""
        if found.fault and found.fault != self.problem:
            log.warning("nieuwe index geweigerd: %s", found.fault, extra={"generation": stamp})
        if self._library is None or not found.fault:
            self._library = found
            log.info("index geopend", extra={"generation": stamp})
        self.problem = found.fault


def find_document(library: Library, file: str) -> Document | None:
    """Look a file name up among the indexed documents; it is never joined to a path."""
    return library.searcher.document(file)
