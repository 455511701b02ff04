"""A memo as Markdown and as HTML. Words from documents and readers are escaped: they are text, never markup."""

import re
from functools import cache
from itertools import count
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from service.citation import apa, footnote
from service.dates import dutch_date
from service.memo import Memo, by_question, colophon, sources

STYLE = Path(__file__).parent / "static" / "memo.css"
# Signs that Markdown obeys anywhere in a line, and those that it obeys at its start.
_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~&$^@])")
# Pandoc also numbers with letters, Roman figures and brackets, and begins definitions and blocks with a colon.
_START = re.compile(r"^(\(?(?:\d+|[A-Za-z]|[ivxlcdmIVXLCDM]+))([.)])(?=\s|$)|^([-+=:])", re.MULTILINE)


def escape_markdown(text: str) -> str:
    r"""Make every sign stand for itself.

    >>> escape_markdown("1. *zorg* <b>")
    '1\\. \\*zorg\\* \\<b\\>'
    """
    # Four spaces at the start of a line would make it code.
    lines = "\n".join(line.strip() for line in text.split("\n"))
    escaped = _SIGNS.sub(r"\\\1", lines)
    return _START.sub(lambda found: f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}", escaped)


def write_markdown(memo: Memo) -> str:
    """The memo as Markdown with footnotes, as pandoc and most editors read it."""
    parts = [f"# {escape_markdown(memo.title)}", _byline(memo), _paragraphs(memo.introduction), "## Bevindingen"]
    numbers = count(1)
    for question, items in by_question(memo.items):
        parts += [f"### {escape_markdown(question)}" if question else ""]
        for item in items:
            heading = f"{'####' if question else '###'} {escape_markdown(item.heading)}"
            parts += [heading, _paragraphs(item.note), _blockquote(item.quote, next(numbers))]
    parts += ["## Bronnen", "\n".join(_source_lines(memo)), "## Verantwoording", *map(escape_markdown, colophon(memo))]
    ordered = [item for _, items in by_question(memo.items) for item in items]
    parts += [
        _footnote(number, footnote(item.reference), item.reference.link) for number, item in enumerate(ordered, 1)
    ]
    return "\n\n".join(filter(None, parts)) + "\n"


def write_html(memo: Memo, sheet: str = "") -> str:
    """The memo as an HTML page that prints on A4.

    Args:
        memo: the memo.
        sheet: address of the style sheet; '' puts the styles in the file, which then needs nothing else.
    """
    page = _environment().get_template("memo_file.html")
    numbers, grouped = count(1), by_question(memo.items)
    return page.render(
        memo=memo,
        sheet=sheet,
        style="" if sheet else Markup(STYLE.read_text(encoding="utf-8")),  # noqa: S704  # ours, not a reader's
        date=dutch_date(memo.made.isoformat()),
        groups=[(question, [(item, next(numbers)) for item in items]) for question, items in grouped],
        notes=[(item, footnote(item.reference)) for _, items in grouped for item in items],
        sources=[(apa(source.reference), source.pages) for source in sources(memo)],
        colophon=colophon(memo),
    )


def _byline(memo: Memo) -> str:
    return escape_markdown(" · ".join(filter(None, (memo.author, dutch_date(memo.made.isoformat())))))


def _paragraphs(text: str) -> str:
    return escape_markdown(text)


def _blockquote(quote: str, number: int) -> str:
    """Every line of the quote on a line of its own; the mark of the footnote follows the last."""
    lines = [line for line in escape_markdown(quote).split("\n") if line]
    return "> " + "  \n> ".join(lines) + f"[^{number}]"


def _source_lines(memo: Memo) -> list[str]:
    return [
        f"- {escape_markdown(apa(source.reference))} Geciteerd: p. {', '.join(map(str, source.pages))}."
        for source in sources(memo)
    ]


def _footnote(number: int, text: str, link: str) -> str:
    return f"[^{number}]: {escape_markdown(text)}" + (f" <{link}>" if link else "")


@cache
def _environment() -> Environment:
    """Templates of their own: the pages' environment belongs to the web and this one to files."""
    return Environment(
        loader=PackageLoader("service"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
