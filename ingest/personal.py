"""Personal data in what was read: burgerservicenummers are masked, addresses of mail and telephones counted. Pure.

Of all numbers of nine digits one in eleven passes the test of burgerservicenummers: those of cases, invoices and the
Chamber of Commerce too. So a number is masked where something near it says what it is, and elsewhere it is counted.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.document import Line
from ingest.pdf import RawDocument, RawPage

MASK = "•"
"""Takes the place of each character of a number, so that what stands after it keeps its place."""
_PLAIN = re.compile(r"(?<![\w.,/€-])(?<!€ )\d{9}(?![\w])(?![.,/-]\d)")
_PARTED = re.compile(
    r"(?<![\w.,/€-])(?<!€ )"
    r"(?:\d{4}[ .-]\d\d[ .-]\d{3}|\d{3}[ .-]\d{3}[ .-]\d{3}|\d{3}[ .-]\d\d[ .-]\d{4})"
    r"(?![\w])(?![.,/-]\d)"
)
_CUE_WORDS = r"\b(?:bsn(?:s|-?\s?nummers?)?|(?:burgerservice|sofi)-?\s?n(?:ummer|r)s?)\b"
_CUE = re.compile(f"(?i){_CUE_WORDS}")
_NAMED = re.compile(rf"(?i){_CUE_WORDS}[^\d\n]{{0,25}}(\d[\d .-]{{7,11}}\d)(?!\d)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w.,/-])(?:\+31|0031|0)[\s()-]*(?:0[\s)-]*)?[1-9](?:[\s-]?\d){8}(?!\d)")
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
HEADER_WORDS = 10
"""A line with more words is a sentence and heads no column."""


@dataclass(frozen=True, slots=True)
class Screened:
    """A line after the search for numbers.

    Attributes:
        text: the line with its numbers masked, as long as it was.
        named: how many were masked.
        unnamed: how many more pass the test though nothing near says what they are; they still stand there.
    """

    text: str
    named: int
    unnamed: int


def is_bsn(number: str) -> bool:
    """Whether nine digits pass the eleven-test of burgerservicenummers; what stands between them does not matter."""
    digits = [int(char) for char in number if char.isdecimal()]
    return len(digits) == len(_WEIGHTS) and any(digits) and sum(map(int.__mul__, digits, _WEIGHTS)) % 11 == 0


def mask_numbers(text: str, *, cued: bool = False) -> Screened:
    """Mask the burgerservicenummers in a line that names them, or that stands where they were named (`cued`)."""
    plain = {match.span() for match in _PLAIN.finditer(text)}
    if cued or _CUE.search(text):
        parted = {match.span() for match in _PARTED.finditer(text)}
        found = _passing(text, plain | parted | {match.span(1) for match in _NAMED.finditer(text)})
        for start, end in found:
            text = text[:start] + MASK * (end - start) + text[end:]
        return Screened(text, len(found), 0)
    return Screened(text, 0, len(_passing(text, plain)))


def _passing(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans that hold a number that passes, in order, each place once."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if is_bsn(text[start:end]) and (not found or start >= found[-1][1]):
            found.append((start, end))
    return found


def screen_lines(lines: Sequence[Line]) -> list[Screened]:
    """Mask the lines of a page: a cue counts for its own line, for the next, and for the column that it heads."""
    cues = [_CUE.search(line.text) is not None for line in lines]
    headers = [line for line, cue in zip(lines, cues, strict=True) if cue and len(line.text.split()) <= HEADER_WORDS]
    screened = []
    for place, line in enumerate(lines):
        before = place > 0 and cues[place - 1]
        cued = before or any(_heads(header, line) for header in headers)
        screened.append(mask_numbers(line.text, cued=cued))
    return screened


def _heads(header: Line, line: Line) -> bool:
    """Whether a line stands under a header, with some of its width in common."""
    return header.y < line.y and header.x <= line.x + line.width and line.x <= header.x + header.width


def screen(raw: RawDocument, *, mask: bool = True) -> tuple[RawDocument, tuple[str, ...]]:
    """Mask what was read, unless that must not be; also say in Dutch what was found, never the numbers themselves."""
    notices: list[str] = []
    pages = []
    for page in raw.pages:
        screened = screen_lines(page.lines)
        notices += _numbers(raw.file, page, screened, mask=mask)
        if any(one.named for one in screened):
            lines = zip(page.lines, screened, strict=True)
            page = replace(page, lines=tuple(replace(line, text=one.text) for line, one in lines))  # noqa: PLW2901
        pages.append(page)
    notices += _contacts(raw.file, (line.text for page in raw.pages for line in page.lines))
    if not mask:
        return raw, tuple(notices)
    metadata = {key: mask_numbers(value).text for key, value in raw.metadata.items()}
    marks = tuple(replace(mark, title=mask_numbers(mark.title).text) for mark in raw.bookmarks)
    return replace(raw, pages=tuple(pages), metadata=metadata, bookmarks=marks), tuple(notices)


def _numbers(file: str, page: RawPage, screened: Sequence[Screened], *, mask: bool) -> list[str]:
    """Say how many numbers of a page were masked, and how many more may have to be."""
    notices = []
    if named := sum(one.named for one in screened):
        done = "gemaskeerd" if mask else "gevonden en niet gemaskeerd"
        notices.append(f"{file}, pagina {page.number}: {_told(named, 'burgerservicenummer', 's')} {done}.")
    if unnamed := sum(one.unnamed for one in screened):
        may = "kan een burgerservicenummer zijn" if unnamed == 1 else "kunnen burgerservicenummers zijn"
        told = f"{_told(unnamed, 'getal', 'len')} van negen cijfers {may}"
        notices.append(f"{file}, pagina {page.number}: {told}; er staat niet bij wat het is, dus niet gemaskeerd.")
    return notices


def _contacts(file: str, lines: Iterable[str]) -> list[str]:
    """Say how many addresses of mail and telephone numbers stand in a document."""
    mails = phones = 0
    for text in lines:
        mails += "@" in text and len(_MAIL.findall(text))
        phones += len(_PHONE.findall(text)) if "0" in text or "+31" in text else 0
    told = [_told(mails, "e-mailadres", "sen")] * (mails > 0) + [_told(phones, "telefoonnummer", "s")] * (phones > 0)
    return [f"{file}: {' en '.join(told)} gevonden."] if told else []


def _told(count: int, name: str, plural: str) -> str:
    return f"{count} {name}{plural if count != 1 else ''}"
