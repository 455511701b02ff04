"""How long a page image takes: the first of a process, others, and those of a page drawn before.

python -m tests.bench.images FOLDER [PAGES]
"""

import random
import statistics
import sys
import time
from functools import partial
from pathlib import Path

from ingest.corpus import ingest
from ingest.pdf import Limits
from service.evidence import page_image, painter
from service.evidence_routes import make_image_keep

WIDTH = 1000


def main(folder: str, pages: str = "60") -> None:
    """Print milliseconds for pages drawn at random, each with one of its passages marked."""
    documents = ingest([Path(folder)], {}, Limits(), 2).documents
    pool = [(document, passage) for document in documents for passage in document.passages]
    chosen = random.Random(3).sample(pool, min(int(pages), len(pool)))
    painter.warm_up()
    time.sleep(2)
    keep, first, again = make_image_keep(), list[float](), list[float]()
    for document, passage in chosen:
        make = partial(page_image, document, passage.page, WIDTH, passage)
        for times in (first, again):
            begun = time.perf_counter()
            keep.get((document.file, passage.id), make)
            times.append(1000 * (time.perf_counter() - begun))
    print(f"very first {first[0]:.0f} ms")
    for name, times in (("first", first[1:]), ("again", again)):
        slow = sorted(times)[int(0.95 * len(times))]
        print(f"{name} {statistics.median(times):.1f} ms, 95% within {slow:.1f} ms, at most {max(times):.1f} ms")


if __name__ == "__main__":
    main(*sys.argv[1:])
