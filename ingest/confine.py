"""What the system itself holds a child process to that reads what others made: memory, time, files, no more secrets."""

import logging
import os
import sys
from collections.abc import Mapping
from functools import cache

logger = logging.getLogger(__name__)

OPEN_FILES = 256
# Of unshare(2).
NEW_NETWORK = 0x40000000
NEW_USER = 0x10000000
# What Python needs to be found, to spell and to start: SYSTEMROOT on Windows, LD_LIBRARY_PATH where it was built apart.
HANDED_ON = frozenset({"PATH", "LANG", "LANGUAGE", "TMPDIR", "TEMP", "TMP", "TZ", "SYSTEMROOT", "LD_LIBRARY_PATH"})


def confine(memory_mb: int, seconds: float | None = None) -> bool:
    """Bind this process, for good: address space in MiB, processor time, no network, no file written, no core dumped.

    `seconds` is None for a process that goes on from one document to the next and keeps time itself. Returns whether
    the network is gone, which not every system allows; the parent tells that with `tell_connected`.
    """
    if sys.platform == "win32":
        return False
    apart = cut_off()
    import resource  # noqa: PLC0415  # does not exist on Windows

    resource.setrlimit(resource.RLIMIT_AS, (memory_mb << 20, memory_mb << 20))
    if seconds is not None:
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 2, int(seconds) + 4))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    few = OPEN_FILES if most == resource.RLIM_INFINITY else min(OPEN_FILES, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (few, few))
    return apart


def cut_off() -> bool:
    """Take the network away from this process, where the system lets it (Linux); say whether it did.

    As root a network namespace is enough; anyone else needs a user namespace around it.
    """
    if sys.platform != "linux":
        return False
    import ctypes  # noqa: PLC0415  # only what reads hostile files needs it

    unshare = getattr(ctypes.CDLL(None), "unshare", None)
    return unshare is not None and any(unshare(flags) == 0 for flags in (NEW_NETWORK, NEW_USER | NEW_NETWORK))


@cache
def tell_connected() -> None:
    """Tell the operator that such a process keeps its network; once, for each of them would say the same."""
    logger.warning(
        "Het proces dat PDF's leest houdt zijn netwerk: dit systeem staat 'unshare' niet toe. "
        "Sta user- en net-naamruimten toe (systemd: RestrictNamespaces=user net), of sluit het netwerk van buiten af."
    )


def surroundings(environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment for such a process: only what it needs, for the rest may hold secrets, and one thread.

    Each thread of a number library would take address space, of which there is little.
    """
    known = os.environ if environment is None else environment
    kept = {name: value for name, value in known.items() if name in HANDED_ON or name.startswith("LC_")}
    return kept | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
