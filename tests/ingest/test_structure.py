"""A raw document becomes pages, sections and passages."""

import json
import time
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.document import Line
from ingest.passages import MAX_WORDS
from ingest.pdf import RawDocument, read_pdf
from ingest.structure import Structure, structure
from ingest.text import repair
from tests.ingest.pages import PROSE, column, document, line, title
from tests.shared import SHARED, needs_shared

TEXT = "Er komt een plan voor alle inwoners van de regio en iedereen doet daaraan mee."


def impact(region: str, what: str = "Wat is het verwachte effect?") -> str:
    """The title of a slide."""
    return f"Impactkaart zorgkantoorregio {region}: {what}"


def table(drawn_last: str) -> list[Line]:
    """A slide with a row for each theme, its title drawn last."""
    rows = [("Preventie en voorlichting", 100), ("Digitale zorg", 160), ("Zorgcontractering", 220)]
    cells = [one for label, y in rows for one in (line(label, y=y, bold=True), *column([TEXT, TEXT], x=220, y=y))]
    return [*cells, title(drawn_last)]


def test_a_row_is_a_passage_with_its_label_as_theme() -> None:
    """The label ends the heading path, gives the theme, and is no part of the text."""
    found = structure(document([table(impact("Drenthe"))]), "", ())
    passage = found.passages[1]
    assert passage.section[-1] == passage.theme == "Digitale zorg"
    assert passage.kind == "table"
    assert passage.text.split() == [*TEXT.split(), *TEXT.split()]
    assert passage.regions == ("Drenthe",)
    assert found.pages[0].themes == ("Preventie en voorlichting", "Digitale zorg", "Zorgcontractering")


def test_flattened_rows_are_split() -> None:
    """A known label at the start of a paragraph names a row, where more than one does."""
    flat = [title(impact("Drenthe")), *column([f"Digitale zorg {TEXT}", f"Zorgcontractering {TEXT}"], y=100, step=20)]
    found = structure(document([flat]), "", ())
    assert [passage.theme for passage in found.passages] == ["Digitale zorg", "Zorgcontractering"]
    assert [passage.text for passage in found.passages] == [TEXT, TEXT]
    assert "Digitale zorg\n" + TEXT in found.pages[0].text


def test_one_label_in_running_text_splits_nothing() -> None:
    """A sentence may start with the words of a theme."""
    found = structure(document([[title("Plan"), *column([f"Digitale zorg Nederland helpt. {TEXT}"])]]), "", ())
    assert [passage.text for passage in found.passages] == [f"Digitale zorg Nederland helpt. {TEXT}"]


def test_furniture_is_kept_apart() -> None:
    """Running headers and numbers stand in `furniture` and `label`, not in the text."""
    pages = [[line("Regioplan", y=30), title(f"Deel {n}"), *column(PROSE), line(str(n + 2), y=815)] for n in range(5)]
    page = structure(document(pages), "", ()).pages[1]
    assert page.furniture == ("Regioplan", "3")
    assert page.label == "3"
    assert page.text == "Deel 1\n" + " ".join(PROSE) + "\n"


def test_two_regions_on_a_page_share_no_passage() -> None:
    """Where the second slide begins, so does another passage with another region."""
    page = [title(impact("Drenthe")), *column(PROSE), title(impact("Zeeland"), y=200), *column(PROSE, y=240)]
    found = structure(document([page]), "", ())
    assert [passage.regions for passage in found.passages] == [("Drenthe",), ("Zeeland",)]
    assert set(found.pages[0].regions) == {"Drenthe", "Zeeland"}
    assert {a.region for a in found.pages[0].attributions} == {"Drenthe", "Zeeland"}


def test_a_heading_with_nothing_under_it_is_text() -> None:
    """The words of a list of titles can be found."""
    names = ["1a Wonen in de wijk van morgen", "1b Samen eten en samen bewegen", "1c Meedoen, ook zonder werk"]
    found = structure(document([[title("Plan"), *column(PROSE), *column(names, y=200, step=30)]]), "", ())
    assert found.passages[-1].text.endswith("\n".join(names))


def test_a_page_of_headings_alone_can_be_found() -> None:
    """A cover has a passage, although what it says stands above the pages that follow."""
    found = structure(document([[title("Een plan voor de regio")], column(PROSE)]), "", ())
    assert [passage.text for passage in found.passages] == ["Een plan voor de regio", " ".join(PROSE)]
    assert found.passages[1].section == ("Een plan voor de regio",)


def test_the_last_theme_ends_with_the_chapter_of_themes() -> None:
    """What stands after the chapter that goes theme by theme has no theme of that chapter."""
    card = Path(__file__).resolve().parents[2] / "corpus" / "regiokaarten" / "regiokaart-zeeland.pdf"
    found = structure(read_pdf(card), "", ())
    after = [passage for passage in found.passages if "Plannen voor sectoren en doelgroepen" in passage.section]
    assert len(after) > 1
    assert {passage.theme for passage in after} == {""}
    assert "Zorgcontractering" in {passage.theme for passage in found.passages}


def test_a_section_knows_its_pages() -> None:
    """It runs from its heading to the last text under it."""
    pages = [[title("Wonen"), *column(PROSE)], column(PROSE), [title("Zorg"), *column(PROSE)]]
    found = structure(document(pages), "", ())
    assert [(s.title, s.first_page, s.last_page, s.level) for s in found.sections] == [
        ("Wonen", 1, 2, 1),
        ("Zorg", 3, 3, 1),
    ]


def test_a_page_with_a_problem_keeps_it() -> None:
    """A page without lines has no text, no passages, and says why."""
    raw = document([[], column(PROSE)])
    pages = (raw.pages[0].__class__(1, "", 595.0, 842.0, (), "Geen tekst."), raw.pages[1])
    found = structure(RawDocument(raw.file, raw.path, raw.sha256, {}, (), pages), "", ())
    assert (found.pages[0].text, found.pages[0].problem) == ("", "Geen tekst.")
    assert {passage.page for passage in found.passages} == {2}


def test_an_empty_document_has_no_structure() -> None:
    """Nothing in, nothing out."""
    assert structure(document([]), "", ()) == Structure((), (), ())


def test_the_same_document_gives_the_same_structure() -> None:
    """Ids and all."""
    assert structure(document([table(impact("Drenthe"))]), "", ()) == structure(
        document([table(impact("Drenthe"))]), "", ()
    )


def letters(text: str) -> Counter[str]:
    """The letters of a text: what joining and repairing lines may not change."""
    return Counter(character for character in text if character.isalnum())


def check(raw: RawDocument, found: Structure) -> None:
    """Every letter of the body is in the text once; every passage is the slice that it says."""
    for page, drawn in zip(found.pages, raw.pages, strict=True):
        assert letters(page.text + "".join(page.furniture)) == letters(repair_all(drawn.lines))
    for passage in found.passages:
        assert found.pages[passage.page - 1].text[passage.start : passage.end] == passage.text
        assert 0 < len(passage.text.split()) <= MAX_WORDS
    places = [(passage.page, passage.start) for passage in found.passages]
    assert places == sorted(places)
    assert len({passage.id for passage in found.passages}) == len(found.passages)


def repair_all(lines: tuple[Line, ...]) -> str:
    """The repaired text of lines, one below the other."""
    return "\n".join(repair(line.text) for line in lines)


spots = st.builds(
    lambda words, x, y, size, bold: line(" ".join(words), 40.0 + 60 * x, 20.0 + 13 * y, size, bold=bold),
    st.lists(st.sampled_from(["Zorg", "en", "de", "wijk.", "• samen", "2b", "Digitale zorg", "12", "-"]), min_size=1),
    st.integers(0, 6),
    st.integers(0, 62),
    st.sampled_from([8.0, 10.0, 10.0, 18.0]),
    st.booleans(),
)


@settings(max_examples=60)
@given(st.lists(st.lists(spots, max_size=25), max_size=5))
def test_any_layout_loses_no_word(pages: list[list[Line]]) -> None:
    """Whatever stands where, each letter lands once in the text or the furniture, and slices are exact."""
    raw = document(pages)
    check(raw, structure(raw, "", ()))


@cache
def plan(name: str) -> tuple[RawDocument, Structure]:
    """A real plan, read once."""
    raw = read_pdf(SHARED / name)
    return raw, structure(raw, "", ())


PLANS = [f"corpus/{path.name}" for path in sorted((SHARED / "corpus").glob("*.pdf"))]
OTHERS = [f"real/{path.name}" for path in sorted((SHARED / "real").glob("*.pdf")) if "zonder-tekst" not in path.name]


@needs_shared
@pytest.mark.parametrize("name", PLANS + OTHERS)
def test_real_documents_lose_no_word(name: str) -> None:
    """Each letter of a real document lands once, slices are exact, passages short."""
    check(*plan(name))


@needs_shared
def test_the_plans_make_passages_of_use() -> None:
    """The five plans make some 2,000 passages, few of them fragments, each page with text in at least one."""
    made = [passage for name in PLANS for passage in plan(name)[1].passages]
    assert 1500 < len(made) < 2500
    assert sum(len(passage.text.split()) < 12 for passage in made) < 0.07 * len(made)
    for name in PLANS:
        found = plan(name)[1]
        assert {page.number for page in found.pages if page.text} == {passage.page for passage in found.passages}


def squeezed(text: str) -> str:
    """A text without spaces, punctuation and case."""
    return "".join(character for character in text.casefold() if character.isalnum())


@needs_shared
def test_what_the_gold_questions_quote_stands_in_one_passage() -> None:
    """Quotes picked by people are on their page in reading order, and nearly all of them within one passage."""
    lines = (SHARED / "eval" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    gold = [entry for text in lines for entry in json.loads(text)["gold"] if entry.get("quote")]
    whole = 0
    for entry in gold:
        found = plan(f"corpus/{entry['doc']}")[1]
        quote = squeezed(entry["quote"])
        assert quote in squeezed(found.pages[entry["page"] - 1].text)
        whole += any(quote in squeezed(p.text) for p in found.passages if p.page == entry["page"])
    assert whole >= 0.97 * len(gold) > 100


@needs_shared
def test_every_page_of_the_plans_has_its_number() -> None:
    """The number printed at the foot is the label, and not a word of the text."""
    for name in PLANS:
        assert all(page.label == str(page.number) for page in plan(name)[1].pages)


@needs_shared
def test_the_rows_of_the_impact_tables_are_found() -> None:
    """Every slide with expected effects has passages under at least six of the seven themes."""
    found = plan("corpus/impactkaart-per-regio.pdf")[1]
    slides = [page for page in found.pages if "Directe resultaten" in page.text]
    assert len(slides) > 45
    assert sum(len(page.themes) >= 6 for page in slides) >= 0.8 * len(slides)


@needs_shared
def test_the_plans_are_structured_fast() -> None:
    """Structure costs little beside reading: all five plans in a few seconds on a busy machine."""
    raws = [plan(name)[0] for name in PLANS]
    start = time.process_time()
    for raw in raws:
        structure(raw, "", ())
    assert time.process_time() - start < 6.0
