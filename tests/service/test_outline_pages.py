"""The page of one document."""

import re
from dataclasses import replace

from fastapi.testclient import TestClient

from ingest.document import Section
from tests.service.conftest import make_client
from tests.service.fakes import HOSTILE, fake_library, make_documents

PLAN = "/documenten/plan%20rivierenland.pdf"


def test_headings_lead_to_their_pages(client: TestClient) -> None:
    """Each heading is a link to the page on which it stands, with its pages and theme beside it."""
    text = client.get(PLAN).text
    assert f'<a href="{PLAN}/pagina/1">Valpreventie</a> <span class="number">p. 1 · Gezond ouder worden</span>' in text
    assert f'<a href="{PLAN}/pagina/2">Organisatie</a>' in text
    assert text.count("<details open>") == 1


def test_the_list_of_documents_leads_here(client: TestClient) -> None:
    """Each document in the list has a link to its own page and one to the PDF."""
    text = client.get("/documenten").text
    assert f'href="{PLAN}"' in text
    assert 'href="/v1/documents/plan%20rivierenland.pdf/file"' in text


def test_a_document_without_headings_says_so(client: TestClient) -> None:
    """Where no heading was found, the page says that, and a document that is not there is a 404 in Dutch."""
    assert "geen koppen gevonden" in client.get("/documenten/brochure-kust.pdf").text
    missing = client.get("/documenten/kwijt.pdf")
    assert missing.status_code == 404
    assert "Er is geen document" in missing.text


def test_headings_are_text_and_long_outlines_fold() -> None:
    """Markup in a heading is shown as it is written; an outline of very many headings starts folded."""
    plan = make_documents()[0]
    sections = [Section(f"{HOSTILE} {n}", 1 + n % 2, (f"{n}",), 1, 1) for n in range(100)]
    library = fake_library([replace(plan, sections=tuple(sections))])
    with make_client(lambda: library) as client:
        text = client.get(PLAN).text
    assert "<script>" not in text
    assert "&lt;script&gt;" in text
    assert "<details open>" not in text


def test_hidden_text_and_personal_data_are_told() -> None:
    """A page with text that was left out is linked, and notices on personal data are listed, both as plain text."""
    plan, kust = make_documents()
    pages = (replace(plan.pages[0], warning=f"Weggelaten: {HOSTILE}"), *plan.pages[1:])
    told = replace(plan, pages=pages, notices=("Pagina 2: 3 e-mailadressen gevonden.",))
    with make_client(lambda: fake_library([told, kust])) as client:
        text, reader, other = (
            client.get(at).text for at in (PLAN, f"{PLAN}/pagina/1", "/documenten/brochure-kust.pdf")
        )
    assert f'<a href="{PLAN}/pagina/1">Naar pagina 1</a>' in text
    assert "<li>Pagina 2: 3 e-mailadressen gevonden.</li>" in text
    assert "Weggelaten: " in text
    assert "Weggelaten: " in reader
    assert "<script>" not in text
    assert not {"Persoonsgegevens", "Verborgen tekst"} & set(re.findall(r"<h2[^>]*>([^<]+)</h2>", other))
