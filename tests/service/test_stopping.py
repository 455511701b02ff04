"""Stopping: what was begun is finished."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from service import cli
from tests.service.pdfs import make_corpus

BODY = b'{"quotes": [{"quote": "beeldbellen"}]}'


def test_a_termination_signal_lets_a_request_finish(tmp_path: Path) -> None:
    """A request whose body is half in when SIGTERM comes is answered; new connections are not, and the process ends."""
    corpus = make_corpus(tmp_path / "corpus")
    cli.main(["ingest", str(corpus / "brochure.pdf"), "--data", str(tmp_path / "data")])
    command = [sys.executable, "-m", "service", "serve", "--port", "0", "--data", str(tmp_path / "data")]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as server:
        try:
            assert server.stdout
            port = int(server.stdout.readline().split(" op ")[1].split()[0].rpartition(":")[2])
            with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
                head = f"POST /v1/quotes/verify HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(BODY)}\r\n"
                line.sendall(head.encode() + b"Content-Type: application/json\r\n\r\n" + BODY[:10])
                time.sleep(0.5)
                server.send_signal(signal.SIGTERM)
                time.sleep(0.5)
                line.sendall(BODY[10:])
                answer = line.recv(65536)
            _, errors = server.communicate(timeout=30)
        finally:
            server.kill()
    assert answer.startswith(b"HTTP/1.1 200")
    assert server.returncode in {0, -signal.SIGTERM}
    assert "Traceback" not in errors
    with socket.socket() as again:
        assert again.connect_ex(("127.0.0.1", port)) != 0
