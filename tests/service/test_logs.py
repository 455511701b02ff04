"""Log lines."""

import io
import json
import logging
from collections.abc import Iterator

import pytest

from service import logs


@pytest.fixture(autouse=True)
def restored_root() -> Iterator[None]:
    """Leave the root logger as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


def logged(form: str) -> str:
    """One line with a field and a trace, as it leaves."""
    stream = io.StringIO()
    logs.configure(form, logging.INFO, stream)
    try:
        raise ValueError("fout")
    except ValueError:
        logging.getLogger("proef").info("gelezen", extra={"file": "plan.pdf"}, exc_info=True)
    return stream.getvalue()


def test_json_line_holds_fields_and_trace() -> None:
    """Outside a terminal each line is one JSON object."""
    fields = json.loads(logged("auto"))
    assert (fields["message"], fields["file"], fields["level"]) == ("gelezen", "plan.pdf", "info")
    assert "ValueError" in fields["trace"]


def test_text_line_is_readable() -> None:
    """Text puts the fields behind the message."""
    assert "gelezen file=plan.pdf\n" in logged("text")


def test_level_keeps_out_what_is_less() -> None:
    """Lines below the level do not leave."""
    stream = io.StringIO()
    logs.configure("json", logging.ERROR, stream)
    logging.getLogger("proef").warning("stil")
    assert stream.getvalue() == ""
