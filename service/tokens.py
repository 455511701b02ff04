"""Tokens that let people and programs in. The file holds only digests: whoever reads it cannot use it.

A token is 256 bits from the system's generator. A slow hash (scrypt, Argon2) makes guessing a password dear; a number
of 256 bits cannot be guessed at any price, and a slow hash would let a stranger keep our processor busy with nonsense.
So SHA-256 it is. A pepper would lie on the same disk under the same rights as the file, and so add nothing.
"""

import hashlib
import hmac
import json
import os
import re
import secrets
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from index.disk import replace_text, writing
from ingest.errors import RegiowijzerError
from service.actor import Role

FILE = Path("toegang") / "tokens.json"
PREFIX = "rw"
MAX_NAME = 60
PATIENCE_SECONDS = 10.0
"""How long one change waits for another: of two at once, neither may undo the other, least of all a revocation."""

_SECRET = re.compile(rf"{PREFIX}_([0-9a-f]{{8}})_([A-Za-z0-9_-]{{43}})")
_NOWHERE = "0" * 64


class BadToken(RegiowijzerError):
    """A token cannot be made or revoked as asked."""


class TokensDamaged(RegiowijzerError):
    """The file with tokens cannot be read. Nobody gets in until it can."""


@dataclass(frozen=True, slots=True)
class Token:
    """What is kept of a token.

    Attributes:
        id: eight hexadecimal signs, part of the secret; finds the record without comparing secrets.
        name: whose it is.
        role: 'lezer' or 'beheerder'.
        sha256: digest of the whole secret.
        created, expires, revoked: ISO 8601 in UTC; '' for never.
    """

    id: str
    name: str
    role: Role
    sha256: str
    created: str
    expires: str = ""
    revoked: str = ""

    def valid(self, now: datetime) -> bool:
        """Whether it opens the door now."""
        return not self.revoked and (not self.expires or now < datetime.fromisoformat(self.expires))


class TokenStore:
    """The tokens of a data folder; a change of the file counts at once, without a restart."""

    def __init__(self, data: Path) -> None:
        self.path = data / FILE
        self._lock = threading.Lock()
        self._stamp: tuple[int, int, int] | None = None
        self._tokens: tuple[Token, ...] = ()

    def all(self) -> tuple[Token, ...]:
        """Every token, revoked ones too.

        Raises:
            TokensDamaged: the file cannot be read.
        """
        with self._lock:
            try:
                status = self.path.stat()
            except FileNotFoundError:
                self._stamp, self._tokens = None, ()
                return ()
            stamp = (status.st_ino, status.st_mtime_ns, status.st_size)
            if stamp != self._stamp:
                self._tokens = read_tokens(self.path)
                self._stamp = stamp
            return self._tokens

    def find(self, secret: str) -> Token | None:
        """The valid token of a secret, in the same time whether or not there is one."""
        parts = _SECRET.fullmatch(secret)
        token = next((one for one in self.all() if parts and one.id == parts[1]), None)
        same = hmac.compare_digest(digest(secret), token.sha256 if token else _NOWHERE)
        return token if token and same and token.valid(datetime.now(UTC)) else None

    def valid(self, token_id: str) -> Token | None:
        """A token by its id, while it is valid: a session lasts no longer than its token."""
        now = datetime.now(UTC)
        return next((one for one in self.all() if one.id == token_id and one.valid(now)), None)

    def add(self, name: str, role: Role, expires: datetime | None = None) -> tuple[Token, str]:
        """Make a token; returns it with its secret, which is kept nowhere.

        Raises:
            BadToken: the name is empty, too long or in use.
        """
        name = " ".join(name.split())
        if not name or len(name) > MAX_NAME or not name.isprintable():
            raise BadToken(f"De naam {name[:80]!r} kan niet. Gebruik 1 tot {MAX_NAME} gewone tekens.")
        with writing(self.path.parent, PATIENCE_SECONDS):
            held, now = self.all(), datetime.now(UTC)
            if any(token.name == name and token.valid(now) for token in held):
                raise BadToken(f"Er is al een geldig token {name!r}. Kies een andere naam of trek het oude eerst in.")
            secret = f"{PREFIX}_{secrets.token_hex(4)}_{secrets.token_urlsafe(32)}"
            until = expires.isoformat(timespec="seconds") if expires else ""
            made = Token(secret[3:11], name, role, digest(secret), now.isoformat(timespec="seconds"), until)
            self._write([*held, made])
        return made, secret

    def revoke(self, which: str) -> Token:
        """Take a token back, by its id or its name.

        Raises:
            BadToken: there is no such token that still works.
        """
        with writing(self.path.parent, PATIENCE_SECONDS):
            held, now = self.all(), datetime.now(UTC)
            found = next((one for one in held if which in {one.id, one.name} and one.valid(now)), None)
            if found is None:
                raise BadToken(f"Er is geen geldig token {which!r}. Bekijk ze met: regiowijzer token list")
            gone = replace(found, revoked=now.isoformat(timespec="seconds"))
            self._write([gone if one is found else one for one in held])
        return gone

    def _write(self, tokens: Sequence[Token]) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.parent.chmod(0o700)
        before = os.umask(0o077)
        try:
            replace_text(
                self.path, json.dumps([asdict(token) for token in tokens], ensure_ascii=False, indent=1) + "\n"
            )
        finally:
            os.umask(before)


def read_tokens(path: Path) -> tuple[Token, ...]:
    """Read the file with tokens.

    Raises:
        TokensDamaged: it is not as we wrote it.
    """
    try:
        records = json.loads(path.read_text(encoding="utf-8"))
        tokens = tuple(Token(**{**record, "role": Role(record["role"])}) for record in records)
        for token in tokens:
            token.valid(datetime.now(UTC))
    except (OSError, ValueError, TypeError, KeyError) as fault:
        raise TokensDamaged(
            f"Het bestand met tokens {str(path)!r} is niet te lezen. Zet een reservekopie terug, of verwijder het en "
            "maak nieuwe tokens met: regiowijzer token new"
        ) from fault
    return tokens


def digest(secret: str) -> str:
    """SHA-256 of a secret, in hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()


def read_role(name: str) -> Role:
    """A role by its name.

    Raises:
        BadToken: there is no such role.
    """
    try:
        return Role(name.strip().lower())
    except ValueError:
        raise BadToken(f"Er is geen rol {name[:40]!r}. Kies lezer of beheerder.") from None
