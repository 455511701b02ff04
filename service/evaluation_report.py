"""A measurement as a page for people who know the plans, not the terms: one file, without colour, without a network."""

from dataclasses import dataclass
from math import isnan

from index.evaluate import UNANSWERABLE, Outcome, worst
from index.runs import SIGNIFICANT
from service.citation import running_citation
from service.dates import dutch_date, dutch_decimal
from service.evaluating import Measured
from service.library import Library, find_document
from service.pages import environment

# Questions shown with what was found instead.
MOST = 40

WORDS = {
    "nDCG@10": "Hoe hoog de goede pagina's staan bij de eerste tien (1 is volmaakt)",
    "MRR@10": "Hoe hoog de eerste goede pagina staat (1 is bovenaan, 0,5 is tweede)",
    "hit@1": "Goede pagina staat bovenaan",
    "hit@5": "Goede pagina staat bij de eerste vijf",
    "hit@10": "Goede pagina staat bij de eerste tien",
}


@dataclass(frozen=True, slots=True)
class Miss:
    """A question whose page is not the first.

    Attributes:
        outcome: what came of it.
        rank: where its first right page stands; 0 for nowhere.
        right: where the answer does stand, in words.
        instead: (place in words, sentence) of what was found first.
    """

    outcome: Outcome
    rank: int
    right: tuple[str, ...]
    instead: tuple[tuple[str, str], ...]


def write_report(measured: Measured) -> str:
    """Return the page as HTML."""
    library, result = measured.library, measured.result
    unanswerable = [one for one in result.outcomes if one.question.kind == UNANSWERABLE]
    return (
        environment()
        .get_template("evaluation.html")
        .render(
            result=result,
            words=WORDS,
            misses=[_miss(library, outcome) for outcome in worst(result)[:MOST]],
            more=max(len(worst(result)) - MOST, 0),
            shown=[one for one in unanswerable if one.answered],
            refused=[one for one in result.outcomes if one.measures and not one.answered],
            unanswerable=len(unanswerable),
            missing=measured.missing,
            changes=measured.changes,
            before=measured.before.name if measured.before else "",
            significant=SIGNIFICANT,
            coverage=library.coverage,
            built=dutch_date(library.coverage.index_built),
            decimal=_decimal,
            percent=_percent,
            titles={document.file: document.title or document.file for document in library.searcher.documents},
        )
    )


def _miss(library: Library, outcome: Outcome) -> Miss:
    gold = set(outcome.question.gold)
    rank = next((rank for rank, place in enumerate(outcome.pages, 1) if place in gold), 0)
    right = tuple(_where(library, place) for place in outcome.question.gold)
    return Miss(outcome, rank, right, tuple((_where(library, one.place), one.sentence) for one in outcome.nearest))


def _where(library: Library, place: tuple[str, int]) -> str:
    """Name a page as a reference does; one of a document that is not indexed by its file."""
    document = find_document(library, place[0])
    return running_citation(document, place[1]) if document else f"{place[0]}, p. {place[1]} (niet in de index)"


def _decimal(value: float) -> str:
    """0.7781 -> '0,778'; nan -> '–'."""
    return "–" if isnan(value) else dutch_decimal(round(value, 3))


def _percent(value: float) -> str:
    """0.932 -> '93%'; nan -> '–'."""
    return "–" if isnan(value) else f"{value:.0%}"
