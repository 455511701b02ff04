"""Made-up documents and a small deterministic encoder, so that tests of the index need no PDF and no model."""

import hashlib
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.corpus import Corpus, Failure
from ingest.document import Document, Page, Passage, PassageKind, passage_id


class FakeEncoder:
    """Adds up a random direction for every three letters: texts that share letters are near each other."""

    def __init__(self, name: str = "proef", dimension: int = 64) -> None:
        self.name = name
        self.fingerprint = hashlib.sha256(name.encode()).hexdigest()
        self.dimension = dimension
        self.encoded: list[str] = []

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return vectors (n, d) and remember what was asked for."""
        self.encoded += texts
        return self.encode_queries(texts)

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return vectors (n, d), L2-normalised."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for start in range(len(text) - 2):
                seed = zlib.crc32(text[start : start + 3].lower().encode())
                vectors[row] += np.random.default_rng(seed).standard_normal(self.dimension).astype(np.float32)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)


def passage(  # noqa: PLR0913  # one for each field that a test sets
    text: str,
    page: int = 1,
    document: str = "plan.pdf",
    *,
    section: tuple[str, ...] = (),
    regions: tuple[str, ...] = (),
    theme: str = "",
    kind: PassageKind = "body",
) -> Passage:
    """Make a passage that is a page by itself."""
    identity = passage_id(_sha256(document), page, 0, text)
    return Passage(identity, document, page, 0, len(text), text, section, regions, theme, kind)


def document(passages: Sequence[Passage], title: str = "Een plan", problem: str = "") -> Document:
    """Make a document of passages, each on its own page; `problem` adds a page that could not be read."""
    file = passages[0].document if passages else "plan.pdf"
    pages = [Page(item.page, "", item.text) for item in passages]
    if problem:
        pages.append(Page(len(pages) + 1, "", "", problem=problem))
    return Document(
        file=file,
        path=f"/plannen/{file}",
        sha256=_sha256(file),
        title=title,
        publisher="Zorgkantoor Voorbeeld",
        year=2024,
        kind="regioplan",
        regions=(),
        pages=tuple(pages),
        sections=(),
        passages=tuple(passages),
    )


def corpus(*documents: Document, failures: Sequence[Failure] = ()) -> Corpus:
    """Make a corpus."""
    return Corpus(documents, tuple(failures), ())


def small_corpus() -> Corpus:
    """Make two documents about three regions."""
    first = [
        passage("Huisartsen in Drenthe openen een spoedpost voor avonden en nachten.", 1, regions=("Drenthe",)),
        passage("Wijkteams in Twente helpen ouderen om langer thuis te wonen.", 2, regions=("Twente",)),
        passage("Voorwoord. Spoedpost. Ouderen. Wachttijden.", 3, kind="contents"),
    ]
    second = [
        passage(
            "Twee gemeenten in de Achterhoek beginnen met valpreventie voor 65-plussers.",
            1,
            "tweede.pdf",
            section=("Gezond ouder worden",),
            regions=("Arnhem (Achterhoek)",),
            theme="Gezond ouder worden",
        ),
        passage("De regio meet de wachttijden van de ggz elk kwartaal: 12,5% wacht te lang.", 2, "tweede.pdf"),
    ]
    return corpus(document(first), document(second, "Een tweede plan", problem="Deze bladzijde is een scan."))


def _sha256(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()
