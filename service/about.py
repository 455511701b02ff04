"""What the service can say of itself: who runs it, which versions it is made of, how well it answers."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from index.analysis import ANALYSER_VERSION
from ingest.corpus import INGEST_VERSION
from service.headers import API_VERSION
from service.library import Library

FIGURES = Path(__file__).with_name("figures.toml")


@dataclass(frozen=True, slots=True)
class Operator:
    """Who runs this service, as the settings say; '' where they do not.

    Attributes:
        organisation: the public body or firm.
        contact: an e-mail address, or the address of a page with a form.
    """

    organisation: str = ""
    contact: str = ""

    @property
    def address(self) -> str:
        """What a link to the contact leads to; '' when the contact is plain words, such as a telephone number."""
        if self.contact.startswith(("https://", "http://")):
            return self.contact
        return f"mailto:{self.contact}" if "@" in self.contact and " " not in self.contact else ""


@dataclass(frozen=True, slots=True)
class Recording:
    """What is kept of visits, as the settings say; the privacy page tells it.

    Attributes:
        audit: 'on', 'off', or 'auto' for where others can come.
        questions: whether questions are kept as they were asked.
        days: how long.
    """

    audit: str = "off"
    questions: bool = False
    days: int = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """Something that was measured.

    Attributes:
        name: the measure as the field spells it.
        value: the figure.
        meaning: what it says, in Dutch.
    """

    name: str
    value: float
    meaning: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured, when and on what.

    Attributes:
        measured: the date, ISO 8601.
        on: what it was measured on, in Dutch.
        figures: in the order in which they are shown.
    """

    measured: str
    on: str
    figures: tuple[Figure, ...]


@cache
def read_figures() -> Figures:
    """The figures of the README, from the file that a test holds the README to."""
    held = tomllib.loads(FIGURES.read_text(encoding="utf-8"))
    return Figures(held["measured"], held["on"], tuple(Figure(**figure) for figure in held["figure"]))


def software_version() -> str:
    """The version of the installed package, or '' when it runs from a folder that was never installed."""
    try:
        return version("regiowijzer")
    except PackageNotFoundError:
        return ""


def versions(library: Library) -> list[tuple[str, str]]:
    """What answers are made with: [(Dutch name, version)], without what is unknown."""
    manifest = library.manifest
    known = [
        ("Regiowijzer", software_version()),
        ("API", API_VERSION),
        ("Inlezen van documenten", str(manifest.ingest if manifest else INGEST_VERSION)),
        ("Nederlandse woordanalyse", manifest.analyser if manifest else ANALYSER_VERSION),
        ("Taalmodel", manifest.model if manifest else ""),
        ("Vingerafdruk van het taalmodel (SHA-256)", manifest.fingerprint if manifest else ""),
        ("Index", manifest.generation if manifest else ""),
    ]
    return [(name, value) for name, value in known if value]
