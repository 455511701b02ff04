"""How much a client may ask."""

from pathlib import Path

import pytest

from service import limits
from service.limits import Buckets
from tests.service.protected import bearer, make_token, protected_client


class Clock:
    """Time that a test moves."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_bucket_empties_and_fills_up() -> None:
    """At 120 a minute 30 can come at once, and then two each second."""
    clock = Clock()
    buckets = Buckets(120, clock)
    assert [buckets.take("a", 1) for _ in range(30)] == [0.0] * 30
    assert buckets.take("a", 1) == pytest.approx(0.5)
    assert buckets.take("b", 1) == 0.0
    clock.now += 0.5
    assert buckets.take("a", 1) == 0.0
    assert buckets.take("a", 1) > 0


def test_a_refusal_costs_nothing() -> None:
    """A client that keeps trying is let in as soon as one that waited."""
    clock = Clock()
    buckets = Buckets(60, clock)
    for _ in range(500):
        buckets.take("a", 1)
    clock.now += 1
    assert buckets.take("a", 1) == 0.0


def test_the_number_of_buckets_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A million addresses do not fill the memory."""
    monkeypatch.setattr(limits, "MAX_CLIENTS", 10)
    buckets = Buckets(60)
    for number in range(100):
        buckets.take(str(number), 1)
    assert len(buckets._held) == 10


@pytest.fixture
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no time pass, however slow the machine is."""
    monkeypatch.setattr(limits, "monotonic", lambda: 1.0)


def statuses(data: Path, count: int, *, address: str = "192.0.2.7", headers: dict[str, str] | None = None) -> list[int]:
    """The statuses of that many requests of one client of a public service with 80 a minute."""
    with protected_client(data, public=True, rate_per_minute=80, client=(address, 1)) as client:
        return [client.get("/v1/regions", headers=headers).status_code for _ in range(count)]


@pytest.mark.usefixtures("_still")
def test_who_asks_too_much_is_told_when_to_come_back(tmp_path: Path) -> None:
    """429 has Retry-After in whole seconds, in the form of every problem."""
    with protected_client(tmp_path, public=True, rate_per_minute=80) as client:
        answers = [client.get("/v1/regions") for _ in range(25)]
        assert client.get("/static/page.css").status_code == 200
    assert [answer.status_code for answer in answers] == [200] * 20 + [429] * 5
    assert int(answers[-1].headers["Retry-After"]) >= 1
    assert answers[-1].json()["code"] == "too-many-requests"


@pytest.mark.usefixtures("_still")
def test_wrong_tokens_are_limited_too(tmp_path: Path) -> None:
    """Trying tokens ends in 429 like anything else."""
    assert statuses(tmp_path, 25, headers=bearer("rw_x"))[-1] == 429


@pytest.mark.usefixtures("_still")
def test_signing_in_costs_more(tmp_path: Path) -> None:
    """One try at the form is what may be done at once at this rate."""
    make_token(tmp_path)
    with protected_client(tmp_path, rate_per_minute=80) as client:
        tries = [
            client.post("/aanmelden", data={"token": "x"}, headers={"Origin": "http://testserver"}) for _ in range(2)
        ]
    assert [answer.status_code for answer in tries] == [401, 429]


@pytest.mark.usefixtures("_still")
def test_one_network_is_one_client_in_ipv6(tmp_path: Path) -> None:
    """Whoever has 2^64 addresses has one bucket."""
    with protected_client(tmp_path, public=True, rate_per_minute=80, client=("2001:db8::1", 1)) as client:
        app = client.app
        assert [client.get("/v1/regions").status_code for _ in range(20)][-1] == 200
        from fastapi.testclient import TestClient

        neighbour = TestClient(app, client=("2001:db8::ffff", 1))
        stranger = TestClient(app, client=("2001:db8:1::1", 1))
        assert neighbour.get("/v1/regions").status_code == 429
        assert stranger.get("/v1/regions").status_code == 200


def test_the_own_machine_is_not_limited(tmp_path: Path) -> None:
    """Who has the service to themselves may ask as fast as it answers."""
    with protected_client(tmp_path, host="127.0.0.1", rate_per_minute=80) as client:
        assert {client.get("/v1/regions").status_code for _ in range(60)} == {200}


def test_the_limit_can_be_off(tmp_path: Path) -> None:
    """0 stands for no limit."""
    with protected_client(tmp_path, public=True, rate_per_minute=0) as client:
        assert {client.get("/v1/regions").status_code for _ in range(200)} == {200}
