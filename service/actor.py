"""Who asks: the person or program behind a request, as far as it had to say so."""

from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What somebody may do. Who may manage may read too."""

    READER = "lezer"
    ADMIN = "beheerder"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks.

    Attributes:
        name: name of the token, or a word for those without one.
        role: what they may do; None is nothing.
        token: id of the token, '' without one.
        session: whether a browser's cookie said so.
    """

    name: str
    role: Role | None = None
    token: str = ""
    session: bool = False

    def may(self, needed: Role | None) -> bool:
        """Whether this role is enough; None asks for nothing."""
        return needed is None or self.role is Role.ADMIN or self.role is needed


NOBODY = Actor("onbekend")
# Whoever reaches a service that listens on its own machine only, is a user of that machine.
LOCAL = Actor("lokaal", Role.ADMIN)
PUBLIC = Actor("publiek", Role.READER)

# Templates ask this for the button to sign out; the request itself does not reach them.
signed_in: ContextVar[str] = ContextVar("signed_in", default="")
