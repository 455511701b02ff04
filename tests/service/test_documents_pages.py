"""The list of documents."""

import re
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from service.documents_pages import PER_PAGE
from tests.service.conftest import make_client
from tests.service.fakes import OTHER, fake_library, make_documents


def files_of(text: str) -> list[str]:
    """The documents of the table, in order."""
    return re.findall(r'<th scope="row" role="rowheader"><a href="/documenten/([^"]+)"', text)


PLAN, KUST = "plan%20rivierenland.pdf", OTHER


@pytest.mark.parametrize(
    ("asked", "files"),
    [
        ({}, [KUST, PLAN]),
        ({"volgorde": "jaar"}, [PLAN, KUST]),
        ({"volgorde": "paginas"}, [PLAN, KUST]),
        ({"volgorde": "waarschuwingen"}, [PLAN, KUST]),
        ({"alleen": "waarschuwing"}, [PLAN]),
        ({"zoek": "RIVIEREN zorgkantoor"}, [PLAN]),
        ({"zoek": "2024"}, [PLAN]),
        ({"zoek": "kust"}, [KUST]),
        ({"zoek": "niets"}, []),
    ],
)
def test_the_list_is_filtered_and_ordered(client: TestClient, asked: dict[str, str], files: list[str]) -> None:
    """By words of title, publisher, year and file name, by warnings, and in the order asked for."""
    assert files_of(client.get("/documenten", params=asked).text) == files


def test_a_document_tells_how_complete_it_is(client: TestClient) -> None:
    """Pages that gave text of all pages, with the reason for the others and a link to them."""
    text = " ".join(client.get("/documenten").text.split())
    assert "2 van 3 pagina’s" in text
    assert 'data-label="Gelezen">1 pagina<' in text
    assert '<a href="/documenten/plan%20rivierenland.pdf/pagina/3">Pagina 3</a>: Pagina 3 heeft geen tekst.' in text
    assert "31 januari 2026" in text


def test_what_was_cut_short_says_so() -> None:
    """A document whose reading was broken off stands out."""
    plan, _ = make_documents()
    client = make_client(lambda: fake_library([replace(plan, incomplete=True)]))
    assert "Niet helemaal gelezen" in client.get("/documenten").text


def test_personal_data_is_told_with_its_document() -> None:
    """A document in which personal data was found says so; the others do not."""
    plan, kust = make_documents()
    told = replace(plan, notices=("Pagina 2: 1 burgerservicenummer gemaskeerd.",))
    with make_client(lambda: fake_library([told, kust])) as client:
        text = client.get("/documenten").text
    assert text.count("<summary>1 melding over persoonsgegevens") == text.count("over persoonsgegevens") == 1
    assert "<li>Pagina 2: 1 burgerservicenummer gemaskeerd.</li>" in text


def test_a_long_list_comes_in_parts() -> None:
    """Links lead to the parts before and after, with the same order."""
    plan, _ = make_documents()
    many = [replace(plan, file=f"{at:03}.pdf", title=f"Plan {at:03}", passages=()) for at in range(PER_PAGE + 5)]
    client = make_client(lambda: fake_library(many))
    first = client.get("/documenten", params={"volgorde": "jaar"}).text
    found = re.search(r'href="([^"]+)" rel="next"', first)
    assert found
    second = client.get(found[1].replace("&amp;", "&")).text
    assert [len(files_of(text)) for text in (first, second)] == [PER_PAGE, 5]
    assert 'href="/documenten?volgorde=jaar" rel="prev"' in second


def test_a_wrong_order_is_refused(client: TestClient) -> None:
    """With a sentence; the usual addresses keep working."""
    assert client.get("/documenten", params={"volgorde": "x"}).status_code == 422
    assert client.get("/documenten", params={"zoek": "", "alleen": "", "soort": ""}).status_code == 200
