"""What the command line prints."""

import io
from dataclasses import replace

import pytest
from rich.console import Console

from ingest.corpus import Corpus, Failure
from ingest.document import Document
from service.forms import answer_form, documents_form
from service.ingesting import Outcome
from service.tables import print_answer, print_documents, print_outcome, print_outline, print_verification
from service.verification import Fault, Verification
from tests.service.fakes import fake_library, make_documents


@pytest.fixture
def console() -> Console:
    """A wide console that keeps what is printed."""
    return Console(file=io.StringIO(), width=200, highlight=False)


def printed(console: Console) -> str:
    """What was printed."""
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_outcome_counts_and_names_failures(console: Console) -> None:
    """The table counts documents, pages and passages; each failure has file, page and reason."""
    failures = (Failure("kapot.pdf", 0, "Het is [b]stuk[/b]."), Failure("plan.pdf", 3, "Geen tekst."))
    print_outcome(console, Outcome(Corpus(make_documents(), failures, ("plan.pdf",)), published=True))
    text = printed(console)
    for words in ("kapot.pdf", "hele bestand", "Het is [b]stuk[/b].", "plan.pdf", "Geen tekst.", "De index is klaar"):
        assert words in text
    counts = next(line for line in text.splitlines() if line.startswith("│"))
    assert [cell.strip() for cell in counts.strip("│").split("│")] == ["2", "4", "3", "1", "2"]


@pytest.mark.parametrize(
    ("documents", "words"), [(make_documents(), "Er is niets veranderd"), ((), "Er is niets gelezen")]
)
def test_outcome_without_new_index_says_so(console: Console, documents: tuple[object, ...], words: str) -> None:
    """An index that stayed as it was is not called new."""
    print_outcome(console, Outcome(Corpus(documents, (), ()), published=False))  # type: ignore[arg-type]
    assert words in printed(console)


def test_answer_names_what_was_repaired_and_what_to_compare(console: Console) -> None:
    """A repaired word stands beside the one that was typed, and a question for all regions points to the comparison."""
    library = fake_library()
    form = answer_form(library, library.searcher.search("beeldbellen"))
    corrected = [{"asked": "beeldbelen", "used": "beeldbellen"}]
    told = form.model_validate({**form.model_dump(), "corrected": corrected, "compare": "subregio"})
    print_answer(console, told)
    text = printed(console)
    assert "Bedoelde u 'beeldbellen'? Daarnaar is gezocht, en niet naar 'beeldbelen'." in text
    assert 'regiowijzer compare "beeldbellen" --level subregio' in text


def test_answer_shows_source_and_page(console: Console) -> None:
    """Each hit has title, page, text and citation; brackets in a text are no markup."""
    library = fake_library()
    print_answer(console, answer_form(library, library.searcher.search("valpreventie")))
    text = printed(console)
    assert "1. Regioplan Rivierenland, p. 1" in text
    assert "Ouderen volgen een cursus valpreventie" in text
    assert "1 pagina's waren niet te lezen" in text


def test_control_codes_do_not_reach_the_terminal(console: Console) -> None:
    """An escape sequence in a file name is shown as a sign, not obeyed."""
    failure = Failure("plan\x1b[2J.pdf", 0, "Stuk\x9b31m.")
    print_outcome(console, Outcome(Corpus((), (failure,), ()), published=False))
    assert "plan\ufffd[2J.pdf" in printed(console)
    assert not {"\x1b", "\x9b"} & set(printed(console))


def test_missing_answer_is_said_first(console: Console) -> None:
    """Nearest passages come under a warning."""
    library = fake_library()
    print_answer(console, answer_form(library, library.searcher.search("maanlanding")))
    assert printed(console).startswith("In deze documenten is geen antwoord gevonden op: ")


def test_documents_table_lists_failures(console: Console) -> None:
    """Every file is there, read or not."""
    print_documents(console, documents_form(fake_library()))
    for words in ("plan rivierenland.pdf", "brochure-kust.pdf", "kapot.pdf"):
        assert words in printed(console)


def told_of() -> tuple[Document, Document]:
    """The made-up documents, of which one holds personal data and hidden text."""
    plan, kust = make_documents()
    hidden = replace(plan.pages[0], warning="plan, pagina 1: verborgen tekst is weggelaten.")
    notices = ("plan, pagina 2: 1 burgerservicenummer gemaskeerd.",)
    return replace(plan, notices=notices, pages=(hidden, *plan.pages[1:])), kust


def test_personal_data_is_told(console: Console) -> None:
    """Notices stand under the outcome of an ingest, the list of documents and the outline, each one once."""
    documents = told_of()
    print_outcome(console, Outcome(Corpus(documents, (), ()), published=True))
    print_documents(console, documents_form(fake_library(documents)))
    print_outline(console, documents[0])
    assert (
        printed(console).count("1 burgerservicenummer gemaskeerd.") == printed(console).count("Persoonsgegevens") == 3
    )


def test_nothing_is_said_of_documents_without_personal_data(console: Console) -> None:
    """Without notices there is no table of them."""
    print_documents(console, documents_form(fake_library()))
    assert "Persoonsgegevens" not in printed(console)


def test_outline_tells_hidden_text(console: Console) -> None:
    """What was kept out of a page stands under its headings."""
    print_outline(console, told_of()[0])
    assert "pagina 1: verborgen tekst is weggelaten." in printed(console)


@pytest.mark.parametrize(
    ("passages", "confirmed", "shown"), [(3, 3, ": 100%"), (3, 2, ": 66,67%"), (100_000, 99_999, ": 99,99%")]
)
def test_percentage_is_never_rounded_up_to_all(console: Console, passages: int, confirmed: int, shown: str) -> None:
    """100% means every one."""
    print_verification(console, Verification(passages, confirmed, ()))
    assert shown in printed(console)


def test_long_list_of_faults_is_cut(console: Console) -> None:
    """The first twenty are shown and the rest is counted."""
    faults = tuple(Fault("plan.pdf", 1, f"id{n}", "Reden.") for n in range(25))
    print_verification(console, Verification(25, 0, faults))
    assert "id19" in printed(console)
    assert "id20" not in printed(console)
    assert "nog 5" in printed(console)
