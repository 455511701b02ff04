"""What training reads, and what it never opens."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from index.training import texts
from index.training.config import WRITTEN, Config


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


def test_own_questions_come_with_their_passage(config: Config) -> None:
    """A made-up passage stands in the row, with its headings and region; a paragraph of law is looked up."""
    made, asked = texts.written(config)
    assert [text.document for text in made] == ["plan-1", "wet-1"]
    assert made[0].indexed == "Ouderen\nVallen\nWaterland\n" + made[0].passage
    assert made[1].passage.startswith("Het college verleent hulp")
    assert [(question.document, question.page) for question in asked] == [("plan-1", 1), ("wet-1", 1)]


def test_another_paragraph_than_was_asked_about_is_refused(config: Config, tmp_path: Path) -> None:
    """When the shared law changes under a question, the row is named instead of trained on."""
    rows = json.loads((config.written / "wet.jsonl").read_text(encoding="utf-8"))
    rows["source"]["paragraph"] = 1
    (tmp_path / "wet.jsonl").write_text(json.dumps(rows) + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match="wet-1"):
        texts.written(replace(config, written=tmp_path))


def test_translations_keep_to_what_may_be_used(config: Config) -> None:
    """Sentences of the set that forbids commercial use are left out; of words, brackets and 'to' are taken off."""
    assert [english for _, english in texts.translated_sentences(config.shared)] == [
        "The doctor helps older people.",
        "Young people get help at school.",
    ]
    assert texts.dictionary(config.shared)["hulp"] == ["help", "aid"]
    assert texts.translated_words(config) == {"huisarts": ["doctor", "physician"], "ouderen": ["older people"]}


def test_law_about_care_is_told_from_other_law(config: Config) -> None:
    """A section knows whether its law's title speaks of care."""
    assert all(section.care for section in texts.legal_sections(config.shared))
    assert not texts._CARE.search("Wet op de accijns")


def test_the_shipped_questions_are_whole() -> None:
    """Rows have distinct ids, a passage or its place in the law, and questions that stand only once."""
    rows = [
        json.loads(line) for path in WRITTEN.glob("*.jsonl") for line in path.read_text(encoding="utf-8").splitlines()
    ]
    asked = [question["question"] for row in rows for question in row["questions"]]
    assert len({row["id"] for row in rows}) == len(rows) > 1000
    assert all(row.get("text") or row["source"]["sha256"] for row in rows)
    assert len(set(asked)) == len(asked) > 3000
