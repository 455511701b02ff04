"""What the system itself holds a child process to that reads what others made: memory, time, files, no more secrets."""

import os
import sys
from collections.abc import Mapping

OPEN_FILES = 256
# Of unshare(2).
NEW_NETWORK = 0x40000000
NEW_USER = 0x10000000
PREFIX = "REGIOWIJZER_"


def confine(memory_mb: int, seconds: float | None = None) -> None:
    """Bind this process, for good: address space in MiB, processor time, no network, no file written, no core dumped.

    `seconds` is None for a process that goes on from one document to the next and keeps time itself.
    """
    if sys.platform == "win32":
        return
    cut_off()
    import resource  # noqa: PLC0415  # does not exist on Windows

    resource.setrlimit(resource.RLIMIT_AS, (memory_mb << 20, memory_mb << 20))
    if seconds is not None:
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 2, int(seconds) + 4))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    few = OPEN_FILES if most == resource.RLIM_INFINITY else min(OPEN_FILES, most)
    resource.setrlimit(resource.RLIMIT_NOFILE, (few, few))


def cut_off() -> bool:
    """Take the network away from this process, where the system lets it (Linux); say whether it did.

    As root a network namespace is enough; anyone else needs a user namespace around it.
    """
    if sys.platform != "linux":
        return False
    import ctypes  # noqa: PLC0415  # only what reads hostile files needs it

    unshare = getattr(ctypes.CDLL(None), "unshare", None)
    return unshare is not None and any(unshare(flags) == 0 for flags in (NEW_NETWORK, NEW_USER | NEW_NETWORK))


def surroundings(environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the environment for such a process: without our settings, which may hold secrets, and with one thread.

    Each thread of a number library would take address space, of which there is little.
    """
    known = os.environ if environment is None else environment
    kept = {name: value for name, value in known.items() if not name.startswith(PREFIX)}
    return kept | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
