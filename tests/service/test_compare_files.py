"""Comparisons as files."""

import csv
import io
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook

from service.compare_files import COLUMNS, Format, table, write, write_csv, write_xlsx
from service.comparing import ComparisonForm, compare, comparison_form
from tests.service.comparisons import SAME, comparing_library


@pytest.fixture(scope="module")
def comparison(tmp_path_factory: pytest.TempPathFactory) -> ComparisonForm:
    """Compare the made-up plans."""
    library = comparing_library(tmp_path_factory.mktemp("data"))
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
    content = write_csv(comparison)
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 1 + len(list(table(comparison)))
    assert all("," in row[COLUMNS.index("Zekerheid")] for row in rows[1:])


def test_a_workbook_reads_back(comparison: ComparisonForm) -> None:
    """Its one sheet holds the same table, numbers as numbers."""
    sheet = load_workbook(io.BytesIO(write_xlsx(comparison))).active
    assert sheet is not None
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == COLUMNS
    assert [row[0] for row in rows[1:]] == [row[0] for row in table(comparison)]
    assert isinstance(rows[1][COLUMNS.index("Zekerheid")], float)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@som", "=HYPERLINK(1)"])
def test_a_passage_is_never_a_formula(comparison: ComparisonForm, text: str) -> None:
    """What would run in a spreadsheet is kept as text."""
    hostile = with_text(comparison, text)
    at = COLUMNS.index("Fragment")
    rows = list(csv.reader(io.StringIO(write_csv(hostile).decode("utf-8-sig")), delimiter=";"))
    assert {row[at] for row in rows[1:]} == {"", f"'{text}"}
    sheet = load_workbook(io.BytesIO(write_xlsx(hostile))).active
    assert sheet is not None
    assert {(cell.value, cell.data_type) for cell in sheet["K"][1:] if cell.value} == {(text, "s")}


def test_control_codes_do_not_break_a_workbook(comparison: ComparisonForm) -> None:
    """A sign that XML cannot hold is replaced."""
    sheet = load_workbook(io.BytesIO(write_xlsx(with_text(comparison, "a\x00b\x1bc")))).active
    assert sheet is not None
    assert "a\ufffdb\ufffdc" in {cell.value for cell in sheet["K"]}


def test_the_picture_is_well_formed(comparison: ComparisonForm) -> None:
    """It parses, and has a tile for each region."""
    picture = ElementTree.fromstring(write(comparison, Format.SVG))
    assert len(picture.findall(".//{*}rect")) == len(comparison.regions)
