"""Many readers at once while the index is renewed: how fast, what was refused, and whether memory grows.

    python -m tests.bench.load FOLDER_WITH_PDFS [--connections 200] [--seconds 60] [--generations 3]

Makes an index of the folder, serves it, and lets each connection ask mixed requests one after the other. Meanwhile the
index is published anew. Status 1: a request failed other than by 503 with Retry-After, or an ingest did.
"""

import argparse
import asyncio
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

QUESTIONS = [
    "Wat doet de regio aan valpreventie?", "digitale zorg voor ouderen", "Wie werkt samen met de huisarts?",
    "mantelzorg", "tekort aan personeel in de wijkverpleging", "acute zorg in Flevoland", "beeldbellen",
]  # fmt: skip


@dataclass
class Tally:
    """What came of all requests.

    Attributes:
        statuses: how many of each; 0 for a connection that broke.
        seconds: how long each answer took that was no refusal.
        busy: refusals with Retry-After.
    """

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    busy: int = 0

    @property
    def failed(self) -> int:
        """Requests that were neither answered nor told when to come back."""
        return sum(count for status, count in self.statuses.items() if status != 200) - self.busy


def paths(documents: list[str]) -> list[str]:
    """What readers ask, the most frequent most often."""
    searches = [f"/v1/search?q={quote(words)}" for words in QUESTIONS]
    pages = [f"/?q={quote(words)}" for words in QUESTIONS]
    reading = [f"/v1/documents/{quote(name)}/pages/{page}" for name in documents for page in (1, 2)]
    once = ["/v1/compare?q=valpreventie", "/v1/regions", "/v1/documents", "/documenten", "/v1/health"]
    return searches * 3 + pages + reading + once


async def ask(port: int, path: str, tally: Tally, streams: tuple[asyncio.StreamReader, asyncio.StreamWriter]) -> None:
    """One request on a connection that stays open."""
    reader, writer = streams
    start = time.perf_counter()
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
    head = (await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 60)).decode("latin-1").lower()
    status = int(head.split(" ", 2)[1])
    length = re.search(r"content-length: (\d+)", head)
    await asyncio.wait_for(reader.readexactly(int(length[1]) if length else 0), 60)
    tally.statuses[status] += 1
    if status == 503 and "retry-after:" in head:
        tally.busy += 1
        await asyncio.sleep(1)
    else:
        tally.seconds.append(time.perf_counter() - start)


async def reader(port: int, asked: list[str], until: float, tally: Tally, seed: int) -> None:
    """One connection, until the time is over; one that breaks is counted and made anew."""
    rng = random.Random(seed)
    streams = None
    while time.monotonic() < until:
        try:
            streams = streams or await asyncio.open_connection("127.0.0.1", port)
            await ask(port, rng.choice(asked), tally, streams)
        except (OSError, EOFError, TimeoutError, ValueError) as fault:
            tally.statuses[0] += 1
            sys.stderr.write(f"{fault!r}\n")
            streams = None


async def publish(folder: Path, data: Path, generations: int, seconds: float) -> int:
    """Publish the index anew, spread over the time: each time with one document more or less."""
    files = sorted(folder.rglob("*.pdf"))
    done = 0
    for number in range(generations):
        await asyncio.sleep(seconds / (generations + 1) * 0.8)
        chosen = files[: len(files) - 1 + number % 2]
        command = [sys.executable, "-m", "service", "ingest", *map(str, chosen), "--data", str(data)]
        process = await asyncio.create_subprocess_exec(*command, stdout=subprocess.DEVNULL)
        done += await process.wait() in {0, 3}
    return done


def resident(pid: int) -> float:
    """Memory of a process in MB."""
    return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


async def watch(pid: int, until: float, found: list[float]) -> None:
    """Write down the memory every second."""
    while time.monotonic() < until:
        found.append(resident(pid))
        await asyncio.sleep(1)


async def run(options: argparse.Namespace, data: Path, server: subprocess.Popen[str]) -> int:
    """Load the server and print what was found."""
    assert server.stdout
    port = int(re.search(r":(\d+) ", server.stdout.readline())[1])  # type: ignore[index]
    # The last one comes and goes with the generations.
    documents = [path.name for path in sorted(options.folder.rglob("*.pdf"))[:-1]]
    tally, memory, asked = Tally(), list[float](), paths(documents)
    until = time.monotonic() + options.seconds
    clients = [reader(port, asked, until, tally, seed) for seed in range(options.connections)]
    work = [publish(options.folder, data, options.generations, options.seconds), watch(server.pid, until, memory)]
    published, *_ = await asyncio.gather(*work, *clients)
    taken = sorted(tally.seconds)
    half = memory[len(memory) // 2 :]
    figures = {
        "requests": sum(tally.statuses.values()), "statuses": dict(tally.statuses), "busy_503": tally.busy,
        "failed": tally.failed, "generations": published,
        "p50_s": round(taken[len(taken) // 2], 3), "p99_s": round(taken[int(len(taken) * 0.99)], 3),
        "memory_mb": [round(part) for part in (memory[0], max(memory), half[0], half[-1])],
    }  # fmt: skip
    sys.stdout.write(json.dumps(figures, indent=1) + "\n")
    return 1 if tally.failed or published != options.generations else 0


def main() -> int:
    """Make an index, serve it and load it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--connections", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--generations", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        service = [sys.executable, "-m", "service"]
        data = ["--data", folder]
        subprocess.run([*service, "ingest", str(options.folder), *data], check=False, stdout=subprocess.DEVNULL)
        quiet = os.environ | {"PYTHONUNBUFFERED": "1"}
        with subprocess.Popen(
            [*service, "serve", "--port", "0", *data],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=quiet,
        ) as server:
            try:
                return asyncio.run(run(options, Path(folder), server))
            finally:
                server.terminate()


if __name__ == "__main__":
    sys.exit(main())
