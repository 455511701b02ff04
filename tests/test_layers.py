"""The house: data flows ingest -> index -> service, and heavy libraries have one room each."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FORBIDDEN = {"ingest": {"index", "service"}, "index": {"service"}, "service": set[str]()}
# Library -> the modules that may import it; a trailing slash names a folder.
ROOMS = {
    "pypdf": ("ingest/pdf.py", "ingest/child.py"),
    "faiss": ("index/dense.py",),
    "onnxruntime": ("index/transformer.py",),
    "onnx": ("index/training/",),
    "bm25s": ("index/lexical.py",),
    "torch": ("index/embed.py", "index/training/"),
    "sentence_transformers": ("index/embed.py", "index/training/"),
    "Stemmer": ("index/analysis.py",),
    "pypdfium2": ("service/pdfium.py",),
    "ir_measures": ("index/evaluate.py",),
}
NOT_BELOW_SERVICE = {"fastapi", "starlette", "uvicorn", "typer", "rich", "jinja2"}


def modules() -> list[Path]:
    """Every module of the three packages."""
    return sorted(path for package in FORBIDDEN for path in (ROOT / package).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """Yield the top-level name of every import in a module, late ones included."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield (node.module or "").partition(".")[0]


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_back(path: Path) -> None:
    """A module imports only rooms that come before its own, and a heavy library only in that library's room."""
    name = path.relative_to(ROOT).as_posix()
    package = name.partition("/")[0]
    found = set(imported(path))
    assert not found & FORBIDDEN[package]
    if package != "service":
        assert not found & NOT_BELOW_SERVICE
    for library, rooms in ROOMS.items():
        if library in found:
            assert name.startswith(rooms), f"{name} imports {library}"


def test_modules_are_found() -> None:
    """The walk over the packages finds modules, so that the test above cannot pass on nothing."""
    assert len(modules()) > 10


def test_nobody_prints_below_the_edge() -> None:
    """Only the command line writes to the terminal."""
    edge = {"service/cli.py", "service/console.py"}
    for path in modules():
        name = path.relative_to(ROOT).as_posix()
        if name in edge or name.startswith("index/training/"):
            continue
        calls = [n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Call)]
        assert not [c for c in calls if isinstance(c.func, ast.Name) and c.func.id == "print"], name


def test_the_command_line_loads_no_heavy_library() -> None:
    """`import service.cli` loads none of the libraries that take a second to start."""
    heavy = ["torch", "faiss", "bm25s", "fastapi", "sentence_transformers", "pypdf", "numpy"]
    code = f"import sys, service.cli; print([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"
