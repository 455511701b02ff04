"""What a check of quotes came to, in words and as JSON."""

from typing import Literal

from pydantic import BaseModel, Field

from ingest.document import Document
from service import forms
from service.citation import permanent_link, running_citation
from service.library import Library, find_document
from service.quotes import MAX_QUOTE, Nearest, Place, Status, Verdict, quote_index
from service.schemas import Coverage, File, Form, PageNumber

MAX_QUOTES = 100


class QuoteAsked(BaseModel):
    """Een citaat, en waar het zou moeten staan."""

    quote: str = Field(
        min_length=1,
        max_length=MAX_QUOTE,
        description="Het citaat; (…) is een weglating",
        examples=["Ouderen volgen een cursus valpreventie."],
    )
    document: str = Field(default="", max_length=500, description="Bestandsnaam; leeg is elk document")
    page: int = Field(default=0, ge=0, description="Pagina in de PDF, vanaf 1; 0 is elke pagina")


class QuotesAsked(BaseModel):
    """De citaten die u wilt controleren."""

    quotes: list[QuoteAsked] = Field(min_length=1, max_length=MAX_QUOTES)


class PlaceForm(Form):
    """Een plaats in een document."""

    document: File
    page: PageNumber
    page_label: str
    passage_id: str = Field(description="Leeg als de woorden in geen enkel fragment liggen")
    citation: str
    url: str
    link: str = Field(description="Vaste link, of leeg")


class DifferenceForm(Form):
    """Een stuk van de vergelijking tussen citaat en document."""

    kind: Literal["same", "quoted", "document"] = Field(
        description="In beide, alleen in het citaat, of alleen in de bron"
    )
    text: str


class NearestForm(Form):
    """Wat het dichtst bij een citaat komt dat nergens staat."""

    place: PlaceForm
    text: str
    similarity: float = Field(ge=0, le=1)
    difference: list[DifferenceForm]


class QuoteResult(Form):
    """Wat er van één citaat bekend is."""

    quote: str
    status: Status = Field(
        description="exact: staat letterlijk waar u zegt; elsewhere: staat ergens anders; absent: staat nergens"
    )
    explanation: str
    places: list[PlaceForm]
    nearest: NearestForm | None


class QuoteResults(Form):
    """De uitkomst voor elk citaat, in de volgorde van de vraag."""

    results: list[QuoteResult]
    coverage: Coverage


def check_quotes(library: Library, asked: QuotesAsked) -> QuoteResults:
    """Check quotes one by one."""
    index = quote_index(library.searcher)
    results = []
    for item in asked.quotes:
        verdict = index.verify(item.quote, [item.document] if item.document else (), item.page)
        results.append(
            QuoteResult(
                quote=item.quote,
                status=verdict.status,
                explanation=explain(library, verdict, item.document),
                places=[place_form(library, place) for place in verdict.places],
                nearest=_nearest_form(library, verdict.nearest) if verdict.nearest else None,
            )
        )
    return QuoteResults(results=results, coverage=forms.coverage_form(library.coverage))


def explain(library: Library, verdict: Verdict, document: str = "") -> str:
    """A verdict as a Dutch sentence.

    >>> explain(library, verdict)
    'Het citaat staat niet in de documenten. Het lijkt op: plan.pdf, p. 3. Daar staat ‘38’ waar het citaat ‘83’ zegt.'
    """
    unknown = ""
    if document and find_document(library, document) is None:
        unknown = f" Het document {document!r} staat niet in de index."
    match verdict:
        case Verdict("exact"):
            return f"Het citaat staat letterlijk op deze plaats: {citation(library, verdict.places[0])}."
        case Verdict("elsewhere"):
            return (
                f"Het citaat staat niet op die plaats, maar wel hier: {citation(library, verdict.places[0])}.{unknown}"
            )
        case Verdict(nearest=None):
            return f"Het citaat staat niet in de documenten, en er is niets dat erop lijkt.{unknown}"
        case Verdict(nearest=Nearest() as nearest):
            where = citation(library, nearest.place)
            sentence = f"Het citaat staat niet in de documenten. Het lijkt op: {where}."
            return f"{sentence}{_first_difference(nearest)}{unknown}"
    return unknown


def citation(library: Library, place: Place) -> str:
    """A place as a running citation."""
    return running_citation(_document(library, place), place.page)


def place_form(library: Library, place: Place) -> PlaceForm:
    """A place with its links."""
    return PlaceForm(
        document=place.file,
        page=place.page,
        page_label=place.label,
        passage_id=place.passage_id,
        citation=citation(library, place),
        url=forms.page_url(place.file, place.page),
        link=permanent_link("", place.passage_id) if place.passage_id else "",
    )


def _nearest_form(library: Library, nearest: Nearest) -> NearestForm:
    return NearestForm(
        place=place_form(library, nearest.place),
        text=nearest.text,
        similarity=nearest.similarity,
        difference=[DifferenceForm(kind=kind, text=text) for kind, text in nearest.difference],
    )


def _first_difference(nearest: Nearest) -> str:
    """The first words that differ; a quote that shares little with its nearest has no telling difference."""
    if nearest.similarity < 0.8:
        return ""
    said = next((text for kind, text in nearest.difference if kind == "quoted"), "")
    found = next((text for kind, text in nearest.difference if kind == "document"), "")
    if said and found:
        return f" Daar staat ‘{found}’ waar het citaat ‘{said}’ zegt."
    return f" Het citaat zegt ‘{said}’ en dat staat daar niet." if said else f" Het citaat laat ‘{found}’ weg."


def _document(library: Library, place: Place) -> Document:
    document = find_document(library, place.file)
    if document is None:
        raise LookupError(f"the index of quotes names {place.file!r}, which the index does not hold")
    return document
