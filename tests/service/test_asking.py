"""Questions and filters as people type them."""

import pytest

from index.search import Filters
from service.asking import MAX_QUESTION, BadQuestion, UnknownFilter, ask, resolve_filters
from tests.service.fakes import FILE, fake_library


def test_filters_become_canonical() -> None:
    """Capitals and spaces around a name do not matter."""
    filters = resolve_filters(fake_library(), " flevoland ", "digitale zorg", FILE)
    assert filters == Filters(region="Flevoland", theme="Digitale zorg", document=FILE)


def test_empty_filters_leave_everything() -> None:
    """'' and spaces are no filter."""
    assert resolve_filters(fake_library(), "", " ", "") == Filters()


@pytest.mark.parametrize(
    ("filters", "words"),
    [
        (("Atlantis", "", ""), "regio 'Atlantis'"),
        (("", "Ruimtevaart", ""), "thema 'Ruimtevaart'"),
        (("", "", "plan riverland.pdf"), "Bedoelt u 'plan rivierenland.pdf'"),
    ],
)
def test_unknown_filter_is_refused(filters: tuple[str, str, str], words: str) -> None:
    """The message names what is unknown and the nearest name that is known; nothing is searched without the filter."""
    with pytest.raises(UnknownFilter, match=words):
        resolve_filters(fake_library(), *filters)


def test_spaces_in_a_question_do_not_count() -> None:
    """Line breaks and double spaces become single ones."""
    assert ask(fake_library(), "  wat is \n valpreventie ", 10, Filters()).query == "wat is valpreventie"


@pytest.mark.parametrize("question", ["", " \n\t", "x" * (MAX_QUESTION + 1)])
def test_questions_that_cannot_be_searched(question: str) -> None:
    """An empty and an endless question are refused in words."""
    with pytest.raises(BadQuestion, match=r"De vraag (is leeg|telt)"):
        ask(fake_library(), question, 10, Filters())
