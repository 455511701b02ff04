"""Removes what the record of actions may no longer hold, also on days on which nothing is recorded."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from service.audit import FOLDER, sweep
from service.refusals import refusal
from service.settings import Settings

log = logging.getLogger(__name__)

HOUR = 3600.0


@contextmanager
def retained(settings: Settings, every: float = HOUR) -> Iterator[None]:
    """Sweep the record now and, as long as this lasts, every so many seconds; also when nothing is recorded."""
    over = threading.Event()
    sweep_record(settings)

    def go_on() -> None:
        while not over.wait(every):
            sweep_record(settings)

    threading.Thread(target=go_on, name="retention", daemon=True).start()
    try:
        yield
    finally:
        over.set()


def sweep_record(settings: Settings) -> None:
    """Sweep once; where that cannot be done the service goes on, and the log tells."""
    try:
        sweep(settings.data / FOLDER, datetime.now(UTC).date(), settings.audit_days)
    except OSError as error:
        log.error("wat te oud is in het auditlogboek kan niet weg: %s", refusal(error))
