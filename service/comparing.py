"""A topic or a passage as people give it -> a comparison, and its JSON form; shared by command line, API and pages."""

from collections.abc import Iterable, Sequence
from typing import cast, get_args

from pydantic import Field

from index.compare import Comparison, Level, Row, Strictness, comparer_of
from index.tally import tally
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
    copy_of: str | None = Field(
        description="Eerdere regio met (bijna) dezelfde zin; bij een fragment ook de regio daarvan"
    )
    part: int | None = Field(description="Bij een fragment: op welk deel daarvan dit het meest lijkt, vanaf 1")
    hits: list[schemas.Hit] = Field(description="Hoogstens drie fragmenten van deze regio")


class PartForm(schemas.Form):
    """Een deel van het fragment dat vergeleken is: meestal een zin."""

    number: int = Field(ge=1, description="Vanaf 1; te gebruiken als `part`")
    start: int = Field(ge=0, description="Begin in de tekst van het fragment, in Unicode-tekens")
    end: int
    text: str


class ComparisonForm(schemas.Form):
    """Eén rij voor elke regio die de documenten dekken, gevonden of niet."""

    topic: str = Field(examples=["valpreventie"])
    passage_id: str | None = Field(description="Het fragment dat het onderwerp is")
    level: Level
    parent: str | None = Field(description="Bij niveau 'subregio': de regio waar het delen van zijn")
    strictness: Strictness
    part: int | None = Field(description="Het deel van het fragment dat vergeleken is; leeg is alle delen")
    parts: list[PartForm] = Field(description="De delen van het fragment dat het onderwerp is")
    found: int = Field(description="In hoeveel regio's het gevonden is; een regio telt samen met haar delen als één")
    asked: int = Field(description="Van hoeveel regio's, zo geteld")
    scope: str = Field(description="Welke regio's in de tabel staan, en welke niet")
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
    part: int = 0,
) -> Comparison:
    """Compare regions on a topic of 1 to MAX_QUESTION characters, or on a passage.

    Raises:
        BadQuestion: neither or both are given, the topic is too long, or the passage has no such part.
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
    try:
        return comparer.compare_passage(passage, level, strictness, whole, part)
    except IndexError:
        raise BadQuestion(
            f"Het fragment heeft geen deel {part}. Kies een lager nummer, of 0 voor alle delen."
        ) from None


def scope(library: Library, level: Level, parent: str) -> str:
    """Which regions have a row, and which have none and why, in plain words."""
    if level == "subregio":
        return f"De tabel heeft een rij voor elk deel van {parent}." if parent else ""
    shown = comparer_of(library.searcher).regions("regio")
    names = {region.name for region in shown}
    missing = [region for region in regions() if region.name not in names]
    elsewhere = {region.parent for region in missing if region.name in library.regions}
    parents = {region.parent for region in shown}
    through = [region.name for region in missing if region.name in parents]
    silent = [region for region in missing if region.name not in library.regions and region.name not in through]
    said = [
        "De tabel heeft een rij voor elke zorgkantoorregio en ROAZ-regio, en voor elk deel daarvan met een eigen plan:"
        f" {len(shown)} van de {len(regions())} regio’s die wij kennen.",
        f"De delen van {_listed(elsewhere)} staan er niet bij; kies daarvoor ‘De delen van één regio’."
        if elsewhere
        else "",
        f"Over {_listed(through)} zelf staat niets in de documenten, wel over de delen." if through else "",
        f"Over {len(silent)} regio’s staat niets in de documenten." if silent else "",
        "Een regio en haar delen tellen samen als één.",
    ]
    return " ".join(filter(None, said))


def _listed(names: Iterable[str]) -> str:
    """'a', 'a en b', 'a, b en c'."""
    *most, last = sorted(names)
    return f"{', '.join(most)} en {last}" if most else last


def row_form(library: Library, row: Row, parts: Sequence[PartForm] = ()) -> CompareRow:
    """One region; `parts` are those of the passage that is the topic."""
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
        part=next((part.number for part in parts if (part.start, part.end) == row.part), None),
        hits=[hit_form(library, hit) for hit in row.hits],
    )


def part_forms(comparison: Comparison) -> list[PartForm]:
    """The parts of the passage that is the topic."""
    spans = enumerate(comparison.parts, 1)
    return [PartForm(number=n, start=a, end=b, text=comparison.topic[a:b].strip(" •▪\n")) for n, (a, b) in spans]


def comparison_form(library: Library, comparison: Comparison) -> ComparisonForm:
    """A whole comparison, with what was searched."""
    parts = part_forms(comparison)
    counted = tally(((row.region, row.asked, row.found) for row in comparison.rows), comparison.parent)
    return ComparisonForm(
        topic=comparison.topic,
        passage_id=comparison.source or None,
        level=comparison.level,
        parent=comparison.parent or None,
        strictness=comparison.strictness,
        part=comparison.part or None,
        parts=parts,
        found=counted.found,
        asked=counted.asked,
        scope=scope(library, comparison.level, comparison.parent),
        regions=[row_form(library, row, parts) for row in comparison.rows],
        coverage=coverage_form(library.coverage),
    )
