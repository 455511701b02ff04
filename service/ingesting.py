"""From folders to a published index, with progress; nothing is published when nothing changed."""

import gc
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from index.disk import writing
from index.embed import Encoder, load_encoder
from index.generation import open_generation, publish, read_known
from ingest.corpus import Corpus, ingest
from ingest.errors import RegiowijzerError
from service.settings import Settings


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an ingest came to.

    Attributes:
        corpus: what was read.
        published: whether a new generation was made; if not, the index stayed as it was.
    """

    corpus: Corpus
    published: bool


class ReadingProgress(AbstractContextManager["ReadingProgress"]):
    """A bar with documents and pages on standard error; silent when that is no terminal."""

    def __init__(self, total: int) -> None:
        self._pages = 0
        self._bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("documenten, {task.fields[pages]} pagina's"),
            TimeElapsedColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._bar.add_task("Lezen", total=total, pages=0)

    def __enter__(self) -> "ReadingProgress":
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def document(self, file: str, pages: int) -> None:
        """One more document is done."""
        self._pages += pages
        self._bar.update(self._task, advance=1, pages=self._pages, description=f"Gelezen: {file}")

    def indexing(self) -> None:
        """Reading is over; the index is being made."""
        self._bar.update(self._task, description="Index maken")


def count_pdfs(folders: Sequence[Path]) -> int:
    """How many files the bar has to count to."""
    found = 0
    for folder in folders:
        found += sum(path.suffix.lower() == ".pdf" for path in folder.rglob("*")) if folder.is_dir() else 1
    return found


def run_ingest(settings: Settings, folders: Sequence[Path], patience: float = 0.0) -> Outcome:
    """Read the folders and publish an index of them.

    The lock is held from the first document on: an ingest that began earlier and ended later would undo this one.
    `patience` is how many seconds to wait for another one.

    Raises:
        RegiowijzerError: an empty folder, a bad catalogue, a model that cannot be loaded, an index in use.
    """
    with writing(settings.data, patience), ReadingProgress(count_pdfs(folders)) as progress, rare_collections():
        known = read_known(settings.data)
        corpus = ingest(
            folders, known, settings.limits(), settings.worker_count(), progress.document, mask_bsn=settings.mask_bsn
        )
        progress.indexing()
        encoder = load_encoder(settings.model, fetch=True)
        published = bool(corpus.documents) and not _is_current(settings.data, corpus, encoder)
        if published:
            publish(settings.data, corpus, encoder)
    return Outcome(corpus, published)


@contextmanager
def rare_collections() -> Iterator[None]:
    """Let Python look for cycles less often: an ingest makes millions of records that live on and hold none."""
    before = gc.get_threshold()
    gc.set_threshold(100_000, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _is_current(data: Path, corpus: Corpus, encoder: Encoder) -> bool:
    """Whether the published index opens itself, not an older one in its place, and holds just this corpus."""
    try:
        generation = open_generation(data, encoder)
    except RegiowijzerError:
        return False
    if generation.fault:
        return False
    return generation.documents == corpus.documents and generation.failures == corpus.failures
