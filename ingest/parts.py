"""The parts of an impactkaart beside its themes: developments, sectors, target groups; known by their headings."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ingest.text import repair

LONGEST = 130
"""Characters of a heading; more is running text."""
_TAIL = re.compile(r":\s+(?=\S)")
_WORDS = re.compile(r"\w+")


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


def recognise_parts(text: str) -> tuple[Part, ...]:
    """Recognise a heading; it may announce two parts at once, and running text names none."""
    heading = repair(text).strip()
    if len(heading) > LONGEST or heading[:1] in "•-" or heading.endswith((".", ";", ",")):
        return ()
    said = _plain(_TAIL.split(heading)[-1])
    return tuple(part for part in parts() if said == _plain(part.name) or any(_plain(v) in said for v in part.variants))


def recognise_part(text: str) -> Part | None:
    """Recognise a heading that names one part; None for any other text."""
    found = recognise_parts(text)
    return found[0] if len(found) == 1 else None


def parts_of_path(path: Sequence[str]) -> tuple[Part, ...]:
    """The parts that what stands under a heading path (root first) may belong to: the deepest heading decides."""
    return next((found for heading in reversed(path) if (found := recognise_parts(heading))), ())


def _plain(text: str) -> str:
    """Words in lower case with one space around each, so that whole words are compared."""
    return f" {' '.join(_WORDS.findall(text.casefold()))} "
