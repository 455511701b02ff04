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


def test_nothing_is_handed_to_a_shell_or_a_database() -> None:
    """Two modules start a program, our own, with a list of arguments; none imports a database or asks for a shell."""
    sources = {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for room in ("ingest", "index", "service")
        for path in (ROOT / room).rglob("*.py")
    }
    starting = {name for name, text in sources.items() if re.search(r"\bsubprocess\.\w+\(|\bos\.(exec|spawn)", text)}
    assert starting == {"ingest/pdf.py", "service/painter.py"}
    refused = re.compile(
        r"shell=|os\.system|os\.popen|^\s*(?:import|from) (?:sqlite3|sqlalchemy|psycopg)", re.MULTILINE
    )
    assert [name for name, text in sources.items() if refused.search(text)] == []


def test_what_may_not_be_allowed_is_said_so() -> None:
    """Each time that SECURITY.md says that a process has no network, it says where that is not so."""
    told = " ".join(TEXT.split())
    assert "without network where the system allows that" in told
    assert "Docker's default profile refuses it" in told
    assert told.count("without network") == 1
