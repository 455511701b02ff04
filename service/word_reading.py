"""The paragraphs and notes of a Word file, read as plain text. Macros, fields and links in it are never followed."""

import lzma
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from docx import Document as open_document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

# A zip bomb is small on disk.
MAX_UNPACKED = 300_000_000
QUOTE_STYLES = ("quote", "citaat", "intense quote", "duidelijk citaat")
# What zipfile, python-docx and lxml raise at a file that is damaged, encrypted, or oddly packed.
# lxml's XMLSyntaxError is a SyntaxError; parts that miss an element give the Attribute-, Type- and LookupErrors.
_DAMAGED = (
    BadZipFile, PackageNotFoundError, zlib.error, lzma.LZMAError, EOFError, OSError, RuntimeError, SyntaxError,
    ValueError, LookupError, AttributeError, TypeError, AssertionError,
)  # fmt: skip


class NotWord(Exception):
    """The file cannot be read as a Word file; the message is for the log."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph.

    Attributes:
        text: its words, with `[^1]` where a note is called.
        quote: whether it is set apart as a quote.
    """

    text: str
    quote: bool = False


def read_word(path: Path) -> tuple[list[Block], dict[str, str]]:
    """The paragraphs of a .docx in order, those of tables too, and its notes by their marks.

    Raises:
        NotWord: this is no Word file, a damaged one, or not one to unpack.
    """
    try:
        return _read(path)
    except _DAMAGED as error:
        raise NotWord(f"{type(error).__name__}: {error}") from error


def _read(path: Path) -> tuple[list[Block], dict[str, str]]:
    with ZipFile(path) as archive:
        if sum(member.file_size for member in archive.infolist()) > MAX_UNPACKED:
            raise ValueError("unpacks to too much")
    word = open_document(str(path))
    names = {style.style_id: (style.name or "").lower() for style in word.styles}
    blocks = []
    for paragraph in word.element.body.iter(qn("w:p")):
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = names.get(style.get(qn("w:val")), "") if style is not None else ""
        text = _text(paragraph)
        if text.strip():
            blocks.append(Block(text, name in QUOTE_STYLES))
    return blocks, dict(_notes(word.part))


def _notes(part: object) -> Iterator[tuple[str, str]]:
    """Footnotes and endnotes, named as `_text` calls them."""
    for relation in getattr(part, "rels", {}).values():
        for kind, tag, mark in (
            (RELATIONSHIP_TYPE.FOOTNOTES, "w:footnote", "f"),
            (RELATIONSHIP_TYPE.ENDNOTES, "w:endnote", "e"),
        ):
            if relation.reltype == kind and not relation.is_external:
                for note in parse_xml(relation.target_part.blob).iter(qn(tag)):
                    words = " ".join(" ".join(_text(p) for p in note.iter(qn("w:p"))).split())
                    yield f"{mark}{note.get(qn('w:id'))}", words


def _text(paragraph: BaseOxmlElement) -> str:
    """The words of a paragraph; deleted text of tracked changes is `w:delText` and so left out."""
    parts = []
    for node in paragraph.iter():
        if node.tag == qn("w:t"):
            parts.append(node.text or "")
        elif node.tag in {qn("w:br"), qn("w:cr")}:
            parts.append("\n")
        elif node.tag == qn("w:tab"):
            parts.append(" ")
        elif node.tag == qn("w:noBreakHyphen"):
            parts.append("-")
        elif node.tag == qn("w:footnoteReference"):
            parts.append(f"[^f{node.get(qn('w:id'))}]")
        elif node.tag == qn("w:endnoteReference"):
            parts.append(f"[^e{node.get(qn('w:id'))}]")
    return "".join(parts)
