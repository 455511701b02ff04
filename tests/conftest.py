"""What holds for every test."""

import logging
import signal

import pytest

# A shell that starts the tests in the background lets them ignore Ctrl-C, and their child processes with them; what we
# test is a program that somebody started by hand.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Give the log its usual level: a command that ran in this process, as users run it, leaves its own behind."""
    logging.getLogger().setLevel(logging.WARNING)
