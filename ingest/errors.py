"""One class per situation. Messages are Dutch: they reach the person who put the file there."""

import errno
import re


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


_SYSTEM = {
    errno.ENOENT: "het bestaat niet (meer)",
    errno.EACCES: "u mag het niet lezen",
    errno.EPERM: "u mag het niet lezen",
    errno.EISDIR: "het is een map",
    errno.ENOTDIR: "een deel van het pad is geen map",
    errno.ENAMETOOLONG: "de naam is te lang",
    errno.ELOOP: "de koppeling verwijst naar zichzelf",
    errno.EIO: "de schijf geeft een leesfout",
    errno.EMFILE: "er zijn te veel bestanden tegelijk open",
    errno.ENFILE: "er zijn te veel bestanden tegelijk open",
    errno.EAGAIN: "de computer kan er nu geen proces bij hebben",
    errno.ENOMEM: "de computer heeft te weinig geheugen vrij",
    errno.ENOSPC: "de schijf is vol",
    errno.EROFS: "de schijf is alleen-lezen",
}


def in_dutch(error: OSError) -> str:
    """Say in Dutch what the system refused, without a full stop; an uncommon fault by its number."""
    return _SYSTEM.get(error.errno or 0, f"het systeem meldt fout {error.errno or 'zonder nummer'}")


_BROKEN = tuple(
    (re.compile(pattern, re.IGNORECASE), fault)
    for pattern, fault in (
        (r"recurs|cycl|loop|too deep|circular", "onderdelen verwijzen in een kring naar elkaar"),
        (r"font|cmap|glyph|encoding", "een lettertype is niet te lezen"),
        (r"decompress|filter|zlib|inflat|lzw|flate|predictor|Error -\d", "de gegevens zijn niet uit te pakken"),
        (r"ended unexpectedly|EOF|premature|truncat|end of (?:file|stream)", "het houdt te vroeg op"),
        (r"xref|cross.?ref|trailer|/Root|/Pages|catalog", "de lijst van onderdelen ontbreekt of klopt niet"),
        (r"object|dictionary|elementary|array|operator|operand|token", "een onderdeel heeft een onmogelijke vorm"),
    )
)


def broken_in_dutch(words: str) -> str:
    """Say in Dutch what is wrong with a PDF or page of which a library says `words` in English, without a full stop."""
    return next((fault for pattern, fault in _BROKEN if pattern.search(words)), "de inhoud is niet te volgen")
