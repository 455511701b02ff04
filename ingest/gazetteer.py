"""The regions of Dutch care planning: their names, how people spell them, and where they stand in a text."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

# How sure we are of the region, by what was matched.
NAME, VARIANT, LOOSE, MUNICIPALITY, UNCERTAIN = 0.95, 0.9, 0.7, 0.6, 0.4
MISSPELLED = 0.75  # times the confidence of the name as it should be
FUZZY_TEXT = 200  # longer texts are running text; there a near-miss is more likely another word
FUZZY_SHORTEST = 7  # letters; in shorter words one other letter is most often another word
FUZZY_LONG = 13  # letters from which two wrong letters are still a misspelling

_TOKEN = re.compile(r"[a-z0-9]+")
_GAP = re.compile(r"[\s\-/&'(]*(?:\)\s*)?")  # what may stand between two words of one name
_COMPASS = re.compile(r"(noord|zuid)(oost|west)")
_WHOLE = re.compile(r"(?:regionaal(?: deel| plan)?|regionale uitwerking)\s*:?")
_FOLDED = str.maketrans(
    "àáâãäåèéêëìíîïòóôõöùúûüýÿçñ‘’‛`´ʼ–—‐‑\u00ad\u00a0", "aaaaaaeeeeiiiiooooouuuuyycn''''''-----\u0020".ljust(0)
)
# Words around a region's name that do not make it mean another.
_KIND_WORDS = {"regio", "zorgkantoorregio", "zorgkantoor", "subregio", "roaz", "gemeente", "gemeenten", "provincie"}
_KIND_WORDS |= {"de", "het", "in", "e", "o", "eo", "s"}
# Words that may stand inside a name without being part of it: 'Zwolle (regio IJssel-Vecht)'; more of them after 'ROAZ'.
_INSIDE = {"regio", "subregio"}
_INSIDE_ROAZ = _INSIDE | {"plan", "beeld", "van", "voor", "in", "de"}


@dataclass(frozen=True, slots=True)
class Region:
    """A region that plans are made for.

    Attributes:
        name: the one name under which the whole project knows it.
        kind: 'zorgkantoorregio', 'subregio', 'ROAZ-regio' or 'ROAZ-subregio'.
        parent: name of the region it is part of, or ''.
        variants: other spellings, areas and networks that mean this region.
        municipalities: gemeenten that lie in it; those of a subregion stand with the subregion only.
        uncertain: gemeenten that we believe to lie in it without being sure.
        whole: whether it stands for all of its parent, in plans that set what is done together beside what each
            subregion does. Its name is an everyday word: only a title on its own can mean it.
    """

    name: str
    kind: str
    parent: str
    variants: tuple[str, ...]
    municipalities: tuple[str, ...]
    uncertain: tuple[str, ...] = ()
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a text that names a region.

    Attributes:
        region: the region's name in the gazetteer.
        start, end: half-open span in the text.
        via: the words matched, as they stand in the text.
        confidence: 0..1; own names high, gemeenten and near-misses lower.
    """

    region: str
    start: int
    end: int
    via: str
    confidence: float


@dataclass(slots=True)
class _Node:
    """A word in the tree of names: what may follow it, and what ends here."""

    next: dict[str, "_Node"] = field(default_factory=dict)
    region: str = ""  # '' with a confidence above 0: a guard, a name that is no region
    confidence: float = 0.0
    everyday: bool = False
    inside: frozenset[str] = frozenset(_INSIDE)  # words skipped here


@dataclass(frozen=True, slots=True)
class _Gazetteer:
    regions: tuple[Region, ...]
    tree: _Node
    misspellable: dict[int, dict[str, tuple[str, float]]]  # number of words -> name without spaces -> region


def regions() -> tuple[Region, ...]:
    """The regions in the contract's order, read from gazetteer.toml once."""
    return _gazetteer().regions


@cache
def by_name() -> dict[str, Region]:
    """The regions by their name."""
    return {region.name: region for region in regions()}


def children(name: str) -> tuple[str, ...]:
    """Names of the regions that are part of region `name`, in the contract's order."""
    return tuple(region.name for region in regions() if region.parent == name)


def whole_of(name: str) -> str:
    """Name of the subregion that stands for all of region `name`; '' when plans for that region know none."""
    return next((region.name for region in regions() if region.whole and region.parent == name), "")


def is_whole_title(text: str) -> bool:
    """Whether a title says that what follows is for the whole region: 'Regionaal', 'Regionale uitwerking:'."""
    return _WHOLE.fullmatch(_fold(text).strip()) is not None


def find_mentions(text: str, fuzzy: bool | None = None) -> list[Mention]:
    """Find the regions named in `text`, from left to right, the longest name at each place.

    Case, diacritics, hyphens and apostrophes do not matter. Small misspellings are looked for when `fuzzy`, by default
    in short texts that name no region exactly. A gemeente leads to its region with a lower confidence; a name that is
    both a zorgkantoorregio and a ROAZ region is the latter only after 'ROAZ' or 'acute zorg'.
    """
    return list(_mentions(text, len(text) <= FUZZY_TEXT if fuzzy is None else fuzzy))


@lru_cache(maxsize=8192)
def _mentions(text: str, fuzzy: bool) -> tuple[Mention, ...]:
    folded = _fold(text)
    tokens = _tokens(folded)
    found = list(_exact(text, folded, tokens))
    if fuzzy and not found:
        return tuple(_misspelled(text, tokens))
    return tuple(mention for mention in found if mention.region)


@lru_cache(maxsize=4096)
def lookup(name: str) -> Region | None:
    """Find the region that `name` as a whole means, for filters and settings; None when it means none or several."""
    if name in by_name():
        return by_name()[name]
    if is_whole_title(name):
        wholes = [region for region in regions() if region.whole]
        return wholes[0] if len(wholes) == 1 else None
    mentions = find_mentions(name)
    named = {mention.region for mention in mentions}
    return by_name()[named.pop()] if len(named) == 1 and not remainder(name, mentions) else None


def remainder(text: str, mentions: Iterable[Mention]) -> list[str]:
    """The words of `text` outside `mentions`, folded, without words like 'regio' that belong to a name."""
    spans = [(mention.start, mention.end) for mention in mentions]
    return [
        word
        for word, start, end in _tokens(_fold(text))
        if word not in _KIND_WORDS and not any(first <= start and end <= last for first, last in spans)
    ]


def _fold(text: str) -> str:
    """Lower-case `text` without diacritics and typographic signs, character for character, so that offsets stay."""
    folded = text.lower()
    return (folded if len(folded) == len(text) else text).translate(_FOLDED)


def _tokens(folded: str) -> list[tuple[str, int, int]]:
    """Split into (word, start, end); 'zuidoost' is two words, so that it equals 'zuid-oost'."""
    found = []
    for match in _TOKEN.finditer(folded):
        word, start, end = match.group(), match.start(), match.end()
        if len(word) > 7 and (compass := _COMPASS.match(word)):
            found += [
                (compass[1], start, start + len(compass[1])),
                (compass[2], start + len(compass[1]), start + compass.end()),
            ]
            word, start = word[compass.end() :], start + compass.end()
        if word:
            found.append((word, start, end))
    return found


def _exact(text: str, folded: str, tokens: list[tuple[str, int, int]]) -> Iterator[Mention]:
    """Yield the longest name at each place, guards included (their region is '')."""
    tree, at = _gazetteer().tree, 0
    while at < len(tokens):
        if tokens[at][0] not in tree.next:
            at += 1
            continue
        node, last = _longest(tree, folded, tokens, at)
        start, end = tokens[at][1], tokens[last][2]
        if not node.confidence or (node.everyday and not _is_proper(text, folded, start)):
            at += 1
            continue
        yield Mention(node.region, start, end, text[start:end], node.confidence)
        at = last + 1


def _longest(tree: _Node, folded: str, tokens: list[tuple[str, int, int]], at: int) -> tuple[_Node, int]:
    """Walk down the tree from token `at`: the last node that ends a name, and the index of its last token."""
    best, last, node = tree, at, tree
    for index in range(at, len(tokens)):
        word, start, _ = tokens[index]
        if index > at and not _GAP.fullmatch(folded, tokens[index - 1][2], start):
            break
        if word not in node.next:
            if index > at and word in node.inside:
                continue
            break
        node = node.next[word]
        if node.confidence:
            best, last = node, index
    return best, last


def _is_proper(text: str, folded: str, start: int) -> bool:
    """Whether an everyday word is used as a name here: after 'gemeente', or with a capital inside a sentence."""
    before = folded[:start].rstrip()
    if before.endswith(("gemeente", "gemeenten")):
        return True
    return text[start].isupper() and bool(before) and before[-1] not in ".!?:;•-*"


def _misspelled(text: str, tokens: list[tuple[str, int, int]]) -> list[Mention]:
    """Names with a wrong letter or two, in runs of one to five words."""
    found: list[Mention] = []
    for size in range(min(5, len(tokens)), 0, -1):
        for at in range(len(tokens) - size + 1):
            run = tokens[at : at + size]
            start, end = run[0][1], run[-1][2]
            if any(start < mention.end and mention.start < end for mention in found):
                continue
            region, confidence = _nearest("".join(word for word, _, _ in run), size)
            if region:
                found.append(Mention(region, start, end, text[start:end], round(confidence * MISSPELLED, 2)))
    return sorted(found, key=lambda mention: mention.start)


@lru_cache(maxsize=65536)
def _nearest(word: str, size: int) -> tuple[str, float]:
    """The region whose name of `size` words is a typing error or two away from `word` (without spaces), or ''."""
    names = _gazetteer().misspellable.get(size)
    if not names or len(word) < FUZZY_SHORTEST:
        return "", 0.0
    limit = 2 if len(word) >= FUZZY_LONG else 1
    best = extractOne(word, names.keys(), scorer=OSA.distance, score_cutoff=limit)
    return names[best[0]] if best else ("", 0.0)


@cache
def _gazetteer() -> _Gazetteer:
    """Read gazetteer.toml and plant the tree of names."""
    data = tomllib.loads(files("ingest").joinpath("gazetteer.toml").read_text(encoding="utf-8"))
    known = tuple(
        Region(
            name=entry["name"],
            kind=entry["kind"],
            parent=entry.get("parent", ""),
            variants=(*entry.get("variants", ()), *entry.get("loose", ())),
            municipalities=tuple(entry.get("municipalities", ())),
            uncertain=tuple(entry.get("uncertain", ())),
            whole=entry.get("whole", False),
        )
        for entry in data["region"]
    )
    names = [name for entry in data["region"] for name in _names_of(entry)]
    names += [(guard, "", NAME) for guard in data["guards"]["names"]]
    tree, everyday = _Node(), {_fold(name) for name in data["everyday"]["names"]}
    for name, region, confidence in names:
        _plant(tree, name, region, confidence, everyday)
    _graft_roaz(tree)
    return _Gazetteer(known, tree, _misspellable(names, everyday))


def _names_of(entry: dict[str, list[str]]) -> Iterator[tuple[str, str, float]]:
    """Yield every spelling of a region in the data file as (spelling, region, confidence)."""
    name = str(entry["name"])
    if not entry.get("whole"):
        yield name, name, NAME
    for key, confidence in (
        ("variants", VARIANT),
        ("loose", LOOSE),
        ("municipalities", MUNICIPALITY),
        ("uncertain", UNCERTAIN),
    ):
        for spelling in entry.get(key, ()):
            yield spelling, name, confidence


def _plant(tree: _Node, name: str, region: str, confidence: float, everyday: set[str]) -> None:
    """Add a spelling to the tree, with and without its 'en'; the surer of two owners keeps it."""
    words = [word for word, _, _ in _tokens(_fold(name))]
    short = [word for word in words if word != "en"]
    for path in (words, short):
        node = tree
        for word in path:
            node = node.next.setdefault(word, _Node())
        if node.confidence < confidence:
            node.region, node.confidence, node.everyday = region, confidence, _fold(name) in everyday


def _graft_roaz(tree: _Node) -> None:
    """Let 'acute zorg', 'ROAZ-plan voor de regio' and the like lead to the same names as 'ROAZ'."""
    roaz = tree.next["roaz"]
    roaz.inside = frozenset(_INSIDE_ROAZ)
    tree.next |= {"roazregio": roaz, "roazplan": roaz, "roazbeeld": roaz}
    tree.next["acute"].next |= {"zorg": roaz, "zorgregio": roaz}


def _misspellable(
    names: Iterable[tuple[str, str, float]], everyday: set[str]
) -> dict[int, dict[str, tuple[str, float]]]:
    """The names long enough to recognise with a typing error, by their number of words."""
    found: dict[int, dict[str, tuple[str, float]]] = {}
    for name, region, confidence in names:
        words = [word for word, _, _ in _tokens(_fold(name))]
        key = "".join(words)
        if len(key) >= FUZZY_SHORTEST and region and _fold(name) not in everyday:
            found.setdefault(len(words), {}).setdefault(key, (region, confidence))
    return found
