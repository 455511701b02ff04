"""Generations of an index: written aside, verified, published by one rename; a reader never sees half of one.

A data folder holds `generations/<id>/` and `CURRENT`, one line: the id of the generation that counts and the digest of
its manifest. The generation before it is kept, so that a reader that opened it can go on; older ones are removed.
"""

import hashlib
import logging
import secrets
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import disk, store
from index.analysis import ANALYSER_VERSION, analyse
from index.current import FOLDER, install, pointer_text, read_current, read_others, sweep
from index.dense import DenseIndex
from index.duplicates import find_duplicates
from index.embed import Encoder
from index.errors import IndexDamaged, IndexMismatch, IndexMissing
from index.former import write_ledger
from index.lexical import LexicalIndex
from index.manifest import (
    FORMAT,
    REBUILD,
    Manifest,
    check_digests,
    digest,
    read_manifest,
    stamp_files,
    write_manifest,
)
from index.rows import LOW_KINDS
from ingest.corpus import INGEST_VERSION, Corpus, Failure
from ingest.document import Document, Passage
from ingest.errors import BadRecord

__all__ = [
    "Generation",
    "IndexDamaged",
    "IndexMismatch",
    "IndexMissing",
    "index_text",
    "open_generation",
    "publish",
    "read_known",
    "verify_generation",
]

log = logging.getLogger(__name__)

_UNREADABLE = (OSError, ValueError, TypeError, KeyError, BadRecord)


@dataclass(frozen=True, slots=True)
class Generation:
    """An opened generation.

    Attributes:
        folder: where it lies.
        manifest: what it holds and what made it.
        documents: all documents; their passages in order are the rows of both indexes.
        failures: what could not be read.
        dense, lexical: the two indexes.
        duplicates: ids of the passages that say nearly the same, by id, the most alike first.
        fault: Dutch sentence that says why the current generation could not be opened and this one stands in; or ''.
    """

    folder: Path
    manifest: Manifest
    documents: tuple[Document, ...]
    failures: tuple[Failure, ...]
    dense: DenseIndex
    lexical: LexicalIndex
    duplicates: Mapping[str, tuple[str, ...]]
    fault: str = ""


def index_text(passage: Passage, document: Document) -> str:
    """Return what is encoded and analysed for a passage: what it says and what it stands under."""
    context = (*passage.section, *passage.regions, passage.theme, passage.lead)
    return "\n".join([*dict.fromkeys(part for part in context if part), _told(passage)])


def _told(passage: Passage) -> str:
    """Return a passage's text with the name of its column before each cell of a table."""
    told, at = "", 0
    for cell in passage.cells:
        told += f"{passage.text[at : cell.start]}{cell.column}: "
        at = cell.start
    return told + passage.text[at:]


def publish(data: Path, corpus: Corpus, encoder: Encoder) -> Path:
    """Make a generation of a corpus and put it in the place of the current one.

    Vectors of passages that did not change are taken over from the current generation.

    Returns:
        the folder of the new generation.

    Raises:
        IndexBusy (index.errors): another process is writing this data folder.
    """
    with disk.writing(data):
        disk.make_folder(data / FOLDER)
        sweep(data)
        aside = data / FOLDER / f".new-{secrets.token_hex(4)}"
        aside.mkdir()
        try:
            write_ledger(aside, data, corpus.documents)
            name, sha256 = _write(aside, corpus, encoder, _reusable(data, encoder))
            folder = install(data, aside, name, sha256)
        except BaseException:
            shutil.rmtree(aside, ignore_errors=True)
            raise
    log.info("index published", extra={"generation": folder.name, "passages": sum(map(_passages, corpus.documents))})
    return folder


def open_generation(data: Path, encoder: Encoder) -> Generation:
    """Open the current generation, every byte of it checked; of a damaged one, the youngest other that is whole.

    That one says in `fault` why it stands in.

    Raises:
        IndexMissing: nothing was published yet.
        IndexMismatch: another model, analyser or version made it.
        IndexDamaged: a file is missing or not as it was written, and no other generation can stand in.
    """
    while True:
        pointer = pointer_text(data)
        try:
            return _open(data, *read_current(data), encoder)
        except IndexDamaged as fault:
            # Whoever reads slowly may see what it reads pruned by two publications; the newest is whole again.
            if pointer_text(data) == pointer:
                return _stand_in(data, encoder, fault)


def _stand_in(data: Path, encoder: Encoder, fault: IndexDamaged) -> Generation:
    """Open the youngest generation that is whole; raises the fault of the current one when there is none."""
    for folder, manifest in read_others(data):
        try:
            generation = _open(data, folder, manifest, encoder)
        except (IndexDamaged, IndexMismatch):
            continue
        log.warning("de index van %s wordt gebruikt: %s", manifest.built, fault)
        return replace(generation, fault=str(fault))
    raise fault


def _open(data: Path, folder: Path, manifest: Manifest, encoder: Encoder) -> Generation:
    """Open one generation; raises IndexMismatch and IndexDamaged."""
    _check_makers(data, manifest, encoder)
    try:
        check_digests(folder, manifest)
        return Generation(
            folder=folder,
            manifest=manifest,
            documents=store.read_documents(folder),
            failures=store.read_failures(folder),
            dense=DenseIndex.open(folder / "dense"),
            lexical=LexicalIndex.open(folder / "lexical"),
            duplicates=store.read_duplicates(folder),
        )
    except (*_UNREADABLE, RuntimeError) as fault:  # faiss raises RuntimeError
        raise IndexDamaged(f"De index in {str(folder)!r} is niet te lezen. {REBUILD.format(data=data)}") from fault


def verify_generation(data: Path) -> Manifest:
    """Check every byte of the current generation against its manifest; raises as `open_generation` does."""
    folder, manifest = read_current(data)
    check_digests(folder, manifest)
    return manifest


def read_known(data: Path) -> Mapping[str, Document]:
    """Return the documents of the current generation by their sha256, so that ingest can skip unchanged files.

    Nothing is known when there is no generation, when another version of ingest made it, or when it is damaged.
    """
    try:
        folder, manifest = read_current(data)
        if manifest.ingest != INGEST_VERSION or not _whole(folder, manifest):
            return {}
        return {document.sha256: document for document in store.read_documents(folder)}
    except (IndexMissing, IndexDamaged, *_UNREADABLE):
        return {}


def _write(aside: Path, corpus: Corpus, encoder: Encoder, known: Mapping[str, NDArray[np.float32]]) -> tuple[str, str]:
    """Write all files of a generation aside, flush and verify them; return its name and its manifest's digest."""
    texts = [(p.id, index_text(p, document)) for document in corpus.documents for p in document.passages]
    keys = [_key(passage, text) for passage, text in texts]
    vectors = _vectors(keys, [text for _, text in texts], encoder, known)
    store.write_documents(aside, corpus.documents)
    store.write_failures(aside, corpus.failures)
    store.write_keys(aside, keys)
    store.write_duplicates(aside, _duplicates(corpus.documents))
    LexicalIndex.build([analyse(text) for _, text in texts]).save(aside / "lexical")
    DenseIndex.build(vectors).save(aside / "dense")
    manifest = _describe(aside, corpus, encoder)
    sha256 = write_manifest(aside, manifest)
    disk.flush_tree(aside)
    _check(aside, sha256, len(keys))
    return manifest.generation, sha256


def _check(aside: Path, sha256: str, passages: int) -> None:
    """Read back what was written, before it counts.

    The libraries write the two indexes themselves, and do not all tell of a disk that is full; the digests are those of
    what came to stand there, so only opening shows it.
    """
    check_digests(aside, read_manifest(aside, sha256))
    try:
        rows = len(DenseIndex.open(aside / "dense")), LexicalIndex.open(aside / "lexical").rows
    except (*_UNREADABLE, RuntimeError) as fault:
        raise IndexDamaged(
            "De nieuwe index is niet goed weggeschreven. Is de schijf vol? Probeer het opnieuw."
        ) from fault
    if rows != (passages, passages):
        raise IndexDamaged("De nieuwe index mist fragmenten. Is de schijf vol?")


def _duplicates(documents: Sequence[Document]) -> dict[str, list[str]]:
    """Link near-duplicates of each other by id; a table of contents or boilerplate repeats itself by nature."""
    passages = [p for document in documents for p in document.passages if p.kind not in LOW_KINDS]
    found = find_duplicates([passage.text for passage in passages])
    return {passages[row].id: [passages[other].id for other in others] for row, others in found.items()}


def _describe(aside: Path, corpus: Corpus, encoder: Encoder) -> Manifest:
    """Make the manifest of the files that were written aside."""
    now = datetime.now(UTC)
    documents = corpus.documents
    return Manifest(
        format=FORMAT,
        generation=f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}",
        built=now.isoformat(timespec="seconds"),
        model=encoder.name,
        fingerprint=encoder.fingerprint,
        dimension=encoder.dimension,
        analyser=ANALYSER_VERSION,
        ingest=INGEST_VERSION,
        documents={document.file: document.sha256 for document in documents},
        counts={
            "documents": len(documents),
            "pages": sum(len(document.pages) for document in documents),
            "passages": sum(map(_passages, documents)),
            "failures": len(corpus.failures),
        },
        files=stamp_files(aside),
    )


def _vectors(
    keys: Sequence[str], texts: Sequence[str], encoder: Encoder, known: Mapping[str, NDArray[np.float32]]
) -> NDArray[np.float32]:
    """Return vectors of shape (n, d): known ones taken over, the others encoded in one go."""
    vectors = np.empty((len(keys), encoder.dimension), dtype=np.float32)
    new = [row for row, key in enumerate(keys) if key not in known]
    for row, key in enumerate(keys):
        if key in known:
            vectors[row] = known[key]
    if new:
        vectors[new] = encoder.encode_passages([texts[row] for row in new])
    return vectors


def _reusable(data: Path, encoder: Encoder) -> Mapping[str, NDArray[np.float32]]:
    """Return the vectors of the current generation by key when the same model made them and they are whole."""
    try:
        folder, manifest = read_current(data)
        if (manifest.fingerprint, manifest.dimension) != (encoder.fingerprint, encoder.dimension):
            return {}
        check_digests(folder, manifest)
        return dict(zip(store.read_keys(folder), DenseIndex.open(folder / "dense").vectors(), strict=True))
    except (IndexMissing, IndexDamaged, *_UNREADABLE):
        return {}


def _check_makers(data: Path, manifest: Manifest, encoder: Encoder) -> None:
    """Refuse an index that was not made for this program with this model."""
    cure = REBUILD.format(data=data)
    if manifest.format != FORMAT:
        raise IndexMismatch(f"De index in {str(data)!r} heeft indeling {manifest.format}, niet {FORMAT}. {cure}")
    if manifest.analyser != ANALYSER_VERSION or manifest.ingest != INGEST_VERSION:
        raise IndexMismatch(f"De index in {str(data)!r} is gemaakt met een andere versie van Regiowijzer. {cure}")
    if (manifest.fingerprint, manifest.dimension) != (encoder.fingerprint, encoder.dimension):
        raise IndexMismatch(
            f"De index in {str(data)!r} is gemaakt met het taalmodel {manifest.model!r}, en nu is {encoder.name!r} "
            f"ingesteld, of de bestanden ervan zijn veranderd. Stel REGIOWIJZER_MODEL in op het eerste. Of: {cure}"
        )


def _key(passage: str, text: str) -> str:
    """Name what a vector was made from."""
    return hashlib.sha256(f"{passage}\0{text}".encode()).hexdigest()[:32]


def _whole(folder: Path, manifest: Manifest) -> bool:
    """Tell whether the documents are byte for byte what was written."""
    return digest(folder / store.DOCUMENTS) == manifest.files[store.DOCUMENTS].sha256


def _passages(document: Document) -> int:
    return len(document.passages)
