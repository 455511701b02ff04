"""Writes down what is done outside a request, in the same record as what comes over the network.

That is what an operator does on the command line, and what the service does later on somebody's word.
"""

import getpass
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from service.actor import Role
from service.audit import Audit, Event
from service.refusals import refusal
from service.settings import Settings

log = logging.getLogger(__name__)

Record = Callable[[Event], None]


def unrecorded(_: Event) -> None:
    """Keep no record."""


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
            write(audit.write, Event(action, subject, result, "opdrachtregel", user_name(), Role.ADMIN))
            audit.close()


def write(record: Record, event: Event) -> None:
    """Record an event; where that cannot be done the work and its own error still count, and the log tells."""
    try:
        record(event)
    except OSError as error:
        log.error("%r staat niet in het auditlogboek: %s", event.action, refusal(error))


def user_name() -> str:
    """The user of the machine; in a container there may be only a number."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "onbekend"
