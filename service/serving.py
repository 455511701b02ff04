"""Start the server, say where it listens, and stop it gently."""

import logging
import socket
import sys

import uvicorn

from ingest.errors import RegiowijzerError
from service.about import Operator, Recording
from service.app import create_app
from service.evidence import painter
from service.library import LiveLibrary, open_library, published_stamp
from service.protection import protect
from service.refusals import refusal
from service.retention import retained
from service.settings import Settings
from service.upload_indexing import make_uploads

STOP_SECONDS = 10
BACKLOG = 2048
MAX_CONNECTIONS = 1000
"""Beyond these a connection is answered with 503 at once."""


class CannotListen(RegiowijzerError):
    """The address is taken or is not ours."""


def bind(host: str, port: int) -> socket.socket:
    """Take the address before the index is opened, so that a taken port is known at once.

    Raises:
        CannotListen: with the reason and what to do.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    taken = socket.socket(family, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, port))
        taken.listen(BACKLOG)
    except OSError as error:
        taken.close()
        raise CannotListen(
            f"Op {host}:{port} kan Regiowijzer niet luisteren ({refusal(error)}). Kies een andere poort met --port."
        ) from None
    return taken


def address_of(listening: socket.socket) -> str:
    """The address to open in a browser."""
    host, port = listening.getsockname()[:2]
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104
    return f"http://{shown}:{port}"


def serve(settings: Settings) -> None:
    """Serve until Ctrl-C or a termination signal; running requests are finished first.

    Raises:
        RegiowijzerError: no index that opens, or an address that cannot be had.
    """
    protection = protect(settings)
    with bind(settings.host, settings.port) as listening:
        library = LiveLibrary(
            lambda: open_library(settings.data, settings.model), lambda: published_stamp(settings.data)
        )
        library.get()
        painter.warm_up()
        app = create_app(library, settings.concurrency, protection)
        app.state.operator = Operator(settings.organisation, settings.contact)
        app.state.recording = Recording(settings.audit, settings.audit_questions, settings.audit_days)
        app.state.uploads = make_uploads(settings, protection.record)
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=STOP_SECONDS,
            limit_concurrency=MAX_CONNECTIONS,
            # Uvicorn by itself believes whoever comes from this machine about where a request came from.
            proxy_headers=bool(settings.proxies),
            forwarded_allow_ips=list(settings.proxies),
        )
        # Its English start and stop lines say nothing that the next line does not.
        logging.getLogger("uvicorn").setLevel(logging.WARNING)
        sys.stdout.write(f"Regiowijzer draait op {address_of(listening)} (stoppen: Ctrl-C)\n")
        sys.stdout.flush()
        with retained(settings):
            uvicorn.Server(config).run(sockets=[listening])
