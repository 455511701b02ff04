"""Regions side by side as people ask for them, and the JSON forms; shared by command line, API and pages."""

from collections.abc import Sequence

from pydantic import Field

from index.compare import Strictness, comparer_of
from index.differences import FEWEST, MOST, Aspect, Differences, Kind, Span, Value, differences
from ingest.regions import Region, regions
from service import schemas
from service.asking import MAX_QUESTION, BadQuestion, resolve_region
from service.comparing import CompareRow, row_form
from service.forms import coverage_form, passage_form
from service.library import Library


class Said(schemas.Place):
    """Woorden in een fragment."""

    text: str = Field(description="De woorden zoals ze er staan")
    start: int = Field(ge=0, description="Begin in de tekst van het fragment, in Unicode-tekens")
    end: int


class HeldForm(schemas.Form):
    """Waar een regio iets zegt."""

    region: schemas.Region
    places: list[Said]


class ValueForm(schemas.Form):
    """Iets wat in de fragmenten staat, met wie het zegt."""

    name: str = Field(examples=["ouderen"])
    held: list[HeldForm]


class OwnForm(schemas.Form):
    """Wat maar één van de regio's zegt."""

    region: schemas.Region
    values: list[ValueForm]


class AspectForm(schemas.Form):
    """Eén soort gegevens: wat de regio's delen en wat elke regio voor zich heeft."""

    kind: Kind
    shared: list[ValueForm] = Field(description="Wat twee of meer regio's zeggen")
    own: list[OwnForm]


class SideForm(CompareRow):
    """Een van de regio's naast elkaar."""

    passages: list[schemas.Passage] = Field(description="Wat er van deze regio gelezen is, het beste eerst")


class DifferencesForm(schemas.Form):
    """Twee tot vijf regio's naast elkaar op een onderwerp."""

    topic: str = Field(examples=["valpreventie"])
    strictness: Strictness
    regions: list[SideForm]
    aspects: list[AspectForm]
    coverage: schemas.Coverage


def choose_regions(names: Sequence[str]) -> list[Region]:
    """The regions to put side by side, each once.

    Raises:
        BadQuestion: these are too few or too many.
        UnknownFilter: there is no such region.
    """
    chosen = list(dict.fromkeys(resolve_region(name.strip()) for name in names if name.strip()))
    if not FEWEST <= len(chosen) <= MOST:
        raise BadQuestion(f"Kies {FEWEST} tot {MOST} verschillende regio's om naast elkaar te zetten.")
    known = {region.name: region for region in regions()}
    return [known[name] for name in chosen]


def differ(library: Library, topic: str, names: Sequence[str], strictness: Strictness = "streng") -> Differences:
    """Put regions side by side on a topic of 1 to MAX_QUESTION characters.

    Raises:
        BadQuestion: the topic is empty or too long, or the regions are too few or too many.
        UnknownFilter: there is no such region.
    """
    words = " ".join(topic.split())
    if not words:
        raise BadQuestion("Het onderwerp is leeg. Typ een onderwerp in gewone woorden.")
    if len(words) > MAX_QUESTION:
        raise BadQuestion(f"Het onderwerp telt {len(words)} tekens. Gebruik er hoogstens {MAX_QUESTION}.")
    return differences(comparer_of(library.searcher), words, choose_regions(names), strictness)


def differences_form(library: Library, found: Differences) -> DifferencesForm:
    """All of it, with what was searched."""
    return DifferencesForm(
        topic=found.topic,
        strictness=found.strictness,
        regions=[
            SideForm(
                **row_form(library, row).model_dump(),
                passages=[passage_form(library, p) for p in found.passages.get(row.region.name, ())],
            )
            for row in found.rows
        ],
        aspects=[aspect_form(aspect) for aspect in found.aspects],
        coverage=coverage_form(library.coverage),
    )


def aspect_form(aspect: Aspect) -> AspectForm:
    """One sort of things."""
    own = [OwnForm(region=name, values=[value_form(one) for one in values]) for name, values in aspect.own.items()]
    return AspectForm(kind=aspect.kind, shared=[value_form(one) for one in aspect.shared], own=own)


def value_form(value: Value) -> ValueForm:
    """One thing that is said."""
    held = [HeldForm(region=name, places=[_said(span) for span in spans]) for name, spans in value.held.items()]
    return ValueForm(name=value.name, held=held)


def _said(span: Span) -> Said:
    passage, start, end = span
    return Said(
        document=passage.document,
        page=passage.page,
        passage_id=passage.id,
        text=passage.text[start:end],
        start=start,
        end=end,
    )
