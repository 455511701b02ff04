"""What training reads, and what it never opens."""

from dataclasses import replace

import pytest

from index.training import texts
from index.training.config import Config


@pytest.fixture(scope="module", autouse=True)
def read(config: Config) -> None:
    """Read the corpus once."""
    texts.read_corpus(config)


def test_passages_are_the_products_own(config: Config) -> None:
    """PDFs are read by the product's own ingest, page by page; the care law's passages come after them."""
    found = texts.passages(config)
    assert [(text.document, text.page) for text in found][-2:] == [("wetten-zorg.txt", 1), ("wetten-zorg.txt", 2)]
    first = next(text for text in found if text.document == "plan.pdf")
    assert "wijkverpleging" in first.passage
    assert first.indexed.endswith(first.passage)


def test_documents_can_be_left_out(config: Config) -> None:
    """A document that is kept out gives neither passages nor questions."""
    without = replace(config, without=("plan.pdf",))
    assert "plan.pdf" not in {text.document for text in texts.passages(without)}
    assert {question.document for question in texts.questions(without)} == {"ander.pdf", "wetten-zorg.txt"}
    assert len(texts.questions(config)) == 5


def test_gold_questions_are_never_opened(config: Config) -> None:
    """Training reads everything that it needs from a folder without `eval/`."""
    assert not (config.shared / "eval").exists()
    assert texts.questions(config)


def test_markup_is_taken_out_of_the_law(config: Config) -> None:
    """Sections come with heading and paragraphs, without tags."""
    first, second = texts.legal_sections(config.shared)
    assert first.heading.startswith("Artikel 1.")
    assert "Het college beslist" in first.paragraphs[1]
    assert second.paragraphs == ("Kort.",)


def test_synonyms_come_in_sets(config: Config) -> None:
    """Each line is a set; a word alone is none, and a stray quote does not swallow the lines after it."""
    assert texts.synonym_sets(config.shared) == [("hulp", "steun", '"bijstand'), ("oud", "bejaard")]


def test_windows_keep_every_word() -> None:
    """A text is cut into pieces of bounded length; nothing is lost."""
    words = [str(number) for number in range(25)]
    pieces = texts.windows(" ".join(words), words=10)
    assert [len(piece.split()) for piece in pieces] == [10, 10, 5]
    assert " ".join(pieces).split() == words
