"""The pages work without script, say what was searched, and show text from documents as text."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient

from ingest.document import Cell
from service import schemas
from service.forms import passage_form
from service.pages import STATIC, mark_segments, table_rows
from tests.service.conftest import make_client
from tests.service.fakes import FILE, HOSTILE, fake_library, make_documents

VOID = {"meta", "link", "input", "br", "img"}


class Outline(HTMLParser):
    """What a test wants to know of a page: tags that do not close, ids, labels, headings and addresses."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.labelled: list[str] = []
        self.headings: list[int] = []
        self.addresses: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.tags.append((tag, named))
        self.ids += [named["id"] or ""] if "id" in named else []
        self.labelled += [named["for"] or ""] if "for" in named else []
        self.addresses += [value or "" for name, value in attrs if name in {"href", "src", "action"}]
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes something else"


PAGES = ["/", "/?q=huisarts", "/?q=maanlanding", "/?q=huisarts&region=Atlantis", "/documenten", "/niets"]


@pytest.mark.parametrize("path", PAGES)
def test_page_is_well_formed(client: TestClient, path: str) -> None:
    """Every tag closes, ids are unique, one h1, and no heading level is skipped."""
    outline = Outline(client.get(path).text)
    assert outline.open == []
    assert len(outline.ids) == len(set(outline.ids))
    assert outline.headings.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(outline.headings, outline.headings[1:], strict=False))


@pytest.mark.parametrize("path", PAGES)
def test_page_needs_nothing_but_this_host(client: TestClient, path: str) -> None:
    """No inline script or style, no address on another host; the policy forbids them besides."""
    answer = client.get(path)
    outline = Outline(answer.text)
    assert not [tag for tag, _ in outline.tags if tag in {"style", "iframe"}]
    assert all(named.keys() == {"type", "src"} for tag, named in outline.tags if tag == "script")
    assert not [named for _, named in outline.tags if "style" in named or any(key.startswith("on") for key in named)]
    assert all(address.startswith(("/", "#")) and not address.startswith("//") for address in outline.addresses)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_page_is_dutch_and_reachable_by_keyboard(client: TestClient) -> None:
    """The language is set, a skip link leads to the content, every field has a label."""
    outline = Outline(client.get("/?q=huisarts").text)
    assert ("html", {"lang": "nl"}) in outline.tags
    assert "#inhoud" in outline.addresses
    shown = [named for tag, named in outline.tags if tag in {"input", "select"} and named.get("type") != "hidden"]
    assert [named["id"] for named in shown if "id" in named] == outline.labelled == ["q"]
    boxes = [named for named in shown if "id" not in named]
    assert {named["type"] for named in boxes} == {"checkbox"}
    assert client.get("/?q=huisarts").text.count('<label class="check"><input type="checkbox"') == len(boxes)


def test_hit_shows_source_page_region_and_marked_words(client: TestClient) -> None:
    """A hit tells where it stands and links to that page of the PDF."""
    text = client.get("/", params={"q": "valpreventie"}).text
    assert "<mark>Ouderen volgen een cursus <b>valpreventie</b> in het buurthuis.</mark>" in text
    assert 'href="/v1/documents/plan%20rivierenland.pdf/file#page=1"' in text
    for words in ("Zorgkantoor Voorbeeld", "pagina 1", "Utrecht Stad", "Gezond ouder worden", "Aanpak › Valpreventie"):
        assert words in text
    assert "Zorgkantoor Voorbeeld, Regioplan Rivierenland, 2024, p. 1" in text


def test_script_from_a_document_is_text(client: TestClient) -> None:
    """A script in a passage is shown, never run."""
    text = client.get("/", params={"q": "wijkverpleging"}).text
    assert HOSTILE not in text
    assert "&lt;script&gt;" in text


def test_script_from_a_question_title_or_file_is_text() -> None:
    """So is one in a question, a title, a publisher and a region."""
    plan, _ = make_documents()
    hostile = replace(plan, title=HOSTILE, publisher=HOSTILE, regions=(HOSTILE,), kind=HOSTILE)
    client = make_client(lambda: fake_library([hostile]))
    for path in ("/", "/documenten"):
        text = client.get(path, params={"q": f'valpreventie "><script>{HOSTILE}'}).text
        assert not re.search(r"<script(?! type=\"module\" src=\"/static/)", text)


def test_a_lead_in_stands_above_the_text_of_its_list() -> None:
    """The search page, the page for reading and the lasting link show it, as text; other passages have none."""
    plan, _ = make_documents()
    listed = replace(plan.passages[0], lead=HOSTILE)
    client = make_client(lambda: fake_library([replace(plan, passages=(listed, plan.passages[1]))]))
    reading = f"/documenten/plan%20rivierenland.pdf/pagina/1?fragment={listed.id}"
    for address in ("/?q=valpreventie", f"/p/{listed.id}", reading):
        text = client.get(address).text
        assert text.index('<p class="lead">') < text.index("Ouderen volgen een cursus")
        assert HOSTILE not in text
    assert 'class="lead"' not in client.get("/?q=wijkverpleging").text


def test_table_rows_are_shown_by_column() -> None:
    """Each row is a line of 'column: value' pairs, under the text and as text."""
    plan, _ = make_documents()
    cells = (Cell(HOSTILE, 0, 7), Cell("Wat", 8, 13))
    told = replace(plan.passages[0], cells=cells)
    client = make_client(lambda: fake_library([replace(plan, passages=(told, plan.passages[1]))]))
    for address in ("/?q=valpreventie", f"/p/{told.id}"):
        text = client.get(address).text
        assert '<span class="column">Wat:</span> volge' in text
        assert HOSTILE not in text
    assert [(cell.column, cell.end) for cell in passage_form(fake_library(), told).cells] == [(HOSTILE, 7), ("Wat", 13)]
    forms = [schemas.Cell(column="a", start=0, end=1), schemas.Cell(column="a", start=4, end=5)]
    assert table_rows("x | y\nz", [forms[0], schemas.Cell(column="b", start=4, end=5)]) == [[("a", "x"), ("b", "y")]]
    assert table_rows("xxx\nz", forms) == [[("a", "x")], [("a", "z")]]


def test_no_answer_is_said_in_words(client: TestClient) -> None:
    """When the documents do not seem to answer, the page says so above the nearest passages."""
    text = client.get("/", params={"q": "maanlanding"}).text
    assert "In deze documenten lijkt geen antwoord te staan" in text
    assert text.index("lijkt geen antwoord") < text.index('class="hit"')


def test_nothing_found_offers_a_search_without_filters(client: TestClient) -> None:
    """Without any hit the filters can be dropped with one link."""
    text = client.get("/", params={"q": "huisarts", "region": "Zeeland"}).text
    assert "Niets gevonden" in text
    assert 'href="/?q=huisarts"' in text


def test_page_tells_what_was_searched(client: TestClient) -> None:
    """The foot of the page counts documents, pages and what could not be read."""
    text = " ".join(client.get("/", params={"q": "huisarts"}).text.split())
    assert "2 documenten" in text
    assert "1 pagina kon niet worden gelezen en is niet doorzocht" in text
    assert "31 januari 2026" in text


def test_search_is_a_link(client: TestClient) -> None:
    """Question and filters come back in the form, so that an address repeats a search."""
    text = client.get("/", params={"q": "huisarts", "region": "Kennemerland", "document": "brochure-kust.pdf"}).text
    assert 'name="region" value="Kennemerland" checked' in text
    assert 'name="document" value="brochure-kust.pdf" checked' in text
    assert 'value="huisarts"' in text


def test_documents_page_names_failures_and_warnings(client: TestClient) -> None:
    """A file that failed stands on top; a page that failed stands with its document."""
    text = client.get("/documenten").text
    top, _, rest = text.partition('id="lijst"')
    assert "kapot.pdf" in top
    assert "Pagina 3 heeft geen tekst." in rest
    assert "Pagina 3 heeft geen tekst." not in top
    assert FILE in rest


def test_style_sheet_is_served(client: TestClient) -> None:
    """The address of the style sheet carries a digest and leads to it."""
    found = re.search(r'href="(/static/page\.css\?v=\w+)"', client.get("/").text)
    assert found
    sheet = client.get(found[1])
    assert sheet.headers["content-type"].startswith("text/css")
    assert "immutable" in sheet.headers["Cache-Control"]
    assert client.get("/static/page.css?v=oud").headers["Cache-Control"] == "no-cache"


def test_modules_are_small_and_import_what_exists(client: TestClient) -> None:
    """Plain ES modules below 150 lines, each served as script; what one imports is there too."""
    modules = sorted(STATIC.glob("*.js"))
    assert modules
    for module in modules:
        text = module.read_text(encoding="utf-8")
        assert text.count("\n") < 150, module.name
        assert client.get(f"/static/{module.name}").headers["content-type"].startswith("text/javascript")
        assert all((STATIC / name).is_file() for name in re.findall(r'from "\./([\w.]+)"', text))
        assert "innerHTML" not in text


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """The contrast ratio of WCAG 2."""
    low, high = sorted((_luminance(first), _luminance(second)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_colours_have_contrast(theme: int) -> None:
    """Text reaches 4.5:1 on everything it stands on, edges of fields 3:1, in both themes (WCAG 2.2 AA)."""
    root = re.findall(r":root \{([^}]*--edge[^}]*)\}", (STATIC / "page.css").read_text())[theme]
    colour = dict(re.findall(r"--([\w-]+): (#\w{6});", root))
    grounds = ["paper", "card", "notice", "bad-back"]
    pairs = [(ink, ground) for ink in ("ink", "accent") for ground in grounds]
    pairs += [("soft", "paper"), ("soft", "card"), ("bad", "card"), ("on-accent", "accent"), ("on-mark", "mark")]
    assert {
        pair: contrast(colour[pair[0]], colour[pair[1]])
        for pair in pairs
        if contrast(colour[pair[0]], colour[pair[1]]) < 4.5
    } == {}
    assert contrast(colour["edge"], colour["card"]) >= 3
    assert contrast(colour["edge"], colour["paper"]) >= 3


@pytest.mark.parametrize(
    ("highlights", "segments"),
    [
        ([], [("een twee", False)]),
        ([(0, 3)], [("een", True), (" twee", False)]),
        ([(4, 8), (0, 3)], [("een", True), (" ", False), ("twee", True)]),
        ([(0, 5), (2, 8)], [("een t", True), ("wee", False)]),
        ([(3, 3)], [("een twee", False)]),
    ],
)
def test_highlights_cut_the_text(highlights: list[tuple[int, int]], segments: list[tuple[str, bool]]) -> None:
    """The pieces join to the text again, in whatever order the highlights come."""
    assert mark_segments("een twee", highlights) == segments
