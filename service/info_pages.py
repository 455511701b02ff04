"""The pages about the service itself: help, accessibility, privacy, and what it is made of."""

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from service import forms
from service.about import Operator, Recording, read_figures, versions
from service.access import Access, Mode
from service.dates import dutch_decimal
from service.examples import examples
from service.lookup import current_library
from service.memo import MAX_ITEMS
from service.pages import asset, render
from service.sessions import LASTS

router = APIRouter(include_in_schema=False)


def operator_of(request: Request) -> Operator:
    """Who runs this service."""
    operator: Operator = request.app.state.operator
    return operator


# These three need no index, so that help is there when nothing else is.
@router.get("/help")
def help_page() -> HTMLResponse:
    """How to ask, read, compare and make a memo."""
    return render("help.html", style=asset("info.css"), examples=examples(), most=MAX_ITEMS)


@router.get("/toegankelijkheid")
def accessibility_page(request: Request) -> HTMLResponse:
    """The accessibility statement, in the form that Dutch public bodies use."""
    return render("accessibility.html", style=asset("info.css"), operator=operator_of(request), host=host_of(request))


@router.get("/privacy")
def privacy_page(request: Request) -> HTMLResponse:
    """What is kept of a visit, and what is not, as this service is set up."""
    access: Access | None = request.app.state.access
    recording: Recording = request.app.state.recording
    open_to_others = access is not None and access.mode is not Mode.LOCAL
    return render(
        "privacy.html",
        style=asset("info.css"),
        operator=operator_of(request),
        recording=recording,
        recorded=recording.audit == "on" or (recording.audit == "auto" and open_to_others),
        signs_in=open_to_others,
        hours=round(LASTS / 3600),
        uploads=getattr(request.app.state, "uploads", None) is not None,
    )


@router.get("/over")
def about_page(request: Request) -> HTMLResponse:
    """Versions, what is indexed, and how well it answers."""
    library = current_library(request)
    return render(
        "about.html",
        style=asset("info.css"),
        operator=operator_of(request),
        versions=versions(library),
        figures=read_figures(),
        decimal=dutch_decimal,
        coverage=forms.coverage_form(library.coverage),
        failures=len(library.failures),
    )


def host_of(request: Request) -> str:
    """The name under which the reader knows this service."""
    return request.url.netloc
