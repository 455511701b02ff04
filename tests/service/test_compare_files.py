"""Comparisons as files."""

import csv
import io
from pathlib import Path
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from service.compare_files import COLUMNS, Format, form_of, memo_table, sheet, table, write
from service.comparing import ComparisonForm, compare, comparison_form
from service.library import Library
from service.memo_check import check_memo
from service.memo_commands import BadOutput
from service.sheets import csv_of, xlsx_of
from tests.service.comparisons import SAME, comparing_library


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Open the made-up plans."""
    return comparing_library(tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def comparison(library: Library) -> ComparisonForm:
    """Compare the made-up plans."""
    return comparison_form(library, compare(library, "beweegtuinen"))


def with_text(comparison: ComparisonForm, text: str) -> ComparisonForm:
    """Put a text in the place of each passage."""
    rows = [
        row.model_copy(update={"hits": [hit.model_copy(update={"text": text}) for hit in row.hits]})
        for row in comparison.regions
    ]
    return comparison.model_copy(update={"regions": rows})


def test_every_region_has_a_row_and_every_passage_its_source(comparison: ComparisonForm) -> None:
    """A region without passages has one row with its verdict; a passage comes with citation and full address."""
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in table(comparison, "https://voorbeeld.nl")]
    assert {row["Regio"] for row in rows} == {row.region for row in comparison.regions}
    empty = next(row for row in rows if row["Regio"] == "Friesland")
    assert (empty["Uitkomst"], empty["Fragment"], empty["Pagina"]) == ("niets gevonden", "", "")
    twente = next(row for row in rows if row["Regio"] == "Twente")
    assert (twente["Fragment"], twente["Pagina"]) == (SAME, 2)
    assert twente["Verwijzing"]
    assert twente["Adres"] == "https://voorbeeld.nl/v1/documents/plan.pdf/file#page=2"


def test_csv_is_what_a_dutch_spreadsheet_opens(comparison: ComparisonForm) -> None:
    """A byte order mark, semicolons and decimal commas; read back it is the same table."""
    content = csv_of(sheet(comparison))
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 1 + len(list(table(comparison)))
    assert all("," in row[COLUMNS.index("Zekerheid")] for row in rows[1:])


def test_a_workbook_reads_back(comparison: ComparisonForm) -> None:
    """Its one sheet holds the same table, numbers as numbers."""
    page = load_workbook(io.BytesIO(xlsx_of([sheet(comparison)]))).active
    assert page is not None
    rows = list(page.iter_rows(values_only=True))
    assert rows[0] == COLUMNS
    assert [row[0] for row in rows[1:]] == [row[0] for row in table(comparison)]
    assert isinstance(rows[1][COLUMNS.index("Zekerheid")], float)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@som", "=HYPERLINK(1)"])
def test_a_passage_is_never_a_formula(comparison: ComparisonForm, text: str) -> None:
    """What would run in a spreadsheet is kept as text."""
    hostile = with_text(comparison, text)
    at = COLUMNS.index("Fragment")
    rows = list(csv.reader(io.StringIO(csv_of(sheet(hostile)).decode("utf-8-sig")), delimiter=";"))
    assert {row[at] for row in rows[1:]} == {"", f"'{text}"}
    page = load_workbook(io.BytesIO(xlsx_of([sheet(hostile)]))).active
    assert page is not None
    assert {(cell.value, cell.data_type) for cell in page["K"][1:] if cell.value} == {(text, "s")}


def test_control_codes_do_not_break_a_workbook(comparison: ComparisonForm) -> None:
    """A sign that XML cannot hold is replaced."""
    page = load_workbook(io.BytesIO(xlsx_of([sheet(with_text(comparison, "a\x00b\x1bc"))]))).active
    assert page is not None
    assert "a\ufffdb\ufffdc" in {cell.value for cell in page["K"]}


@pytest.mark.parametrize("form", [Format.MARKDOWN, Format.DOCX])
def test_a_table_for_a_memo_holds(library: Library, comparison: ComparisonForm, form: Format, tmp_path: Path) -> None:
    """Each quote of it is found literally where its citation says, as `verify-memo` checks it."""
    (tmp_path / f"tabel.{form}").write_bytes(write(library, comparison, form, "https://voorbeeld.nl"))
    findings = check_memo(library, tmp_path / f"tabel.{form}")
    assert len(findings) == sum(bool(row.hits) for row in comparison.regions)
    assert all(finding.holds for finding in findings), [finding.explanation for finding in findings]


def test_found_regions_come_first_in_a_table_for_a_memo(library: Library, comparison: ComparisonForm) -> None:
    """Each region has one row, those without a passage no quote."""
    made = memo_table(library, comparison)
    verdicts = [row.cells[1] for row in made.rows]
    assert verdicts == sorted(verdicts, key=lambda verdict: verdict != "gevonden")
    assert len(made.rows) == len(comparison.regions)
    assert [row.cells[0] for row in made.rows if not row.quote] == ["Friesland"]


@pytest.mark.parametrize("name", ["tabel.pdf", "tabel"])
def test_an_unknown_kind_of_file_is_refused(name: str) -> None:
    """The ending of a file's name says what to write."""
    assert form_of(Path("a/b.DOCX")) is Format.DOCX
    with pytest.raises(BadOutput):
        form_of(Path(name))


def test_the_picture_is_well_formed(library: Library, comparison: ComparisonForm) -> None:
    """It parses, and has a tile for each region."""
    picture = ElementTree.fromstring(write(library, comparison, Format.SVG))
    assert len(picture.findall(".//{*}rect")) == len(comparison.regions)
