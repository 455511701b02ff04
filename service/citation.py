"""References to a page as Dutch readers expect them: in running text, APA style, and as a footnote."""

from dataclasses import dataclass

from ingest.document import Document

UNDATED = "z.d."


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in a document that is cited.

    Attributes:
        file: file name of the document.
        sha256: digest of that file, so that what was read can be told from what came later.
        title: its title, or its file name when it has none.
        publisher: '' when unknown.
        year: 0 when unknown.
        page: 1-based page of the PDF; 0 for the document as a whole.
        label: the page number printed on the page, '' when that is the same or none is printed.
        passage_id: the passage; '' for a page or a document as a whole.
        link: permanent link; '' when the service's address is unknown.
        quote: the words that are quoted; '' when none are.
    """

    file: str
    sha256: str
    title: str
    publisher: str
    year: int
    page: int
    label: str = ""
    passage_id: str = ""
    link: str = ""
    quote: str = ""


def refer(document: Document, page: int = 0) -> Reference:
    """Make a reference to a page, or to a document as a whole."""
    label = next((held.label for held in document.pages if held.number == page), "")
    return Reference(
        file=document.file,
        sha256=document.sha256,
        title=document.title or document.file,
        publisher=document.publisher,
        year=document.year,
        page=page,
        label="" if label == str(page) else label,
    )


def permanent_link(base: str, passage_id: str) -> str:
    """The address of a passage that stays; `base` is the service's own address, '' for a link within the site."""
    return f"{base.rstrip('/')}/p/{passage_id}"


def locator(reference: Reference) -> str:
    """'p. 12', with the printed page number where it differs; '' for a document as a whole."""
    if not reference.page:
        return ""
    return f"p. {reference.page}" + (f" (gedrukt: {reference.label})" if reference.label else "")


def running(reference: Reference) -> str:
    """'Zorgkantoor Voorbeeld, Regioplan Voorbeeld, 2024, p. 12'; what is unknown is left out."""
    return _join(", ", reference.publisher, reference.title, str(reference.year or ""), locator(reference))


def apa(reference: Reference) -> str:
    """'Zorgkantoor Voorbeeld. (2024). Regioplan Voorbeeld (p. 12).'; without a publisher the title comes first."""
    year = f"({reference.year or UNDATED})."
    where = locator(reference).replace(" (", ", ").removesuffix(")")
    title = reference.title + (f" ({where})" if where else "")
    if not reference.publisher:
        return f"{_closed(reference.title)} {year}" + (f" {where.capitalize()}." if where else "")
    return f"{_closed(reference.publisher)} {year} {_closed(title)}"


def apa_in_text(reference: Reference) -> str:
    """'(Zorgkantoor Voorbeeld, 2024, p. 12)'."""
    name = reference.publisher or reference.title
    return f"({_join(', ', name, str(reference.year or UNDATED), locator(reference))})"


def footnote(reference: Reference) -> str:
    """'Zorgkantoor Voorbeeld, Regioplan Voorbeeld (2024), p. 12.'"""
    title = f"{reference.title} ({reference.year})" if reference.year else reference.title
    return _closed(_join(", ", reference.publisher, title, locator(reference)))


def running_citation(document: Document, page: int) -> str:
    """Publisher, title, year and 1-based PDF page; what is unknown is left out.

    >>> running_citation(document, 12)
    'Zorgkantoor Voorbeeld, Regioplan Voorbeeld, 2024, p. 12'
    """
    return running(refer(document, page))


def _join(glue: str, *parts: str) -> str:
    return glue.join(part for part in parts if part)


def _closed(sentence: str) -> str:
    """With one full stop at the end; a title may bring its own mark."""
    return sentence if sentence.endswith((".", "!", "?")) else sentence + "."
