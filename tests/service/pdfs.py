"""PDFs that the tests make themselves."""

from collections.abc import Sequence
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

VALPREVENTIE = "Ouderen in het dorp volgen in het buurthuis een cursus valpreventie van tien lessen."
BEELDBELLEN = "De wijkverpleging gaat beeldbellen met clienten die ver van het dorp wonen."


def make_pdf(path: Path, pages: Sequence[tuple[str, Sequence[str]]], title: str = "Plan Proefdorp") -> Path:
    """Draw pages, each a heading with paragraphs of one line; a page without both has no text."""
    canvas = Canvas(str(path), pagesize=A4, invariant=True)
    canvas.setTitle(title)
    for heading, paragraphs in pages:
        canvas.setFont("Helvetica-Bold", 18)
        canvas.drawString(72, 770, heading)
        canvas.setFont("Helvetica", 11)
        for row, paragraph in enumerate(paragraphs):
            canvas.drawString(72, 730 - 40 * row, paragraph)
        canvas.showPage()
    canvas.save()
    return path


def make_corpus(folder: Path) -> Path:
    """A folder with a plan of two pages, a brochure of one, and a file that is no PDF inside."""
    folder.mkdir(parents=True)
    make_pdf(folder / "plan proefdorp.pdf", [("Valpreventie", [VALPREVENTIE]), ("Digitale zorg", [BEELDBELLEN])])
    tekort = "In 2030 zijn er 120 extra verpleegkundigen nodig."
    make_pdf(folder / "brochure.pdf", [("Arbeidsmarkt", [tekort])], "Brochure")
    (folder / "kapot.pdf").write_bytes(b"dit is geen pdf")
    return folder
