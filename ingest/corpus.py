"""Folders of PDFs become documents; one bad file never stops the others."""

import errno
import hashlib
import logging
import unicodedata
from collections import deque
from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from ingest.activities import mark_activities
from ingest.catalogue import CATALOGUE, Entry, describe, find_entry, read_catalogue, said
from ingest.document import Document
from ingest.errors import DocumentError, EmptyFolder, in_dutch
from ingest.pdf import Children, Limits, RawDocument, read_pdf
from ingest.personal import screen
from ingest.structure import structure

INGEST_VERSION = 14
"""Raise this when the same file gives another `Document`; documents kept from an older version are read again."""

AHEAD = 2
"""Files read before they can be structured, so that no child waits and memory stays bounded."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Failure:
    """Something that could not be read.

    Attributes:
        file: file name.
        page: 1-based page; 0 for the whole file.
        reason: Dutch sentence.
    """

    file: str
    page: int
    reason: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything that was read from the folders.

    Attributes:
        documents: in the order of the folders, then by path.
        failures: files and pages that could not be read.
        unchanged: names of the files whose document was kept from last time.
    """

    documents: tuple[Document, ...]
    failures: tuple[Failure, ...]
    unchanged: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read.

    Attributes:
        path: where it is.
        root: the folder under which it was found, or its own folder.
        file: the name that it goes by, unique in the corpus.
        sha256: hexadecimal digest.
        size: number of bytes.
    """

    path: Path
    root: Path
    file: str
    sha256: str
    size: int


def ingest(  # noqa: PLR0913  # the last is a choice that most callers leave as it is
    folders: Sequence[Path],
    known: Mapping[str, Document],
    limits: Limits,
    workers: int,
    progress: Callable[[str, int], None] | None = None,
    *,
    mask_bsn: bool = True,
) -> Corpus:
    """Read every PDF in the folders (and any file named directly).

    `known` holds documents by digest that need not be read again. `progress` is called, from this thread, with the name
    and number of pages of each finished file. `mask_bsn` masks burgerservicenummers; what else there is of personal
    data is counted in each document's notices. Raises EmptyFolder when there is nothing to read, and BadCatalogue.
    """
    paths, failures = _search(folders)
    found, refused = _identify(paths)
    failures += refused
    tell = progress or (lambda file, pages: None)
    entries = _entries(found)
    documents = {
        item.file: kept
        for item in found
        if (kept := _keep(known.get(item.sha256), item, entries[item.file])) is not None and kept.masked is mask_bsn
    }
    unchanged = tuple(documents)
    for file in unchanged:
        tell(file, len(documents[file].pages))
    todo = [(item, entries[item.file]) for item in found if item.file not in documents]
    with closing(_read_all(todo, limits, workers, mask_bsn)) as outcomes:
        for item, outcome in outcomes:
            if isinstance(outcome, Document):
                documents[item.file] = outcome
            else:
                failures.append(Failure(item.file, 0, outcome))
            tell(item.file, len(outcome.pages) if isinstance(outcome, Document) else 0)
    ordered = tuple(documents[item.file] for item in found if item.file in documents)
    failures += [failure for document in ordered for failure in failures_of(document)]
    order = {item.file: place for place, item in enumerate(found)}
    failures.sort(key=lambda failure: (order.get(failure.file, -1), failure.page))
    return Corpus(ordered, tuple(failures), unchanged)


def failures_of(document: Document) -> list[Failure]:
    """Return what could not be read of a document that was read, and what was left out because nobody can see it."""
    whole = [Failure(document.file, 0, warning) for warning in document.warnings]
    told = [(page.number, text) for page in document.pages for text in (page.problem, page.warning) if text]
    return whole + [Failure(document.file, number, text) for number, text in told]


def _search(folders: Sequence[Path]) -> tuple[list[tuple[Path, Path]], list[Failure]]:
    """Return (path, root) of every PDF, each once, and the folders that gave none."""
    paths: dict[Path, tuple[Path, Path]] = {}
    failures: list[Failure] = []
    for folder in folders:
        if folder.is_file():
            paths.setdefault(folder.resolve(), (folder, folder.parent))
            continue
        inside = _pdfs(folder)
        if not inside:
            fault = "bevat geen PDF-bestanden" if folder.is_dir() else "bestaat niet"
            failures.append(
                Failure(str(folder), 0, f"De map {str(folder)!r} {fault}. Zet er PDF's in of noem een andere map.")
            )
        for path in inside:
            paths.setdefault(path.resolve(), (path, folder))
    if not paths:
        raise EmptyFolder(" ".join(failure.reason for failure in failures) or "Noem een map met PDF's.")
    return list(paths.values()), failures


def _pdfs(folder: Path) -> list[Path]:
    found = [path for path in folder.rglob("*") if path.suffix.lower() == ".pdf" and path.is_file()]
    visible = [path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts)]
    return sorted(visible, key=lambda path: path.relative_to(folder).parts)


def _identify(paths: Sequence[tuple[Path, Path]]) -> tuple[list[Found], list[Failure]]:
    """Give every file its digest and a unique name; the same bytes under a second name are refused."""
    found: dict[str, Found] = {}
    names: set[str] = set()
    failures: list[Failure] = []
    for path, root in paths:
        file = _name(path, root, names)
        try:
            with path.open("rb") as stream:
                digest, size = hashlib.file_digest(stream, "sha256").hexdigest(), stream.tell()
        except OSError as error:
            failures.append(Failure(file, 0, f"{file!r} kan niet worden geopend: {in_dutch(error)}."))
            continue
        if digest in found:
            failures.append(Failure(file, 0, f"{file!r} is gelijk aan {found[digest].file!r} en is overgeslagen."))
            continue
        names.add(file)
        found[digest] = Found(path, root, file, digest, size)
    return list(found.values()), failures


def _name(path: Path, root: Path, taken: set[str]) -> str:
    """Return the file's name; when another file has it, with the folders before it: 'map--naam.pdf'."""
    parts = [*root.resolve().parts, *path.relative_to(root).parts]
    for length in range(1, len(parts) + 1):
        name = unicodedata.normalize("NFC", "--".join(part.strip("/\\:") for part in parts[-length:]))
        if name not in taken:
            return name
    return next(name for number in range(2, len(taken) + 3) if (name := f"{number}--{path.name}") not in taken)


def _entries(found: Sequence[Found]) -> dict[str, Entry | None]:
    """Return what the nearest documents.toml above each file says about it."""
    catalogues: dict[Path, tuple[Entry, ...]] = {}
    entries: dict[str, Entry | None] = {}
    for item in found:
        entries[item.file] = None
        for folder in _upwards(item):
            if folder not in catalogues:
                catalogues[folder] = read_catalogue(folder / CATALOGUE)
            relative = item.path.relative_to(folder).as_posix()
            entry = find_entry(catalogues[folder], relative, item.sha256)
            if entry is not None:
                entries[item.file] = entry
                break
    return entries


def _upwards(item: Found) -> list[Path]:
    inside = [folder for folder in item.path.parents if folder == item.root or item.root in folder.parents]
    return inside or [item.path.parent]


def _keep(known: Document | None, item: Found, entry: Entry | None) -> Document | None:
    """Return the known document under its present name, or None when it must be read (again).

    What the catalogue says steers the reading and fills fields; so the document stands as long as it says the same.
    What a limit cut short may come out whole another time, on a quieter machine or with a wider limit.
    """
    if known is None or known.incomplete or known.said != said(entry):
        return None
    passages = known.passages
    if known.file != item.file:
        passages = tuple(replace(passage, document=item.file) for passage in passages)
    return replace(known, file=item.file, path=str(item.path.resolve()), passages=passages)


def _read_all(
    todo: Sequence[tuple[Found, Entry | None]], limits: Limits, workers: int, mask_bsn: bool
) -> Generator[tuple[Found, Document | str]]:
    """Read files side by side; yield each as it finishes, with its document or the reason why there is none.

    The children read while this thread structures what they have read: threads that did both would wait for each other.
    """
    # The largest first, so that no worker is left with a long file when the others are done.
    waiting = deque(sorted(todo, key=lambda job: -job[0].size))
    running: dict[Future[RawDocument | str], tuple[Found, Entry | None]] = {}
    children = Children()
    pool = ThreadPoolExecutor(max(1, workers))
    try:
        while waiting or running:
            while waiting and len(running) < max(1, workers) + AHEAD:
                job = waiting.popleft()
                running[pool.submit(_read, job[0], limits, children)] = job
            for done in wait(running, return_when=FIRST_COMPLETED).done:
                item, entry = running.pop(done)
                raw = done.result()
                yield item, raw if isinstance(raw, str) else _structured(item, entry, raw, mask_bsn)
    finally:  # after Ctrl-C too nobody waits for what is still being read
        pool.shutdown(wait=False, cancel_futures=True)
        children.stop()


def _read(item: Found, limits: Limits, children: Children) -> RawDocument | str:
    try:
        return replace(read_pdf(item.path, limits, children), file=item.file)
    except DocumentError as error:
        return str(error)
    except (OSError, RuntimeError) as error:  # RuntimeError: no thread can be started to watch the child
        logger.warning("no child to read with: %s", error, extra={"document": item.file})
        fault = in_dutch(error if isinstance(error, OSError) else OSError(errno.EAGAIN, str(error)))
        return f"{item.file!r} is niet gelezen: {fault}. Sluit andere programma's en probeer het opnieuw."


def _structured(item: Found, entry: Entry | None, raw: RawDocument, mask_bsn: bool) -> Document | str:
    try:
        return _document(entry, raw, mask_bsn)
    except Exception:  # a layout that our rules choke on must not cost the other files
        logger.exception("structure failed", extra={"document": item.file})
        return f"{item.file!r} is gelezen maar niet te ordenen. Meld dit aan de beheerder: in het logboek staat waarom."


def _document(entry: Entry | None, read: RawDocument, mask_bsn: bool) -> Document:
    raw, notices = screen(read, mask=mask_bsn)
    about = describe(raw, entry)
    made = structure(raw, about.title, about.regions)
    return Document(
        file=raw.file,
        path=raw.path,
        sha256=raw.sha256,
        title=about.title,
        publisher=about.publisher,
        year=about.year,
        kind=about.kind,
        regions=about.regions,
        pages=made.pages,
        sections=made.sections,
        passages=tuple(mark_activities(made.passages)),
        warnings=(raw.incomplete,) if raw.incomplete else (),
        incomplete=bool(raw.incomplete) or any(page.limited for page in raw.pages),
        said=said(entry),
        notices=notices,
        masked=mask_bsn,
    )
