"""One class per situation of an index. Messages are Dutch and say what to do."""

from ingest.errors import RegiowijzerError


class IndexMissing(RegiowijzerError):
    """The data folder holds no index yet."""


class IndexMismatch(RegiowijzerError):
    """The index was made by another model, analyser or version than the one that opens it."""


class IndexDamaged(RegiowijzerError):
    """A file of the index is missing or is not the file that was written."""


class IndexBusy(RegiowijzerError):
    """Another process is writing this index."""


class BadQuestions(RegiowijzerError):
    """A file of gold questions cannot be read."""


class BadThesaurus(RegiowijzerError):
    """The concepts do not make a thesaurus."""
