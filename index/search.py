"""Search: a question to ranked passages, with why each was found and how sure we are that it is an answer."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Literal

import numpy as np

from index.analysis import find, tokens
from index.asked import compares
from index.confidence import probability, shipped
from index.embed import Encoder, load_encoder
from index.evidence import Evidence, Similar, best_sentence, gather, read
from index.expansion import Synonym, used
from index.generation import Generation, open_generation
from index.query import Query, parse
from index.ranking import Ranker, Ranking, Weights
from index.rows import Filters
from index.signals import Observer, Signals
from index.spelling import Correction, Speller
from index.static import StaticEncoder
from ingest.document import Document, Passage

__all__ = ["Answer", "Coverage", "Filters", "Hit", "Searcher", "Weights", "Why", "open_searcher"]

log = logging.getLogger(__name__)

_EVERYWHERE = Filters()
_CHOSEN = Weights()

# Texts that a static encoder reads one by one; for more it would turn its whole table into single precision first.
FEW = 60

# Hits whose sentences are compared with the question by meaning too; of those after them the words choose.
MARKED = 10


@dataclass(frozen=True, slots=True)
class Why:
    """Why a passage was found.

    Attributes:
        lexical: score of its words, 0..1 within the question.
        dense: cosine similarity of question and passage, -1..1.
        matched: the words of the question, as they stand in the passage.
        region: regions that the question names and the passage speaks of.
        synonyms: other words in the passage that count for words of the question.
    """

    lexical: float
    dense: float
    matched: tuple[str, ...]
    region: tuple[str, ...]
    synonyms: tuple[Synonym, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found.

    Attributes:
        rank: 1 for the best.
        score: fused score, 0..1.
        passage: the passage.
        highlights: half-open spans in the passage's text where a word of the question stands, or another word for it.
        why: why it was found.
        sentence: half-open span in the passage's text of the sentence that answers best.
    """

    rank: int
    score: float
    passage: Passage
    highlights: tuple[tuple[int, int], ...]
    why: Why
    sentence: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search gives.

    Attributes:
        query: the question as it was read.
        answered: whether the documents seem to answer it; when not, the hits are merely the nearest passages.
        confidence: probability that they do, 0..1.
        hits: the best passages, best first.
        unknown: words of the question, outside the names of regions, that no passage of the index holds in any form.
        corrected: slips of the pen that were repaired before searching.
        compares: the level of regions that the question asks to compare, 'regio' or 'subregio'; '' when it does not.
    """

    query: str
    answered: bool
    confidence: float
    hits: tuple[Hit, ...]
    unknown: tuple[str, ...] = ()
    corrected: tuple[Correction, ...] = ()
    compares: Literal["", "regio", "subregio"] = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What is searched.

    Attributes:
        documents, pages, passages: how many.
        unreadable_pages: pages that gave no text.
        index_built: ISO 8601 in UTC.
    """

    documents: int
    pages: int
    passages: int
    unreadable_pages: int
    index_built: str


class Searcher:
    """Searches one generation.

    Args:
        generation: an opened generation.
        encoder: the encoder that made it.
        weights: what counts for how much.
        repair: whether slips of the pen in questions are repaired.
    """

    def __init__(
        self, generation: Generation, encoder: Encoder, weights: Weights = _CHOSEN, *, repair: bool = True
    ) -> None:
        self.generation = generation
        self._repair = repair
        self.ranker = Ranker(generation, encoder, weights)
        self.observer = Observer(self.ranker.rows)
        self._by_id = {passage.id: passage for passage in self.ranker.rows.passages}
        self._by_file = {document.file: document for document in generation.documents}

    @property
    def documents(self) -> tuple[Document, ...]:
        """All documents of the index."""
        return self.generation.documents

    @property
    def coverage(self) -> Coverage:
        """What is searched, and what could not be read."""
        pages = [page for document in self.documents for page in document.pages]
        return Coverage(
            documents=len(self.documents),
            pages=len(pages),
            passages=len(self._by_id),
            unreadable_pages=sum(bool(page.problem) for page in pages),
            index_built=self.generation.manifest.built,
        )

    def passage(self, passage_id: str) -> Passage | None:
        """Return the passage of that id."""
        return self._by_id.get(passage_id)

    def document(self, file: str) -> Document | None:
        """Return the document of that file name."""
        return self._by_file.get(file)

    def duplicates(self, passage_id: str) -> tuple[str, ...]:
        """Return the ids of the passages that say nearly the same as this one, the most alike first."""
        return self.generation.duplicates.get(passage_id, ())

    def search(self, query: str, limit: int = 10, filters: Filters = _EVERYWHERE) -> Answer:
        """Find the passages that answer a question, best first, at most `limit`; slips of the pen are repaired."""
        asked = parse(query)
        as_typed, corrected = asked.text, tuple[Correction, ...]()
        if self._repair and self.unknown(asked):
            repaired, corrected = self.speller.repair(asked.text)
            asked = parse(repaired) if corrected else asked
        answer = self._answer(asked, limit, filters)
        return replace(answer, query=as_typed, corrected=corrected, compares=compares(as_typed))

    def _answer(self, asked: Query, limit: int, filters: Filters) -> Answer:
        """Find and judge the passages for a question as it was read."""
        unknown = self.unknown(asked)
        allowed = self.ranker.rows.allowed(filters)
        if not asked.text or not allowed.any():
            return Answer(asked.text, answered=False, confidence=0.0, hits=(), unknown=unknown)
        ranking = self.ranker.rank(asked, allowed)
        evidence = gather(asked, ranking.groups, self.generation.lexical)
        confidence = probability(self.observer.signals(asked, ranking, evidence))
        if asked.words and len(unknown) == len(asked.words) and not ranking.groups:
            # The documents hold no word of what is asked, whatever they say of the region.
            confidence = min(confidence, shipped().threshold / 2)
        similar = self._similar(asked.text, ranking.rows[: min(limit, MARKED)])
        hits = tuple(
            self._hit(asked, ranking, evidence, similar if rank <= MARKED else None, row, rank)
            for rank, row in enumerate(ranking.rows[:limit], 1)
        )
        return Answer(asked.text, confidence >= shipped().threshold, confidence, hits, unknown)

    @cached_property
    def speller(self) -> Speller:
        """What repairs questions; made at the first word that no passage holds."""
        concepts = self.ranker.expander.thesaurus.concepts.values()
        named = {token.term for concept in concepts for label in concept.labels for token in tokens(label)}
        holds = self.generation.lexical.holds
        return Speller(self.ranker.rows.passages, lambda term: term in named or holds(term))

    def observe(self, question: str) -> Signals:
        """Return what the confidence in an answer to a question is made of; the index has at least one passage."""
        asked = parse(question)
        ranking = self.ranker.rank(asked, self.ranker.rows.allowed(_EVERYWHERE))
        return self.observer.signals(asked, ranking, gather(asked, ranking.groups, self.generation.lexical))

    def unknown(self, asked: Query) -> tuple[str, ...]:
        """Return the words of the question's topic that no passage holds, in the question's order."""
        holds = self.generation.lexical.holds
        return tuple(word for term, word in asked.words.items() if not holds(term))

    def _similar(self, text: str, rows: Iterable[np.intp]) -> Similar | None:
        """Return how like a question the sentences of some rows are, for an encoder that reads them in no time.

        They are read all at once: each call of a tokenizer wakes its threads.
        """
        encoder = self.ranker.encoder
        if not isinstance(encoder, StaticEncoder):
            return None
        passages = [self.ranker.rows.passages[row] for row in rows]
        texts = list({one.text[slice(*span)]: None for one in passages for span, _ in read(one.text)})
        vectors = np.concatenate([encoder.encode_queries(some) for some in batched([text, *texts], FEW)])
        near = dict(zip(texts, (vectors[1:] @ vectors[0]).tolist(), strict=True))
        return lambda wanted: np.array([near[one] for one in wanted], dtype=np.float32)

    def _hit(  # noqa: PLR0913, PLR0917  # what a search worked out, for each of its hits
        self,
        asked: Query,
        ranking: Ranking,
        evidence: Evidence,
        similar: Similar | None,
        row: np.intp,
        rank: int,
    ) -> Hit:
        passage = self.ranker.rows.passages[row]
        own = merge(find(passage.text, asked.terms))
        synonyms, others = used(ranking.groups, passage.text)
        why = Why(
            lexical=float(ranking.lexical[row]),
            dense=float(ranking.dense[row]),
            matched=tuple(dict.fromkeys(passage.text[start:end] for start, end in own)),
            region=tuple(name for name in asked.regions if name in passage.regions),
            synonyms=synonyms,
        )
        score = min(max(float(ranking.fused[row]), 0.0), 1.0)
        sentence = best_sentence(passage, int(row), evidence, similar).span
        return Hit(rank, score, passage, merge([*own, *others]), why, sentence)


def open_searcher(data: Path, model: str = "") -> Searcher:
    """Open the current generation of a data folder with the model that made it; '' is the shipped model.

    Raises:
        IndexMissing, IndexMismatch, IndexDamaged: see `index.generation`.
    """
    encoder = load_encoder(model)
    if shipped().model not in {"", encoder.fingerprint}:
        log.warning("confidence was fitted with another model; fit it: python -m index.tune fit")
    return Searcher(open_generation(data, encoder), encoder)


def batched(texts: list[str], size: int) -> list[list[str]]:
    """Cut a list into lists of at most `size`."""
    return [texts[start : start + size] for start in range(0, len(texts), size)]


def merge(spans: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Put spans in order and join those that overlap."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)
