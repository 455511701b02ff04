"""The matrix as people ask for it, and its JSON forms; shared by command line, API and pages."""

from typing import cast, get_args

from pydantic import Field

from index.compare import Level, comparer_of
from index.matrix import By, Entry, Line, Matrix, Vocabulary, make_matrix
from service import schemas
from service.asking import BadQuestion, resolve_region, resolve_theme, unknown
from service.comparing import resolve_parent, scope
from service.forms import coverage_form, passage_form
from service.library import Library

NOTE = (
    "Geteld zijn de zinnen waarin staat dat een regio iets gaat doen. Bijna dezelfde tekst telt in één vakje één keer. "
    "Een 0 betekent: niets gevonden in de documenten die hier zijn ingelezen."
)


class MatrixRegion(schemas.Form):
    """Een kolom: een regio."""

    region: schemas.Region
    kind: str = Field(examples=["zorgkantoorregio"])
    parent: str | None
    total: int = Field(ge=0, description="Activiteiten van deze regio, elke zin één keer")


class MatrixCell(schemas.Form):
    """Een vakje: wat een regio op een thema doet."""

    region: schemas.Region
    count: int = Field(ge=0)
    places: list[schemas.Place] = Field(description="Waar de activiteiten staan; /v1/matrix/cell geeft hun tekst")


class MatrixLine(schemas.Form):
    """Een rij: een thema, doelgroep of sector."""

    name: str = Field(examples=["Digitale zorg"])
    total: int = Field(ge=0, description="Activiteiten van alle regio's, elke zin één keer")
    found: int = Field(ge=0, description="Aantal kolommen met een of meer activiteiten")
    cells: list[MatrixCell] = Field(description="Eén voor elke regio, in de volgorde van `regions`")


class MatrixForm(schemas.Form):
    """Thema's, doelgroepen of sectoren naast regio's, met in elk vakje het aantal activiteiten."""

    by: By
    theme: str = Field(description="Alleen activiteiten bij dit thema; leeg is alle")
    level: Level
    parent: str | None = Field(description="Bij niveau 'subregio': de regio waar het delen van zijn")
    regions: list[MatrixRegion]
    rows: list[MatrixLine]
    scope: str = Field(description="Welke regio's een kolom hebben, en welke niet")
    note: str = Field(description="Wat er geteld is")
    coverage: schemas.Coverage


class MatrixEntry(schemas.Passage):
    """Een fragment met activiteiten, en waar in hetzelfde vakje bijna hetzelfde staat."""

    spans: list[tuple[int, int]] = Field(description="Begin en eind van elke activiteit in `text`, in Unicode-tekens")
    copies: list[schemas.Place]


class MatrixCellForm(schemas.Form):
    """De activiteiten achter een vakje."""

    by: By
    name: str
    theme: str
    region: schemas.Region
    count: int = Field(ge=0)
    activities: list[MatrixEntry] = Field(description="De fragmenten waarin zij staan")
    coverage: schemas.Coverage


def choose_by(given: str) -> By:
    """What the rows are, by its name.

    Raises:
        BadQuestion: there is no such choice.
    """
    for by in get_args(By):
        if given.strip().lower() == by:
            return cast("By", by)
    raise BadQuestion(f"De indeling {given!r} bestaat niet. Kies thema, doelgroep of sector.")


def matrix(library: Library, by: By = "thema", theme: str = "", level: Level = "regio", parent: str = "") -> Matrix:
    """Make the matrix of an index.

    Raises:
        UnknownFilter: there is no such theme, or `parent` is no region with parts.
    """
    comparer = comparer_of(library.searcher)
    whole = resolve_whole(library, level, parent)
    vocabulary: Vocabulary = "regioplan" if level == "subregio" else "impactkaart"
    return make_matrix(library.searcher, comparer.regions(level, whole), by, vocabulary, resolve_theme(theme.strip()))


def resolve_whole(library: Library, level: Level, parent: str) -> str:
    """The region whose parts are the columns: the one that is named, else the one most is said about."""
    return (resolve_parent(parent) or comparer_of(library.searcher).most_parted()) if level == "subregio" else ""


def matrix_form(library: Library, made: Matrix, theme: str, level: Level, parent: str) -> MatrixForm:
    """A whole matrix; `theme`, `level` and `parent` as they were asked for."""
    whole = resolve_whole(library, level, parent)
    columns = zip(made.regions, made.totals, strict=True)
    return MatrixForm(
        by=made.by,
        theme=resolve_theme(theme.strip()),
        level=level,
        parent=whole or None,
        regions=[
            MatrixRegion(region=region.name, kind=region.kind, parent=region.parent or None, total=total)
            for region, total in columns
        ],
        rows=[line_form(made, line) for line in made.lines],
        scope=scope(library, level, whole),
        note=NOTE,
        coverage=coverage_form(library.coverage),
    )


def line_form(made: Matrix, line: Line) -> MatrixLine:
    """One row."""
    cells = [
        MatrixCell(
            region=region.name,
            count=sum(len(entry.spans) for entry in entries),
            places=[_place(entry) for entry in entries],
        )
        for region, entries in zip(made.regions, line.cells, strict=True)
    ]
    return MatrixLine(name=line.name, total=line.total, found=sum(bool(cell.count) for cell in cells), cells=cells)


def cell_form(library: Library, made: Matrix, name: str, region: str, theme: str) -> MatrixCellForm:
    """The activities behind one cell.

    Raises:
        UnknownFilter: the matrix has no such row, or no such column.
    """
    wanted = resolve_region(region.strip())
    columns = [one.name for one in made.regions]
    if wanted not in columns:
        raise unknown("kolom", wanted, columns, "De kolommen staan op /v1/matrix.")
    line = next((line for line in made.lines if line.name.lower() == name.strip().lower()), None)
    if line is None:
        raise unknown("rij", name, [line.name for line in made.lines], "De rijen staan op /v1/matrix.")
    entries = line.cells[columns.index(wanted)]
    return MatrixCellForm(
        by=made.by,
        name=line.name,
        theme=resolve_theme(theme.strip()),
        region=wanted,
        count=sum(len(entry.spans) for entry in entries),
        activities=[entry_form(library, entry) for entry in entries],
        coverage=coverage_form(library.coverage),
    )


def entry_form(library: Library, entry: Entry) -> MatrixEntry:
    """One activity."""
    copies = [schemas.Place(document=p.document, page=p.page, passage_id=p.id) for p in entry.copies]
    return MatrixEntry(**passage_form(library, entry.passage).model_dump(), spans=list(entry.spans), copies=copies)


def _place(entry: Entry) -> schemas.Place:
    held = entry.passage
    return schemas.Place(document=held.document, page=held.page, passage_id=held.id)
