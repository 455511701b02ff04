"""A question with filters as people type them -> an answer; shared by the command line, the API and the pages."""

import difflib

from index.search import Answer, Filters
from ingest.errors import RegiowijzerError
from ingest.regions import lookup as lookup_region
from ingest.regions import regions
from ingest.themes import lookup as lookup_theme
from ingest.themes import themes
from service.library import Library, find_document

MAX_QUESTION = 1000
MAX_LIMIT = 100


class BadQuestion(RegiowijzerError):
    """The question is empty or too long to search for."""


class UnknownFilter(RegiowijzerError):
    """A filter names a region, theme or document that we do not know."""


def unknown(kind: str, given: str, known: list[str], where: str) -> UnknownFilter:
    """Say what is not known, the nearest thing that is, and where all of them stand."""
    near = difflib.get_close_matches(given, known, n=1)
    hint = f" Bedoelt u {near[0]!r}?" if near else ""
    return UnknownFilter(f"Wij kennen geen {kind} {given!r}.{hint} {where}")


def resolve_region(name: str) -> str:
    """The canonical name of a region, or '' for ''."""
    found = lookup_region(name) if name else None
    if name and not found:
        raise unknown("regio", name, [region.name for region in regions()], "Alle regio's staan op /v1/regions.")
    return found.name if found else ""


def resolve_theme(name: str) -> str:
    """The canonical name of a theme, or '' for ''."""
    found = lookup_theme(name) if name else None
    if name and not found:
        raise unknown("thema", name, [theme.name for theme in themes()], "Alle thema's staan op /v1/themes.")
    return found.name if found else ""


def resolve_document(library: Library, file: str) -> str:
    """The file name of an indexed document, or '' for ''."""
    if file and not find_document(library, file):
        known = [document.file for document in library.searcher.documents]
        raise unknown("document", file, known, "Bekijk de lijst met: regiowijzer documents, of op /v1/documents.")
    return file


def resolve_filters(library: Library, region: str, theme: str, document: str) -> Filters:
    """Turn typed filters into canonical ones; '' leaves a filter out.

    Raises:
        UnknownFilter: with the nearest name that does exist.
    """
    return Filters(
        region=resolve_region(region.strip()),
        theme=resolve_theme(theme.strip()),
        document=resolve_document(library, document.strip()),
    )


def ask(library: Library, question: str, limit: int, filters: Filters) -> Answer:
    """Search for a question of 1 to MAX_QUESTION characters.

    Raises:
        BadQuestion: the question holds nothing but spaces, or too much.
    """
    words = " ".join(question.split())
    if not words:
        raise BadQuestion("De vraag is leeg. Typ een vraag in gewone woorden.")
    if len(words) > MAX_QUESTION:
        raise BadQuestion(f"De vraag telt {len(words)} tekens. Gebruik er hoogstens {MAX_QUESTION}.")
    return library.searcher.search(words, limit=limit, filters=filters)
