"""What each part of the lexical side is worth: the measures with everything, and with one part at a time left out.

python -m index.ablation QUESTIONS.jsonl --data DIR [--hybrid]
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.evaluate import Question, Report, evaluate, read_questions, report
from index.expansion import Shares
from index.query import parse
from index.ranking import Ranker, Weights
from index.search import Answer, Filters, Hit, Searcher, Why, open_searcher

HEAD = f"{'':34}  nDCG@10   MRR@10   hit@10  paraphrase MRR@10   nDCG@10 of each half"

_NO_REASON = Why(0.0, 0.0, (), ())


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the ranking.

    Attributes:
        name: what it is.
        without: the weights that leave it out.
    """

    name: str
    without: Weights


def parts(chosen: Weights) -> Iterator[Part]:
    """Return the parts of a ranking, each with the weights that leave it out."""
    shares = chosen.shares
    nothing = Shares(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    yield Part("synonyms", replace(chosen, shares=replace(shares, synonym=0.0)))
    yield Part("narrower concepts", replace(chosen, shares=replace(shares, narrower=0.0)))
    yield Part("broader concepts", replace(chosen, shares=replace(shares, broader=0.0)))
    yield Part("related concepts", replace(chosen, shares=replace(shares, related=0.0)))
    around = replace(shares, narrower=0.0, broader=0.0, related=0.0)
    yield Part("concepts around", replace(chosen, shares=around))
    yield Part("compounds that hold a word", replace(chosen, shares=replace(shares, compound=0.0)))
    yield Part("parts of a compound", replace(chosen, shares=replace(shares, parts=0.0)))
    yield Part("expansion altogether", replace(chosen, shares=nothing))
    yield Part("regions", replace(chosen, region=0.0, kin=0.0))
    yield Part("low rank of headings and contents", replace(chosen, low_kind=1.0))


class Bare:
    """Ranks as a search does, without saying why: the evidence would cost most of the time.

    Args:
        ranker: what is measured.
    """

    def __init__(self, ranker: Ranker) -> None:
        self._ranker = ranker

    def search(self, query: str, limit: int = 10) -> Answer:
        """Return the best passages for a question."""
        rows = self._ranker.rows
        ranking = self._ranker.rank(parse(query), rows.allowed(Filters()))
        best = enumerate(ranking.rows[:limit], 1)
        hits = (Hit(rank, float(ranking.fused[row]), rows.passages[row], (), _NO_REASON) for rank, row in best)
        return Answer(query, answered=True, confidence=1.0, hits=tuple(hits))


def ablate(searcher: Searcher, questions: Sequence[Question], chosen: Weights) -> Iterator[tuple[str, Report]]:
    """Evaluate the chosen weights, then without each part."""
    for name, weights in (("everything", chosen), *((f"- {part.name}", part.without) for part in parts(chosen))):
        turned = Ranker(searcher.generation, searcher.ranker.encoder, weights)
        yield name, evaluate(Bare(turned), questions)


def row(name: str, result: Report) -> str:
    """Return one line of the table; the halves are every other question."""
    measured = [outcome for outcome in result.outcomes if outcome.measures]
    halves = [report(measured[start::2]).measures["nDCG@10"] for start in (0, 1)]
    means = "".join(f"{result.measures[measure]:9.4f}" for measure in ("nDCG@10", "MRR@10", "hit@10"))
    paraphrase = result.by_kind.get("parafrase", {}).get("MRR@10", float("nan"))
    return f"{name:34}{means}{paraphrase:19.4f}{halves[0]:15.4f}{halves[1]:9.4f}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m index.ablation", description="Meet wat elk onderdeel toevoegt.")
    parser.add_argument("questions", type=Path)
    parser.add_argument("--data", type=Path, default=Path(".regiowijzer"))
    parser.add_argument("--model", default="")
    parser.add_argument("--hybrid", action="store_true", help="met de betekenis erbij, niet alleen de woorden")
    given = parser.parse_args(arguments)
    searcher = open_searcher(given.data, given.model)
    chosen = Weights() if given.hybrid else replace(Weights(), lexical=1.0)
    sys.stdout.write(HEAD + "\n")
    for name, result in ablate(searcher, read_questions(given.questions), chosen):
        sys.stdout.write(row(name, result) + "\n")


if __name__ == "__main__":
    main()
