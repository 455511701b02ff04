"""What routes share: parameters, the open index, what is looked up in it, and the turnstile."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import Depends, Path, Request

from ingest.document import Document, Page, Passage
from service import forms
from service.files import FileChanged, FileGone
from service.library import Library, LiveLibrary, find_document
from service.problems import ProblemError
from service.waiting import Gate

File = Annotated[str, Path(description="Bestandsnaam van het document")]
Number = Annotated[int, Path(ge=1, description="Pagina in de PDF, vanaf 1")]


def gate_of(request: Request) -> Gate:
    """The turnstile of the service."""
    gate: Gate = request.app.state.gate
    return gate


# What takes long stands in `with turn:`. Entering it here already would hold a thread for every request that waits.
Turn = Annotated[Gate, Depends(gate_of)]


def current_library(request: Request) -> Library:
    """The newest index that opens."""
    live: LiveLibrary = request.app.state.library
    return live.get()


def known_document(library: Library, file: str) -> Document:
    """An indexed document by its file name."""
    document = find_document(library, file)
    if document is None:
        raise ProblemError(404, "unknown-document", f"Er is geen document {file!r}. De lijst staat op /v1/documents.")
    return document


def known_page(document: Document, number: int) -> Page:
    """A page of a document by its 1-based number."""
    page = forms.find_page(document, number)
    if page is None:
        count = len(document.pages)
        detail = f"{document.file!r} heeft {count} pagina's; pagina {number} is er niet bij."
        raise ProblemError(404, "unknown-page", detail)
    return page


def known_passage(library: Library, name: str) -> Passage:
    """A passage of the index by its id."""
    passage = library.searcher.passage(name)
    if passage is None:
        raise ProblemError(404, "unknown-passage", f"Er is geen fragment {name[:40]!r} in deze index.")
    return passage


@contextmanager
def file_told() -> Iterator[None]:
    """Give what can be wrong with the file of a document its HTTP status."""
    try:
        yield
    except FileGone as error:
        raise ProblemError(404, "file-gone", str(error)) from None
    except FileChanged as error:
        raise ProblemError(409, "file-changed", str(error)) from None
