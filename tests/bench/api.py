"""Ask a running service everything that its OpenAPI description allows, and much that it does not, with schemathesis.

    regiowijzer serve &
    python -m tests.bench.api http://127.0.0.1:8000 [SECONDS]

Status 0: every answer was as described and none was a fault of ours. A document and a passage of the service's index
are filled in, so that routes are reached and not only their refusals.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.request import urlopen

# Schemathesis cannot make a PDF; tests/service/test_upload_routes.py sends some.
UPLOADS = "/v1/uploads"
RULES = Path(__file__).with_name("schemathesis.toml")


def fetch(address: str) -> dict[str, Any]:
    """The JSON at an address."""
    with urlopen(address, timeout=30) as answer:
        body: dict[str, Any] = json.load(answer)
    return body


def rules(base: str) -> str:
    """The rules with names that the service knows."""
    listing: list[dict[str, str]] = fetch(f"{base}/v1/documents")["documents"]
    first = listing[0]["document"]
    page: list[str] = fetch(f"{base}/v1/documents/{first}/pages/1")["passages"]
    known = {"path.file": listing[0]["document"], "path.passage_id": page[0] if page else "", "path.number": 1}
    lines = [f'"{name}" = {json.dumps(value)}' for name, value in known.items() if value]
    return RULES.read_text(encoding="utf-8") + "\n[parameters]\n" + "\n".join(lines) + "\n"


def main(base: str, seconds: str = "300") -> int:
    """Run every phase with every check."""
    with tempfile.TemporaryDirectory() as folder:
        filled = Path(folder, "schemathesis.toml")
        filled.write_text(rules(base), encoding="utf-8")
        tool = [
            sys.executable,
            "-m",
            "schemathesis.cli",
            "--config-file",
            str(filled),
            "run",
            f"{base}/v1/openapi.json",
        ]
        options = ["--checks", "all", "--continue-on-failure", "--max-time", seconds, "--no-color", "--workers", "1"]
        return subprocess.run(
            [*tool, *options, "--request-timeout", "30", "--exclude-path", UPLOADS], check=False
        ).returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
