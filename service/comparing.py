"""A topic or a passage as people give it -> a comparison, and its JSON form; shared by command line, API and pages."""

from typing import cast, get_args

from pydantic import Field

from index.compare import Comparison, Level, Row, Strictness, comparer_of
from ingest.regions import regions
from service import schemas
from service.asking import MAX_QUESTION, BadQuestion, resolve_region, unknown
from service.forms import coverage_form, hit_form
from service.library import Library


class CompareRow(schemas.Form):
    """Wat er van één regio gevonden is."""

    region: schemas.Region
    kind: str = Field(examples=["zorgkantoorregio"])
    parent: str | None = Field(description="De regio waar dit een deel van is", examples=["Utrecht/Midden-Nederland"])
    asked: bool = Field(description="Onwaar als de vraag over een ander soort regio gaat, of het fragment hieruit komt")
    found: bool = Field(description="Of het onderwerp in de eigen tekst van deze regio staat")
    denied: bool = Field(description="Waar als het plan zelf zegt dat er niets over in staat; `hits` toont dat")
    score: float = Field(ge=0, le=1, description="Gelijkenis van de beste zin, naast die van alle regio's")
    confidence: float = Field(ge=0, le=1, description="Hoe zeker het is dat dit gevonden is")
    copy_of: str | None = Field(description="Eerdere regio met (bijna) dezelfde zin")
    hits: list[schemas.Hit] = Field(description="Hoogstens drie fragmenten van deze regio")


class ComparisonForm(schemas.Form):
    """Eén rij voor elke regio die de documenten dekken, gevonden of niet."""

    topic: str = Field(examples=["valpreventie"])
    passage_id: str | None = Field(description="Het fragment dat het onderwerp is")
    level: Level
    parent: str | None = Field(description="Bij niveau 'subregio': de regio waar het delen van zijn")
    strictness: Strictness
    regions: list[CompareRow]
    coverage: schemas.Coverage


class UnknownPassage(BadQuestion):
    """The passage that is to be compared is not in the index."""


def choose_level(given: str) -> Level:
    """A level by its name.

    Raises:
        BadQuestion: there is no such level.
    """
    for level in get_args(Level):
        if given.strip().lower() == level:
            return cast("Level", level)
    raise BadQuestion(f"Het niveau {given!r} bestaat niet. Kies regio of subregio.")


def choose_strictness(given: str) -> Strictness:
    """A strictness by its name.

    Raises:
        BadQuestion: there is no such strictness.
    """
    for strictness in get_args(Strictness):
        if given.strip().lower() == strictness:
            return cast("Strictness", strictness)
    raise BadQuestion(f"De strengheid {given!r} bestaat niet. Kies streng of ruim.")


def resolve_parent(name: str) -> str:
    """The canonical name of a region that has parts; of a part the region that it belongs to; '' for ''.

    Raises:
        UnknownFilter: there is no such region, or it has no parts.
    """
    found = resolve_region(name.strip())
    whole = {region.name: region.parent for region in regions()}.get(found, "") or found
    wholes = sorted({region.parent for region in regions() if region.parent})
    if whole and whole not in wholes:
        raise unknown("regio met delen", found, wholes, f"Kies uit: {', '.join(wholes)}.")
    return whole


def compare(  # noqa: PLR0913, PLR0917  # one for each choice that a person has
    library: Library,
    topic: str,
    level: Level = "regio",
    strictness: Strictness = "streng",
    parent: str = "",
    passage_id: str = "",
) -> Comparison:
    """Compare regions on a topic of 1 to MAX_QUESTION characters, or on a passage.

    Raises:
        BadQuestion: neither or both are given, or the topic is too long.
        UnknownPassage: no passage has that id.
        UnknownFilter: `parent` is no region with parts.
    """
    words = " ".join(topic.split())
    if bool(words) == bool(passage_id):
        raise BadQuestion("Geef een onderwerp of een fragment: een van de twee.")
    if len(words) > MAX_QUESTION:
        raise BadQuestion(f"Het onderwerp telt {len(words)} tekens. Gebruik er hoogstens {MAX_QUESTION}.")
    whole = resolve_parent(parent)
    comparer = comparer_of(library.searcher)
    if not passage_id:
        return comparer.compare(words, level, strictness, whole)
    passage = library.searcher.passage(passage_id)
    if passage is None:
        raise UnknownPassage(f"Er is geen fragment {passage_id!r} in deze index. Zoek het fragment opnieuw op.")
    return comparer.compare_passage(passage, level, strictness, whole)


def row_form(library: Library, row: Row) -> CompareRow:
    """One region."""
    return CompareRow(
        region=row.region.name,
        kind=row.region.kind,
        parent=row.region.parent or None,
        asked=row.asked,
        found=row.found,
        denied=row.denied,
        score=min(max(row.score, 0.0), 1.0),
        confidence=min(max(row.confidence, 0.0), 1.0),
        copy_of=row.copy_of or None,
        hits=[hit_form(library, hit) for hit in row.hits],
    )


def comparison_form(library: Library, comparison: Comparison) -> ComparisonForm:
    """A whole comparison, with what was searched."""
    return ComparisonForm(
        topic=comparison.topic,
        passage_id=comparison.source or None,
        level=comparison.level,
        parent=comparison.parent or None,
        strictness=comparison.strictness,
        regions=[row_form(library, row) for row in comparison.rows],
        coverage=coverage_form(library.coverage),
    )
