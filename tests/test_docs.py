"""The README against the program: what it names exists, and nothing that exists is missing from it."""

import re
from pathlib import Path

import typer
from typer.main import get_command

from service.app import create_app
from service.cli import app
from service.library import Library, LiveLibrary, NotReady
from service.settings import PREFIX, Settings

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def closed() -> Library:
    """Open no index: the description of the API needs none."""
    raise NotReady("Er is nog geen index.")


def commands() -> dict[str, set[str]]:
    """Return the command line's commands and the options of each."""
    group = get_command(app)
    assert isinstance(group, typer.core.TyperGroup)
    found = dict(group.commands)
    for name, part in group.commands.items():
        if isinstance(part, typer.core.TyperGroup):
            del found[name]
            found |= {f"{name} {inner}": command for inner, command in part.commands.items()}
    return {
        name: {option for parameter in command.params for option in parameter.opts if option.startswith("--")}
        for name, command in found.items()
    }


def documented() -> dict[str, set[str]]:
    """Return the commands and options in the README's table."""
    rows = re.findall(r"^\| `regiowijzer ((?:token )?\w[\w-]*)([^`]*)`", README, flags=re.MULTILINE)
    return {name: set(re.findall(r"--[\w-]+", rest)) for name, rest in rows}


def test_the_readme_lists_every_command() -> None:
    """Each command stands in the README's table, and each row is a command."""
    assert set(documented()) == set(commands())


def test_the_readme_names_every_option() -> None:
    """Each option but --help and the common --data stands in its command's row, and each named option exists."""
    for name, options in commands().items():
        assert documented()[name] == options - {"--help", "--data"}, name


def test_the_readme_lists_every_setting() -> None:
    """Each setting stands in the README, and each named variable is a setting."""
    named = set(re.findall(rf"{PREFIX}[A-Z_]+", README))
    assert named == {PREFIX + name.upper() for name in Settings.model_fields}


def test_the_readme_lists_every_route() -> None:
    """Each documented path of the API stands in the README."""
    paths = create_app(LiveLibrary(closed, lambda: ""), concurrency=1).openapi()["paths"]
    assert paths
    for path in paths:
        assert f"{path}`" in README or f"{path}?" in README, path


def test_the_rooms_exist() -> None:
    """Each module that the README points at is there."""
    named = re.findall(r"`((?:ingest|index|service|tests)/[\w/]+\.py)`", README)
    assert named
    assert [name for name in named if not (ROOT / name).is_file()] == []
