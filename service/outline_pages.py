"""The page of one document: its headings as the way in."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from service import forms
from service.lookup import File, current_library, known_document
from service.outline import branches, nest
from service.pages import render

router = APIRouter(include_in_schema=False)

UNFOLDED = 60
"""Headings of a document whose chapters lie open at first."""


@router.get("/documenten/{file:path}")
def document_page(request: Request, file: File) -> HTMLResponse:
    """What a document is, and its headings with pages, regions and themes; where they are few, chapters lie open."""
    library = current_library(request)
    document = known_document(library, file)
    found = branches(document)
    return render(
        "document.html",
        document=forms.document_form(document),
        nodes=nest(found),
        unfold=len(found) <= UNFOLDED,
        coverage=forms.coverage_form(library.coverage),
    )
