"""Ingest and index against plain pypdf: the same files, whole processes in turn, medians and their ratio.

python -m tests.bench.ingest FOLDER [RUNS]
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PLAIN = """
import sys, pypdf
for path in sys.argv[1:]:
    for page in pypdf.PdfReader(path).pages:
        page.extract_text()
"""


def main(folder: str, runs: str = "5") -> None:
    """Print the median wall-clock seconds of both and the median of the ratios pair by pair."""
    files = sorted(map(str, Path(folder).rglob("*.pdf")))
    plain, ours = [], []
    for _ in range(int(runs)):
        plain.append(seconds([sys.executable, "-c", PLAIN, *files]))
        with tempfile.TemporaryDirectory() as data:
            ours.append(seconds([sys.executable, "-m", "service", "ingest", folder, "--data", data]))
    ratio = statistics.median(b / a for a, b in zip(plain, ours, strict=True))
    print(f"plain pypdf {statistics.median(plain):.2f} s  ingest and index {statistics.median(ours):.2f} s")
    print(f"ratio {ratio:.2f}  load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


def seconds(command: list[str]) -> float:
    """Run a command to its end and return its wall-clock time."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start


if __name__ == "__main__":
    main(*sys.argv[1:])
