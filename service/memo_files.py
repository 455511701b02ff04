"""A memo in any format, with the name and media type of its file."""

from dataclasses import dataclass

from service.bibliography import bibtex, csl_json, ris
from service.memo import Format, Memo, file_name
from service.memo_text import write_html, write_markdown

MEDIA_TYPES = {
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.MARKDOWN: "text/markdown; charset=utf-8",
    Format.HTML: "text/html; charset=utf-8",
    Format.BIBTEX: "application/x-bibtex; charset=utf-8",
    Format.RIS: "application/x-research-info-systems; charset=utf-8",
    Format.CSL: "application/vnd.citationstyles.csl+json",
}


@dataclass(frozen=True, slots=True)
class MemoFile:
    """A file to hand over.

    Attributes:
        name: safe file name.
        media_type: with its character set.
        content: the bytes.
    """

    name: str
    media_type: str
    content: bytes


def write_memo(memo: Memo, form: Format) -> MemoFile:
    """Write a memo in one format; Word and the others hold the same quotes."""
    return MemoFile(file_name(memo.title, form), MEDIA_TYPES[form], _content(memo, form))


def _content(memo: Memo, form: Format) -> bytes:
    references = [item.reference for item in memo.items]
    match form:
        case Format.DOCX:
            # python-docx takes a moment to load, and only this format needs it.
            from service.word import write_word  # noqa: PLC0415

            return write_word(memo)
        case Format.MARKDOWN:
            return write_markdown(memo).encode()
        case Format.HTML:
            return write_html(memo).encode()
        case Format.BIBTEX:
            return bibtex(references).encode()
        case Format.RIS:
            return ris(references).encode()
        case Format.CSL:
            return csl_json(references).encode()
