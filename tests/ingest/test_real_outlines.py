"""Other government documents: a sensible outline for each, and no region where none is."""

import pytest

from ingest.errors import NoTextLayer
from ingest.pdf import read_pdf
from ingest.structure import Structure, structure
from tests.shared import SHARED, needs_shared

# Headings chosen from printed lists of what was found, not read from the page images: title, page, level.
OUTLINES: dict[str, list[tuple[str, int, int]]] = {
    "besluitenlijst-ministerraad.pdf": [("2. Hamerstukken", 1, 2), ("6. Voorbereiding NAVO-top", 3, 2)],
    "dpia.pdf": [("Inhoudsopgave", 4, 1), ("Gebruikte afkortingen", 8, 1), ("2. Persoonsgegevens", 12, 1)],
    "duidingsrapportage.pdf": [("Managementsamenvatting", 3, 2), ("Leeswijzer", 11, 3), ("De software", 35, 3)],
    "juridische-analyse.pdf": [("1 Inleiding", 3, 1), ("3 Conclusie", 10, 1)],
    "motie.pdf": [("Dierenwelzijn", 1, 2), ("MOTIE VAN DE LEDEN HOLMAN EN VAN CAMPEN", 1, 3)],
    "programma-van-eisen.pdf": [("1 Inleiding", 3, 1), ("4.2 Proces", 7, 2), ("5.1.4 Signaleren", 9, 3)],
    "undefined-unicodes.pdf": [("Inhoud", 1, 1), ("Inbreng van de leden van de D66-fractie", 4, 1)],
    "woo-bevindingen-ggd.pdf": [("BCO dashboard RIVM", 1, 2), ("Conclusies en mogelijke acties", 4, 2)],
}


def real(name: str) -> Structure:
    """A document as the program sees it."""
    raw = read_pdf(SHARED / "real" / name)
    return structure(raw, raw.metadata.get("title", ""), ())


@needs_shared
@pytest.mark.parametrize("name", OUTLINES)
def test_the_outline_is_sensible_and_no_region_invented(name: str) -> None:
    """Headings stand on their page at their level; no page speaks of a region or a theme of care."""
    found = real(name)
    headings = {(section.title, section.first_page, section.level) for section in found.sections}
    assert set(OUTLINES[name]) <= headings
    assert {region for page in found.pages for region in page.regions} == set()
    assert {theme for page in found.pages for theme in page.themes} == set()


@needs_shared
def test_a_scan_has_no_outline() -> None:
    """A file of pictures is refused with a reason; nothing is made up."""
    with pytest.raises(NoTextLayer):
        real("scan-zonder-tekst.pdf")
