"""What sort of answer a question asks for, and whether words give one: a figure, money, a moment, a name. Pure."""

import re
from typing import Literal

Sort = Literal["", "number", "share", "money", "moment", "name"]

SORTS: tuple[Sort, ...] = ("number", "share", "money", "moment", "name")

# What asks for each sort; the first that matches decides, so that "hoeveel procent" is a share and no number.
_ASKS: dict[Sort, re.Pattern[str]] = {
    "share": re.compile(r"(?i)\b(?:procent|percentages?|aandeel|welk deel)\b"),
    "money": re.compile(
        r"(?i)\b(?:wat kost(?:te|ten|en)?|kosten|hoeveel geld|euro'?s?|budget|bedrag|tarie(?:f|ven)|prijs|winst|omzet"
        r"|uurloon|salaris)\b"
    ),
    "number": re.compile(
        r"(?i)\b(?:hoeveel|(?:wat (?:is|was|wordt) het|welk) aantal|hoe (?:groot|hoog|lang|vaak|snel|ver)"
        r"|welke? (?:score|cijfer))\b|^aantal\b|\baantal$"
    ),
    "moment": re.compile(r"(?i)\b(?:wanneer|welke? (?:datum|jaar|maand|kwartaal)|hoe laat)\b"),
    "name": re.compile(
        r"(?i)\b(?:wie|hoe heet|hoe heten|welke? (?:bedrijf|leverancier|organisaties?|instelling|ziekenhuis))\b"
    ),
}

_NUMBERS = "twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|twintig|honderd|duizend|helft|kwart"
_MONTHS = "januari|februari|maart|april|juni|juli|augustus|september|oktober|november|december"
_GIVES: dict[Sort, re.Pattern[str]] = {
    "number": re.compile(rf"(?i)\d|\b(?:{_NUMBERS})\b|\bverdubbel"),
    "share": re.compile(r"(?i)%|\bprocent|\b(?:helft|kwart|een (?:derde|vierde|vijfde)|op de \w+)\b"),
    "money": re.compile(r"(?i)€|\b(?:euro|miljoen|miljard)"),
    "moment": re.compile(rf"(?i)\b(?:(?:19|20)\d\d|Q[1-4]|{_MONTHS}|kwartaal)\b|\bjaar"),
    # A capital after a small letter or a comma: a name, for a sentence does not begin there.
    "name": re.compile(r"(?<=[a-z,(&:] )(?!Q[1-4]\b)[A-Z][\w-]+"),
}

# Questions that ask which of the regions do something: the answer is a list of regions, not a passage.
_COMPARES = re.compile(
    r"(?i)\b(?:(?:welke|elke|alle) (?:andere )?(?:zorgkantoor-?|roaz-?|sub-?|roaz-?sub-?)?regio['\u2019]?s?"
    r"|wie (?:doet|doen) (?:dit|dat|er) (?:ook|nog meer))\b"
)


def wanted(question: str) -> Sort:
    """Return the sort of answer that a question asks for; '' when any words may answer it."""
    return next((sort for sort, asks in _ASKS.items() if asks.search(question)), "")


def gives(text: str, sort: Sort) -> bool:
    """Whether words hold what is wanted."""
    return not sort or bool(_GIVES[sort].search(text))


def compares(question: str) -> Literal["", "regio", "subregio"]:
    """Return the level of regions that a question compares ("welke regio's …"); '' when it asks no such thing."""
    found = _COMPARES.search(question)
    if not found:
        return ""
    return "subregio" if "sub" in found.group().lower() else "regio"
