"""Records become the forms of the API."""

from dataclasses import replace

import pytest

from index.spelling import Correction
from ingest.document import Activity, Attribution, Extract, Section
from service.forms import (
    answer_form,
    document_form,
    document_url,
    hit_form,
    page_form,
    passage_form,
    region_list,
    section_tree,
    theme_list,
)
from tests.service.fakes import FILE, OTHER, FakeSearcher, fake_library, make_documents

CONTRACT = {
    *("rank", "score", "passage_id", "document", "title", "publisher", "year", "page", "page_label", "regions"),
    *("theme", "section", "text", "highlights", "why", "citation", "url"),
}


def test_hit_has_every_field_of_the_contract() -> None:
    """A hit carries at least the fields that other programs rely on."""
    library = fake_library()
    form = answer_form(library, library.searcher.search("valpreventie")).model_dump(mode="json")
    told = {"corrected", "compare", "message", "unknown_words"}
    assert set(form) == {"query", "answered", "confidence", "hits", "coverage"} | told
    assert set(form["hits"][0]) >= CONTRACT
    assert set(form["coverage"]) == {"documents", "pages", "passages", "unreadable_pages", "index_built"}


def test_hit_cites_its_page() -> None:
    """Page, printed number, citation and link agree."""
    library = fake_library()
    hit = answer_form(library, library.searcher.search("wijkverpleging")).hits[0]
    assert (hit.page, hit.page_label) == (2, "8")
    assert hit.citation.endswith("p. 2 (gedrukt: 8)")
    assert hit.url == "/v1/documents/plan%20rivierenland.pdf/file#page=2"
    start, end = hit.highlights[0]
    assert hit.text[start:end] == "wijkverpleging"


def test_a_region_that_matched_shows_its_evidence() -> None:
    """The reason why a hit speaks of the question's region is the line that says so, and that region's only."""
    plan, brochure = make_documents()
    lines = (Attribution("Utrecht Stad", "Regioplan Stad", 1, 0.9), Attribution("Flevoland", "en de polder", 2, 0.4))
    page = replace(plan.pages[1], attributions=lines)
    library = fake_library([replace(plan, pages=(plan.pages[0], page)), brochure])
    hit = library.searcher.search("wijkverpleging").hits[0]
    form = hit_form(library, replace(hit, why=replace(hit.why, region=("Flevoland",))))
    assert [line.model_dump() for line in form.why.evidence] == [
        {"region": "Flevoland", "evidence": "en de polder", "page": 2, "confidence": 0.4}
    ]
    assert [line.region for line in page_form(plan, page).attributions] == ["Utrecht Stad", "Flevoland"]


def test_a_hit_names_its_near_duplicates() -> None:
    """Where nearly the same stands is listed with document and page, and the hits themselves stay apart."""
    library = fake_library()
    hit = answer_form(library, library.searcher.search("valpreventie")).hits[0]
    assert [(place.document, place.page) for place in hit.also] == [(OTHER, 1)]
    assert answer_form(library, library.searcher.search("wijkverpleging")).hits[0].also == []


def test_an_activity_keeps_its_words() -> None:
    """What is planned is given in the passage's words; a passage that plans nothing has no activity."""
    plan, brochure = make_documents()
    passage = plan.passages[0]
    activity = Activity(groups=(Extract("Ouderen", 0, 7, "ouderen"),))
    library = fake_library(
        [replace(plan, passages=(replace(passage, activity=activity), *plan.passages[1:])), brochure]
    )
    form = passage_form(library, replace(passage, activity=activity))
    assert form.activity is not None
    assert [(one.text, one.value) for one in form.activity.groups] == [("Ouderen", "ouderen")]
    assert passage_form(library, plan.passages[1]).activity is None


def test_a_list_item_shows_its_lead_in() -> None:
    """The sentence that announces a list stands beside the text, not in it."""
    plan, _ = make_documents()
    form = passage_form(fake_library(), replace(plan.passages[0], lead="Voor ouderen:"))
    assert (form.lead, form.text) == ("Voor ouderen:", plan.passages[0].text)
    assert passage_form(fake_library(), plan.passages[0]).lead == ""


def test_a_region_has_the_municipalities_of_its_parts() -> None:
    """A parent region lists what its parts list, and a region says what it is a part of."""
    forms = {form.name: form for form in region_list(fake_library()).regions}
    part = next(form for form in forms.values() if form.parent and form.municipalities)
    assert part.parent is not None
    assert set(part.municipalities) <= set(forms[part.parent].municipalities)
    assert forms[part.parent].parent is None


def test_themes_of_both_vocabularies_map_onto_each_other() -> None:
    """Each theme that maps to one of the other vocabulary is mapped to by it, and only contracts map to nothing."""
    forms = {form.name: form for form in theme_list(fake_library()).themes}
    for form in forms.values():
        assert {forms[name].vocabulary for name in form.maps_to} <= {"impactkaart", "regioplan"} - {form.vocabulary}
        assert all(form.name in forms[name].maps_to for name in form.maps_to)
    # No plan has a chapter on contracts.
    assert [name for name, form in forms.items() if not form.maps_to] == ["Zorgcontractering"]


def test_parts_stand_beside_the_themes() -> None:
    """The other parts of an impactkaart are listed apart and are none of the themes."""
    form = theme_list(fake_library())
    assert [part.name for part in form.parts] == ["Verwachte ontwikkelingen", "Sectoren", "Doelgroepen"]
    assert all(part.variants for part in form.parts)
    assert not {part.name for part in form.parts} & {theme.name for theme in form.themes}


def test_unknown_year_is_empty() -> None:
    """A year of 0 never reaches a reader."""
    library = fake_library()
    assert answer_form(library, library.searcher.search("beeldbellen")).hits[0].year is None


def test_passage_of_a_lost_document_is_a_fault() -> None:
    """A passage without its document cannot be cited, so it is not shown."""
    plan, brochure = make_documents()
    library = fake_library([brochure])
    with pytest.raises(LookupError, match="rivierenland"):
        passage_form(library, plan.passages[0])


def test_sections_nest_by_level() -> None:
    """A deeper heading falls under the last shallower one, also when a level is skipped."""
    flat = [Section(title, level, (title,), 1, 1) for title, level in [("A", 1), ("A.1.1", 3), ("A.2", 2), ("B", 1)]]
    tree = section_tree(flat)
    assert [(node.title, [child.title for child in node.sections]) for node in tree] == [
        ("A", ["A.1.1", "A.2"]),
        ("B", []),
    ]


def test_first_heading_may_be_deep() -> None:
    """A document that starts with a subheading loses nothing."""
    tree = section_tree([Section("Los", 3, ("Los",), 1, 1), Section("Kop", 1, ("Kop",), 1, 1)])
    assert [node.title for node in tree] == ["Los", "Kop"]


def test_document_counts_pages_and_passages() -> None:
    """The form of a document tells its size and holds its tree."""
    form = document_form(make_documents()[0])
    assert (form.pages, form.passages) == (3, 2)
    assert form.sections[0].sections[0].title == "Valpreventie"


def test_page_lists_its_headings_regions_and_passages() -> None:
    """A page that belongs to several regions lists them all."""
    plan, _ = make_documents()
    form = page_form(plan, plan.pages[1])
    assert form.regions == ["Utrecht Stad", "Flevoland"]
    assert form.sections == [["Aanpak"], ["Organisatie"]]
    assert form.passages == [plan.passages[1].id]


def test_file_names_are_quoted_in_addresses() -> None:
    """Spaces, slashes and question marks in a name cannot break out of the address."""
    assert document_url("a b/../c?.pdf") == "/v1/documents/a%20b%2F..%2Fc%3F.pdf"


def test_regions_and_themes_tell_what_is_covered() -> None:
    """All names are listed; those that some page speaks of are marked."""
    library = fake_library()
    regions = {form.name: form for form in region_list(library).regions}
    assert len(regions) == 64
    assert regions["Flevoland"].covered
    assert not regions["Zeeland"].covered
    themes = {form.name: form.covered for form in theme_list(library).themes}
    assert themes["Digitale zorg"]
    assert not themes["Zorgcontractering"]


def test_searcher_without_passages_gives_an_empty_answer() -> None:
    """An index without passages still says what was searched."""
    plan, _ = make_documents()
    library = fake_library([replace(plan, passages=())])
    form = answer_form(library, FakeSearcher([]).search("iets"))
    assert (form.hits, form.answered, form.coverage.passages) == ([], False, 0)
    assert library.searcher.document(FILE) is not None


def test_without_an_answer_the_form_says_so() -> None:
    """The message repeats the question; an answered question has no message."""
    library = fake_library()
    found = library.searcher.search("beeldbellen")
    assert answer_form(library, replace(found, answered=True)).message == ""
    message = answer_form(library, replace(found, answered=False)).message
    assert message.startswith("In deze documenten is geen antwoord gevonden op: beeldbellen")


def test_repairs_and_comparisons_reach_the_form() -> None:
    """What was repaired and which level is compared stand in the form of the answer."""
    library = fake_library()
    found = library.searcher.search("beeldbellen")
    form = answer_form(library, replace(found, corrected=(Correction("beldbellen", "beeldbellen"),), compares="regio"))
    assert [(one.asked, one.used) for one in form.corrected] == [("beldbellen", "beeldbellen")]
    assert form.compare == "regio"
