"""Counts for Prometheus, in its text form (version 0.0.4). A library for these few lines would be one more to trust."""

import os
import threading
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from service.library import LiveLibrary, NotReady
from service.observing import Observed

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
METHODS = frozenset({"GET", "HEAD", "POST"})

Labels = tuple[tuple[str, str], ...]


class Metrics:
    """Counts requests by route, method and status, and how long they take by route.

    Routes are as they are written, so that what clients type cannot make the number of counters grow.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: Counter[Labels] = Counter()
        self._slots: dict[str, list[int]] = {}
        self._seconds: dict[str, float] = {}
        self._started = time.time()

    def __call__(self, what: Observed) -> None:
        """Count a request."""
        route = what.route or "onbekend"
        method = what.method if what.method in METHODS else "other"
        with self._lock:
            self._requests[("method", method), ("route", route), ("status", str(what.status))] += 1
            self._slots.setdefault(route, [0] * (len(BOUNDS) + 1))[bisect_left(BOUNDS, what.seconds)] += 1
            self._seconds[route] = self._seconds.get(route, 0.0) + what.seconds

    def text(self, library: LiveLibrary) -> str:
        """Everything, with what the index holds and what the process uses."""
        with self._lock:
            requests, seconds = dict(self._requests), dict(self._seconds)
            slots = {route: list(counts) for route, counts in self._slots.items()}
        lines = family("regiowijzer_requests_total", "counter", "Requests answered.", requests.items())
        lines += histogram("regiowijzer_request_seconds", "Time until the answer was sent.", slots, seconds)
        lines += gauges(index_figures(library) | process_figures(self._started))
        return "\n".join(lines) + "\n"


def index_figures(library: LiveLibrary) -> dict[str, float]:
    """Whether there is an index, and how much it holds."""
    try:
        coverage = library.get().coverage
    except NotReady:
        return {"regiowijzer_ready": 0}
    return {
        "regiowijzer_ready": 1,
        "regiowijzer_index_stale": float(bool(library.problem)),
        "regiowijzer_index_documents": coverage.documents,
        "regiowijzer_index_passages": coverage.passages,
        "regiowijzer_index_unreadable_pages": coverage.unreadable_pages,
    }


def process_figures(started: float) -> dict[str, float]:
    """What the process uses; memory only where the system tells it as Linux does."""
    used = os.times()
    figures = {"process_start_time_seconds": started, "process_cpu_seconds_total": used.user + used.system}
    memory = Path("/proc/self/statm")
    if memory.exists():
        pages = int(memory.read_text(encoding="ascii").split()[1])
        figures["process_resident_memory_bytes"] = pages * os.sysconf("SC_PAGE_SIZE")
    return figures


def family(name: str, kind: str, about: str, samples: Iterable[tuple[Labels, float]]) -> list[str]:
    """The lines of one measure."""
    head = [f"# HELP {name} {about}", f"# TYPE {name} {kind}"]
    return head + [f"{name}{written(labels)} {value:g}" for labels, value in sorted(samples)]


def gauges(figures: dict[str, float]) -> list[str]:
    """The lines of measures without labels."""
    lines = []
    for name, value in figures.items():
        kind = "counter" if name.endswith("_total") else "gauge"
        lines += [f"# TYPE {name} {kind}", f"{name} {value!r}"]
    return lines


def histogram(name: str, about: str, slots: dict[str, list[int]], seconds: dict[str, float]) -> list[str]:
    """The lines of a histogram by route: how many took at most so long."""
    lines = [f"# HELP {name} {about}", f"# TYPE {name} histogram"]
    for route, counts in sorted(slots.items()):
        total = 0
        for bound, count in zip([*map(str, BOUNDS), "+Inf"], counts, strict=True):
            total += count
            lines.append(f"{name}_bucket{written((('le', bound), ('route', route)))} {total}")
        lines += [f"{name}_sum{written((('route', route),))} {seconds[route]:.6f}"]
        lines += [f"{name}_count{written((('route', route),))} {total}"]
    return lines


def written(labels: Labels) -> str:
    """Labels as Prometheus reads them: {a="b",c="d"}."""
    return "{" + ",".join(f'{name}="{escaped(value)}"' for name, value in labels) + "}" if labels else ""


def escaped(value: str) -> str:
    r"""A value between quotes.

    >>> escaped('a"b')
    'a\\"b'
    """
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
