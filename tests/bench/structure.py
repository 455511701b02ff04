"""What structure is worth: the same pages, encoder and fusion with passages that know their place, and without.

python -m tests.bench.structure FOLDER QUESTIONS.jsonl

'windows' cuts each page into 120 words that know document and page alone; 'structure' is what ships.
"""

import re
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from index.embed import Encoder, load_encoder
from index.evaluate import Question, Report, evaluate, read_questions
from index.generation import open_generation, publish
from index.search import Searcher
from ingest.corpus import Corpus, ingest
from ingest.document import Document, Page, Passage, passage_id
from ingest.pdf import Limits

WORDS = 120


def main(folder: str, questions: str) -> None:
    """Print both rows."""
    corpus = ingest([Path(folder)], {}, Limits(), workers=2)
    asked = read_questions(Path(questions))
    windows = replace(corpus, documents=tuple(map(cut, corpus.documents)))
    encoder = load_encoder()
    for name, variant in (("windows", windows), ("structure", corpus)):
        report = measure(variant, encoder, asked)
        measures = "  ".join(f"{measure} {value:.3f}" for measure, value in report.measures.items())
        passages = sum(len(document.passages) for document in variant.documents)
        print(f"{name:10} {passages:5} passages  {measures}")


def cut(document: Document) -> Document:
    """Return the document with windows of words for passages."""
    return replace(
        document, passages=tuple(passage for page in document.pages for passage in windows_of(document, page))
    )


def windows_of(document: Document, page: Page) -> list[Passage]:
    """Cut one page."""
    words = [match.span() for match in re.finditer(r"\S+", page.text)]
    spans = [(part[0][0], part[-1][1]) for part in (words[i : i + WORDS] for i in range(0, len(words), WORDS))]
    return [
        Passage(passage_id(document.sha256, page.number, start, text), document.file, page.number, start, end, text)
        for start, end in spans
        for text in [page.text[start:end]]
    ]


def measure(corpus: Corpus, encoder: Encoder, questions: Sequence[Question]) -> Report:
    """Index the corpus in a folder of its own and ask the questions."""
    with tempfile.TemporaryDirectory() as data:
        publish(Path(data), corpus, encoder)
        return evaluate(Searcher(open_generation(Path(data), encoder), encoder), questions)


if __name__ == "__main__":
    main(*sys.argv[1:])
