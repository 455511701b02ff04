"""Variants: what each part of the whole search is worth, by measuring without it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.evaluate import Question, Report, evaluate
from index.expansion import Shares
from index.ranking import Weights
from index.search import Answer, Searcher

ALL = "alles aan"


class _Folded:
    """A search that shows of passages that say nearly the same only the best."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher

    def search(self, query: str, limit: int = 10) -> Answer:
        """Return the hits of which no near-copy stands higher."""
        answer = self._searcher.search(query, limit)
        seen: set[str] = set()
        kept = []
        for hit in answer.hits:
            if hit.passage.id not in seen:
                kept.append(hit)
                seen.update(self._searcher.duplicates(hit.passage.id))
        return replace(answer, hits=tuple(kept))


def variants() -> dict[str, Weights]:
    """Return what is measured beside the chosen weights: each with one part left out or turned another way."""
    chosen = Weights()
    shares = chosen.shares
    return {
        "zonder synoniemen": replace(chosen, shares=replace(shares, synonym=0.0)),
        "zonder nauwere begrippen": replace(chosen, shares=replace(shares, narrower=0.0)),
        "zonder ruimere begrippen": replace(chosen, shares=replace(shares, broader=0.0)),
        "zonder verwante begrippen": replace(chosen, shares=replace(shares, related=0.0)),
        "zonder samenstellingen": replace(chosen, shares=replace(shares, compound=0.0, parts=0.0)),
        "zonder enige uitbreiding": replace(chosen, shares=Shares(*(0.0 for _ in Shares.__dataclass_fields__))),
        "zonder regio uit de vraag": replace(chosen, region=0.0, kin=0.0),
        "regio uit de vraag als filter": replace(chosen, region=10.0, kin=5.0),
        "zonder straf voor inhoudsopgaven en losse koppen": replace(chosen, low_kind=1.0),
        "alleen woorden": replace(chosen, lexical=1.0),
        "alleen betekenis": replace(chosen, lexical=0.0),
        "samengevoegd op rang (RRF)": replace(chosen, fusion="rrf"),
    }


def ablation(searcher: Searcher, questions: Sequence[Question]) -> Iterator[tuple[str, Report]]:
    """Measure the search as it is, and each variant of it."""
    generation, encoder = searcher.generation, searcher.ranker.encoder
    yield ALL, evaluate(searcher, questions)
    for name, weights in variants().items():
        yield name, evaluate(Searcher(generation, encoder, weights), questions)
    yield "zonder herstel van tikfouten", evaluate(Searcher(generation, encoder, repair=False), questions)
    yield "bijna gelijke fragmenten samengevouwen", evaluate(_Folded(searcher), questions)
