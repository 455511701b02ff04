"""The typeset cards: up to date, marked, and telling what they are."""

import re
import tomllib
import zlib
from functools import cache
from pathlib import Path

import pytest

from corpus.regiokaarten.cards import FOLDER, MARK, BadCard, Card, read_card, sources
from ingest.pdf import RawDocument, read_pdf
from tests.corpus.test_cards import SOURCE, write

pytest.importorskip("reportlab", reason="reportlab typesets the cards; it comes with requirements-test.lock")
from corpus.regiokaarten.build import catalogue, long_date, reference, typeset
from corpus.regiokaarten.build import write as build

CARDS = [read_card(path) for path in sources()]
EVERY_CARD = pytest.mark.parametrize("card", CARDS, ids=lambda card: card.path.stem)


def streams(data: bytes) -> list[bytes]:
    """Unpack a PDF's streams: another build of zlib packs the same words in other bytes."""
    found = re.findall(rb"[^d]stream\r?\n(.*?)endstream", data, re.DOTALL)
    return [zlib.decompressobj().decompress(packed) for packed in found]


@cache
def typeset_card(stem: str) -> RawDocument:
    """Read a card's PDF, once for all tests."""
    return read_pdf(FOLDER / f"{stem}.pdf")


def words(raw: RawDocument) -> list[str]:
    """Each page's words in one line, spaces evened out."""
    return [" ".join(" ".join(line.text for line in page.lines).split()) for page in raw.pages]


@EVERY_CARD
def test_a_card_has_its_pdf(card: Card) -> None:
    """The PDF beside a source is what that source gives, so nobody reads an old card."""
    packed = streams(card.path.with_suffix(".pdf").read_bytes())
    assert len(packed) >= 4  # two pages and two fonts
    assert packed == streams(typeset(card))


def test_the_same_source_gives_the_same_bytes() -> None:
    """Typesetting twice gives identical files."""
    assert typeset(CARDS[0]) == typeset(CARDS[0])


@EVERY_CARD
def test_every_page_is_marked(card: Card) -> None:
    """Each page says that it is our summary, of which source, and of what day; a card has two to four pages."""
    pages = words(typeset_card(card.path.stem))
    assert 2 <= len(pages) <= 4
    for page in pages:
        assert MARK in page
        assert long_date(card) in page
        assert all(title in page for title in card.sources.values())


@EVERY_CARD
def test_a_pdf_says_what_it_is(card: Card) -> None:
    """A card's PDF has a title, Dutch as its language, a bookmark for every heading, and stays under 60 kB."""
    raw = typeset_card(card.path.stem)
    data = card.path.with_suffix(".pdf").read_bytes()
    titles = [mark.title for mark in raw.bookmarks]
    assert raw.metadata["title"] == card.title
    assert titles[:2] == [card.title, "Verwachte ontwikkelingen"]
    assert set(card.activities) | set(card.groups) <= set(titles)
    assert b"/Lang (nl)" in data
    assert len(data) < 60_000


@EVERY_CARD
def test_a_pdf_is_dated_as_its_card(card: Card) -> None:
    """The file's date is the card's, whenever it was built."""
    assert typeset_card(card.path.stem).metadata["creationdate"].startswith(f"D:{card.date:%Y%m%d}")


def test_a_fact_about_a_wider_region_says_so(tmp_path: Path) -> None:
    """What a source says of several regions together is marked as such at each fact from that page."""
    card = read_card(write(tmp_path, f'shared = {{ 1 = "hele Waddenkust" }}\n{SOURCE}'))
    assert [" ".join(reference(card, item).split()) for item in card.items] == ["(hele Waddenkust, p. 1)", "(p. 2)"]


@EVERY_CARD
def test_every_fact_stands_on_its_card(card: Card) -> None:
    """A card's pages hold every fact of its source, followed by the page it comes from."""
    text = "".join(letter for page in typeset_card(card.path.stem).pages for line in page.lines for letter in line.text)
    text = "".join(text.split())
    for item in card.items:
        assert "".join(f"{item.text}{reference(card, item)}".split()) in text


def test_documents_toml_describes_every_card() -> None:
    """documents.toml holds exactly the entries that the sources give, below the line that marks them."""
    text = (FOLDER.parent / "documents.toml").read_text(encoding="utf-8")
    assert catalogue(CARDS, text) == text
    assert {entry["file"] for entry in tomllib.loads(text)["document"]} >= {f"{card.path.stem}.pdf" for card in CARDS}


def test_entries_above_the_line_are_kept() -> None:
    """Renewing the cards' entries leaves what people wrote above them."""
    own = '[[document]]\nfile = "eigen.pdf"\n'
    once = catalogue(CARDS[:1], own)
    assert once.startswith(own)
    assert catalogue(CARDS[:1], once) == once


def test_a_build_writes_pdfs_and_entries(tmp_path: Path) -> None:
    """A build puts a PDF beside every source and an entry in documents.toml."""
    write(tmp_path, SOURCE)
    made = build(tmp_path, tmp_path / "documents.toml")
    assert made == [tmp_path / "regiokaart-waddenhoek.pdf"]
    assert "Er komt een Waddenloket." in words(read_pdf(made[0]))[0]
    entry = tomllib.loads((tmp_path / "documents.toml").read_text(encoding="utf-8"))["document"][0]
    assert entry["title"] == "Regiokaart zorgkantoorregio Waddenhoek (samenvatting, geen officiële tekst)"
    assert (entry["publisher"], entry["year"], entry["kind"]) == ("Regiowijzer", 2026, "regiokaart")


def test_a_character_without_glyph_is_refused(tmp_path: Path) -> None:
    """A character that the font cannot draw is refused instead of printed as a box."""
    with pytest.raises(BadCard, match="kent het teken '☂' niet"):
        typeset(read_card(write(tmp_path, SOURCE.replace("Waddenloket", "☂"))))
