"""Entries for reference managers, read back with other people's parsers."""

import io
import json
from dataclasses import replace
from typing import Any

import bibtexparser
import jsonschema
import pytest
import rispy
from bibtexparser.bparser import BibTexParser

from service.bibliography import bibtex, csl_json, key, ris
from service.citation import Reference

PLAIN = Reference(
    file="plan.pdf",
    sha256="ab" * 32,
    title="Regioplan Voorbeeld",
    publisher="Zorgkantoor Voorbeeld",
    year=2024,
    page=12,
    label="10",
    passage_id="0f3a9c1e5b7d2468",
    link="http://127.0.0.1:8000/p/0f3a9c1e5b7d2468",
    quote="Eén op de vier ouderen valt.",
)
NASTY = replace(
    PLAIN,
    title="100% {zorg} & \\welzijn_ #1 ~ $5 ^ @book{x, title={y}} 'é' “ë”",
    publisher="Stichting {A, B} & Zn",
    passage_id="ffffffffffffffff",
    quote='Regel een\nER  - \nTY  - BOOK\n}, year = {1066} "aanhaling" <b>',
)
BARE = Reference("los.pdf", "cd" * 32, "los.pdf", "", 0, 3)
ALL = [PLAIN, NASTY, BARE]

# The names and types of CSL-JSON 1.0.2 for what we write; no other name is allowed there either.
_TEXT, _NUMBER = {"type": "string", "minLength": 1}, {"type": ["string", "number"]}
CSL_SCHEMA: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "type"],
        "additionalProperties": False,
        "properties": {
            **dict.fromkeys(("title", "publisher", "language", "URL", "note", "annote"), _TEXT),
            **dict.fromkeys(("id", "page", "locator"), _NUMBER),
            "type": {"enum": ["report"]},
            "author": {
                "type": "array",
                "items": {"type": "object", "properties": {"literal": _TEXT}, "additionalProperties": False},
            },
            "issued": {
                "type": "object",
                "additionalProperties": False,
                "properties": {"date-parts": {"type": "array", "items": {"type": "array", "items": _NUMBER}}},
            },
        },
    },
}

STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>x</title><id>x</id>
<updated>2024-01-01T00:00:00+00:00</updated></info><citation><layout><text variable="title"/></layout></citation>
<bibliography><layout><group delimiter=" "><names variable="author"/><date variable="issued">
<date-part name="year"/></date>
<text variable="title"/><text variable="page"/></group></layout></bibliography></style>"""

LATEX = {
    r"{\textbackslash}": "\\",
    r"{\textbraceleft}": "{",
    r"{\textbraceright}": "}",
    r"{\textasciitilde}": "~",
    r"{\textasciicircum}": "^",
    **{"\\" + sign: sign for sign in "$&%#_"},
}


def unescape(value: str) -> str:
    """What LaTeX would print."""
    for written, sign in LATEX.items():
        value = value.replace(written, sign)
    return value.removeprefix("{").removesuffix("}")


def read_bibtex(text: str) -> list[dict[str, str]]:
    """The entries as bibtexparser reads them."""
    parsed = bibtexparser.loads(text, BibTexParser(common_strings=True, ignore_nonstandard_types=False))
    return list(parsed.entries)


def test_bibtex_reads_back() -> None:
    """Every entry comes back with its page, words and link, and nothing in a title starts an entry of its own."""
    entries = {entry["ID"]: entry for entry in read_bibtex(bibtex(ALL))}
    assert set(entries) == {key(reference) for reference in ALL}
    for reference in (PLAIN, NASTY):
        entry = entries[key(reference)]
        assert unescape(entry["title"]) == reference.title
        assert unescape(entry["author"]) == reference.publisher
        assert unescape(entry["annote"]) == " ".join(reference.quote.split())
        assert (entry["ENTRYTYPE"], entry["pages"], entry["year"]) == ("techreport", "12", "2024")
        assert entry["url"] == reference.link
    assert entries[key(BARE)]["ENTRYTYPE"] == "misc"


def test_bibtex_braces_balance() -> None:
    """BibTeX counts every bare brace, so there are as many that open as close."""
    text = bibtex([NASTY])
    assert text.count("{") == text.count("}")


def test_ris_reads_back() -> None:
    """Every record comes back, with the words of a quote on one line so that they start no field."""
    records = rispy.loads(ris(ALL))
    assert [record["id"] for record in records] == [key(reference) for reference in ALL]
    for record, reference in zip(records, ALL, strict=True):
        assert record["type_of_reference"] == "RPRT"
        assert record["title"] == reference.title
        assert record["start_page"] == str(reference.page)
        assert record.get("publisher", "") == reference.publisher
        if reference.quote:
            assert record["notes"][-1] == " ".join(reference.quote.split())
            assert record["urls"] == [reference.link]


def test_ris_writes_what_it_would_write() -> None:
    """Writing what was read gives the same records again."""
    records = rispy.loads(ris(ALL))
    assert rispy.loads(rispy.dumps(records)) == records


def test_csl_json_follows_the_schema() -> None:
    """Names and types are those of CSL-JSON."""
    items = json.loads(csl_json(ALL))
    jsonschema.validate(items, CSL_SCHEMA)
    assert [item["page"] for item in items] == ["12", "12", "3"]
    assert items[0]["issued"] == {"date-parts": [[2024]]}
    assert items[1]["annote"] == NASTY.quote
    assert "issued" not in items[2]


@pytest.mark.filterwarnings("default")
def test_csl_json_is_typeset_by_a_citation_processor() -> None:
    """citeproc-py makes a reference of each item: author, year, title and page."""
    from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
    from citeproc.source.json import CiteProcJSON

    source = CiteProcJSON(json.loads(csl_json([PLAIN, BARE])))
    style = CitationStylesStyle(io.BytesIO(STYLE.encode()), validate=False)
    bibliography = CitationStylesBibliography(style, source, formatter.plain)
    bibliography.register(Citation([CitationItem(key(PLAIN)), CitationItem(key(BARE))]))
    assert sorted(map(str, bibliography.bibliography())) == [
        "Zorgkantoor Voorbeeld 2024 Regioplan Voorbeeld 12",
        "los.pdf 3",
    ]


def test_keys_are_stable_and_unique() -> None:
    """A key depends on its own reference only, and differs with passage, page and document."""
    assert key(PLAIN) == key(replace(PLAIN, quote="iets anders", link="")) == "zorgkantoor2024-p12-0f3a9c1e"
    others = [replace(PLAIN, page=13), replace(PLAIN, passage_id="1" * 16), replace(PLAIN, passage_id="", page=0)]
    assert len({key(reference) for reference in (PLAIN, *others)}) == 4


def test_unicode_is_kept() -> None:
    """Accents and typographic quotation marks are written as they are."""
    for text in (bibtex([NASTY]), ris([NASTY]), csl_json([NASTY])):
        assert "“ë”" in text
