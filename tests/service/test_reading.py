"""The page to read, for itself and beside the hits."""

import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient

from ingest.document import Document, Section
from service.pages import reading_url
from tests.service.conftest import make_client
from tests.service.drawn import document_of, draw_pdf, passage_of, write
from tests.service.fakes import HOSTILE, fake_library
from tests.service.test_pages import Outline

TEXT = "Ouderen volgen een cursus valpreventie."
GONE = "Deze woorden staan er niet."
NAME = "plan & kust.pdf"
IMAGE = f"/v1/documents/{quote(NAME)}/pages/1/image"
PAGE = f"/documenten/{quote(NAME)}/pagina/1"


@pytest.fixture
def document(tmp_path: Path) -> Document:
    """A plan of two pages; the words of its second passage are not on the page."""
    path = draw_pdf(tmp_path / NAME, write([(20, 200, TEXT)]), write([(20, 200, "Tweede pagina")]))
    made = document_of(path, f"{TEXT}\n{GONE}\n", "Tweede pagina\n")
    passages = (passage_of(made, TEXT), passage_of(made, GONE), passage_of(made, "Tweede pagina", 2))
    sections = (Section("Aanpak", 1, ("Aanpak",), 1, 2), Section("Vallen", 2, ("Aanpak", "Vallen"), 2, 2))
    return replace(made, passages=passages, sections=sections)


@pytest.fixture
def client(document: Document) -> TestClient:
    """A client of a service with that plan."""
    return make_client(lambda: fake_library([document]))


def test_reading_page_shows_image_text_and_ways_on(client: TestClient, document: Document) -> None:
    """The page has the marked image with its alt text, the words, the outline, the PDF and a citation."""
    text = client.get(PAGE, params={"fragment": document.passages[0].id}).text
    outline = Outline(text)
    (image,) = [named for tag, named in outline.tags if tag == "img"]
    assert f"{IMAGE}?passage={document.passages[0].id}&width=1000" == image["src"]
    assert "met het fragment gemarkeerd" in (image["alt"] or "")
    assert f'<mark id="fragment">{TEXT}</mark>' in text
    assert f"{IMAGE.removesuffix('/pages/1/image')}/file#page=1" in outline.addresses
    assert reading_url(NAME, 2) in outline.addresses
    assert "Zorgkantoor Voorbeeld, Regioplan Rivierenland, 2024, p. 1" in text
    assert ">Aanpak</a>" in text
    assert ">Vallen</a>" in text
    for address in (image["src"], reading_url(NAME, 2)):
        assert client.get(address or "").status_code == 200


def test_reading_page_says_when_nothing_is_marked(client: TestClient, document: Document) -> None:
    """Words that the image does not show are told in a notice."""
    text = client.get(PAGE, params={"fragment": document.passages[1].id}).text
    assert "niet teruggevonden. Daarom is er niets gemarkeerd" in text
    assert "geel gemarkeerd" not in text


@pytest.mark.parametrize("path", [PAGE, PAGE.replace("/1", "/2"), PAGE + "?fragment=x", PAGE.replace("/1", "/7")])
def test_reading_page_is_well_formed(client: TestClient, path: str) -> None:
    """Every tag closes, ids are unique, one h1, no inline script."""
    outline = Outline(client.get(path).text)
    assert outline.open == []
    assert len(outline.ids) == len(set(outline.ids))
    assert outline.headings.count(1) == 1
    assert all("src" in named for tag, named in outline.tags if tag == "script")


def test_hostile_text_stays_text(document: Document) -> None:
    """A script in a title, a heading or the text of a page is shown, never run."""
    section = Section(HOSTILE, 1, (HOSTILE,), 1, 1)
    pages = (replace(document.pages[0], text=HOSTILE, label=HOSTILE), document.pages[1])
    hostile = replace(document, title=HOSTILE, publisher=HOSTILE, pages=pages, sections=(section,))
    text = make_client(lambda: fake_library([hostile])).get(PAGE).text
    assert not re.search(r"<script(?! type=\"module\" src=\"/static/)", text)


def pane_of(text: str) -> str:
    """The reading pane of a page."""
    return text.partition('id="lezen"')[2].partition("</section>")[0]


def test_hits_lead_to_the_page_beside_them(client: TestClient, document: Document) -> None:
    """The heading of a hit is a link that shows its page beside the hits, with the passage marked; no script needed."""
    name = document.passages[0].id
    text = client.get("/", params={"q": "valpreventie"}).text
    assert "Kies een treffer" in pane_of(text)
    found = re.search(r'<h3[^>]*><a href="([^"]+)#lezen"', text)
    assert found
    beside = client.get(found[1].replace("&amp;", "&")).text
    assert f'src="{IMAGE}?passage={name}&amp;width=1000"' in pane_of(beside)
    assert 'class="hit current"' in beside
    assert 'aria-current="true"' in beside
    assert f"“{TEXT}” (Zorgkantoor Voorbeeld" in pane_of(beside)
    assert f"{PAGE}?fragment={name}" in pane_of(beside)


def test_pages_turn_beside_the_hits(client: TestClient, document: Document) -> None:
    """The next page keeps the search in its address, is not marked, and leads back to the passage."""
    search = {"q": "valpreventie", "region": "Utrecht Stad", "lees": document.passages[0].id}
    found = re.search(r'href="([^"]+)#lezen" rel="next"', client.get("/", params=search).text)
    assert found
    following = client.get(found[1].replace("&amp;", "&")).text
    assert "pagina 2</span></h2>" in pane_of(following)
    assert "passage=" not in pane_of(following)
    assert "Terug naar het fragment op pagina 1" in pane_of(following)
    assert 'name="region" value="Utrecht Stad" checked' in following


def test_the_pane_is_sent_alone(client: TestClient, document: Document) -> None:
    """What a script fetches is the same piece of the page, without a search."""
    search = {"q": "valpreventie", "lees": document.passages[0].id}
    whole = client.get("/", params=search).text
    alone = client.get("/", params=search | {"deel": "lezen"}).text
    assert alone.strip().startswith("<section")
    assert pane_of(alone) == pane_of(whole)
    assert client.get("/", params=search | {"deel": "x"}).status_code == 422


def test_a_passage_that_is_gone_is_told_in_the_pane(client: TestClient) -> None:
    """The hits are there still; the pane leads to what became of the passage. A wrong page number is no fault."""
    text = client.get("/", params={"q": "valpreventie", "lees": "0" * 16}).text
    assert 'class="hit"' in text
    assert f'href="/p/{"0" * 16}"' in pane_of(text)


def test_the_image_has_its_size(client: TestClient) -> None:
    """Width and height stand in the page, so that nothing moves when the picture comes."""
    (image,) = [named for tag, named in Outline(client.get(PAGE).text).tags if tag == "img"]
    assert int(image["width"] or 0) > 0
    assert int(image["height"] or 0) > 0


def test_a_file_in_a_folder_has_pages(document: Document) -> None:
    """A file name with a slash works in both addresses."""
    inner = replace(document, file="map/plan.pdf", passages=())
    client = make_client(lambda: fake_library([inner]))
    assert client.get("/v1/documents/map%2Fplan.pdf/pages/1/image").status_code == 200
    assert client.get(reading_url("map/plan.pdf", 1)).status_code == 200


@pytest.mark.parametrize("chapters", [10, 800])
def test_a_long_outline_leaves_the_page_small(document: Document, chapters: int) -> None:
    """Beside a page stand the nearest chapters and what is under its own; a link leads to all of them."""
    title = "Een lange kop over samenwerking in de wijk en daarbuiten"
    sections = [Section("Hier", 1, ("Hier",), 1, 1), Section("Onder hier", 2, ("Hier", "Onder hier"), 1, 1)]
    for number in range(2, chapters):
        name = f"{title} {number}"
        sections.append(Section(name, 1, (name,), number, number))
        sections += [
            Section(f"{name} {at}", 2, (name, f"{name} {at}"), number, number) for at in range(800 // chapters)
        ]
    client = make_client(lambda: fake_library([replace(document, sections=tuple(sections))]))
    page = client.get(PAGE)
    assert len(page.content) < 60_000
    assert "Onder hier" in page.text
    assert f"{title} 2<" in page.text
    assert f"{title} 2 0" not in page.text
    found = re.search(r'href="([^"#]+)#inhoudsopgave">Hele inhoud', page.text)
    assert found
    assert f"{title} {chapters - 1} 0" in client.get(found[1]).text
