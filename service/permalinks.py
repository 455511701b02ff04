"""A permanent link: the passage as it stands now, or what became of it and where its words stand today."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from index.former import Former, read_ledger
from service.dates import dutch_date
from service.library import Library, find_document
from service.quotes import Verdict, quote_index


@dataclass(frozen=True, slots=True)
class Vanished:
    """A passage that is no longer in the index.

    Attributes:
        former: what it was.
        reason: Dutch sentence that says what happened.
        now: where the same words stand, or what comes nearest.
    """

    former: Former
    reason: str
    now: Verdict


def find_vanished(library: Library, passage_id: str) -> Vanished | None:
    """Look up a passage that an earlier index held; None when none is known by that name."""
    former = former_passages(library).get(passage_id)
    if former is None:
        return None
    now = quote_index(library.searcher).verify(former.text)
    return Vanished(former, explain(library, former), now)


def former_passages(library: Library) -> dict[str, Former]:
    """The ledger of the open generation by passage; empty when there is none to read."""
    generation = getattr(library.searcher, "generation", None)
    return _ledger(generation.folder) if generation else {}


@lru_cache(maxsize=2)
def _ledger(folder: Path) -> dict[str, Former]:
    """A generation never changes once it is published, so it is read once."""
    try:
        rows: Sequence[Former] = read_ledger(folder)
    except (OSError, ValueError, TypeError):
        # The generation was pruned or its ledger is damaged: then nothing is known of former passages.
        return {}
    return {row.id: row for row in rows}


def explain(library: Library, former: Former) -> str:
    """What happened to a passage: its document was changed, removed or renamed, or is read in another way."""
    since = f"op {dutch_date(former.left)}"
    document = find_document(library, former.file)
    if document is not None and document.sha256 != former.sha256:
        return f"Het document {former.file!r} is veranderd. Dat bleek {since}, toen het opnieuw werd ingelezen."
    if document is not None:
        return f"Het document {former.file!r} is hetzelfde gebleven, maar is {since} anders in fragmenten verdeeld."
    renamed = next((held.file for held in library.searcher.documents if held.sha256 == former.sha256), "")
    if renamed:
        return f"Het document {former.file!r} heet sinds {dutch_date(former.left)} {renamed!r}."
    return f"Het document {former.file!r} is {since} uit de index gehaald."
