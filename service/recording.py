"""Writes down what an operator does on the command line, in the same record as what comes over the network."""

import getpass
from collections.abc import Iterator
from contextlib import contextmanager

from service.actor import Role
from service.audit import Audit, Event
from service.settings import Settings


@contextmanager
def recorded(settings: Settings, action: str, subject: str) -> Iterator[None]:
    """Write one line when the work is over, whether or not it went well."""
    result = "mislukt"
    try:
        yield
        result = "gelukt"
    finally:
        if settings.audit != "off":
            audit = Audit(settings.data, settings.audit_questions, settings.audit_days)
            audit.write(Event(action, subject, result, "opdrachtregel", user_name(), Role.ADMIN))
            audit.close()


def user_name() -> str:
    """The user of the machine; in a container there may be only a number."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "onbekend"
