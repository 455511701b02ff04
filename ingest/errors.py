"""One class per situation. Messages are Dutch: they reach the person who put the file there."""


class RegiowijzerError(Exception):
    """Something went wrong that the user can do something about."""


class DocumentError(RegiowijzerError):
    """A document could not be read; the others go on."""


class NotAPdf(DocumentError):
    """The file does not hold a PDF."""


class EncryptedPdf(DocumentError):
    """The PDF asks for a password that we do not have."""


class BrokenPdf(DocumentError):
    """The PDF is damaged beyond what pypdf can mend."""


class NoTextLayer(DocumentError):
    """No page of the PDF holds text, most likely a scan."""


class LimitReached(DocumentError):
    """Reading the PDF took more time or memory than allowed, before any page came out."""


class EmptyFolder(RegiowijzerError):
    """A folder that should hold PDFs holds none, or does not exist."""


class BadCatalogue(RegiowijzerError):
    """documents.toml cannot be read or says something impossible."""


class BadRecord(RegiowijzerError):
    """A stored document does not have the form that this version reads."""
