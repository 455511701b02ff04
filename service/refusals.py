"""What the system refuses, in Dutch."""

import errno
import socket

_WORDS = {
    errno.EADDRINUSE: "een ander programma gebruikt dit adres al",
    errno.EADDRNOTAVAIL: "dit adres is niet van deze computer",
    errno.EACCES: "u hebt daar geen toestemming voor",
    errno.EPERM: "u hebt daar geen toestemming voor",
    errno.ENOENT: "de map of het bestand bestaat niet",
    errno.ENOTDIR: "een deel van het pad is geen map",
    errno.EISDIR: "het is een map",
    errno.ENAMETOOLONG: "de naam is te lang",
    errno.ENOSPC: "de schijf is vol",
    errno.EDQUOT: "de schijfruimte die u mag gebruiken is op",
    errno.EROFS: "de schijf is alleen-lezen",
    errno.EIO: "de schijf geeft een fout",
}


def refusal(error: OSError) -> str:
    """Say why the system refused to open, write or listen, without a full stop; an uncommon fault by its number.

    >>> refusal(OSError(errno.ENOSPC, "No space left on device"))
    'de schijf is vol'
    """
    if isinstance(error, socket.gaierror):
        return "deze naam is geen adres dat wij kennen"
    return _WORDS.get(error.errno or 0, f"het systeem meldt fout {error.errno or 'zonder nummer'}")
