"""What a document is called, who published it and when: documents.toml first, then the PDF itself."""

import json
import logging
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from ingest.document import Line
from ingest.errors import BadCatalogue, in_dutch
from ingest.gazetteer import lookup
from ingest.pdf import RawDocument
from ingest.text import join_lines, repair

logger = logging.getLogger(__name__)

CATALOGUE = "documents.toml"
FIRST_PAGES = 3
TITLE_LENGTH = 200
MAX_TITLE_LINES = 4
DATE_LINE = 60
"""A line longer than this that holds a date is running text, not the date of the document."""
LATEST_TITLE_YEAR = 2035
"""A later year in a title is a horizon ('Zorg in 2040'), not a year of publication."""

_MONTHS = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
_DATE = re.compile(rf"\b(?:{_MONTHS})\s+((?:19|20)\d\d)\b|\b\d\d?[-/.]\d\d?[-/.]((?:19|20)\d\d)\b", re.IGNORECASE)
_DATE_WORDS = re.compile(
    r"(?i)\b(?:\d{1,2}|(?:maan|dins|woens|donder|vrij|zater|zon)dag|(?:publicatie|versie|print)?datum|d\.d\.?|versie(?:nummer)?"
    r"|v?\d+(?:\.\d+)+|definitief|definitieve|concept|vastgesteld|status|gepubliceerd|publicatie|uitgave)(?!\w)"
)
_PLACE = re.compile(r"(?:['’]s-)?[A-Z]\S*(?: (?:(?:op|aan|den|de|bij|en|&) )*(?:['’]s-)?[A-Z]\S*){0,3}")
"""A place or a publisher: at most four names."""
_YEAR = re.compile(r"\b(20\d\d)\b")
_METADATA_DATE = re.compile(r"D:((?:19|20)\d\d)(\d{0,10})")
_NO_TITLE = re.compile(
    r"(?:anonymous|untitled|naamloos|unspecified|document\d*|presentatie\d*|powerpoint-presentatie"
    r"|microsoft (?:word|powerpoint|excel) - .*|.*\.(?:docx?|pptx?|xlsx?|indd|pdf|rtf|odt|qxp))\Z",
    re.IGNORECASE,
)
_NO_PUBLISHER = re.compile(
    r"(?:anonymous|unknown|onbekend|user|gebruiker|auteur|admin\w*|\S+@\S+"
    r"|[A-Z]{6,}\d*|\w+, (?:[A-Z]\.)+.*)\Z"  # a log-in name; 'Jansen, A.B. (Anna)'
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What documents.toml says about one file; '' , 0 and () mean that it says nothing.

    Attributes:
        file: file name, or path from the folder of documents.toml.
        sha256: hexadecimal digest; goes before `file`.
        title, publisher, year, kind: bibliographic data.
        regions: names of the gazetteer, as it spells them.
    """

    file: str = ""
    sha256: str = ""
    title: str = ""
    publisher: str = ""
    year: int = 0
    kind: str = ""
    regions: tuple[str, ...] = ()


def read_catalogue(path: Path) -> tuple[Entry, ...]:
    """Read documents.toml; () when there is none. Raises BadCatalogue."""
    if not path.is_file():
        return ()
    try:
        data = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        logger.warning("catalogue cannot be read: %s", error)
        fault = _fault(error)
        raise BadCatalogue(f"{str(path)!r} is niet te lezen: {fault}. Verbeter het bestand of haal het weg.") from None
    documents = data.get("document", [])
    if set(data) - {"document"} or not isinstance(documents, list):
        raise BadCatalogue(f"{str(path)!r} mag alleen [[document]] bevatten, niet {sorted(set(data) - {'document'})}.")
    return tuple(_entry(path, number, item) for number, item in enumerate(documents, start=1))


def _fault(error: Exception) -> str:
    """Say in Dutch why the file cannot be read; of a mistake in TOML, where it stands."""
    if isinstance(error, OSError):
        return in_dutch(error)
    if isinstance(error, UnicodeDecodeError):
        return "het is niet opgeslagen als UTF-8"
    where = re.search(r"line (\d+), column (\d+)", str(error))
    return f"regel {where[1]}, kolom {where[2]} is geen geldige TOML" if where else "het einde ontbreekt"


def find_entry(entries: Sequence[Entry], relative: str, sha256: str) -> Entry | None:
    """Return the entry of a file: by digest, by path from the catalogue's folder, or by bare name."""
    name = relative.rsplit("/", 1)[-1]
    by_digest = (entry for entry in entries if entry.sha256 and entry.sha256 == sha256)
    by_path = (entry for entry in entries if not entry.sha256 and entry.file == relative)
    by_name = (entry for entry in entries if not entry.sha256 and entry.file == name)
    return next(by_digest, None) or next(by_path, None) or next(by_name, None)


def describe(raw: RawDocument, entry: Entry | None) -> Entry:
    """Complete an entry from the PDF's metadata and first pages."""
    known = entry or Entry()
    return Entry(
        file=raw.file,
        sha256=raw.sha256,
        title=known.title or title_of(raw),
        publisher=known.publisher or publisher_of(raw.metadata),
        year=known.year or year_of(raw),
        kind=known.kind,
        regions=known.regions,
    )


def said(entry: Entry | None) -> str:
    """Return what an entry says of a document as JSON, '' for nothing; which file it names does not count."""
    if entry is None or replace(entry, file="", sha256="") == Entry():
        return ""
    return json.dumps(asdict(replace(entry, file="", sha256="")), ensure_ascii=False, sort_keys=True)


def title_of(raw: RawDocument) -> str:
    """Return the title that the metadata gives, else the largest text of the first page, else the file's name."""
    given = repair(raw.metadata.get("title", ""))
    if len(given) > 2 and not _NO_TITLE.match(given):
        return given[:TITLE_LENGTH]
    for page in raw.pages[:FIRST_PAGES]:
        largest = _largest(page.lines)
        if largest:
            return largest[:TITLE_LENGTH]
    return re.sub(r"[-_\s]+", " ", raw.file.rsplit(".", 1)[0]).strip().capitalize() or raw.file


def publisher_of(metadata: Mapping[str, str]) -> str:
    """Return the metadata's author, unless it is a log-in name or a placeholder."""
    author = repair(metadata.get("author", ""))
    return "" if _NO_PUBLISHER.match(author) else author


def year_of(raw: RawDocument) -> int:
    """Return the year of publication, 0 when unknown.

    In this order: a date that stands by itself on the first pages, the title, the metadata. A year after that in which
    the PDF was made is one that the document looks forward to.
    """
    created = _metadata_year(raw.metadata)
    latest = created or LATEST_TITLE_YEAR
    lines = (line.text for page in raw.pages[:FIRST_PAGES] for line in page.lines)
    dated = (year for text in lines if (year := _date_alone(text)))
    titled = map(int, _YEAR.findall(raw.metadata.get("title", "")))
    return next((year for year in (*dated, *titled) if year <= latest), created)


def _date_alone(text: str) -> int:
    """Return the year of a date that has a line to itself, save for a place, a publisher or 'versie'; else 0."""
    found = _DATE.search(text) if len(text) <= DATE_LINE else None
    if not found:
        return 0
    rest = _DATE_WORDS.sub(" ", text[: found.start()] + " " + text[found.end() :])
    rest = " ".join(re.sub(r"[^\w'’&-]|(?<!\w)-|-(?!\w)", " ", rest).split())
    return int(found[1] or found[2]) if not rest or _PLACE.fullmatch(rest) else 0


def _metadata_year(metadata: Mapping[str, str]) -> int:
    for key in ("creationdate", "moddate"):
        found = _METADATA_DATE.match(metadata.get(key, ""))
        # Tools that make reproducible files write 1 January 2000 (or 1970, 1980), midnight.
        if found and not (found[1] in {"1970", "1980", "2000"} and found[2].startswith("0101000000")):
            return int(found[1])
    return 0


def _largest(lines: Sequence[Line]) -> str:
    lines = [line for line in lines if sum(char.isalpha() for char in line.text) > 2]
    if not lines:
        return ""
    limit = 0.95 * max(line.size for line in lines)
    start = next(index for index, line in enumerate(lines) if line.size >= limit)
    block = [lines[start]]
    for line in lines[start + 1 : start + MAX_TITLE_LINES]:
        if line.size < limit:
            break
        block.append(line)
    if len(block) == MAX_TITLE_LINES:
        block = block[:1]  # no heading: the whole page is set in one size
    return join_lines([repair(line.text) for line in block])


def _entry(path: Path, number: int, item: object) -> Entry:
    where = f"{str(path)!r}, document {number}"
    if not isinstance(item, dict):
        raise BadCatalogue(f"{where}: schrijf [[document]] met daaronder naam = waarde.")
    unknown = set(item) - set(Entry.__slots__)
    if unknown:
        raise BadCatalogue(f"{where}: onbekend veld {sorted(unknown)[0]!r}. Kies uit {', '.join(Entry.__slots__)}.")
    for key, value in item.items():
        _check(where, key, value)
    if not item.get("file") and not item.get("sha256"):
        raise BadCatalogue(f"{where}: geef file of sha256, anders is niet duidelijk welk bestand bedoeld is.")
    words = {key: repair(item[key]) for key in ("title", "publisher", "kind") if key in item}
    regions, sha256 = _regions(where, item.get("regions", [])), item.get("sha256", "").lower()
    return Entry(**item | words | {"regions": regions, "sha256": sha256})


def _regions(where: str, names: Sequence[str]) -> tuple[str, ...]:
    found = [(name, lookup(name)) for name in names]
    for name, region in found:
        if region is None:
            raise BadCatalogue(
                f"{where}: {name!r} is geen regio die wij kennen. Kies een naam uit 'ingest/gazetteer.toml'."
            )
    return tuple(region.name for _, region in found if region is not None)


def _check(where: str, key: str, value: object) -> None:
    if key == "year":
        good = type(value) is int and 1900 <= value <= 2100
    elif key == "regions":
        good = isinstance(value, list) and all(isinstance(name, str) for name in value)
    else:
        good = isinstance(value, str)
    if not good:
        raise BadCatalogue(f"{where}: {key} = {value!r} kan niet. Tekst tussen aanhalingstekens, year een jaartal.")
