"""Kill an ingest at random moments: each time the last good index opens, and `verify` passes.

python -m tests.bench.kill [COUNT] [SEED]

Half of the kills fall anywhere in the ingest, half while it writes the index.
"""

import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from ingest.pdf import Limits
from service.library import Library, open_library
from service.verification import verify_index
from tests.service.pdfs import make_pdf

PLANS = {
    "oud": ["Ouderen in de wijk volgen een cursus valpreventie.", "De huisarts werkt samen met het wijkteam."],
    "nieuw": ["Jongeren krijgen hulp op school van een praktijkondersteuner.", "De regio bouwt een zorgacademie."],
}
WRITING_SECONDS = 1.0
"""Longer than the writing of so small an index takes."""


def make(folder: Path) -> dict[str, Path]:
    """Make two folders with plans; the PDFs themselves never change."""
    for name, sentences in PLANS.items():
        (folder / name).mkdir()
        for number in range(3):
            words = [f"Plan {number} van {name}. {sentence}" for sentence in sentences]
            make_pdf(folder / name / f"{name}-{number}.pdf", [(f"Hoofdstuk {number}", words)])
    return {name: folder / name for name in PLANS}


def start(folder: Path, data: Path) -> "subprocess.Popen[bytes]":
    """Begin an ingest as a user would."""
    command = [sys.executable, "-m", "service", "ingest", str(folder), "--data", str(data)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def wait_for_writing(ingest: "subprocess.Popen[bytes]", data: Path) -> None:
    """Wait until the index is being written, or it is over."""
    while ingest.poll() is None and not any(path.name.startswith(".new-") for path in (data / "generations").iterdir()):
        time.sleep(0.001)


def opened(data: Path) -> Library:
    """Open the index as the service does and check it in full.

    Raises:
        RegiowijzerError, AssertionError: there is none, or it is not whole.
    """
    library = open_library(data, "")
    assert not library.fault, library.fault
    documents = library.searcher.documents
    checked = verify_index(data, documents, Limits(), 2, lambda file, pages: None)
    assert checked.passed, checked.faults
    return library


def name_of(library: Library) -> str:
    """Say which of the two corpora an index holds."""
    (name,) = {document.file.partition("-")[0] for document in library.searcher.documents}
    return name


def main(count: str = "300", seed: str = "1") -> None:
    """Kill so many times; the first index that does not open ends the run with its fault."""
    chance = random.Random(int(seed))
    found, came = Counter[str](), time.monotonic()
    with tempfile.TemporaryDirectory() as place:
        folders, data = make(Path(place)), Path(place) / "data"
        times = []
        for name in PLANS:
            begun = time.monotonic()
            assert start(folders[name], data).wait() == 0
            times.append(time.monotonic() - begun)
        held, whole = name_of(opened(data)), statistics.mean(times)
        for number in range(int(count)):
            wanted = next(name for name in PLANS if name != held)
            ingest = start(folders[wanted], data)
            if number % 2:
                wait_for_writing(ingest, data)
                time.sleep(chance.uniform(0, WRITING_SECONDS))
            else:
                time.sleep(chance.uniform(0, whole))
            os.kill(ingest.pid, signal.SIGKILL)
            ended = ingest.wait()
            was, held = held, name_of(opened(data))
            found[
                "too late: it had ended" if ended == 0 else "killed, new index" if held != was else "killed, old index"
            ] += 1
            print(f"{number + 1}: {dict(found)}", flush=True)
    print(f"{count} times a whole index that verify passes, in {time.monotonic() - came:.0f} s")
    print(f"an ingest without a kill takes {whole:.1f} s")


if __name__ == "__main__":
    main(*sys.argv[1:])
