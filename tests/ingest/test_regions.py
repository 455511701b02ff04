"""Which region a page speaks of: made-up layouts with real region names, and the real plans."""

from collections.abc import Sequence

import pytest

from ingest.document import Line
from ingest.regions import RegionSpan, attribute
from tests.ingest.regional import Sheet, expected, real_pages
from tests.shared import needs_shared

UTRECHT = "Utrecht/Midden-Nederland"
LARGE_TITLE = 16.0


def spans_of(*sheets: Sheet, title: str = "", regions: Sequence[str] = ()) -> list[list[RegionSpan]]:
    """Attribute made-up pages."""
    return attribute([sheet.lines for sheet in sheets], title, regions)


def names(page: Sequence[RegionSpan]) -> list[str]:
    """The regions of a page, sorted."""
    return sorted({attribution.region for span in page for attribution in span.attributions})


def test_a_title_above_its_text() -> None:
    """A title gives its page the region, with the title as evidence."""
    [page] = spans_of(Sheet().large("Regiokaart zorgkantoorregio Twente: wat er verandert").text())
    assert names(page) == ["Twente"]
    attribution = page[0].attributions[0]
    assert (page[0].first_line, attribution.page) == (0, 1)
    assert attribution.evidence == "Regiokaart zorgkantoorregio Twente: wat er verandert"
    assert attribution.confidence > 0.9


def test_a_title_drawn_last() -> None:
    """A title at the end of the stream that stands above the text holds from the page's first line."""
    sheet = Sheet().text().text().at(30, "Regiokaart zorgkantoorregio Zeeland: acties", size=LARGE_TITLE)
    [page] = spans_of(sheet)
    assert [(span.first_line, names([span])) for span in page] == [(0, ["Zeeland"])]


def test_a_title_over_three_lines() -> None:
    """A title that breaks inside the region's name is read as one."""
    kop = (
        "Regiokaart ROAZ Noord-Holland/Flevoland subregio Zaanstreek-",
        "Waterland: verwachte gevolgen van de",
        "acties",
    )
    [page] = spans_of(Sheet().large(*kop).text())
    assert names(page) == ["ROAZ Noord-Holland/Flevoland (Zaanstreek-Waterland)"]


def test_two_slides_on_a_page() -> None:
    """Two regions on a page are split at the line where the second begins."""
    sheet = Sheet().text("Regiokaart ROAZ-regio Limburg: opgaven").text().text("14")
    second = len(sheet.lines)
    sheet.text("Regiokaart ROAZ-regio Oost: opgaven").text()
    [page] = spans_of(sheet)
    assert [(span.first_line, names([span])) for span in page] == [(0, ["ROAZ Limburg"]), (second, ["ROAZ Oost"])]


def test_a_second_slide_whose_title_comes_last() -> None:
    """A title with nothing beneath it holds from the recurring first line of its slide."""
    top = "Resultaten per thema in deze regio"
    ordinary = [
        Sheet().text(top).text().at(30, f"Kaart zorgkantoorregio {name}: acties")
        for name in ("Twente", "Drenthe", "Zeeland")
    ]
    crowded = Sheet().text("Kaart zorgkantoorregio Groningen: opgaven").text()
    start = len(crowded.lines)
    crowded.text(top).text().text("Kaart zorgkantoorregio Friesland: acties")
    pages = spans_of(*ordinary, crowded)
    assert [(span.first_line, names([span])) for span in pages[3]] == [(0, ["Groningen"]), (start, ["Friesland"])]


def test_covers_only() -> None:
    """What a cover says is carried down to the next cover, with less confidence on every page."""
    sheets = [
        Sheet().large("Subregio Lekstroom"),
        Sheet().text(),
        Sheet().text(),
        Sheet().large("Eemland"),
        Sheet().text(),
    ]
    pages = spans_of(*sheets)
    assert [names(page) for page in pages] == [["Lekstroom"]] * 3 + [["Eemland"]] * 2
    first, second, third = (page[0].attributions[0] for page in pages[:3])
    assert first.confidence > second.confidence > third.confidence
    assert (third.evidence, third.page) == ("Subregio Lekstroom", 1)


def test_a_cover_at_the_foot_of_the_page_before() -> None:
    """A name that stands alone at the end of a page begins the next part there."""
    sheet = Sheet().text().text()
    cover = len(sheet.lines)
    sheet.text("Utrecht West")
    pages = spans_of(Sheet().large("Lekstroom"), sheet, Sheet().text())
    assert [span.first_line for span in pages[1]] == [0, cover]
    assert [names(page) for page in pages] == [["Lekstroom"], ["Lekstroom", "Utrecht West"], ["Utrecht West"]]


def test_running_headers_with_the_region() -> None:
    """A header on every page gives every page its region, chapter by chapter."""
    sheets = [
        Sheet().at(20, f"Regioplan {name}", size=8).text().at(800, str(n))
        for n, name in enumerate(["Drenthe"] * 4 + ["Twente"] * 3)
    ]
    assert [names(page) for page in spans_of(*sheets)] == [["Drenthe"]] * 4 + [["Twente"]] * 3


def test_footers_that_name_an_organisation_of_the_region() -> None:
    """A footer on all pages makes the document one about its region."""
    sheets = [Sheet().text().at(800, f"Jaarplan Samen Sterker Eemland 2026 {n}", size=8) for n in range(5)]
    assert [names(page) for page in spans_of(*sheets)] == [["Eemland"]] * 5


@pytest.mark.parametrize("where", [20, 800])
@pytest.mark.parametrize(
    "text", ["Rotterdam", "Stichting Welzijn Rotterdam", "Rotterdam, mei 2026", "Coolsingel, Rotterdam"]
)
def test_a_town_in_a_running_line_is_no_region(text: str, where: int) -> None:
    """It says where an office stands, at the top or the foot of every other page."""
    sheets = [Sheet().text().at(where, text if n % 2 else "", size=8).at(780, f"{n}") for n in range(8)]
    assert [names(page) for page in spans_of(*sheets)] == [[]] * 8


def test_a_plan_in_a_running_line_is_about_its_town() -> None:
    """And names of towns that change with the chapter are those of regions."""
    sheets = [Sheet().text().at(800, "Regioplan Rotterdam 2026", size=8) for _ in range(4)]
    assert [names(page) for page in spans_of(*sheets)] == [["Rotterdam"]] * 4
    towns = [Sheet().at(20, name, size=8).text() for name in ["Groningen"] * 3 + ["Nijmegen"] * 3]
    assert [names(page) for page in spans_of(*towns)] == [["Groningen"]] * 3 + [["Nijmegen"]] * 3


def test_a_part_of_the_whole_plan_ends_a_subregion() -> None:
    """'Deel 1: …' is about the region of the document again; a large title may say at length what it is about."""
    long = "Lekstroom – leidende principes als basis en realisatie door middel van vijf inhoudelijke thema's"
    pages = spans_of(
        Sheet().large(long).text().text("Deel 1: Samenvatting").text(), Sheet().text(), title="Plan Midden-Nederland"
    )
    assert [names(page) for page in pages] == [["Lekstroom", "Utrecht/Midden-Nederland"], ["Utrecht/Midden-Nederland"]]


def test_a_plan_without_any_region() -> None:
    """A plan that names no region in a title gets none."""
    pages = spans_of(Sheet().large("Samen vooruit").text(), Sheet().large("Aanpak").text(), title="Samen vooruit")
    assert pages == [[], []]


def test_a_mention_in_running_text_gives_no_region() -> None:
    """Running text may mention a region as often as it likes."""
    sheet = Sheet().large("Wachttijden").text("In de regio Twente nam de wachttijd toe, in Drenthe juist niet.")
    sheet.text("• Almelo en Enschede in Twente werken samen", "• Ook Zwolle doet mee")
    assert spans_of(sheet, Sheet().text()) == [[], []]


def test_two_regions_in_one_title() -> None:
    """A title that names two regions gives both."""
    [page] = spans_of(Sheet().large("Regiokaart zorgkantoorregio's Twente en Drenthe: samen verder").text())
    assert names(page) == ["Drenthe", "Twente"]


def test_a_parent_with_its_subregions_together() -> None:
    """A title about a region's subregions together lists them, not the region."""
    [page] = spans_of(Sheet().large("Kaart zorgkantoorregio West-Brabant (twee regio’s samen): doelgroepen").text())
    assert names(page) == ["West-Brabant (Oost)", "West-Brabant (West)"]


def test_a_list_of_regions_is_no_title() -> None:
    """A table of contents with region names, also one that runs on to the next page, gives no region."""
    contents = Sheet().large("Inhoud").text("Twente").text("Drenthe").text("Zeeland").text("Groningen")
    rest = Sheet().text("Friesland").text().text()
    assert spans_of(contents, rest) == [[], []]


def test_rows_of_a_table_by_region() -> None:
    """Names in a table's first column, with text beside them, give each row its region."""
    sheet = Sheet().large("Wachttijden")
    rows = []
    for y, name in ((200, "Twente"), (260, "Drenthe"), (320, "Zeeland")):
        rows.append(len(sheet.lines))
        sheet.at(y, name).at(y, "wachttijden stijgen hier al jaren achter elkaar", x=200)
    [page] = spans_of(sheet)
    assert [span.first_line for span in page] == rows
    assert names(page) == ["Drenthe", "Twente", "Zeeland"]


def test_the_document_title_gives_every_page_its_region() -> None:
    """A title that names one region, or a catalogue that lists one, holds on all pages."""
    sheets = [Sheet().text(), Sheet().large("Aanpak").text()]
    assert [names(page) for page in spans_of(*sheets, title="Regioplan Midden-Holland")] == [["Midden-Holland"]] * 2
    assert [names(page) for page in spans_of(*sheets, regions=["Zeeland"])] == [["Zeeland"]] * 2


def test_other_regions_in_a_plan_about_one() -> None:
    """In a plan about one region a heading that only names a neighbour changes nothing; a stated title does."""
    sheets = [
        Sheet().large("Samenwerking met Lekstroom").text(),
        Sheet().large("Kaart zorgkantoorregio Twente: cijfers").text(),
    ]
    pages = spans_of(*sheets, title="Plannen Zuidoost Utrecht")
    assert [names(page) for page in pages] == [["Zuidoost Utrecht"], ["Twente"]]


def test_the_regional_part_of_a_plan() -> None:
    """'Regionaal' is the region's own part where subregions have theirs, and an ordinary word elsewhere."""
    sheets = [Sheet().large("Voorwoord").text(), Sheet().large("Regionaal"), Sheet().text(), Sheet().large("Eemland")]
    assert [names(p) for p in spans_of(*sheets, title="Regioplan Utrecht")] == [
        [UTRECHT],
        ["Regionaal"],
        ["Regionaal"],
        ["Eemland"],
    ]
    assert spans_of(*sheets[:3], title="Regioplan Samen") == [[], [], []]


def test_a_chapter_page_ends_what_was_carried() -> None:
    """A page with only a large heading that names no region leads back to the document's own region."""
    sheets = [
        Sheet().large("Eemland – prioriteiten").text(),
        Sheet().text(),
        Sheet().large("Landelijke randvoorwaarden"),
        Sheet().text(),
    ]
    pages = spans_of(*sheets, title="Regioplan Midden-Nederland")
    assert [names(page) for page in pages] == [["Eemland"], ["Eemland"], [UTRECHT], [UTRECHT]]


def test_a_title_in_the_second_column() -> None:
    """A title halfway holds for the whole page when the text above it already speaks of its region."""
    above = Sheet().text("In Lekstroom bereidt iedereen zich voor op het ouder worden, en Lekstroom zet in op:")
    above.text("Lekstroom – prioriteiten").text()
    pages = spans_of(Sheet().large("Eemland – prioriteiten").text(), above, title="Regioplan Utrecht")
    assert [names(page) for page in pages] == [["Eemland"], ["Lekstroom"]]


def test_bare_names_in_a_plan_of_a_roaz_region() -> None:
    """In a plan about a ROAZ region a bare name on a cover means the part of that ROAZ region."""
    sheets = [Sheet().large("Kennemerland"), Sheet().text()]
    pages = spans_of(*sheets, title="ROAZ-plan Noord-Holland/Flevoland")
    assert [names(page) for page in pages] == [["ROAZ Noord-Holland/Flevoland (Kennemerland)"]] * 2


def test_a_misspelled_title() -> None:
    """A typing error in a title does not lose its page."""
    [page] = spans_of(Sheet().large("Kaart zorgkantoorregio Kenemerland: opgaven").text())
    assert names(page) == ["Kennemerland"]


def test_empty_pages() -> None:
    """A page without lines inherits, and a document without pages has none."""
    empty: list[Line] = []
    assert attribute([], "", ()) == []
    pages = attribute([Sheet().large("Regio Twente").lines, empty, Sheet().text().lines], "", ())
    assert [names(page) for page in pages] == [["Twente"]] * 3


@needs_shared
@pytest.mark.parametrize(
    ("title", "least"),
    [("Bijlage 3: Impactkaart per regio", 0.98), ("Regioplan Midden Nederland – Deel 2 Totaaldocument", 0.93)],
)
def test_the_real_plans(title: str, least: float) -> None:
    """On the real plans the set of regions is right on nearly every page."""
    found = [names(page) for page in attribute(real_pages(title), title, ())]
    truth = expected(title, "regions")
    assert len(found) == len(truth)
    assert sum(ours == theirs for ours, theirs in zip(found, truth, strict=True)) / len(truth) >= least


COVER = Sheet().large("Handreiking zorg").text()


@pytest.mark.parametrize(
    "sheets",
    [
        [Sheet().large("Handreiking zorg").text("Rotterdam").text("mei 2024")],
        [Sheet().large("Handreiking zorg").text().large("Rotterdam").text("3 mei 2024")],
        [Sheet().large("Handreiking zorg").text("Utrecht – mei 2024")],
        [Sheet().large("Handreiking zorg").text().at(780, "Amsterdam")],
        [COVER, Sheet().text().text("Zwolle").text("Namens het bestuur")],
        [COVER, Sheet().text().text("Postbus 20350").text("Utrecht")],
        [COVER, Sheet().text().text("3011 AB").text("Rotterdam")],
    ],
    ids=["cover", "large", "dash", "foot", "signature", "postbus", "postcode"],
)
def test_a_place_of_publication_is_no_region(sheets: list[Sheet]) -> None:
    """The town where something was written, signed or published gives no page its region."""
    assert [names(page) for page in spans_of(*sheets, Sheet().text(), Sheet().text())] == [[]] * (len(sheets) + 2)


@pytest.mark.parametrize("first", [Sheet().large("Rotterdam").text(), Sheet().text("Subregio Rotterdam").text()])
def test_a_town_with_support_is_a_region(first: Sheet) -> None:
    """In large type, or called a region, the name of a town heads a part about that region."""
    assert [names(page) for page in spans_of(first, Sheet().text())] == [["Rotterdam"]] * 2


def test_a_town_that_titles_two_pages_is_a_region() -> None:
    """In small type the name of a town counts when it is a title again on another page."""
    first, second = Sheet().text("Zeeland").text(), Sheet().text("Rotterdam").text()
    assert [names(page) for page in spans_of(first, second, Sheet().text(), second)][1:] == [["Rotterdam"]] * 3
