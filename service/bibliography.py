"""References for reference managers: BibTeX, RIS and CSL-JSON. Unicode is kept; what a format would obey is escaped."""

import json
import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from service.citation import Reference

# A bare brace counts for BibTeX even behind a backslash, so braces get a name instead.
_LATEX = str.maketrans(
    {
        "\\": r"{\textbackslash}",
        "{": r"{\textbraceleft}",
        "}": r"{\textbraceright}",
        "~": r"{\textasciitilde}",
        "^": r"{\textasciicircum}",
        **{sign: "\\" + sign for sign in "$&%#_"},
    }
)
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
LANGUAGE = "nl"


def key(reference: Reference) -> str:
    """A name for the entry that depends on the reference alone: the same in every memo, and unique to its place.

    >>> key(reference)
    'zorgkantoor2024-p12-0f3a9c1e'
    """
    words = re.findall(r"[a-z0-9]+", _ascii(reference.publisher or reference.title).lower())
    name = next((word for word in words if len(word) > 2), "bron")  # 'de', 'ZO' name nobody
    mark = (reference.passage_id or reference.sha256)[:8]
    page = f"-p{reference.page}" if reference.page else ""
    return f"{name}{reference.year or 'zd'}{page}-{mark}"


def bibtex(references: Sequence[Reference]) -> str:
    """One entry a reference, with the page in `pages` and the quoted words in `annote`."""
    return "\n".join(_bibtex_entry(reference) for reference in references)


def ris(references: Sequence[Reference]) -> str:
    """One record a reference, with the page in `SP` and the quoted words in `N1`; lines end as RIS wants, in CRLF."""
    return "".join(_ris_record(reference) for reference in references)


def csl_json(references: Sequence[Reference]) -> str:
    """An array of CSL items, with the page in `page` and `locator` and the quoted words in `annote`."""
    return json.dumps([_csl_item(reference) for reference in references], ensure_ascii=False, indent=1) + "\n"


def _bibtex_entry(reference: Reference) -> str:
    publisher = _latex(reference.publisher)
    fields = {
        # Double braces: an organisation is one name, not a first and a last one.
        "author": f"{{{publisher}}}" if publisher else "",
        "title": f"{{{_latex(reference.title)}}}",
        "institution": publisher,
        "year": str(reference.year or ""),
        "pages": str(reference.page or ""),
        "url": reference.link,
        "language": "dutch",
        "note": _latex(_printed(reference)),
        "annote": _latex(reference.quote),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    kind = "techreport" if publisher and reference.year else "misc"
    return f"@{kind}{{{key(reference)},\n" + ",\n".join(lines) + "\n}\n"


def _ris_record(reference: Reference) -> str:
    rows = [
        ("TY", "RPRT"),
        ("ID", key(reference)),
        ("AU", _ris_name(reference.publisher)),
        ("TI", reference.title),
        ("PB", reference.publisher),
        ("PY", str(reference.year or "")),
        ("SP", str(reference.page or "")),
        ("LA", LANGUAGE),
        ("UR", reference.link),
        ("N1", _printed(reference)),
        ("N1", reference.quote),
    ]
    lines = [f"{tag}  - {_one_line(value)}" for tag, value in rows if value]
    return "\r\n".join([*lines, "ER  - ", "", ""])


def _csl_item(reference: Reference) -> dict[str, Any]:
    page = str(reference.page or "")
    item = {
        "id": key(reference),
        "type": "report",
        "title": _one_line(reference.title),
        "author": [{"literal": _one_line(reference.publisher)}] if reference.publisher else [],
        "publisher": _one_line(reference.publisher),
        "issued": {"date-parts": [[reference.year]]} if reference.year else {},
        "page": page,
        "locator": page,
        "language": LANGUAGE,
        "URL": reference.link,
        "note": _printed(reference),
        "annote": reference.quote,
    }
    return {name: value for name, value in item.items() if value}


def _printed(reference: Reference) -> str:
    return f"Gedrukt paginanummer: {reference.label}" if reference.label else ""


def _ris_name(name: str) -> str:
    """A comma in a name would make the rest a first name."""
    return name.replace(",", " ")


def _one_line(text: str) -> str:
    """A value on one line: a line that starts with a tag would begin a field of its own."""
    return " ".join(_CONTROLS.sub(" ", text).split())


def _latex(text: str) -> str:
    return _one_line(text).translate(_LATEX)


def _ascii(text: str) -> str:
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
