"""Figures for Prometheus."""

import re
from pathlib import Path

from service.actor import NOBODY
from service.metrics import Metrics
from service.observing import Observed
from tests.service.protected import protected_client

SAMPLE = re.compile(r'[a-z_]+(\{[a-z]+="[^"\n]*"(,[a-z]+="[^"\n]*")*\})? [-+.e0-9]+')


def figures(text: str) -> dict[str, float]:
    """Every sample of a text by its name and labels."""
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    assert all(SAMPLE.fullmatch(line) for line in lines)
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


def test_requests_are_counted_by_route(tmp_path: Path) -> None:
    """Two searches and a miss are three requests under two routes; what was asked is no label."""
    with protected_client(tmp_path, host="127.0.0.1", metrics=True) as client:
        client.get("/v1/search?q=zorg")
        client.get("/v1/search?q=geheim")
        client.get("/v1/geheim-adres")
        answer = client.get("/metrics")
    found = figures(answer.text)
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert found['regiowijzer_requests_total{method="GET",route="/v1/search",status="200"}'] == 2
    assert found['regiowijzer_requests_total{method="GET",route="onbekend",status="404"}'] == 1
    assert found['regiowijzer_request_seconds_count{route="/v1/search"}'] == 2
    assert "geheim" not in answer.text


def test_the_index_and_the_process_are_told(tmp_path: Path) -> None:
    """Readiness, what the index holds, memory and start are there."""
    with protected_client(tmp_path, host="127.0.0.1", metrics=True) as client:
        found = figures(client.get("/metrics").text)
    assert found["regiowijzer_ready"] == 1
    assert found["regiowijzer_index_documents"] == 2
    assert found["process_resident_memory_bytes"] > 10_000_000
    assert found["process_start_time_seconds"] > 1_700_000_000


def test_a_histogram_counts_up(tmp_path: Path) -> None:
    """Each bound holds what took at most so long, and the last holds all."""
    metrics = Metrics()
    for seconds in (0.004, 0.005, 0.2, 99.0):
        metrics(Observed("GET", "/x", {}, "", 200, seconds, NOBODY, ""))
    with protected_client(tmp_path, host="127.0.0.1") as client:
        found = figures(metrics.text(client.app.state.library))
    bucket = 'regiowijzer_request_seconds_bucket{{le="{}",route="/x"}}'
    assert [found[bucket.format(le)] for le in ("0.005", "0.01", "0.25", "10.0", "+Inf")] == [2, 2, 3, 3, 4]


def test_made_up_methods_do_not_make_counters(tmp_path: Path) -> None:
    """A client cannot fill the memory with names of methods."""
    with protected_client(tmp_path, host="127.0.0.1", metrics=True) as client:
        for number in range(5):
            client.request(f"X{number}", "/v1/search")
        text = client.get("/metrics").text
    assert 'method="other"' in text
    assert "X1" not in text


def test_figures_are_off_by_default(tmp_path: Path) -> None:
    """Without the setting the address does not exist."""
    with protected_client(tmp_path, host="127.0.0.1") as client:
        assert client.get("/metrics").status_code == 404


def test_the_description_can_be_closed(tmp_path: Path) -> None:
    """The operator may hide the description of the API and its page."""
    with protected_client(tmp_path, host="127.0.0.1", docs=False) as client:
        assert client.get("/v1/openapi.json").status_code == 404
        assert client.get("/api").status_code == 404
        assert client.get("/v1/search?q=zorg&x=1").status_code == 400
