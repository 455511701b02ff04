"""The text source of a region card: one TOML file a region, read into records, and refused when something lacks."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
MARK = "Samenvatting door Regiowijzer, geen officiële tekst"
# The headings under 'Voorgenomen activiteiten', spelled as the tool's answers spell them.
THEMES = (
    "Preventie en voorlichting",
    "Zorg rondom en met de cliënt",
    "Juiste zorg op de juiste plek",
    "Regionale samenwerking",
    "Digitale zorg",
    "Meer beschikbare medewerkers",
    "Zorgcontractering",
    "Sterk sociaal domein en eerstelijn",
    "Gezond ouder worden",
    "Mentale weerbaarheid en gezondheid",
    "Passende MSZ",
    "Acute zorg",
    "Digitalisering en gegevensuitwisseling",
    "Digitaalvaardig maken",
    "Arbeidsmarkt",
)
GROUPS = (
    "Alle sectoren",
    "Ouderen met kwetsbare gezondheid",
    "Mensen met psychische problemen",
    "Mensen met beperkte gezondheidsvaardigheden",
    "Mensen met (risico op) hart- en vaatziekten",
    "Mensen met (risico op) kanker",
    "Andere groepen en sectoren",
)
_KEYS = {"region", "kind", "title", "date", "sources", "shared", "ontwikkelingen", "activiteiten", "doelgroepen"}
_ITEM_KEYS = {"text", "document", "page"}


class BadCard(ValueError):
    """The text source of a card cannot be read, or lacks something."""


@dataclass(frozen=True, slots=True)
class Item:
    """One fact.

    Attributes:
        text: the fact in our own words.
        document: short name of the source, a key of `Card.sources`.
        page: 1-based PDF page of the source on which the fact stands.
    """

    text: str
    document: str
    page: int


@dataclass(frozen=True, slots=True)
class Card:
    """One region's card.

    Attributes:
        path: the text source.
        region: canonical name of the region.
        kind: zorgkantoorregio, subregio, ROAZ-regio or ROAZ-subregio.
        title: the card's title, made from kind and region unless the source gives one.
        date: day on which the card was last changed.
        sources: short name -> title of the document.
        shared: page of the source -> what wider region it is about, where it does not single this region out.
        developments: what the region expects.
        activities: theme -> what the region plans.
        groups: target group or sector -> what the region plans for it.
    """

    path: Path
    region: str
    kind: str
    title: str
    date: date
    sources: Mapping[str, str]
    shared: Mapping[int, str]
    developments: tuple[Item, ...]
    activities: Mapping[str, tuple[Item, ...]]
    groups: Mapping[str, tuple[Item, ...]]

    @property
    def items(self) -> tuple[Item, ...]:
        """Every fact on the card, in order."""
        tables = (*self.activities.values(), *self.groups.values())
        return self.developments + tuple(item for items in tables for item in items)


def default_title(region: str, kind: str) -> str:
    """Make a card's title; the name of a ROAZ region already says what it is."""
    return f"Regiokaart {region}" if kind.startswith("ROAZ") else f"Regiokaart {kind} {region}"


def slug(region: str) -> str:
    """Name a card's files after its region: lower case, plain letters and hyphens."""
    plain = unicodedata.normalize("NFKD", region).encode("ascii", "ignore").decode().casefold()
    return "regiokaart-" + re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def sources(folder: Path = FOLDER) -> list[Path]:
    """List the text sources in a folder, in alphabetical order."""
    return sorted(folder.glob("regiokaart-*.toml"))


def read_card(path: Path) -> Card:
    """Read one text source. Raises BadCard with the file, the fault and the cure."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        return _card(path, raw)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
        raise BadCard(f"{path.name}: dit bestand heeft niet de vorm die corpus/README.md beschrijft: {error}") from None


def _card(path: Path, raw: Mapping[str, Any]) -> Card:
    if unknown := raw.keys() - _KEYS:
        raise BadCard(f"{path.name}: onbekende sleutel {min(unknown)!r}; toegestaan zijn {', '.join(sorted(_KEYS))}")
    if path.stem != slug(raw["region"]):
        raise BadCard(f"{path.name}: de kaart van {raw['region']!r} moet {slug(raw['region'])}.toml heten")
    return Card(
        path=path,
        region=raw["region"],
        kind=raw["kind"],
        title=raw.get("title", default_title(raw["region"], raw["kind"])),
        date=raw["date"],
        sources=raw["sources"],
        shared={int(page): words for page, words in raw.get("shared", {}).items()},
        developments=_items(path, raw["sources"], raw["ontwikkelingen"]),
        activities=_table(path, raw["sources"], raw["activiteiten"], THEMES),
        groups=_table(path, raw["sources"], raw.get("doelgroepen", {}), GROUPS),
    )


def _table(
    path: Path, documents: Mapping[str, str], raw: Mapping[str, Any], headings: tuple[str, ...]
) -> dict[str, tuple[Item, ...]]:
    """Read heading -> items, in the fixed order of the headings."""
    if unknown := raw.keys() - set(headings):
        raise BadCard(f"{path.name}: onbekende kop {min(unknown)!r}; toegestaan zijn: {'; '.join(headings)}")
    return {heading: _items(path, documents, raw[heading]) for heading in headings if heading in raw}


def _items(path: Path, documents: Mapping[str, str], raw: list[dict[str, Any]]) -> tuple[Item, ...]:
    if not raw:
        raise BadCard(f"{path.name}: een kop zonder punten; laat de kop weg of schrijf er een punt onder")
    return tuple(_item(path, documents, entry) for entry in raw)


def _item(path: Path, documents: Mapping[str, str], raw: Mapping[str, Any]) -> Item:
    """Read one fact; a card with one source need not repeat its name at every fact."""
    document = raw.get("document", next(iter(documents)) if len(documents) == 1 else None)
    if document not in documents or raw.keys() - _ITEM_KEYS or not isinstance(raw.get("page"), int):
        raise BadCard(
            f"{path.name}: het punt {raw.get('text', raw)!r} heeft een page en een document uit sources nodig"
        )
    return Item(text=raw["text"].strip(), document=document, page=raw["page"])
