"""Invented plans of real regions, each in a layout of its own, with what is true of every page and text.

A text begins with words of its own (its mark), by which its passage is found again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

PORTRAIT, LANDSCAPE = (595.0, 842.0), (960.0, 540.0)
AGEING, MENTAL, ACUTE = "Gezond ouder worden", "Mentale weerbaarheid en gezondheid", "Acute zorg"
PREVENTION, DIGITAL, CONTRACTS = "Preventie en voorlichting", "Digitale zorg", "Zorgcontractering"
REST = (
    "krijgt vorm in een werkgroep van huisartsen en de wijkverpleging.",
    "Zij leggen in het voorjaar een voorstel voor aan de bestuurders,",
    "zodat inwoners langer zelfstandig thuis kunnen blijven wonen.",
)


@dataclass(frozen=True, slots=True)
class Mark:
    """What is true of a text: the page on which it stands, its first words, its regions and its theme."""

    page: int
    words: str
    regions: tuple[str, ...]
    theme: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """A way to set a plan: draws it, and says what is true of its texts; `title` stands in the file's metadata."""

    name: str
    pages: tuple[Callable[["Pen"], None], ...]
    marks: tuple[Mark, ...]
    size: tuple[float, float] = PORTRAIT
    title: str = ""


class Pen:
    """Draws text at points from the left and from the top of a page."""

    def __init__(self, canvas: Canvas, height: float) -> None:
        self._canvas, self._height = canvas, height

    def write(self, x: float, y: float, text: str, size: float = 11, *, bold: bool = False) -> None:
        """Draw one line."""
        self._canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        self._canvas.drawString(x, self._height - y, text)

    def text(self, x: float, y: float, words: str, size: float = 11) -> None:
        """Draw a paragraph that begins with these words."""
        for index, line in enumerate((f"{words} {REST[0]}", *REST[1:])):
            self.write(x, y + 1.25 * size * index, line, size)


def make(layout: Layout, folder: Path) -> Path:
    """Write a layout's PDF."""
    path = folder / f"{layout.name}.pdf"
    canvas = Canvas(str(path), pagesize=layout.size, invariant=1)
    canvas.setTitle(layout.title)
    for page in layout.pages:
        page(Pen(canvas, layout.size[1]))
        canvas.showPage()
    canvas.save()
    return path


def _title_last() -> Layout:
    """Slides with rows whose title is drawn last."""
    names = ("Twente", "Zeeland", "Drenthe")
    themes = (PREVENTION, DIGITAL, CONTRACTS)

    def page(name: str) -> Callable[[Pen], None]:
        def draw(pen: Pen) -> None:
            for row, theme in enumerate(themes):
                pen.write(40, 130 + 110 * row, theme, bold=True)
                pen.text(260, 130 + 110 * row, f"Punt {row + 1} van {theme.split()[0].lower()}")
            pen.write(40, 60, f"Regiokaart zorgkantoorregio {name}: voorgenomen acties", 18, bold=True)

        return draw

    marks = [
        Mark(n, f"Punt {row + 1} van", (name,), theme)
        for n, name in enumerate(names, 1)
        for row, theme in enumerate(themes)
    ]
    return Layout("titel-laatst", tuple(page(name) for name in names), tuple(marks), LANDSCAPE)


def _two_slides() -> Layout:
    """Two slides, of two regions, on every page."""
    pairs = (("Groningen", "Friesland"), ("Nijmegen", "Waardenland"))

    def page(above: str, below: str) -> Callable[[Pen], None]:
        def draw(pen: Pen) -> None:
            for top, name in ((60, above), (460, below)):
                pen.write(50, top, f"Impactkaart zorgkantoorregio {name}: opgaven", 16, bold=True)
                pen.text(50, top + 40, f"De opgave in {name}")
                pen.write(50, top + 120, ACUTE, 13, bold=True)
                pen.text(50, top + 145, f"De acute keten in {name}")

        return draw

    marks = [
        mark
        for n, pair in enumerate(pairs, 1)
        for name in pair
        for mark in (
            Mark(n, f"De opgave in {name}", (name,)),
            Mark(n, f"De acute keten in {name}", (name,), ACUTE),
        )
    ]
    return Layout("twee-dia-s", tuple(page(*pair) for pair in pairs), tuple(marks))


def _covers() -> Layout:
    """Covers name the subregion, the pages after them do not."""
    names = {"Subregio Lekstroom": "Lekstroom", "Subregio Eemland": "Eemland", "Subregio Utrecht West": "Utrecht West"}
    pages: list[Callable[[Pen], None]] = []
    marks: list[Mark] = []
    for cover, name in names.items():
        pages.append(lambda pen, cover=cover: pen.write(80, 400, cover, 34, bold=True))  # type: ignore[misc]
        for theme in (AGEING, MENTAL):
            pages.append(_chapter(theme, f"Ons voornemen {len(pages)}"))
            marks.append(Mark(len(pages), f"Ons voornemen {len(pages) - 1}", (name,), theme))
    return Layout("omslagen", tuple(pages), tuple(marks), title="Regioplan Midden-Nederland")


def _chapter(heading: str, words: str) -> Callable[[Pen], None]:
    """A page with a heading over a text and one more paragraph."""

    def draw(pen: Pen) -> None:
        pen.write(60, 90, heading, 16, bold=True)
        pen.text(60, 130, words)
        pen.text(60, 210, "De uitvoering daarvan")

    return draw


def _running_header() -> Layout:
    """The region stands in a running header and nowhere else."""

    def page(number: int, theme: str) -> Callable[[Pen], None]:
        def draw(pen: Pen) -> None:
            pen.write(60, 30, "Regioplan Midden-Holland 2025-2028", 8)
            pen.write(520, 815, str(number), 8)
            _chapter(theme, f"Voornemen {number}")(pen)

        return draw

    themes = (AGEING, MENTAL, ACUTE, AGEING, ACUTE)
    marks = [Mark(n, f"Voornemen {n}", ("Midden-Holland",), theme) for n, theme in enumerate(themes, 1)]
    return Layout("kopregel", tuple(page(n, theme) for n, theme in enumerate(themes, 1)), tuple(marks))


def _two_columns() -> Layout:
    """Two columns under a title across, a theme above each text."""

    def draw(pen: Pen) -> None:
        pen.write(50, 60, "Regiobeeld Zuid-Limburg", 22, bold=True)
        for x, first, second in ((50, AGEING, MENTAL), (500, ACUTE, "Arbeidsmarkt")):
            for y, theme in ((110, first), (250, second)):
                pen.write(x, y, theme, 13, bold=True)
                pen.text(x, y + 25, f"Het deel over {theme.lower()}", size=8)

    marks = [
        Mark(1, f"Het deel over {theme.lower()}", ("Zuid-Limburg",), theme)
        for theme in (AGEING, MENTAL, ACUTE, "Arbeidsmarkt")
    ]
    return Layout("kolommen", (draw,), tuple(marks), LANDSCAPE)


def _merged_cells() -> Layout:
    """A table whose label cells span two rows of the column beside them, under a heading cell that spans all."""

    def page(name: str) -> Callable[[Pen], None]:
        def draw(pen: Pen) -> None:
            pen.write(40, 50, f"Factsheet regio {name}: resultaten", 18, bold=True)
            pen.write(40, 90, "Wat we doen, per onderwerp", 12, bold=True)
            for row, theme in enumerate((PREVENTION, DIGITAL, CONTRACTS)):
                pen.write(40, 130 + 130 * row, theme, bold=True)
                for part in (0, 1):
                    pen.text(260, 130 + 130 * row + 60 * part, f"Actie {row + 1}.{part + 1}")

        return draw

    names = ("Rotterdam", "Kennemerland", "Haaglanden")
    marks = [
        Mark(n, f"Actie {row + 1}.{part + 1}", (name,), theme)
        for n, name in enumerate(names, 1)
        for row, theme in enumerate((PREVENTION, DIGITAL, CONTRACTS))
        for part in (0, 1)
    ]
    return Layout("samengevoegde-cellen", tuple(page(name) for name in names), tuple(marks), LANDSCAPE)


def _no_region() -> Layout:
    """A national plan: names of regions stand in its sentences only."""

    def first(pen: Pen) -> None:
        pen.write(60, 90, "Landelijk programma passende zorg", 22, bold=True)
        pen.text(60, 140, "Het programma loopt in Twente en Zeeland en")

    def second(pen: Pen) -> None:
        _chapter(AGEING, "De landelijke aanpak")(pen)

    marks = (Mark(1, "Het programma loopt", ()), Mark(2, "De landelijke aanpak", (), AGEING))
    return Layout("zonder-regio", (first, second), marks)


def _municipality() -> Layout:
    """The title names a gemeente, the gemeente lies in one region."""

    def cover(pen: Pen) -> None:
        pen.write(60, 300, "Uitvoeringsplan gemeente Hengelo", 26, bold=True)

    marks = (Mark(2, "Ons plan", ("Twente",), AGEING), Mark(3, "Onze keuze", ("Twente",), MENTAL))
    pages = (cover, _chapter(AGEING, "Ons plan"), _chapter(MENTAL, "Onze keuze"))
    return Layout("gemeente", pages, marks, title="Uitvoeringsplan gemeente Hengelo")


def _side_menu() -> Layout:
    """Slides with a menu of all themes and regions at the side of every page."""
    menu = ("Start", "Amsterdam", "Apeldoorn/Zutphen", "Zeeland", "Twente", "Contact")

    def page(name: str, theme: str, number: int) -> Callable[[Pen], None]:
        def draw(pen: Pen) -> None:
            for index, entry in enumerate(menu):
                pen.write(20, 120 + 30 * index, entry, 9)
            pen.write(200, 50, f"Regio {name}: keuzes", 20, bold=True)
            pen.write(200, 100, theme, 14, bold=True)
            pen.text(200, 130, f"Keuze {number}")
            pen.text(200, 200, "De uitvoering daarvan")

        return draw

    held = [("Amsterdam", AGEING), ("Amsterdam", MENTAL), ("Zeeland", AGEING), ("Zeeland", ACUTE), ("Twente", MENTAL)]
    marks = [Mark(n, f"Keuze {n}", (name,), theme) for n, (name, theme) in enumerate(held, 1)]
    pages = [page(name, theme, n) for n, (name, theme) in enumerate(held, 1)]
    return Layout("zijmenu", tuple(pages), tuple(marks), LANDSCAPE)


def _numbered_chapters() -> Layout:
    """A report with a numbered chapter for every subregion."""

    def opening(pen: Pen) -> None:
        pen.write(60, 90, "1 Inleiding", 18, bold=True)
        pen.text(60, 130, "Dit rapport")

    def chapter(number: int, name: str) -> Callable[[Pen], None]:
        def draw(pen: Pen) -> None:
            pen.write(60, 90, f"{number} Subregio {name}", 18, bold=True)
            for part, theme in enumerate((AGEING, ACUTE), 1):
                pen.write(60, 20 + 150 * part, f"{number}.{part} {theme}", 13, bold=True)
                pen.text(60, 50 + 150 * part, f"Voornemen {number}-{part}")

        return draw

    names = ("Utrecht Stad", "Lekstroom", "Utrecht West")
    marks = [
        Mark(number, f"Voornemen {number}-{part}", (name,), theme)
        for number, name in enumerate(names, 2)
        for part, theme in enumerate((AGEING, ACUTE), 1)
    ]
    pages = [opening, *(chapter(number, name) for number, name in enumerate(names, 2))]
    marks = [Mark(1, "Dit rapport", ("Utrecht/Midden-Nederland",)), *marks]
    return Layout("hoofdstukken", tuple(pages), tuple(marks), title="Rapport regio Midden-Nederland")


def _file_title() -> Layout:
    """The region stands in the title of the file only."""
    marks = (Mark(1, "Ons begin", ("West-Brabant",), AGEING), Mark(2, "Ons vervolg", ("West-Brabant",), ACUTE))
    pages = (_chapter(AGEING, "Ons begin"), _chapter(ACUTE, "Ons vervolg"))
    return Layout("bestandstitel", pages, marks, title="Regioplan West-Brabant 2026")


def _rows_of_regions() -> Layout:
    """A table with a region in the first column of every row."""
    names = ("Drenthe", "Friesland", "Groningen", "Flevoland")

    def draw(pen: Pen) -> None:
        pen.write(40, 50, "Stand van zaken per regio", 18, bold=True)
        for row, name in enumerate(names):
            pen.write(40, 110 + 90 * row, name, bold=True)
            pen.text(240, 110 + 90 * row, f"Stand {row + 1}")

    marks = [Mark(1, f"Stand {row + 1}", (name,)) for row, name in enumerate(names)]
    return Layout("rijen-met-regio-s", (draw,), tuple(marks), LANDSCAPE)


def _carried() -> Layout:
    """Chapters of several pages; a sentence about a neighbour does not change the region."""

    def start(name: str, number: int) -> Callable[[Pen], None]:
        def draw(pen: Pen) -> None:
            pen.write(60, 80, f"Zorgkantoorregio {name}", 24, bold=True)
            pen.write(60, 120, MENTAL, 14, bold=True)
            pen.text(60, 150, f"Start {number}")

        return draw

    def go_on(number: int, other: str) -> Callable[[Pen], None]:
        def draw(pen: Pen) -> None:
            pen.text(60, 90, f"Vervolg {number}")
            pen.text(60, 170, f"Samen met buurregio {other} afstemmen")

        return draw

    pages = (start("Zuid-Holland Noord", 1), go_on(2, "Haaglanden"), start("Midden-Brabant", 3), go_on(4, "Zeeland"))
    marks = (
        Mark(1, "Start 1", ("Zuid-Holland Noord",), MENTAL),
        Mark(2, "Vervolg 2", ("Zuid-Holland Noord",), MENTAL),
        Mark(2, "Samen met", ("Zuid-Holland Noord",), MENTAL),
        Mark(3, "Start 3", ("Midden-Brabant",), MENTAL),
        Mark(4, "Vervolg 4", ("Midden-Brabant",), MENTAL),
        Mark(4, "Samen met", ("Midden-Brabant",), MENTAL),
    )
    return Layout("vervolgpagina-s", pages, marks)


LAYOUTS: Sequence[Layout] = (
    _title_last(), _two_slides(), _covers(), _running_header(), _two_columns(), _merged_cells(), _no_region(),
    _municipality(), _side_menu(), _numbered_chapters(), _file_title(), _rows_of_regions(), _carried(),
)  # fmt: skip
