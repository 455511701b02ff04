"""Documents to JSON and back."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Activity, Attribution, Cell, Document, Extract, Page, Passage, Section
from ingest.errors import BadRecord
from ingest.records import from_json, to_json

DOCUMENT = Document(
    file="plan.pdf",
    path="/tmp/plan.pdf",
    sha256="ab",
    title="Plan ‘t Gooi",
    publisher="",
    year=2024,
    kind="regioplan",
    regions=("‘t Gooi",),
    pages=(Page(1, "i", "tekst\n", ("kop",), ("‘t Gooi",), (), (Attribution("‘t Gooi", "kop", 1, 0.5),)),),
    sections=(Section("Aanpak", 1, ("Aanpak",), 1, 1),),
    passages=(Passage("id", "plan.pdf", 1, 0, 5, "tekst", ("Aanpak",), (), "", "list"),),
    warnings=("let op",),
    incomplete=True,
)


def test_a_document_survives_json() -> None:
    """What goes through JSON text comes back equal, tuples and all."""
    assert from_json(json.loads(json.dumps(to_json(DOCUMENT)))) == DOCUMENT


def test_an_activity_survives_json() -> None:
    """A passage comes back with what was read of its activity, and one without any comes back without."""
    activity = Activity(terms=(Extract("in 2026", 3, 10, "2026"),))
    planned = replace(DOCUMENT.passages[0], activity=activity)
    document = replace(DOCUMENT, passages=(planned, DOCUMENT.passages[0]))
    back = from_json(json.loads(json.dumps(to_json(document))))
    assert [passage.activity for passage in back.passages] == [activity, None]


def test_a_lead_in_and_cells_survive_json() -> None:
    """The lead-in of a list and the cells of a table come back with their passage."""
    listed = replace(DOCUMENT.passages[0], lead="Dit doen we:", cells=(Cell("Klaar in", 0, 5),))
    assert from_json(to_json(replace(DOCUMENT, passages=(listed,)))).passages == (listed,)


_WORDS = st.text(max_size=5)
_PAGES = st.builds(
    Page,
    number=st.integers(),
    label=_WORDS,
    text=_WORDS,
    furniture=st.lists(_WORDS, max_size=2).map(tuple),
    attributions=st.lists(st.builds(Attribution, _WORDS, _WORDS, st.integers(), st.floats(0, 1)), max_size=2).map(
        tuple
    ),
)


@given(st.lists(_PAGES, max_size=2), st.booleans())
def test_any_page_survives_json(pages: list[Page], incomplete: bool) -> None:
    """Whatever stands on the pages comes back equal, odd characters and fractions included."""
    document = replace(DOCUMENT, pages=tuple(pages), incomplete=incomplete)
    assert from_json(json.loads(json.dumps(to_json(document)))) == document


def test_a_whole_confidence_is_a_number_too() -> None:
    """JSON writers may drop '.0'; an integer where a float belongs is read as one."""
    data = to_json(DOCUMENT)
    data["pages"][0]["attributions"][0]["confidence"] = 1
    assert from_json(data).pages[0].attributions[0].confidence == 1.0


def _without(data: dict[str, Any]) -> None:
    del data["title"]


def _unknown(data: dict[str, Any]) -> None:
    data["passages"][0]["extra"] = 1


def _text_year(data: dict[str, Any]) -> None:
    data["year"] = "2024"


def _true_year(data: dict[str, Any]) -> None:
    data["year"] = True


def _odd_kind(data: dict[str, Any]) -> None:
    data["passages"][0]["kind"] = "poem"


def _odd_activity(data: dict[str, Any]) -> None:
    data["passages"][0]["activity"] = "ja"


def _text_regions(data: dict[str, Any]) -> None:
    data["regions"] = "‘t Gooi"


@pytest.mark.parametrize(
    ("spoil", "where"),
    [
        (_without, "title"),
        (_unknown, "extra"),
        (_text_year, "Document.year"),
        (_true_year, "Document.year"),
        (_odd_kind, "Passage.kind"),
        (_text_regions, "Document.regions"),
        (_odd_activity, "Activity"),
    ],
)
def test_what_does_not_fit_is_refused(spoil: Any, where: str) -> None:  # noqa: ANN401  # one of the functions above
    """A missing or unknown field, or a value of another type, is named, and the message says what to do."""
    data = to_json(DOCUMENT)
    spoil(data)
    with pytest.raises(BadRecord, match=where) as caught:
        from_json(data)
    assert "regiowijzer ingest" in str(caught.value)


@pytest.mark.parametrize("data", [None, [], "x", 3, {}])
def test_what_is_no_document_is_refused(data: object) -> None:
    """Anything but an object with the right fields is refused."""
    with pytest.raises(BadRecord):
        from_json(data)
