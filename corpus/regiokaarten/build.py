"""Typeset the region cards: `python -m corpus.regiokaarten.build` writes a PDF beside every text source.

The same sources give the same bytes: no clock, no random identifiers, one font that reportlab brings along.
"""

import io
import sys
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, KeepTogether, PageTemplate, Paragraph

from corpus.regiokaarten.cards import FOLDER, MARK, BadCard, Card, Item, read_card, sources

CATALOGUE = FOLDER.parent / "documents.toml"
MARKER = (
    "# Hieronder staan de regiokaarten. Dit deel schrijft corpus/regiokaarten/build.py; wijzig het niet met de hand."
)
# fmt: off
MONTHS = ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
          "november", "december"]
# fmt: on
# Bitstream Vera may be embedded and passed on by anyone; reportlab carries it, so a build needs no font installed.
REGULAR, BOLD = "Vera", "VeraBd"
NO_BREAK = "\N{NO-BREAK SPACE}"
INK, SOFT, RULE = HexColor("#1a1a1a"), HexColor("#595959"), HexColor("#154273")
SIDE, TOP, BOTTOM = 20 * mm, 22 * mm, 20 * mm

# A card is set in the first size that leaves no stub of a last page; half a point is not seen, an empty page is.
SIZES = (10.5, 10.0, 11.0, 11.5, 9.5)
STUB = 0.2
# Text encoding of streams makes the files a quarter larger and serves only seven-bit mail.
rl_config.useA85 = 0
NO_OFFICIAL_TEXT = "samenvatting, geen officiële tekst"
LEVELS = {"title": 0, "chapter": 1, "theme": 2}


class Sheet(BaseDocTemplate):  # type: ignore[misc]  # reportlab ships no types
    """A document that marks every page and lists its headings as bookmarks."""

    def __init__(self, target: io.BytesIO, card: Card) -> None:
        """Set up A4 pages for one card."""
        super().__init__(
            target,
            pagesize=A4,
            invariant=1,
            lang="nl",
            pageCompression=1,
            initialFontName=REGULAR,
            title=card.title,
            author="Regiowijzer",
            subject=f"{MARK}. {card.region}.",
            creator="Regiowijzer",
            displayDocTitle=True,
        )
        self.card = card
        self.headings = 0
        self.filled = 0.0
        frame = Frame(SIDE, BOTTOM, A4[0] - 2 * SIDE, A4[1] - TOP - BOTTOM, 0, 0, 0, 0)
        self.addPageTemplates([PageTemplate("page", [frame], onPage=self.mark)])

    def beforeDocument(self) -> None:
        """Date the file as the card: invariant mode would say 2000, and the clock would make every build differ."""
        self.canv.setDateFormatter(lambda *_: f"D:{self.card.date:%Y%m%d}000000Z")

    def mark(self, canvas: Canvas, _: BaseDocTemplate) -> None:
        """Write on the page what it is, from what, and from when."""
        canvas.saveState()
        canvas.setFillColor(SOFT)
        canvas.setFont(BOLD, 8)
        canvas.drawString(SIDE, A4[1] - 13 * mm, MARK)
        canvas.setFont(REGULAR, 8)
        canvas.drawRightString(A4[0] - SIDE, A4[1] - 13 * mm, long_date(self.card))
        canvas.drawString(
            SIDE, 11 * mm, f"Bron: {'; '.join(self.card.sources.values())}. Achter elk punt staat de bladzijde."
        )
        canvas.drawRightString(A4[0] - SIDE, 11 * mm, str(canvas.getPageNumber()))
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(0.6)
        canvas.line(SIDE, A4[1] - 15 * mm, A4[0] - SIDE, A4[1] - 15 * mm)
        canvas.restoreState()

    def afterFlowable(self, flowable: Flowable) -> None:
        """Give a heading its bookmark, and note how much of the page is filled."""
        if self.frame is not None:  # between two pages there is none
            self.filled = 1 - (self.frame._y - BOTTOM) / (A4[1] - TOP - BOTTOM)
        level = LEVELS.get(getattr(getattr(flowable, "style", None), "name", ""))
        if level is None:
            return
        self.headings += 1
        key = f"h{self.headings}"
        self.canv.bookmarkPage(key)
        self.canv.addOutlineEntry(flowable.getPlainText(), key, level, closed=False)


def long_date(card: Card) -> str:
    """Write the card's date as Dutch readers do: 22 november 2026."""
    return f"{card.date.day} {MONTHS[card.date.month - 1]} {card.date.year}"


def reference(card: Card, item: Item) -> str:
    """Say where a fact stands and, when its page is about a wider region, about which; a lone source is not named."""
    document = item.document if len(card.sources) > 1 else ""
    page = f"p. {item.page}".replace(" ", NO_BREAK)
    return f"({', '.join(filter(None, [card.shared.get(item.page, ''), document, page]))})"


def styles(size: float) -> dict[str, ParagraphStyle]:
    """Make the four styles around a size of body text; headings are told by size, so they grow with it."""
    heading = {"fontName": BOLD, "textColor": RULE}
    fact = {"fontName": REGULAR, "bulletFontName": REGULAR, "textColor": INK, "leftIndent": 12, "spaceAfter": 3}
    theme = {"fontName": BOLD, "textColor": INK, "spaceBefore": 8, "spaceAfter": 3}
    return {
        "title": ParagraphStyle("title", fontSize=18, leading=23, spaceAfter=3, **heading),
        "chapter": ParagraphStyle("chapter", fontSize=14, leading=19, spaceBefore=12, spaceAfter=2, **heading),
        "theme": ParagraphStyle("theme", fontSize=size * 1.1, leading=size * 1.52, **theme),
        "fact": ParagraphStyle("fact", fontSize=size, leading=size * 1.43, **fact),
    }


def story(card: Card, style: dict[str, ParagraphStyle]) -> Iterator[Flowable]:
    """Yield the card's headings and facts, a heading never torn off its first fact."""
    opening = [Paragraph(escape(card.title), style["title"])]
    opening.append(Paragraph("Verwachte ontwikkelingen", style["chapter"]))
    yield from _block(card, card.developments, style, opening)
    for chapter, table in (
        ("Voorgenomen activiteiten", card.activities),
        ("Plannen voor sectoren en doelgroepen", card.groups),
    ):
        opening = [Paragraph(chapter, style["chapter"])]
        for heading, items in table.items():
            yield from _block(card, items, style, [*opening, Paragraph(escape(heading), style["theme"])])
            opening = []


def _block(
    card: Card, items: Sequence[Item], style: dict[str, ParagraphStyle], headings: Sequence[Flowable]
) -> Iterator[Flowable]:
    facts = [Paragraph(f"{escape(item.text)} {reference(card, item)}", style["fact"], bulletText="•") for item in items]
    yield KeepTogether([*headings, facts[0]])
    yield from facts[1:]


def typeset(card: Card) -> bytes:
    """Make a card's PDF. Raises BadCard for a character that the font lacks."""
    for name, file in ((REGULAR, "Vera.ttf"), (BOLD, "VeraBd.ttf")):
        pdfmetrics.registerFont(TTFont(name, file))
    glyphs = pdfmetrics.getFont(REGULAR).face.charToGlyph
    if missing := {c for item in card.items for c in item.text if ord(c) not in glyphs}:
        raise BadCard(f"{card.path.name}: het lettertype kent het teken {min(missing)!r} niet; schrijf het anders")
    attempts = []
    for size in SIZES:
        filled, data = _typeset(card, size)
        if filled >= STUB:
            return data
        attempts.append((filled, data))
    return max(attempts, key=lambda attempt: attempt[0])[1]


def _typeset(card: Card, size: float) -> tuple[float, bytes]:
    """Make the PDF in one size; return also how full its last page is, 0 for a card of a single page."""
    target = io.BytesIO()
    sheet = Sheet(target, card)
    sheet.build(list(story(card, styles(size))))
    return (sheet.filled if sheet.page > 1 else 0.0), target.getvalue()


def catalogue(cards: Sequence[Card], before: str) -> str:
    """Renew the cards' entries in documents.toml; what people wrote above the marker stays."""
    head = before.partition(MARKER)[0].rstrip() + "\n\n" if before.partition(MARKER)[0].strip() else ""
    return head + MARKER + "\n" + "".join(_entry(card) for card in cards)


def _entry(card: Card) -> str:
    # A citation is all that a reader of a memo sees of a card, so it says there what a card is not.
    return (
        f'\n[[document]]\nfile = "{card.path.stem}.pdf"\ntitle = "{card.title} ({NO_OFFICIAL_TEXT})"\n'
        'publisher = "Regiowijzer"\n'
        f'year = {card.date.year}\nkind = "regiokaart"\nregions = ["{card.region}"]\n'
    )


def write(folder: Path = FOLDER, entries: Path = CATALOGUE) -> list[Path]:
    """Write every card's PDF beside its source and its entry in documents.toml; return the PDFs."""
    cards = [read_card(path) for path in sources(folder)]
    for card in cards:
        card.path.with_suffix(".pdf").write_bytes(typeset(card))
    before = entries.read_text(encoding="utf-8") if entries.exists() else ""
    entries.write_text(catalogue(cards, before), encoding="utf-8")
    return [card.path.with_suffix(".pdf") for card in cards]


def main() -> int:
    """Build every card; say which source is at fault when one is."""
    try:
        made = write()
    except BadCard as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{len(made)} regiokaarten gemaakt in {FOLDER}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
