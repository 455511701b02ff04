"""Expansion: the other words in which a passage may say what a question asks.

The words of a question that make a label of a concept become a group: the words themselves and, each with a weight,
what may stand in their place. A passage counts for a group by the best of them, never by their sum, so that a concept
with ten labels weighs no more than a word with none.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from index.analysis import Token, locate
from index.compounds import Compounds
from index.query import Query
from index.thesaurus.concepts import Concept, Terms, Thesaurus, label_terms, places

Relation = Literal["synonym", "narrower", "broader", "related", "compound"]


@dataclass(frozen=True, slots=True)
class Shares:
    """What another word counts against the word itself, 0..1; 0 leaves it out.

    Attributes:
        synonym: another label of the same concept.
        narrower, broader, related: a label of such a concept.
        compound: a compound that the word is a part of.
        parts: both parts of a compound, apart.
    """

    synonym: float = 1.0
    narrower: float = 0.3
    broader: float = 0.4
    related: float = 0.3
    compound: float = 0.7
    parts: float = 0.75


class Alternative(NamedTuple):
    """What may stand in the place of words of a question.

    Attributes:
        terms: a passage must hold all of them.
        share: what it counts against the words themselves.
        label: how the thesaurus writes it.
        relation: what it is to the concept that was asked for.
    """

    terms: Terms
    share: float
    label: str
    relation: Relation


@dataclass(frozen=True, slots=True)
class Group:
    """Words of a question with what may stand in their place.

    Attributes:
        asked: the words as they stand in the question.
        terms: their terms.
        alternatives: the greatest share first.
    """

    asked: str
    terms: Terms
    alternatives: tuple[Alternative, ...]


class Synonym(NamedTuple):
    """Other words in a passage that count for words of the question.

    Attributes:
        asked: the words as they stand in the question.
        found: the words as they stand in the passage.
        relation: what these are to what was asked.
    """

    asked: str
    found: str
    relation: Relation


class Expander:
    """Expands questions.

    Args:
        thesaurus: the concepts.
        compounds: those of the corpus.
        holds: whether any passage holds a term; an alternative that none can hold is left out.
        shares: what other words count.
    """

    def __init__(
        self, thesaurus: Thesaurus, compounds: Compounds, holds: Callable[[str], bool], shares: Shares
    ) -> None:
        self.thesaurus = thesaurus
        self.compounds = compounds
        self.shares = shares
        self._holds = holds

    def expand(self, query: Query) -> tuple[Group, ...]:
        """Return the groups of a question, in its order; names of regions are not expanded."""
        found: list[tuple[Sequence[Token], Concept | None]] = [*self._concepts(query)]
        taken = [words for words, _ in found]
        found += [([word], None) for word in self._words(query) if not any(_overlap([word], words) for words in taken)]
        found.sort(key=lambda pair: pair[0][0].start)
        groups = [self._group(query.text, words, concept) for words, concept in found]
        return tuple(group for group in groups if group.alternatives)

    def _words(self, query: Query) -> list[Token]:
        """Return the words of the topic, each once."""
        whole, _ = places(query.text)
        return list({word.term: word for word in reversed(whole) if word.term in query.topic}.values())

    def _concepts(self, query: Query) -> list[tuple[Sequence[Token], Concept]]:
        """Find the labels in the question; of two that overlap the longer counts, then the first."""
        found = [pair for sequence in places(query.text) for pair in self._labels(sequence, query.topic)]
        found.sort(key=lambda pair: (-len(pair[0]), pair[0][0].start))
        kept: list[tuple[Sequence[Token], Concept]] = []
        for words, concept in found:
            if not any(_overlap(words, other) for other, _ in kept):
                kept.append((words, concept))
        return sorted(kept, key=lambda pair: pair[0][0].start)

    def _labels(self, sequence: Sequence[Token], topic: Iterable[str]) -> Iterator[tuple[Sequence[Token], Concept]]:
        """Yield every run of words that is a label."""
        for start in range(len(sequence)):
            for end in range(start + 1, min(len(sequence), start + self.thesaurus.longest) + 1):
                words = sequence[start:end]
                concept = self.thesaurus.find(tuple(word.term for word in words))
                if concept is not None and all(word.term in topic for word in words):
                    yield words, concept

    def _group(self, text: str, words: Sequence[Token], concept: Concept | None) -> Group:
        terms = tuple(word.term for word in words)
        best: dict[Terms, Alternative] = {}
        near = self._alternatives(concept) if concept else ()
        for alternative in (*near, *(self._composed(terms[0]) if len(terms) == 1 else ())):
            held = best.get(alternative.terms)
            if alternative.terms != terms and (held is None or held.share < alternative.share):
                best[alternative.terms] = alternative
        ordered = sorted(best.values(), key=lambda one: -one.share)
        return Group(text[words[0].start : words[-1].end], terms, tuple(ordered))

    def _composed(self, term: str) -> Iterator[Alternative]:
        """Yield the parts of a compound, and the compounds that a word is a part of."""
        parts = self.compounds.parts(term)
        if parts and all(map(self._holds, parts)):
            yield Alternative(parts, self.shares.parts, " ".join(parts), "compound")
        for compound in self.compounds.holding(term):
            yield Alternative((compound,), self.shares.compound, compound, "compound")

    def _alternatives(self, concept: Concept) -> Iterator[Alternative]:
        """Yield the labels of a concept and of those beside it that passages can hold."""
        near: tuple[tuple[Relation, float, list[Concept]], ...] = (
            ("synonym", self.shares.synonym, [concept]),
            ("narrower", self.shares.narrower, self.thesaurus.narrower(concept)),
            ("broader", self.shares.broader, self.thesaurus.broader(concept)),
            ("related", self.shares.related, self.thesaurus.related(concept)),
        )
        for relation, share, concepts in near:
            for label in (label for other in concepts for label in (*other.labels, *other.hidden) if share):
                for terms in label_terms(label):
                    if all(map(self._holds, terms)):
                        yield Alternative(terms, share, label, relation)


def _overlap(one: Sequence[Token], other: Sequence[Token]) -> bool:
    return one[0].start < other[-1].end and other[0].start < one[-1].end


def used(groups: Iterable[Group], text: str) -> tuple[tuple[Synonym, ...], list[tuple[int, int]]]:
    """Return the other words that a text holds in the place of what was asked, and the spans where they stand."""
    groups = tuple(groups)
    places_of: dict[str, list[tuple[int, int]]] = {}
    for start, end, term in locate(
        text, {term for group in groups for one in group.alternatives for term in one.terms}
    ):
        places_of.setdefault(term, []).append((start, end))
    synonyms, spans = dict[Synonym, None](), list[tuple[int, int]]()
    for group in groups:
        for one in group.alternatives:
            if all(term in places_of for term in one.terms):
                forms = [text[slice(*places_of[term][0])] for term in one.terms]
                synonyms[Synonym(group.asked, " ".join(forms), one.relation)] = None
                spans += [span for term in one.terms for span in places_of[term]]
    return tuple(synonyms), spans
