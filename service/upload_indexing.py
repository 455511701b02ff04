"""Reading and indexing what a user added, with the same steps as `regiowijzer ingest`."""

from pathlib import Path

from ingest.errors import RegiowijzerError
from service.audit import Event
from service.ingesting import run_ingest
from service.outline import read_document
from service.recording import Record, unrecorded, write
from service.settings import Settings
from service.uploads import Job, State, Uploads

PATIENCE_SECONDS = 300.0
"""How long an added document waits for an ingest that the operator runs."""


class NotIndexed(RegiowijzerError):
    """The document was read, but the index does not hold it."""


class CorpusIndexer:
    """Reads one PDF under the limits of the settings, and indexes their corpus folders.

    Args:
        settings: limits, folders, model and data folder.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def count_passages(self, path: Path) -> int:
        """Read one PDF for a try."""
        return len(read_document(self.settings, path).passages)

    def index(self, path: Path) -> str:
        """Publish an index of the whole corpus, `path` in it; documents that did not change are not read again."""
        outcome = run_ingest(self.settings, self.settings.corpus, PATIENCE_SECONDS)
        held = str(path.resolve())
        found = next((document for document in outcome.corpus.documents if document.path == held), None)
        if found is None:
            reasons = " ".join(failure.reason for failure in outcome.corpus.failures if path.name in failure.file)
            raise NotIndexed(reasons or "Het document is niet in de index gekomen.")
        return found.file


def make_uploads(settings: Settings, record: Record = unrecorded) -> Uploads | None:
    """The intake of documents, what became of each in the record; None where the operator does not allow it."""
    if not settings.upload:
        return None
    return Uploads(
        settings.corpus, settings.upload_mb, CorpusIndexer(settings), lambda job: write(record, event_of(job))
    )


def event_of(job: Job) -> Event:
    """What became of a document, as done by whoever sent it; the request itself was recorded when it was taken in."""
    result = "gelukt" if job.state is State.DONE else "mislukt"
    return Event("document indexeren", job.stored, result, job.origin, job.actor.name, job.actor.role or "")
