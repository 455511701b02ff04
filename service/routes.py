"""The API, version 1. Search is plain `def`: Starlette runs it in a thread, so the event loop never waits for it."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import FileResponse
from pydantic import BaseModel, Field

from service import forms, schemas
from service.asking import MAX_LIMIT, MAX_QUESTION, ask, resolve_filters
from service.files import pdf_path
from service.headers import API_VERSION
from service.library import LiveLibrary, NotReady
from service.lookup import File, Number, Turn, current_library, file_told, known_document, known_page, known_passage
from service.problems import documented

router = APIRouter(prefix="/v1")


class SearchQuery(BaseModel):
    """De vraag en waar te zoeken."""

    q: str = Field(min_length=1, max_length=MAX_QUESTION, description="De vraag", examples=["Wat is nuldelijnszorg?"])
    limit: int = Field(default=10, ge=1, le=MAX_LIMIT, description="Hoeveel fragmenten")
    region: str = Field(default="", description="Alleen deze regio en haar delen; zie /v1/regions")
    theme: str = Field(default="", description="Alleen dit thema; zie /v1/themes")
    document: str = Field(default="", description="Alleen dit document; zie /v1/documents")


@router.get("/search", responses=documented(422, 503), summary="Zoek fragmenten die een vraag beantwoorden")
def search(request: Request, asked: Annotated[SearchQuery, Query()], turn: Turn) -> schemas.SearchAnswer:
    library = current_library(request)
    filters = resolve_filters(library, asked.region, asked.theme, asked.document)
    with turn:
        answer = ask(library, asked.q, asked.limit, filters)
    return forms.answer_form(library, answer)


@router.get("/documents", responses=documented(503), summary="Alle documenten, en wat niet gelezen kon worden")
def documents(request: Request) -> schemas.DocumentList:
    return forms.documents_form(current_library(request))


@router.get("/documents/{file:path}/pages/{number}", responses=documented(404, 422, 503), summary="Eén pagina")
def page(request: Request, file: File, number: Number) -> schemas.PageForm:
    document = known_document(current_library(request), file)
    return forms.page_form(document, known_page(document, number))


@router.get(
    "/documents/{file:path}/file",
    response_class=FileResponse,
    responses={200: {"content": {"application/pdf": {}}, "description": "De PDF"}, **documented(404, 409, 503)},
    summary="De PDF zelf",
)
def pdf(request: Request, file: File) -> FileResponse:
    document = known_document(current_library(request), file)
    with file_told():
        path = pdf_path(document)
    name = document.file.rpartition("/")[2]
    return FileResponse(path, media_type="application/pdf", filename=name, content_disposition_type="inline")


@router.get("/documents/{file:path}", responses=documented(404, 503), summary="Eén document met zijn inhoud als boom")
def document(request: Request, file: File) -> schemas.Document:
    return forms.document_form(known_document(current_library(request), file))


@router.get("/passages/{passage_id}", responses=documented(404, 503), summary="Eén fragment met zijn bron")
def passage(request: Request, passage_id: str) -> schemas.Passage:
    library = current_library(request)
    return forms.passage_form(library, known_passage(library, passage_id))


@router.get("/regions", responses=documented(503), summary="Alle regio's die wij kennen")
def regions(request: Request) -> schemas.RegionList:
    return forms.region_list(current_library(request))


@router.get("/themes", responses=documented(503), summary="Alle thema's die wij kennen")
def themes(request: Request) -> schemas.ThemeList:
    return forms.theme_list(current_library(request))


@router.get("/health", summary="Of de dienst leeft en klaar is voor vragen (503 als er geen index is)")
def health(request: Request, response: Response) -> schemas.Health:
    live: LiveLibrary = request.app.state.library
    try:
        built = live.get().coverage.index_built
    except NotReady as error:
        response.status_code = 503
        return schemas.Health(
            status="niet gereed", live=True, ready=False, version=API_VERSION, index_built="", problem=str(error)
        )
    return schemas.Health(
        status="ok", live=True, ready=True, version=API_VERSION, index_built=built, problem=live.problem
    )


@router.get("/health/ready", include_in_schema=False)
def ready(request: Request, response: Response) -> dict[str, bool]:
    """For what sends questions our way: whether there is an index. Anybody may ask, so it says no more than that."""
    is_ready = health(request, response).ready
    return {"ready": is_ready}


@router.get("/health/live", include_in_schema=False)
def alive() -> dict[str, bool]:
    """For a supervisor that restarts what hangs: needs no index."""
    return {"live": True}
