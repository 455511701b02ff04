"""Where the server listens."""

import socket

import pytest

from service.serving import CannotListen, address_of, bind


def test_port_0_becomes_a_free_port() -> None:
    """The address that is printed is the one that was given."""
    with bind("127.0.0.1", 0) as listening:
        port = listening.getsockname()[1]
        assert port > 0
        assert address_of(listening) == f"http://127.0.0.1:{port}"


def test_every_address_is_shown_as_one_that_opens() -> None:
    """0.0.0.0 is where to listen, not where to look."""
    with bind("0.0.0.0", 0) as listening:
        assert address_of(listening).startswith("http://127.0.0.1:")


def test_taken_port_is_refused_with_a_way_out() -> None:
    """The message names the port and --port."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CannotListen, match=f"{port}.*--port"):
            bind("127.0.0.1", port)


@pytest.mark.parametrize("host", ["192.0.2.1", "geen-adres.invalid"])
def test_foreign_host_is_refused(host: str) -> None:
    """An address of another machine, or none at all, is named."""
    with pytest.raises(CannotListen, match=host):
        bind(host, 0)
