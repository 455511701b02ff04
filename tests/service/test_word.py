"""Word files in LibreOffice, and the real plans in every format."""

import json
import os
import random
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import bibtexparser
import pytest
import rispy

from ingest.corpus import ingest
from ingest.document import Document, Passage
from ingest.pdf import Limits
from service.library import Library
from service.memo import MAX_ITEMS, Format, Memo, Wish, make_memo
from service.memo_check import check_memo
from service.memo_files import write_memo
from service.quotes import quote_index
from service.word import write_word
from tests.service.fakes import fake_library, make_documents
from tests.service.test_bibliography import unescape
from tests.service.test_memo import text_of
from tests.shared import SHARED, needs_shared

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice") or ""
needs_office = pytest.mark.skipif(
    not (SOFFICE and shutil.which("pdftotext")), reason="LibreOffice and pdftotext are not on this machine"
)


@pytest.fixture(scope="module")
def plans() -> Library:
    """The real plans, read but not indexed: memos need no vectors."""
    corpus = ingest([SHARED / "corpus"], {}, Limits(), workers=2)
    return fake_library(corpus.documents)


def draw(library: Library, count: int) -> list[Passage]:
    """Passages drawn at random over all documents, as many of each."""
    chance = random.Random(20260201)
    documents: Sequence[Document] = library.searcher.documents
    return [p for document in documents for p in chance.sample(document.passages, count // len(documents))]


def to_pdf(content: bytes, folder: Path) -> str:
    """The text of the PDF that LibreOffice makes of a Word file."""
    (folder / "memo.docx").write_bytes(content)
    command = [SOFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    environment = {**os.environ, "HOME": str(folder)}
    run = [*command, "--outdir", str(folder), str(folder / "memo.docx")]
    subprocess.run(run, check=True, capture_output=True, timeout=180, env=environment)
    done = subprocess.run(["pdftotext", "-layout", str(folder / "memo.pdf"), "-"], check=True, capture_output=True)
    return done.stdout.decode()


@needs_office
def test_libreoffice_opens_the_memo_with_its_footnotes(tmp_path: Path) -> None:
    """In the PDF each note stands at the foot of the page on which it is called, before the page number."""
    plan, kust = make_documents()
    ids = [passage.id for document in (plan, kust) for passage in document.passages]
    memo = make_memo(fake_library(), [Wish(name, note="Eigen woorden. " * 60) for name in ids], base="http://z.nl")
    pages = to_pdf(write_word(memo), tmp_path).split("\f")
    for number, name in enumerate(ids, 1):
        (page,) = (page for page in pages if f"/p/{name}" in page)
        note = re.search(rf"^\s*{number}\s*\S.*p\. \d", page, re.MULTILINE)
        assert note, number
        assert page.index("Eigen woorden") < note.start()
        assert re.search(r"\n\s*\d+\s*$", page[note.end() :])


@needs_shared
@pytest.mark.parametrize("form", list(Format))
def test_every_quote_of_every_export_stands_on_its_page(plans: Library, tmp_path: Path, form: Format) -> None:
    """200 passages of the real plans, read back from the file, stand literally on the page that the file names."""
    drawn = draw(plans, 200)
    assert len(drawn) == 200
    for start in range(0, 200, MAX_ITEMS):
        part = drawn[start : start + MAX_ITEMS]
        memo = make_memo(plans, [Wish(passage.id) for passage in part], base="http://z.nl")
        found = read_back(plans, memo, form, tmp_path)
        assert len(found) == len(part)
        index = quote_index(plans.searcher)
        for (quote, page), passage in zip(found, part, strict=True):
            assert page == passage.page
            assert index.verify(quote, [passage.document], page).status == "exact"


def read_back(library: Library, memo: Memo, form: Format, folder: Path) -> list[tuple[str, int]]:
    """The quotes of a file with the pages that it names for them, read by other means than those that wrote it."""
    made = write_memo(memo, form)
    (folder / made.name).write_bytes(made.content)
    text = made.content.decode() if form is not Format.DOCX else ""
    match form:
        case Format.DOCX | Format.MARKDOWN:
            findings = check_memo(library, folder / made.name)
            assert all(finding.holds for finding in findings)
            return [(f.quoted.text, _page(f.quoted.citation)) for f in findings]
        case Format.HTML:
            quotes = re.findall(r"<blockquote>(.*?)<sup>", text, re.DOTALL)
            notes = re.findall(r'<li id="noot-\d+">(.*?)</li>', text)
            return [(text_of(quote), _page(note)) for quote, note in zip(quotes, notes, strict=True)]
        case Format.BIBTEX:
            entries = {entry["url"]: entry for entry in bibtexparser.loads(text).entries}
            ordered = [entries[item.reference.link] for item in memo.items]
            return [(unescape(entry["annote"]), int(entry["pages"])) for entry in ordered]
        case Format.RIS:
            return [(record["notes"][-1], int(record["start_page"])) for record in rispy.loads(text)]
        case Format.CSL:
            return [(item["annote"], int(item["page"])) for item in json.loads(text)]


def _page(citation: str) -> int:
    found = re.search(r"\bp\. (\d+)", citation)
    assert found
    return int(found[1])


@needs_shared
def test_a_changed_digit_a_wrong_page_and_a_wrong_document_are_caught(plans: Library) -> None:
    """Of 200 passages with a figure, none passes with one digit changed, on another page or from another document."""
    index = quote_index(plans.searcher)
    chance = random.Random(3)
    texts: dict[str, set[tuple[str, int]]] = {}
    everything = [p for document in plans.searcher.documents for p in document.passages]
    for passage in everything:
        texts.setdefault(passage.text, set()).add((passage.document, passage.page))
    # A table cell that is a bare figure stands on many pages in many forms.
    eligible = [p for p in everything if re.search(r"\d", p.text) and len(p.text) > 40 and len(texts[p.text]) == 1]
    for passage in chance.sample(eligible, 200):
        place = chance.choice(list(re.finditer(r"\d", passage.text)))
        digit = str((int(place[0]) + chance.randint(1, 9)) % 10)
        changed = passage.text[: place.start()] + digit + passage.text[place.end() :]
        assert index.verify(changed, [passage.document], passage.page).status != "exact"
        assert index.verify(passage.text, [passage.document], passage.page + 1).status == "elsewhere"
        other = next(d.file for d in plans.searcher.documents if d.file != passage.document)
        assert index.verify(passage.text, [other], 0).status == "elsewhere"


@needs_office
@needs_shared
def test_libreoffice_opens_a_long_memo(plans: Library, tmp_path: Path) -> None:
    """A memo of a hundred passages of the real plans keeps all its notes."""
    memo = make_memo(plans, [Wish(passage.id) for passage in draw(plans, 100)], base="http://z.nl")
    text = to_pdf(write_word(memo), tmp_path)
    assert len(re.findall(r"http://z\.nl/p/[0-9a-f]{16}", text)) == 100
