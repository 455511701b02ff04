"""A service as others reach it: with tokens, names, limits and a record, over made-up passages."""

import json
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from service.actor import Role
from service.app import create_app
from service.library import LiveLibrary
from service.protection import protect
from service.settings import load_settings
from service.tokens import TokenStore
from tests.service.fakes import fake_library


def make_token(data: Path, role: Role = Role.READER, name: str = "") -> str:
    """The secret of a new token."""
    return TokenStore(data).add(name or f"een {role}", role)[1]


def bearer(secret: str) -> dict[str, str]:
    """The header that carries a token."""
    return {"Authorization": f"Bearer {secret}"}


def protected_client(
    data: Path, base_url: str = "http://testserver", client: tuple[str, int] = ("192.0.2.7", 5000), **settings: object
) -> TestClient:
    """A client of a service that listens everywhere unless told otherwise; it follows no redirects."""
    chosen = load_settings(**{"data": data, "host": "0.0.0.0", "hosts": ("testserver",)} | settings)
    app = create_app(LiveLibrary(fake_library, lambda: "eerste"), 2, protect(chosen))
    return TestClient(app, base_url, raise_server_exceptions=False, follow_redirects=False, client=client)


def audit_lines(data: Path) -> list[dict[str, Any]]:
    """What the record holds."""
    files = sorted((data / "audit").glob("audit-*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
