"""SECURITY.md against the tests: what it says is shown, is."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`((?:[\w/]+)\.py)(?:::(\w+))?`", TEXT)))


@pytest.mark.parametrize(("file", "name"), NAMED)
def test_what_is_named_exists(file: str, name: str) -> None:
    """Each module, test file and test that SECURITY.md names is there."""
    path = next((path for path in (ROOT / file, ROOT / "tests" / file) if path.is_file()), None)
    assert path, file
    assert not name or f"def {name}(" in path.read_text(encoding="utf-8")


def test_the_table_has_an_answer_in_each_row() -> None:
    """Each requirement is met, partly met, not met, or left to the proxy."""
    rows = re.findall(r"^\| \d[^|]*\|([^|]*)\|", TEXT, flags=re.MULTILINE)
    assert len(rows) > 30
    assert [
        row for row in rows if not row.strip().startswith(("yes", "partly", "no", "by the proxy", "does not"))
    ] == []
