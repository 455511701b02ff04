"""A reference to a page as Dutch readers expect it in running text."""

from ingest.document import Document


def running_citation(document: Document, page: int) -> str:
    """Publisher, title, year and 1-based PDF page; what is unknown is left out.

    >>> running_citation(document, 12)
    'Zorgkantoor Voorbeeld, Regioplan Voorbeeld, 2024, p. 12'
    """
    parts = [document.publisher, document.title or document.file, str(document.year or ""), f"p. {page}"]
    return ", ".join(part for part in parts if part)
