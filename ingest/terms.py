"""When something is planned and for how much: terms and amounts of money as they stand in a text. Pure."""

import re
from collections.abc import Iterator

from ingest.document import Extract

_SPRING = ("januari", "februari", "maart", "april", "mei", "juni")
MONTHS = (*_SPRING, "juli", "augustus", "september", "oktober", "november", "december")

_YEAR = r"20[1-4]\d"
_POINT = (
    rf"(?:(?:(?:\d{{1,2}} )?(?:{'|'.join(MONTHS)})"
    r"|Q[1-4](?: (?:en|-|t/m) Q[1-4])?|(?:het )?(?:eerste|tweede|derde|vierde|[1-4]e) kwartaal(?: van)?"
    r"|(?:het )?(?:najaar|voorjaar|zomer|winter)(?: van)?|(?:de )?(?:eerste|tweede) helft(?: van)?"
    r"|begin|eind|einde|medio|het einde van|het eind van|het jaar)\s+)?"
    rf"{_YEAR}(?!\d|[.,]\d)"
)
_BEFORE = r"(?<![\w./-])"
_PATTERNS = tuple(
    (name, re.compile(_BEFORE + pattern, re.IGNORECASE))
    for name, pattern in (
        (
            "range",
            rf"(?:van|vanaf|tussen|in(?: de periode)?|periode(?: van)?) (?P<a>{_POINT})"
            rf" ?(?:tot en met|t/m|tot|-|–|en|/) ?(?P<b>{_POINT})",
        ),
        ("range", rf"(?P<a>{_POINT}) ?(?:tot en met|t/m|-|–) ?(?P<b>{_POINT})"),
        ("start", rf"(?:vanaf|per|met ingang van|start(?:datum)?:?(?: in| per| op)?) (?P<a>{_POINT})"),
        (
            "end",
            r"(?:v[oó]ór|tot en met|t/m|tot|uiterlijk(?: in| per| op| voor)?"
            rf"|voor (?=begin|eind|het einde?|\d{{1,2}} |medio|{'|'.join(MONTHS)})) ?(?P<a>{_POINT})",
        ),
        ("during", rf"(?:in|begin|eind|medio|rond|gedurende|zomer|najaar|voorjaar) (?P<a>{_POINT})"),
        (
            "during",
            rf"(?P<a>(?:Q[1-4](?: (?:en|-|t/m) Q[1-4])?|(?:begin|eind|medio)|(?:{'|'.join(MONTHS)})) {_YEAR})\b",
        ),
        ("during", rf"(?P<a>{_YEAR})(?=:)"),
        ("", rf"voor {_YEAR}(?![-\d])"),
        ("", r"(?:de )?(?:aan)?komende? (?:[\w-]+ (?:tot|à|a|-) )?(?:[\w-]+ )?(?:jaar|jaren|maanden|periode|weken)\b"),
        ("", r"(?:dit|volgend) (?:kalender)?jaar\b"),
        ("", r"binnen (?:nu en )?(?:[\w-]+ )(?:jaar|jaren|maanden|weken)\b"),
    )
)
# A forecast, a thing of the past or the name of a document has a year too.
_NO_TERM = re.compile(
    r"stijg|toene|toena|neemt toe|nemen toe|verwacht|prognos|daal|daling|groei|tekort|vergrijz|sinds|afgelopen"
    r"|pensioen",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\s+(?:goedgekeurd|toegekend|behaald|vastgesteld|gestart|opgericht|ondertekend|afgerond|was|waren|is gestart)\w*\b"
)
_TITLE = re.compile(r"(?:plan|agenda|visie|nota|akkoord|programma|rapport|beeld|monitor|deel|transitie|zorg)\s*$", re.I)
_HINT = re.compile(rf"{_YEAR}|\bjaar\b|\bjaren\b|maanden|\bweken\b|periode")
_SENTENCE = re.compile(r"[^.!?\n]*(?:[.](?=\S)[^.!?\n]*)*[.!?\n]?")

_SCALE = {"miljoen": 10**6, "mln": 10**6, "miljard": 10**9, "mld": 10**9, "duizend": 1000, "k": 1000, "ton": 10**5}
_AMOUNT = r"(?P<n>\d+(?:\.\d{3})*(?:,\d+)?)(?:,-)?"
_MONEY_HINT = re.compile(r"€|EUR|[Ee]uro|mln|mld|milj")
_MONEY = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:€|EUR|[Ee]uro)\s?{_AMOUNT}(?:\s?(?P<s>miljoen|mln|miljard|mld|duizend|ton|[kK])\b\.?)?",
        rf"(?<![\w.,]){_AMOUNT}\s?(?P<s>miljoen|mln|miljard|mld|duizend|ton)?\.?\s?(?:euro|EUR|€)",
        # '2 miljoen ouderen' is a figure about people.
        rf"(?<![\w.,]){_AMOUNT}\s(?P<s>miljoen|mln|miljard|mld)\b\.?(?!\s?(?:[a-z-]+ )?(?:inwoners|mensen|personen"
        r"|Nederlanders|mantelzorgers|ouderen|verzekerden|uur|uren|jongeren|patiënten|huishoudens|volwassenen|woningen))",
    )
)


def find_terms(text: str) -> tuple[Extract, ...]:
    """Find starts, ends and periods, in order; forecasts, the past and years in titles are left out."""
    if not _HINT.search(text):
        return ()
    found: dict[str, Extract] = {}
    for match in _SENTENCE.finditer(text):
        if _HINT.search(match[0]) and not _NO_TERM.search(match[0]):
            for one in _terms(match[0], match.start()):
                found.setdefault(one.text.lower(), one)
    return tuple(sorted(found.values(), key=lambda one: one.start))


def find_money(text: str) -> tuple[Extract, ...]:
    """Find amounts in euros, in order; `value` is the amount in whole euros."""
    if not _MONEY_HINT.search(text):
        return ()
    spans: list[Extract] = []
    for pattern in _MONEY:
        for match in pattern.finditer(text):
            if not any(match.start() < one.end and one.start < match.end() for one in spans):
                spans.append(Extract(match[0], match.start(), match.end(), _euros(match)))
    return tuple(sorted(spans, key=lambda one: one.start))


def _terms(sentence: str, offset: int) -> Iterator[Extract]:
    taken: list[tuple[int, int]] = []
    for name, pattern in _PATTERNS:
        for match in pattern.finditer(sentence):
            start, end = match.span()
            if any(start < b and a < end for a, b in taken):
                continue
            taken.append((start, end))
            if not _PAST.match(sentence, end) and not (name == "range" and _TITLE.search(sentence[:start])):
                yield Extract(match[0], offset + start, offset + end, _interval(name, match))


def _interval(name: str, match: re.Match[str]) -> str:
    """Write a term as an interval of ISO 8601; '' when it depends on when it was written."""
    if not name:
        return ""
    first, last = _bounds(match["a"])
    if name == "start":
        return f"{first}/.."
    if name == "end":
        before = re.match(r"v[oó]ór|voor|tot (?!en)", match[0], re.IGNORECASE)
        return f"../{_previous(first) if before else last}"
    if name == "range":
        last = _bounds(match["b"])[1]
    return first if first == last else f"{first}/{last}"


def _bounds(point: str) -> tuple[str, str]:
    """First and last day, month or year of what is written: 'Q1 2024' -> ('2024-01', '2024-03')."""
    year = re.findall(_YEAR, point)[-1]
    words = point.lower()
    quarters = [int(q) for q in re.findall(r"q([1-4])", words)] or _ordinal(words)
    if quarters:
        return f"{year}-{quarters[0] * 3 - 2:02}", f"{year}-{quarters[-1] * 3:02}"
    month = next((number for number, name in enumerate(MONTHS, 1) if name in words), 0)
    if not month:
        return year, year
    day = re.match(r"(\d{1,2}) ", words)
    made = f"{year}-{month:02}" + (f"-{int(day[1]):02}" if day else "")
    return made, made


def _ordinal(words: str) -> list[int]:
    if "kwartaal" not in words:
        return []
    return [number for number, name in enumerate(("eerste", "tweede", "derde", "vierde"), 1) if name in words] or [
        int(digit) for digit in re.findall(r"([1-4])e", words)
    ]


def _previous(point: str) -> str:
    """The year before, for 'vóór 2027'; a day or month stays as it is written."""
    return str(int(point) - 1) if re.fullmatch(_YEAR, point) else point


def _euros(match: re.Match[str]) -> str:
    number = match["n"].replace(".", "").replace(",", ".")
    scale = _SCALE.get((match["s"] or "").lower(), 1)
    return str(round(float(number) * scale))
