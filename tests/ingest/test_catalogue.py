"""documents.toml, and what the PDF itself tells of its title, publisher and year."""

from pathlib import Path

import pytest

from ingest.catalogue import Entry, describe, find_entry, publisher_of, read_catalogue, title_of, year_of
from ingest.document import Line
from ingest.errors import BadCatalogue
from ingest.pdf import RawDocument, RawPage


def raw(*lines: tuple[str, float], file: str = "plan-2.pdf", **metadata: str) -> RawDocument:
    """Make a document whose first page holds lines of (text, size)."""
    drawn = tuple(Line(text, 50, 50 + 20 * n, 100, size, False, n) for n, (text, size) in enumerate(lines))
    page = RawPage(1, "", 595, 842, drawn)
    return RawDocument(file, f"/tmp/{file}", "ab", metadata, (), (page,))


def catalogue(folder: Path, text: str) -> Path:
    """Write documents.toml."""
    path = folder / "documents.toml"
    path.write_text(text, "utf-8")
    return path


def test_entries_are_read(tmp_path: Path) -> None:
    """Every [[document]] becomes an entry; what is not said stays empty."""
    path = catalogue(
        tmp_path,
        '[[document]]\nfile = "a.pdf"\ntitle = "Plan"\nyear = 2023\nregions = ["zeeland"]\n[[document]]\nsha256 = "AB"',
    )
    first, second = read_catalogue(path)
    assert first == Entry(file="a.pdf", title="Plan", year=2023, regions=("Zeeland",))
    assert second == Entry(sha256="ab")
    assert read_catalogue(tmp_path / "weg.toml") == ()


def test_the_words_of_an_entry_are_repaired(tmp_path: Path) -> None:
    """Signs that come along with copied text do not reach the reader; a file name stays as it is."""
    text = '[[document]]\nfile = "a  b.pdf"\ntitle = "Plan\u00a0\u200bZuid\\uFFFF"\npublisher = " Regio"'
    (entry,) = read_catalogue(catalogue(tmp_path, text))
    assert entry == Entry(file="a  b.pdf", title="Plan Zuid", publisher="Regio")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[[document]\n", "niet te lezen: regel 1, kolom 11 is geen"),
        ('[[document]]\ntitle = "\xff', "niet te lezen: het einde"),
        ('document = "a"', "alleen"),
        ('[[documents]]\nfile = "a.pdf"', "documents"),
        ('[[document]]\nfile = "a.pdf"\ntitel = "Plan"', "onbekend veld 'titel'"),
        ('[[document]]\ntitle = "Plan"', "file of sha256"),
        ('[[document]]\nfile = "a.pdf"\nyear = "2023"', "year"),
        ('[[document]]\nfile = "a.pdf"\nyear = 23', "year"),
        ('[[document]]\nfile = "a.pdf"\nregions = "Gelderland"', "regions"),
        ('[[document]]\nfile = "a.pdf"\nregions = ["Atlantis"]', "Atlantis"),
        ("document = [1]", "document 1"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, text: str, fault: str) -> None:
    """What documents.toml cannot say is refused, with the file and the mistake in the message."""
    with pytest.raises(BadCatalogue, match=fault) as caught:
        read_catalogue(catalogue(tmp_path, text))
    assert "documents.toml" in str(caught.value)


def test_the_most_precise_entry_wins() -> None:
    """A digest goes before a path, a path before a bare name."""
    by_name, by_path, by_digest = Entry(file="a.pdf"), Entry(file="x/a.pdf"), Entry(sha256="ab", file="b.pdf")
    entries = [by_name, by_path, by_digest]
    assert find_entry(entries, "x/a.pdf", "ab") is by_digest
    assert find_entry(entries, "x/a.pdf", "cd") is by_path
    assert find_entry(entries, "y/a.pdf", "cd") is by_name
    assert find_entry(entries, "b.pdf", "cd") is None


def test_the_catalogue_goes_before_the_pdf() -> None:
    """What the entry says stands; the rest comes from the metadata and the first page."""
    document = raw(("5 mei 2021", 9), title="Uit de PDF", author="Regio")
    about = describe(document, Entry(file="x.pdf", title="Uit de lijst", kind="regioplan", regions=("Gelderland",)))
    assert about == Entry("plan-2.pdf", "ab", "Uit de lijst", "Regio", 2021, "regioplan", ("Gelderland",))


@pytest.mark.parametrize("title", ["", "untitled", "Microsoft Word - Concept plan.docx", "plan.indd", "anonymous", "-"])
def test_an_empty_title_gives_way_to_the_largest_text(title: str) -> None:
    """A title that some program filled in is passed over for the largest words of the first page."""
    document = raw(("Ministerie", 10), ("Een gezonde", 24), ("regio", 24), ("Inleiding", 12), title=title)
    assert title_of(document) == "Een gezonde regio"


def test_a_real_title_stands() -> None:
    """A title in the metadata that says something is kept, repaired."""
    assert title_of(raw(("groot", 30), title="Regioplan\u00a0 Zuid")) == "Regioplan Zuid"


def test_a_page_in_one_size_gives_its_first_line() -> None:
    """Without a heading the first line is the title; without text the file's name is."""
    lines = [(f"regel {number} van de tekst", 11.0) for number in range(9)]
    assert title_of(raw(*lines)) == "regel 0 van de tekst"
    assert title_of(raw(("12", 40), file="plan_voor-zorg.pdf")) == "Plan voor zorg"


@pytest.mark.parametrize("author", ["", "anonymous", "ZZDOCSFUSION", "Jansen, A.B. (Anna)", "a.jansen@regio.nl"])
def test_a_login_name_is_no_publisher(author: str) -> None:
    """A placeholder, a log-in name or a person's mailbox is not shown as publisher."""
    assert publisher_of({"author": author}) == ""


@pytest.mark.parametrize("author", ["Zorgkantoorregio Utrecht", "RIVM", "Regio Zuid, Noord en West"])
def test_an_organisation_is_the_publisher(author: str) -> None:
    """An author that is an organisation is the publisher."""
    assert publisher_of({"author": author}) == author


@pytest.mark.parametrize(
    ("document", "year"),
    [
        (raw(("Utrecht, december 2023", 11), title="Plan 2024"), 2023),
        (raw(("Versie 0.5, 19-05-2020", 11)), 2020),
        (raw(("In de brief van 3 mei 2019 over de toekomst van de zorg staat dat", 11), creationdate="D:2021"), 2021),
        (raw(title="Regioplan 2024-2025", creationdate="D:20000101000000+00'00'"), 2024),
        (raw(title="Zorg in 2040", creationdate="D:20220301"), 2022),
        (raw(title="Zorg in 2040"), 0),
        (raw(creationdate="D:20000101000000Z", moddate="D:20230405120000Z"), 2023),
        (raw(creationdate="D:20000302101500Z"), 2000),
        (raw(creationdate="gisteren"), 0),
    ],
)
def test_the_year_is_found(document: RawDocument, year: int) -> None:
    """A date on its own line, else a year in the title, else the metadata; a made-up midnight of 2000 is none."""
    assert year_of(document) == year


@pytest.mark.parametrize(
    "line", ["Doelen voor december 2030", "Gereed: eind maart 2030", "ambities per 1-1-2030", "Kader van 3 mei 2030"]
)
def test_a_date_that_a_line_speaks_of_is_not_the_year(line: str) -> None:
    """What must be ready by a date says nothing of the year of publication."""
    assert year_of(raw((line, 11), title="Regioplan 2024")) == 2024


@pytest.mark.parametrize(
    "line",
    [
        "mei 2024",
        "Den Haag, 3 mei 2024",
        "Datum: 03-05-2024",
        "Definitieve versie 1.2 | mei 2024",
        "Concept d.d. 3-5-2024",
        "’s-Hertogenbosch, dinsdag 3 mei 2024",
        "Alphen aan den Rijn – mei 2024",
        "Zorgkantoor Zilver & Goud, mei 2024",
    ],
)
def test_a_date_with_its_place_is_the_year(line: str) -> None:
    """Beside the date of a document stand its place, its publisher and its version."""
    assert year_of(raw((line, 11))) == 2024


def test_no_year_after_the_pdf_was_made() -> None:
    """A date by itself that lies after the making of the PDF is one that the document looks forward to."""
    assert year_of(raw(("december 2030", 11), creationdate="D:20240301101500Z")) == 2024
