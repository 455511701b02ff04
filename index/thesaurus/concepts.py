"""The thesaurus: concepts of Dutch health and social policy with their labels, in the terms of SKOS.

The files beside this one hold one concept a line, by field: the key is its prefLabel; `altLabel` holds abbreviations,
synonyms and everyday words; `broader` and `related` name other concepts by their prefLabel. `hiddenLabel` holds
abbreviations that mean more than one thing: passages are searched for them, a question is not read by them.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from index.analysis import Token, tokens
from index.errors import BadThesaurus

Terms = tuple[str, ...]

_FIELDS = ("altLabel", "broader", "related", "hiddenLabel")


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept.

    Attributes:
        label: its preferred label.
        alternatives: its other labels.
        broader: the concepts that it is a kind or a part of, by their preferred labels.
        related: concepts that stand close to it, neither broader nor narrower.
        hidden: labels that mean other things too; two concepts may share one.
        source: file of the document whose glossary gives it; '' for ours.
    """

    label: str
    alternatives: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    source: str = ""

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that mean this concept and no other, the preferred one first."""
        return (self.label, *self.alternatives)


class Thesaurus:
    """Concepts by label, by the terms of their labels, and by what is broader.

    Args:
        concepts: as `check` approves of them.

    Attributes:
        concepts: by preferred label.
        longest: how many terms the longest label has.
    """

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self.concepts: Mapping[str, Concept] = {concept.label: concept for concept in concepts}
        self._by_terms = _by_terms(self.concepts.values())
        self._narrower: dict[str, list[str]] = defaultdict(list)
        for concept in self.concepts.values():
            for label in concept.broader:
                self._narrower[label].append(concept.label)
        self.longest = max(map(len, self._by_terms), default=0)

    def find(self, terms: Terms) -> Concept | None:
        """Return the concept that has a label of exactly these terms."""
        label = self._by_terms.get(terms)
        return self.concepts[label] if label is not None else None

    def broader(self, concept: Concept) -> list[Concept]:
        """Return the concepts that it is a kind or a part of."""
        return [self.concepts[label] for label in concept.broader]

    def narrower(self, concept: Concept) -> list[Concept]:
        """Return the concepts that are a kind or a part of it."""
        return [self.concepts[label] for label in self._narrower.get(concept.label, ())]

    def related(self, concept: Concept) -> list[Concept]:
        """Return the concepts that stand close to it."""
        return [self.concepts[label] for label in concept.related]


@cache
def load_thesaurus() -> Thesaurus:
    """Return our own thesaurus.

    Raises:
        BadThesaurus: see `check`.
    """
    concepts = [concept for path in sorted(Path(__file__).parent.glob("*.toml")) for concept in read_concepts(path)]
    check(concepts)
    return Thesaurus(concepts)


def read_concepts(path: Path) -> list[Concept]:
    """Read the concepts of one file.

    Raises:
        BadThesaurus: names the concept with a field that no concept has.
    """
    data: dict[str, dict[str, Sequence[str]]] = tomllib.loads(path.read_text(encoding="utf-8"))
    for label, fields in data.items():
        if unknown := set(fields).difference(_FIELDS):
            cure = f"Kies uit {', '.join(_FIELDS)}."
            raise BadThesaurus(f"Begrip {label!r} heeft een onbekend veld {min(unknown)!r}. {cure}")
    return [_concept(label, fields) for label, fields in data.items()]


def check(concepts: Sequence[Concept]) -> None:
    """Check that concepts make a thesaurus.

    Raises:
        BadThesaurus: names a label that two concepts have or that has no term, a broader or related concept that does
            not exist, or a concept that is broader than itself.
    """
    known = {concept.label for concept in concepts}
    owners: dict[Terms, str] = {}
    for concept in concepts:
        for terms, label in _label_terms(concept):
            owner = owners.setdefault(terms, concept.label)
            if owner != concept.label:
                fault = f"Begrip {concept.label!r} heeft met {label!r} een label dat ook van {owner!r} is."
                raise BadThesaurus(f"{fault} Geef het aan één van beide.")
        for other in (*concept.broader, *concept.related):
            if other not in known or other == concept.label:
                raise BadThesaurus(f"Begrip {concept.label!r} verwijst naar {other!r}. Dat is geen ander begrip.")
    _check_cycles({concept.label: concept.broader for concept in concepts})


def places(text: str) -> tuple[list[Token], list[Token]]:
    """Return the tokens of a text twice, one for each place: hyphenated words whole, and in their parts."""
    found = list({(token.start, token.end): token for token in reversed(tokens(text))}.values())[::-1]
    whole = [one for one in found if not any(_holds(other, one) for other in found)]
    parts = [one for one in found if not any(_holds(one, other) for other in found)]
    return whole, parts


@lru_cache(maxsize=65536)
def label_terms(label: str) -> tuple[Terms, ...]:
    """Return the terms of a label, for each way to read its hyphens."""
    return tuple(dict.fromkeys(tuple(token.term for token in sequence) for sequence in places(label)))


def _concept(label: str, fields: Mapping[str, Sequence[str]]) -> Concept:
    alternatives, broader, related, hidden = (tuple(fields.get(name, ())) for name in _FIELDS)
    return Concept(label, alternatives, broader, related, hidden)


def _holds(one: Token, other: Token) -> bool:
    return one.start <= other.start and other.end <= one.end and len(other.form) < len(one.form)


def _label_terms(concept: Concept) -> Iterator[tuple[Terms, str]]:
    for label in concept.labels:
        for terms in label_terms(label):
            if not terms:
                raise BadThesaurus(f"Begrip {concept.label!r} heeft een label zonder inhoud: {label!r}.")
            yield terms, label


def _by_terms(concepts: Iterable[Concept]) -> dict[Terms, str]:
    """Map the terms of every label to its concept; of two the first has it."""
    found: dict[Terms, str] = {}
    for concept in concepts:
        for terms, _ in _label_terms(concept):
            found.setdefault(terms, concept.label)
    return found


def _check_cycles(broader: Mapping[str, Sequence[str]]) -> None:
    """Walk up from every concept; one that meets itself is broader than itself."""
    for start in broader:
        above, todo = set[str](), list(broader[start])
        while todo:
            label = todo.pop()
            if label == start:
                raise BadThesaurus(f"Begrip {start!r} is ruimer dan zichzelf. Haal een van de stappen weg.")
            if label not in above:
                above.add(label)
                todo += broader[label]
