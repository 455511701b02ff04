"""The API of citations: checking quotes, references to a passage, and memos. Nothing of a memo is kept."""

from dataclasses import replace
from typing import Annotated
from urllib.parse import quote as percent

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from service.bibliography import bibtex, csl_json, ris
from service.citation import apa, apa_in_text, footnote, permanent_link, refer, running
from service.lookup import Turn, current_library, known_document, known_passage
from service.memo import MAX_ITEMS, MAX_LINE, MAX_NOTE, Format, Wish, make_memo
from service.memo_files import MEDIA_TYPES, MemoFile, write_memo
from service.problems import ProblemError, documented
from service.quote_forms import QuoteResults, QuotesAsked, check_quotes
from service.quotes import MAX_QUOTE, source_words
from service.schemas import Form

router = APIRouter(prefix="/v1")


class MemoItem(BaseModel):
    """Een fragment in de memo."""

    passage_id: str = Field(
        min_length=1, max_length=100, examples=["0f3a9c1e5b7d2468"], json_schema_extra={"pattern": "^[0-9a-f]{16}$"}
    )
    note: str = Field(default="", max_length=MAX_NOTE, description="Uw eigen woorden")
    heading: str = Field(default="", max_length=MAX_LINE, description="Leeg: een kop uit de bron")
    quote: str = Field(default="", max_length=MAX_QUOTE, description="Deel van het fragment, met (…); leeg: alles")


class MemoAsked(BaseModel):
    """Een memo: fragmenten op volgorde, met uw eigen woorden."""

    items: list[MemoItem] = Field(min_length=1, max_length=MAX_ITEMS)
    format: Format = Format.DOCX
    title: str = Field(default="", max_length=MAX_LINE)
    author: str = Field(default="", max_length=MAX_LINE)
    introduction: str = Field(default="", max_length=MAX_NOTE)


class Citations(Form):
    """Verwijzingen naar een fragment, of naar een citaat daaruit."""

    passage_id: str
    quote: str
    running: str = Field(description="Voor in de lopende tekst")
    apa: str = Field(description="Voor een literatuurlijst in APA-stijl")
    apa_in_text: str
    footnote: str
    bibtex: str
    ris: str
    csl_json: str
    link: str = Field(description="Vaste link")


def service_address(request: Request) -> str:
    """The address by which this request reached the service, for permanent links."""
    return str(request.base_url).rstrip("/")


def attachment(file: MemoFile) -> Response:
    """A file to save. The name is ASCII already; the percent signs are for whoever changes that."""
    name = f"attachment; filename*=UTF-8''{percent(file.name)}"
    return Response(file.content, media_type=file.media_type, headers={"Content-Disposition": name})


@router.post("/quotes/verify", responses=documented(413, 422, 503), summary="Controleer of citaten letterlijk kloppen")
def verify_quotes(request: Request, asked: QuotesAsked, turn: Turn) -> QuoteResults:
    library = current_library(request)
    with turn:
        return check_quotes(library, asked)


@router.get(
    "/passages/{passage_id}/citations",
    responses=documented(404, 422, 503),
    summary="Verwijzingen naar een fragment, ook voor BibTeX, RIS en CSL-JSON",
)
def citations(
    request: Request,
    passage_id: str,
    quote: Annotated[str, Query(max_length=MAX_QUOTE, description="Deel van het fragment; leeg is alles")] = "",
) -> Citations:
    library = current_library(request)
    passage = known_passage(library, passage_id)
    document = known_document(library, passage.document)
    words = source_words(quote, passage.text)
    if quote and not words:
        raise ProblemError(422, "not-literal", "Dit citaat staat niet letterlijk in het fragment.")
    reference = replace(
        refer(document, passage.page),
        passage_id=passage.id,
        link=permanent_link(service_address(request), passage.id),
        quote=" (…) ".join(words) or passage.text,
    )
    return Citations(
        passage_id=passage.id,
        quote=reference.quote,
        running=running(reference),
        apa=apa(reference),
        apa_in_text=apa_in_text(reference),
        footnote=footnote(reference),
        bibtex=bibtex([reference]),
        ris=ris([reference]),
        csl_json=csl_json([reference]),
        link=reference.link,
    )


@router.post(
    "/memos",
    response_class=Response,
    responses={
        200: {"description": "De memo als bestand", "content": {kind: {} for kind in MEDIA_TYPES.values()}},
        **documented(413, 422, 503),
    },
    summary="Maak een memo met citaten en bronnen; er wordt niets bewaard",
)
def memos(request: Request, asked: MemoAsked, turn: Turn) -> Response:
    library = current_library(request)
    with turn:
        memo = make_memo(
            library,
            [Wish(item.passage_id, item.note, item.heading, item.quote) for item in asked.items],
            title=asked.title,
            author=asked.author,
            introduction=asked.introduction,
            base=service_address(request),
        )
        file = write_memo(memo, asked.format)
    return attachment(file)
