"""Personal data in what was read: burgerservicenummers are masked, addresses of mail and telephones counted. Pure."""

import re
from collections.abc import Iterable
from dataclasses import replace

from ingest.pdf import RawDocument

MASK = "•"
"""Takes the place of each character of a number, so that what stands after it keeps its place."""
_PLAIN = re.compile(r"(?<![\w.,/€-])(?<!€ )\d{9}(?![\w])(?![.,/-]\d)")
_NAMED = re.compile(
    r"(?i)\b(?:bsn|burgerservice-?\s?nummers?|sofi-?\s?nummers?)\b[^\d\n]{0,25}(\d[\d .-]{7,11}\d)(?!\d)"
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w.,/-])(?:\+31|0031|0)[\s()-]*(?:0[\s)-]*)?[1-9](?:[\s-]?\d){8}(?!\d)")
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def is_bsn(number: str) -> bool:
    """Whether nine digits pass the eleven-test of burgerservicenummers; what stands between them does not matter."""
    digits = [int(char) for char in number if char.isdecimal()]
    return len(digits) == len(_WEIGHTS) and any(digits) and sum(map(int.__mul__, digits, _WEIGHTS)) % 11 == 0


def mask_numbers(text: str) -> tuple[str, int]:
    """Mask the burgerservicenummers in a line: nine digits on end, or parted where the line names them so.

    Returns the text, as long as it was, and how many there were.
    """
    spans = {match.span() for match in _PLAIN.finditer(text)} | {match.span(1) for match in _NAMED.finditer(text)}
    found = sorted(span for span in spans if is_bsn(text[slice(*span)]))
    for start, end in found:
        text = text[:start] + MASK * (end - start) + text[end:]
    return text, len(found)


def screen(raw: RawDocument, *, mask: bool = True) -> tuple[RawDocument, tuple[str, ...]]:
    """Mask what was read, unless that must not be; also say in Dutch what was found, never the numbers themselves."""
    notices = []
    pages = []
    for page in raw.pages:
        masked = [mask_numbers(line.text) for line in page.lines]
        if count := sum(number for _, number in masked):
            done = "gemaskeerd" if mask else "gevonden en niet gemaskeerd"
            notices.append(f"{raw.file}, pagina {page.number}: {_told(count, 'burgerservicenummer', 's')} {done}.")
            lines = zip(page.lines, masked, strict=True)
            page = replace(page, lines=tuple(replace(line, text=text) for line, (text, _) in lines))  # noqa: PLW2901
        pages.append(page)
    notices += _contacts(raw.file, (line.text for page in raw.pages for line in page.lines))
    if not mask:
        return raw, tuple(notices)
    metadata = {key: mask_numbers(value)[0] for key, value in raw.metadata.items()}
    marks = tuple(replace(mark, title=mask_numbers(mark.title)[0]) for mark in raw.bookmarks)
    return replace(raw, pages=tuple(pages), metadata=metadata, bookmarks=marks), tuple(notices)


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
