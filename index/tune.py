"""Choose the numbers of ranking and confidence on gold questions, and print what they were chosen from.

python -m index.tune sweep QUESTIONS.jsonl --data DIR    a row of measures for every setting, one knob at a time
python -m index.tune fit [QUESTIONS.jsonl] --data DIR    numbers for index/confidence.toml; --write puts them there
"""

import argparse
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from index.calibrate import fit, notes, samples
from index.confidence import CALIBRATION_FILE, Calibration, probability, written
from index.evaluate import COMPARISON, UNANSWERABLE, Question, Report, auroc, evaluate, read_questions
from index.ranking import Weights
from index.search import Searcher, open_searcher

OFF_TOPIC = "off-topic"


def settings() -> Iterator[Weights]:
    """Return the settings of the sweep: the chosen one with one knob turned at a time."""
    chosen = Weights()
    yield replace(chosen, fusion="rrf")
    yield from (replace(chosen, lexical=step / 10) for step in range(11))
    yield from (replace(chosen, region=region) for region in (0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5))
    yield from (replace(chosen, kin=kin) for kin in (0.0, 0.05, 0.1))
    yield from (replace(chosen, low_kind=low) for low in (0.25, 0.5, 0.75, 1.0))


def sweep(searcher: Searcher, questions: Sequence[Question]) -> Iterator[tuple[Weights, Report]]:
    """Evaluate every setting."""
    for weights in dict.fromkeys(settings()):
        turned = Searcher(searcher.generation, searcher.ranker.encoder, weights)
        yield weights, evaluate(turned, questions)


def off_topic() -> list[Question]:
    """Return questions that no plan answers, from tune.toml."""
    data = tomllib.loads(Path(__file__).with_name("tune.toml").read_text(encoding="utf-8"))
    return [Question(OFF_TOPIC, text, UNANSWERABLE, ()) for text in data["off_topic"]]


def sweep_row(weights: Weights, report: Report) -> str:
    """Return one line of the sweep's table."""
    knobs = f"{weights.fusion:7}{weights.lexical:8.2f}{weights.region:8.2f}{weights.kin:6.2f}{weights.low_kind:9.2f}"
    paraphrase = report.by_kind.get("parafrase", {}).get("MRR@10", float("nan"))
    measures = f"{report.measures['nDCG@10']:9.4f}{report.measures['MRR@10']:9.4f}{report.measures['hit@10']:9.4f}"
    return f"{knobs}{measures}{paraphrase:12.4f}"


SWEEP_HEAD = "fusion  lexical  region   kin low_kind  nDCG@10   MRR@10   hit@10  paraphrase MRR@10"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one of the commands."""
    parser = argparse.ArgumentParser(prog="python -m index.tune", description="Kies de getallen van het zoeken.")
    parser.add_argument("what", choices=["sweep", "fit"])
    parser.add_argument("questions", type=Path, nargs="?", help="sweep: waarop te meten; fit: waarop te toetsen")
    parser.add_argument("--data", type=Path, default=Path(".regiowijzer"))
    parser.add_argument("--model", default="")
    parser.add_argument("--write", action="store_true", help="fit: schrijf index/confidence.toml")
    given = parser.parse_args(arguments)
    if given.what == "sweep" and given.questions is None:
        parser.error("sweep: geef een vragenbestand.")
    searcher = open_searcher(given.data, given.model)
    questions = read_questions(given.questions) if given.questions else ()
    lines = _sweep_lines(searcher, questions) if given.what == "sweep" else _fit_lines(searcher, questions, given.write)
    for line in lines:
        sys.stdout.write(line + "\n")


def _sweep_lines(searcher: Searcher, questions: Sequence[Question]) -> Iterator[str]:
    yield SWEEP_HEAD
    for weights, report in sweep(searcher, questions):
        yield sweep_row(weights, report)


def _fit_lines(searcher: Searcher, questions: Sequence[Question], write: bool) -> Iterator[str]:
    """Fit, write when asked to, and yield the numbers with how they do on questions that were not fitted on."""
    own = samples()
    found = fit(searcher, own)
    text = written(found.calibration, notes(found, own))
    if write:
        CALIBRATION_FILE.write_text(text, encoding="utf-8")
    yield text
    yield _tested("off topic", searcher, found.calibration, off_topic())
    if questions:
        yield _tested("questions given", searcher, found.calibration, questions)


def _tested(name: str, searcher: Searcher, calibration: Calibration, questions: Sequence[Question]) -> str:
    """Return how numbers do on questions."""
    asked = [question for question in questions if question.kind != COMPARISON]
    certainty = {question: probability(searcher.observe(question.question), calibration) for question in asked}
    yes = [value for question, value in certainty.items() if question.kind != UNANSWERABLE]
    no = [value for question, value in certainty.items() if question.kind == UNANSWERABLE]
    refused = [sum(value < calibration.threshold for value in sort) / (len(sort) or 1) for sort in (yes, no)]
    return f"{name}: AUROC {auroc(yes, no):.3f}; refused {refused[0]:.3f} of {len(yes)}, {refused[1]:.3f} of {len(no)}"


if __name__ == "__main__":
    main()
