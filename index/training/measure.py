"""What a model is worth on gold questions: the words alone, the meaning alone, and mixes of the two."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index import fuse
from index.analysis import analyse
from index.embed import Encoder
from index.evaluate import Question, Report, evaluate
from index.lexical import LexicalIndex
from index.search import Answer, Hit, Why
from index.training.texts import Text
from ingest.document import Passage

Scores = NDArray[np.float32]

WEIGHTS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
HEAD = f"{'':12}  nDCG@10   MRR@10   hit@10  paraphrase MRR@10"


@dataclass(frozen=True, slots=True)
class Ranker:
    """Ranks texts for the questions that it was given; `evaluate` asks it.

    Attributes:
        texts: what is searched.
        scores: for each question the score of every text.
    """

    texts: Sequence[Text]
    scores: Mapping[str, Scores]

    def search(self, query: str, limit: int = 10) -> Answer:
        """Return the best texts."""
        scores = self.scores[query]
        best = np.argsort(-scores, kind="stable")[:limit]
        return Answer(query, True, 1.0, tuple(_hit(rank, self.texts[row]) for rank, row in enumerate(best, 1)))


def table(encoder: Encoder, texts: Sequence[Text], questions: Sequence[Question]) -> Iterator[tuple[str, Report]]:
    """Yield (name, report) for BM25, for the encoder, and for convex mixes; the weight is that of BM25.

    No region bonus, no thesaurus: this measures the encoder, not the product.
    """
    asked = [question.question for question in questions]
    index = LexicalIndex.build([analyse(text.indexed) for text in texts])
    lexical = {text: index.scores(analyse(text)) for text in asked}
    passages = encoder.encode_passages([text.indexed for text in texts])
    dense = dict(zip(asked, encoder.encode_queries(asked) @ passages.T, strict=True))
    yield "BM25", evaluate(Ranker(texts, lexical), questions)
    yield "dense", evaluate(Ranker(texts, dense), questions)
    for weight in WEIGHTS:
        mixed = {text: fuse.convex(dense[text], lexical[text], weight) for text in asked}
        yield f"BM25 x {weight}", evaluate(Ranker(texts, mixed), questions)


def line(name: str, report: Report) -> str:
    """Return one line of the table."""
    measures = "".join(f"{report.measures[measure]:9.3f}" for measure in ("nDCG@10", "MRR@10", "hit@10"))
    paraphrase = report.by_kind.get("parafrase", {}).get("MRR@10", float("nan"))
    return f"{name:12}{measures}{paraphrase:12.3f}"


def _hit(rank: int, text: Text) -> Hit:
    passage = Passage("", text.document, text.page, 0, len(text.passage), text.passage)
    return Hit(rank, 1 / rank, passage, (), Why(0.0, 0.0, (), ()))
