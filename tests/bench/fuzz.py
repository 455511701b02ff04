"""Thousands of spoiled PDFs through the reader: no crash of the parent, no hang, memory within bounds, faults named.

python -m tests.bench.fuzz COUNT [FOLDER…] [--seed N] [--workers N] [--minutes M] [--keep FOLDER]

The seeds are PDFs made here and those of the folders. What a run finds is kept, with the seed's name and number, so
that the same number gives the same file again.
"""

import argparse
import logging
import os
import random
import re
import resource
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import DocumentError
from ingest.pdf import STARTUP_SECONDS, Limits, read_pdf
from tests.ingest.pdfs import blank, draw, pages_of, picture, stream, text

LIMITS = Limits(seconds=5, page_seconds=2, memory_mb=512, pages=50)
SLACK_SECONDS = 5.0
"""A busy machine needs time to start a process and to take in what it said."""
MAX_SEED = 300_000
TOKENS = (
    *(b"99999999999", b"-1", b"0", b"1e999", b"<<", b">>", b"[", b"]", b"(", b"endobj", b"stream\n", b"endstream"),
    *(
        b"2 0 R",
        b"/Kids [2 0 R]",
        b"/Length 999999999",
        b"/Count 1000000",
        b"/Parent 2 0 R",
        b"/Rotate 91",
        b"q " * 999,
    ),
    *(b"/Filter [/FlateDecode /FlateDecode /LZWDecode]", b"/Predictor 15 /Columns 99999999", b"/Type /ObjStm", b"BT "),
    *(
        b"/MediaBox [0 0 1e30 1e30]",
        b"/X1 Do ",
        b"\xff\xfe",
        b"\x00" * 64,
        b"/ToUnicode 2 0 R",
        b"trailer <</Root 1 0 R>>",
    ),
)
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
Mutation = Callable[[bytearray, random.Random, bytes], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What reading one spoiled file came to.

    Attributes:
        number: of the file in this run.
        kind: 'read', or the class of the error.
        seconds: how long it took.
        fault: what must not be, or ''.
    """

    number: int
    kind: str
    seconds: float
    fault: str = ""


def flip(data: bytearray, chance: random.Random, other: bytes) -> None:
    """Turn bits."""
    for _ in range(chance.choice((1, 2, 5, 20, 200))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def overwrite(data: bytearray, chance: random.Random, other: bytes) -> None:
    """Put random bytes over a stretch."""
    start, end = _stretch(data, chance)
    data[start:end] = chance.randbytes(end - start)


def remove(data: bytearray, chance: random.Random, other: bytes) -> None:
    """Take a stretch away."""
    start, end = _stretch(data, chance)
    del data[start:end]


def repeat(data: bytearray, chance: random.Random, other: bytes) -> None:
    """Say a stretch again, up to a hundred times."""
    start, end = _stretch(data, chance)
    data[end:end] = data[start:end] * chance.choice((1, 2, 10, 100))


def insert(data: bytearray, chance: random.Random, other: bytes) -> None:
    """Put in a word that means something to a PDF."""
    at = chance.randrange(len(data))
    token = chance.choice(TOKENS)
    data[at : at + chance.choice((0, len(token)))] = token


def number(data: bytearray, chance: random.Random, other: bytes) -> None:
    """Change a number: an offset, a length, a reference."""
    found = list(re.finditer(rb"\d+", data))
    if found:
        one = chance.choice(found)
        data[one.start() : one.end()] = str(chance.choice((0, 1, 2, 3, 7, 255, 65536, 2**31, 2**63))).encode()


def splice(data: bytearray, chance: random.Random, other: bytes) -> None:
    """Go on as another file."""
    data[chance.randrange(len(data)) :] = other[chance.randrange(len(other)) :]


def cut(data: bytearray, chance: random.Random, other: bytes) -> None:
    """Break off."""
    del data[chance.randrange(len(data)) :]


def inside(data: bytearray, chance: random.Random, other: bytes) -> None:
    """Spoil what a compressed stream holds, and pack it again: what gets past the first checks."""
    found = list(STREAM.finditer(data))
    if not found:
        return
    one = chance.choice(found)
    try:
        content = bytearray(zlib.decompress(one[1]))
    except zlib.error:
        return
    if content:
        chance.choice((flip, overwrite, remove, repeat, insert, number))(content, chance, other)
        data[one.start(1) : one.end(1)] = zlib.compress(bytes(content))


# What spoils the contents comes oftener than what spoils the file: a file that does not open tries nothing else.
MUTATIONS: tuple[Mutation, ...] = (flip, overwrite, remove, repeat, insert, number, splice, cut, *[inside] * 6)


def _stretch(data: bytearray, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data))
    return start, min(len(data), start + chance.choice((1, 4, 16, 100, 2000)))


def spoil(seeds: Sequence[bytes], chance: random.Random) -> bytes:
    """Return a seed after a few mutations; most keep the mark that makes a file a PDF."""
    data = bytearray(chance.choice(seeds))
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        if data:
            chance.choice(MUTATIONS)(data, chance, chance.choice(seeds))
    if chance.random() < 0.95:
        data[:8] = b"%PDF-1.7"
    return bytes(data)


def made(folder: Path) -> list[bytes]:
    """Make the seeds of our own."""
    lines = text("Regioplan zorg", "Ouderen volgen een cursus valpreventie.")
    form = stream(b"BT /F1 9 Tf (vorm) Tj ET", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    paths = [
        draw(folder / "tekst.pdf", lines, blank, text("Tweede", size=20), title="Plan"),
        draw(folder / "beeld.pdf", picture, lines),
        pages_of(
            folder / "rauw.pdf", [b"BT /F1 10 Tf 72 700 Td [(goe) -90 (demorgen)] TJ ET", b"/X1 Do"], b"", {1000: form}
        ),
    ]
    return [path.read_bytes() for path in paths]


def gather(folders: Sequence[Path], aside: Path) -> list[bytes]:
    """Return all seeds; large files make slow runs and few finds."""
    found = [path for folder in folders for path in sorted(folder.rglob("*.pdf")) if path.stat().st_size <= MAX_SEED]
    return made(aside) + [path.read_bytes() for path in found]


def check(path: Path, place: int) -> Outcome:
    """Read a spoiled file and judge what came of it."""
    started = time.monotonic()
    kind, fault = "read", ""
    try:
        document = read_pdf(path, LIMITS)
        if not any(page.lines for page in document.pages):
            fault = "a document without a line"
        if any(page.problem and not page.problem.startswith(path.name) for page in document.pages):
            fault = "a page's problem without a name"
        if document.incomplete:
            kind = "incomplete"
    except DocumentError as error:
        kind = type(error).__name__
        fault = "" if repr(path.name) in str(error) else f"unnamed: {error}"
    except Exception as error:  # that is what this looks for
        kind, fault = "CRASH", f"{type(error).__name__}: {error}"
    seconds = time.monotonic() - started
    if seconds > LIMITS.seconds + STARTUP_SECONDS + SLACK_SECONDS:
        fault = fault or f"took {seconds:.1f} s"
    return Outcome(place, kind, seconds, fault)


def run(options: argparse.Namespace, aside: Path) -> list[Outcome]:
    """Spoil and read, file after file, until there are enough or the time is up."""
    seeds = gather(options.folders, aside)
    late = time.monotonic() + 60 * options.minutes
    print(f"{len(seeds)} seeds, {options.count} files, seed {options.seed}", flush=True)

    def one(place: int) -> Outcome | None:
        if time.monotonic() > late:
            return None
        path = aside / f"{place}.pdf"
        path.write_bytes(spoil(seeds, random.Random(f"{options.seed}/{place}")))
        outcome = check(path, place)
        if outcome.fault:
            print(f"{path.name}: {outcome.fault}", flush=True)
            options.keep.mkdir(parents=True, exist_ok=True)
            path.replace(options.keep / f"{options.seed}-{path.name}")
        path.unlink(missing_ok=True)
        return outcome

    with ThreadPoolExecutor(options.workers) as pool:
        return [outcome for outcome in pool.map(one, range(options.count)) if outcome]


def main() -> int:
    """Print what came of it; 1 when anything was found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("count", type=int)
    parser.add_argument("folders", type=Path, nargs="*")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--minutes", type=float, default=600.0)
    parser.add_argument("--keep", type=Path, default=Path("build/fuzz"))
    options = parser.parse_args()
    logging.disable(logging.WARNING)  # each refusal is one
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as aside:
        outcomes = run(options, Path(aside))
    wall = time.monotonic() - started
    heaviest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    faults = [outcome for outcome in outcomes if outcome.fault]
    for kind, count in Counter(outcome.kind for outcome in outcomes).most_common():
        print(f"{count:7} {kind}")
    each = wall / max(1, len(outcomes))
    print(f"{len(outcomes)} files in {wall:.0f} s, {each:.2f} s each with {options.workers} workers")
    print(
        f"slowest {max((one.seconds for one in outcomes), default=0.0):.1f} s of {LIMITS.seconds + STARTUP_SECONDS:g} s"
    )
    print(f"heaviest child {heaviest:.0f} MB of {LIMITS.memory_mb} MB; faults {len(faults)}")
    return 1 if faults or heaviest > LIMITS.memory_mb else 0


if __name__ == "__main__":
    sys.exit(main())
