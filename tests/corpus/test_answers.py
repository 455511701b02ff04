"""The cards answer what people ask: development questions whose answer is a fact on a card, over the cards alone."""

import json
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from corpus.regiokaarten.cards import Card, read_card, slug, sources
from index.search import Hit, Searcher
from tests.shared import SHARED, needs_shared

Answers = list[dict[str, str]]
ANSWERS: dict[str, Answers] = tomllib.loads(Path(__file__).with_name("questions.toml").read_text(encoding="utf-8"))
FLOOR = 0.85
ENOUGH = 60


def read_gold() -> dict[str, dict[str, object]]:
    """Read the development questions by id."""
    lines = (SHARED / "eval/questions.jsonl").read_text(encoding="utf-8").splitlines()
    return {gold["id"]: gold for gold in map(json.loads, lines)}


def squeeze(text: str) -> str:
    """Take out white space, because a typeset line may break anywhere."""
    return "".join(text.split())


def states(hit: Hit, answers: Answers) -> bool:
    """Say whether a hit is a passage of an answering card that holds the words."""
    return any(
        hit.passage.document == f"{slug(answer['region'])}.pdf"
        and squeeze(answer["words"]) in squeeze(hit.passage.text)
        for answer in answers
    )


def fact_pages(cards: Mapping[str, Card], answers: Answers) -> set[int]:
    """List the pages of the sources cited by the facts that hold the words."""
    return {item.page for answer in answers for item in cards[answer["region"]].items if answer["words"] in item.text}


def test_answers_stand_on_the_cards() -> None:
    """The words of every answer are a part of one fact on the card of that region."""
    cards = {card.region: card for card in map(read_card, sources())}
    for name, answers in ANSWERS.items():
        for answer in answers:
            held = [item for item in cards[answer["region"]].items if answer["words"] in item.text]
            assert len(held) == 1, (name, answer)


@needs_shared
def test_answers_cite_a_page_that_answers() -> None:
    """Each question has an answer whose fact cites a page that the question's gold names."""
    cards = {card.region: card for card in map(read_card, sources())}
    gold = read_gold()
    for name, answers in ANSWERS.items():
        pages = {page["page"] for page in gold[name]["gold"]}  # type: ignore[attr-defined]  # a list, says its form
        assert pages & fact_pages(cards, answers), name


@needs_shared
def test_five_hits_hold_the_answer(searcher: Searcher, capsys: pytest.CaptureFixture[str]) -> None:
    """Of at least 60 questions that the cards answer, 85 in 100 have the stating passage among the first five hits."""
    gold = read_gold()
    found = {
        name: any(states(hit, answers) for hit in searcher.search(str(gold[name]["question"]), 5).hits)
        for name, answers in ANSWERS.items()
    }
    rate = sum(found.values()) / len(found)
    missed = ", ".join(name for name, hit in found.items() if not hit)
    with capsys.disabled():
        sys.stdout.write(f" hit@5 over the cards alone: {rate:.3f} ({len(found)} questions; missed: {missed}) ")
    assert len(found) >= ENOUGH
    assert rate >= FLOOR
