"""axe-core (MPL-2.0, Deque): what a machine can see of accessibility. Fetched once from npm, outside the repository."""

import hashlib
import os
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

VERSION = "4.14.1"
SHA256 = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "regiowijzer-tests"
# WCAG 2.2 A and AA, and what its makers call good practice.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """
const [tags, done] = arguments;
axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']}).then(
  (found) => done(found.violations.flatMap(
    (one) => one.nodes.map((node) => `${one.id}: ${node.target.join(' ')}: ${node.failureSummary}`))),
  (error) => done([String(error)]));
"""


class NotHere(Exception):
    """axe-core cannot be had; the message says why."""


def source() -> str:
    """The library as text.

    Raises:
        NotHere: it is not in the cache and npm cannot fetch it, or what came is not what we know.
    """
    kept = CACHE / f"axe-{VERSION}.min.js"
    if not kept.is_file():
        CACHE.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(fetch())
    text = kept.read_bytes()
    if hashlib.sha256(text).hexdigest() != SHA256:
        kept.unlink()
        raise NotHere(f"axe-core {VERSION} is not what it was: another digest")
    return text.decode("utf-8")


def fetch() -> bytes:
    """Let npm fetch the package; only the one file of it is kept."""
    npm = shutil.which("npm")
    if npm is None:
        raise NotHere(f"npm is not on this machine, nor axe-core {VERSION} in {CACHE}")
    with tempfile.TemporaryDirectory() as folder:
        command = [npm, "pack", "--silent", "--ignore-scripts", f"axe-core@{VERSION}"]
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=120, check=False)
        packed = next(Path(folder).glob("*.tgz"), None)
        if done.returncode or packed is None:
            raise NotHere(f"npm cannot fetch axe-core {VERSION}: {done.stderr.decode(errors='replace')[-200:]}")
        with tarfile.open(packed) as archive:
            member = archive.extractfile("package/axe.min.js")
            assert member is not None
            return member.read()
