"""The parts of an impactkaart beside its themes: developments, sectors, target groups; known by their headings."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an impactkaart that is not a theme.

    Attributes:
        name: the name under which the whole project knows it.
        variants: words that a heading holds when it names this part.
    """

    name: str
    variants: tuple[str, ...]


@cache
def parts() -> tuple[Part, ...]:
    """The parts in the order of an impactkaart, read from themes.toml once."""
    data = tomllib.loads(files("ingest").joinpath("themes.toml").read_text(encoding="utf-8"))["part"]
    return tuple(Part(entry["name"], tuple(entry["variants"])) for entry in data)
