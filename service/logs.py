"""How log lines leave the process. Only entry points call this; modules just log."""

import json
import logging
import sys
from typing import TextIO

# Whatever else hangs on a record was given in `extra`.
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "color_message"}


def extra_fields(record: logging.LogRecord) -> dict[str, object]:
    """The fields that the caller passed in `extra`."""
    return {name: value for name, value in vars(record).items() if name not in _OWN}


class JsonFormatter(logging.Formatter):
    """One JSON object a line, for whoever collects logs."""

    def format(self, record: logging.LogRecord) -> str:
        """Time, level, logger, message, extra fields and, if any, the trace."""
        fields: dict[str, object] = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **extra_fields(record),
        }
        if record.exc_info:
            fields["trace"] = self.formatException(record.exc_info)
        return json.dumps(fields, ensure_ascii=False, default=str)


class TextFormatter(logging.Formatter):
    """One readable line, with the extra fields behind the message."""

    def format(self, record: logging.LogRecord) -> str:
        """The time, the message and 'name=value' for each extra field."""
        fields = " ".join(f"{name}={value}" for name, value in extra_fields(record).items())
        line = f"{self.formatTime(record, '%H:%M:%S')} {record.getMessage()} {fields}".rstrip()
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


def configure(form: str, level: int, stream: TextIO | None = None) -> None:
    """Send log lines to standard error; form 'auto' is text on a terminal and JSON elsewhere."""
    target = stream or sys.stderr
    handler = logging.StreamHandler(target)
    # bm25s gives its logger a level of its own; only the handler keeps such lines out.
    handler.setLevel(level)
    as_json = form == "json" or (form == "auto" and not target.isatty())
    handler.setFormatter(JsonFormatter() if as_json else TextFormatter())
    logging.basicConfig(level=level, handlers=[handler], force=True)
