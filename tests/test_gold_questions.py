"""The gold questions stand in their own file only: what the project shows and tests with must not be tuned to them."""

import ast
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tests.shared import SHARED, needs_shared

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("corpus", "deploy", "index", "ingest", "service", "tests")


def plain(text: str) -> str:
    """Fold what does not tell two questions apart: spaces, capitals and the form of an apostrophe."""
    return " ".join(text.replace("\u2019", "'").split()).casefold()


def strings(value: object) -> Iterator[str]:
    """Yield every string of a TOML value, names of fields too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, held in value.items():
            yield from (name, *strings(held))
    elif isinstance(value, list):
        for held in value:
            yield from strings(held)


def literals(file: Path) -> Iterator[str]:
    """Yield every string literal of a module, or every string of a TOML file."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".toml":
        yield from strings(tomllib.loads(text))
    else:
        constants = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant))
        yield from (node.value for node in constants if isinstance(node.value, str))


@needs_shared
def test_no_literal_is_a_gold_question() -> None:
    """Neither an example that people see nor a question of a test is one on which the search is measured."""
    lines = (SHARED / "eval" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    gold = {plain(json.loads(line)["question"]) for line in lines if line.strip()}
    files = [file for room in ROOMS for file in (ROOT / room).rglob("*") if file.suffix in {".py", ".toml"}]
    assert len(files) > 300
    assert [f"{file.relative_to(ROOT)}: {one}" for file in files for one in literals(file) if plain(one) in gold] == []
