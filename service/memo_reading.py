"""Quotes with their citations out of a memo, ours or one written by hand: Word or Markdown."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import RegiowijzerError
from service.word_reading import Block, NotWord, read_word

MAX_BYTES = 50_000_000
# A single word between quotation marks is a name or a wink, unless a citation follows.
MIN_WORDS = 4
CITATION_REACH = 300

_QUOTED = re.compile(r"“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»|\"([^\"]+)\"")
_NOTE = re.compile(r"\[\^([^\]\s]+)\]")
_NOTE_TEXT = re.compile(r"^\[\^([^\]\s]+)\]:[ \t]*(.*(?:\n(?:[ \t]+\S.*))*)", re.MULTILINE)
_FOLLOWING = re.compile(r"\s*[.,;]?\s*(?:\[\^([^\]\s]+)\]|\(([^()]*(?:\([^()]*\)[^()]*)*)\))")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_HARD_BREAK = re.compile(r"(?: {2,}|\\)$", re.MULTILINE)


class BadMemoFile(RegiowijzerError):
    """The file is not a memo that can be read."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quote in a memo.

    Attributes:
        text: the words.
        citation: what the memo says of where they stand; '' when it says nothing.
    """

    text: str
    citation: str


def read_quotes(path: Path) -> list[Quoted]:
    """All quotes of a .docx or .md file, in order.

    Raises:
        BadMemoFile: the file does not exist, is too large, or is of another kind.
    """
    if not path.is_file():
        raise BadMemoFile(f"Er is geen bestand {str(path)!r}.")
    if path.stat().st_size > MAX_BYTES:
        raise BadMemoFile(f"{str(path)!r} is te groot voor een memo.")
    match path.suffix.lower():
        case ".docx":
            try:
                return list(quotes_in(*read_word(path)))
            except NotWord as error:
                raise BadMemoFile(
                    f"{str(path)!r} is geen Word-bestand dat te lezen is: het is "
                    "beschadigd of met een wachtwoord beveiligd. Open het in Word en sla het opnieuw op als .docx."
                ) from error
        case ".md" | ".markdown" | ".txt":
            return list(quotes_in(*read_markdown(path.read_text(encoding="utf-8-sig", errors="replace"))))
    raise BadMemoFile(f"{str(path)!r} is geen memo in Word (.docx) of Markdown (.md).")


def read_markdown(text: str) -> tuple[list[Block], dict[str, str]]:
    """The paragraphs of a Markdown text, and its footnotes by their marks."""
    text = text.replace("\r\n", "\n")
    notes = {mark: _unescape(" ".join(words.split())) for mark, words in _NOTE_TEXT.findall(text)}
    blocks = []
    for paragraph in re.split(r"\n[ \t]*\n", _NOTE_TEXT.sub("", text)):
        lines = [line for line in paragraph.split("\n") if line.strip()]
        quote = bool(lines) and all(line.lstrip().startswith(">") for line in lines)
        kept = [re.sub(r"^\s*> ?", "", line) for line in lines] if quote else lines
        if kept:
            blocks.append(Block(_unescape(_HARD_BREAK.sub("", "\n".join(kept))), quote))
    return blocks, notes


def quotes_in(blocks: Sequence[Block], notes: dict[str, str]) -> Iterator[Quoted]:
    """The quotes of paragraphs: those set apart as a whole, and those between quotation marks."""
    for at, block in enumerate(blocks):
        if block.quote:
            yield from _set_apart(block, blocks[at + 1].text if at + 1 < len(blocks) else "", notes)
        else:
            yield from _between_marks(block.text, notes)


def _set_apart(block: Block, following: str, notes: dict[str, str]) -> Iterator[Quoted]:
    """A quote of its own paragraph; its citation is its note, a closing bracket, or the line after a dash."""
    marks = _NOTE.findall(block.text)
    words = _NOTE.sub("", block.text).strip()
    citation = " ".join(notes.get(mark, "") for mark in marks)
    if not citation:
        words, citation = _closing_citation(words)
    if not citation and re.match(r"\s*(?:[—–-]|\(|Bron:)", following):
        citation = following[:CITATION_REACH]
    bare = words.strip()
    whole = _QUOTED.fullmatch(bare)
    if bare:
        yield Quoted(_first(whole) if whole else bare, citation.strip())


def _closing_citation(words: str) -> tuple[str, str]:
    """Part a closing '(Zorgkantoor, 2024, p. 3)' or '— Zorgkantoor, p. 3' from the words of a quote."""
    found = re.search(r"(?:\s*\(([^()]*\bp(?:\.|p\.|agina)\s*\d[^()]*)\)\.?|\s*\n\s*[—–-]+\s*(.+))$", words)
    if found is None or not _page_named(found[1] or found[2]):
        return words, ""
    return words[: found.start()], found[1] or found[2]


def _between_marks(text: str, notes: dict[str, str]) -> Iterator[Quoted]:
    for found in _QUOTED.finditer(text):
        after = _FOLLOWING.match(text[found.end() : found.end() + CITATION_REACH])
        citation = (notes.get(after[1], "") if after[1] else after[2]) if after else ""
        if not _page_named(citation) and after and after[2]:
            citation = ""
        words = _NOTE.sub("", _first(found)).strip()
        if citation or len(words.split()) >= MIN_WORDS:
            yield Quoted(words, citation)


def _page_named(citation: str) -> bool:
    return bool(pages_named(citation)) or bool(passage_named(citation))


def pages_named(citation: str) -> list[int]:
    """The pages that a citation names: 'p. 12', 'pp. 12-14', 'pagina 3', 'blz. 7'.

    >>> pages_named("Zorgkantoor, 2024, p. 12-13")
    [12, 13]
    """
    named: list[int] = []
    pattern = r"\b(?:pp?\.|pag(?:ina(?:['’]?s)?|\.)|blz\.?|bladzijden?)\s*(\d{1,5})(?:\s*[-–]\s*(\d{1,5}))?"
    for first, last in re.findall(pattern, citation, re.IGNORECASE):
        named += range(int(first), min(int(last or first), int(first) + 20) + 1)
    return named


def passage_named(citation: str) -> str:
    """The passage of a permanent link in a citation, or ''."""
    found = re.search(r"/p/([0-9a-f]{16})\b", citation)
    return found[1] if found else ""


def _first(found: re.Match[str]) -> str:
    return next(group for group in found.groups() if group is not None)


def _unescape(text: str) -> str:
    return _ESCAPED.sub(r"\1", text)
