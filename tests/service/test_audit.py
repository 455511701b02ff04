"""The record of actions: who, what, when, from where, with what result; and what it does not hold."""

import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from service.actor import Role
from service.audit import Audit, Event, month_key
from service.tokens import TokenStore
from tests.service.fakes import FILE
from tests.service.protected import audit_lines, bearer, make_token, protected_client

ASKED = Event("zoeken", "", "gelukt", "192.0.2.7", "Anna", "lezer", 200, "Wie helpt mijn buurvrouw?")


class Calendar:
    """A day that a test chooses."""

    def __init__(self, day: str) -> None:
        self.day = day

    def __call__(self) -> datetime:
        return datetime.fromisoformat(f"{self.day}T12:00:00").replace(tzinfo=UTC)


def test_an_action_is_told_in_full(tmp_path: Path) -> None:
    """The time, who with which role, what was done to what, from where, and how it ended."""
    secret = make_token(tmp_path, Role.READER, "Anna de Vries")
    with protected_client(tmp_path) as client:
        client.get(f"/v1/documents/{FILE}/pages/1", headers=bearer(secret))
    (line,) = audit_lines(tmp_path)
    assert datetime.now(UTC) - datetime.fromisoformat(line.pop("time")) < timedelta(minutes=1)
    assert line == {
        "action": "GET /v1/documents/{file:path}/pages/{number}",
        "object": f"{FILE} 1",
        "result": "gelukt",
        "origin": "192.0.2.7",
        "actor": "Anna de Vries",
        "role": "lezer",
        "status": 200,
    }


def test_refusals_are_told(tmp_path: Path) -> None:
    """Without a token, with too small a role, with a wrong token, and an address that does not exist."""
    secret = make_token(tmp_path)
    with protected_client(tmp_path) as client:
        client.get("/v1/regions")
        client.get("/metrics", headers=bearer(secret))
        client.post("/aanmelden", data={"token": "fout"}, headers={"Origin": "http://testserver"})
        client.get("/niets", headers=bearer(secret))
    told = [(line["actor"], line["action"], line["result"], line["status"]) for line in audit_lines(tmp_path)]
    assert told == [
        ("onbekend", "onbekend adres", "geweigerd", 401),
        ("een lezer", "onbekend adres", "geweigerd", 403),
        ("onbekend", "aanmelden", "geweigerd", 401),
        ("een lezer", "onbekend adres", "mislukt", 404),
    ]


def test_no_line_holds_a_question_or_a_secret(tmp_path: Path) -> None:
    """The record does not tell what was asked, nor anything that opens a door."""
    secret = make_token(tmp_path)
    with protected_client(tmp_path) as client:
        client.get("/v1/search", params={"q": "geheime vraag over mijn buurman"}, headers=bearer(secret))
        client.post("/aanmelden", data={"token": secret}, headers={"Origin": "http://testserver"})
        client.get("/", params={"q": "geheime vraag over mijn buurman"})
    written = "".join(path.read_text() for path in (tmp_path / "audit").glob("*.jsonl"))
    assert len(audit_lines(tmp_path)) == 3
    assert "buurman" not in written
    assert secret.rpartition("_")[2] not in written
    first, _, last = audit_lines(tmp_path)
    assert first["question"] == last["question"]
    assert first["question"].startswith("hmac:")


def test_health_and_files_are_no_actions(tmp_path: Path) -> None:
    """What a supervisor and a browser do by themselves would bury what people do."""
    make_token(tmp_path)
    with protected_client(tmp_path) as client:
        client.get("/v1/health/live")
        client.get("/static/page.css")
    assert audit_lines(tmp_path) == []


def test_one_s_own_use_is_not_recorded_unless_wanted(tmp_path: Path) -> None:
    """On loopback without tokens nothing is written, until the setting says so."""
    with protected_client(tmp_path, host="127.0.0.1") as client:
        client.get("/v1/regions")
    assert not (tmp_path / "audit").exists()
    with protected_client(tmp_path, host="127.0.0.1", audit="on") as client:
        client.get("/v1/regions")
    assert [line["actor"] for line in audit_lines(tmp_path)] == ["lokaal"]


def test_audit_can_be_off(tmp_path: Path) -> None:
    """The operator may keep no record at all."""
    make_token(tmp_path)
    with protected_client(tmp_path, audit="off") as client:
        client.get("/v1/regions")
    assert not (tmp_path / "audit").exists()


def test_questions_can_be_switched_on(tmp_path: Path) -> None:
    """Only when asked for do questions stand in the record as they were asked."""
    Audit(tmp_path, questions=True, days=10).write(ASKED)
    assert audit_lines(tmp_path)[0]["question"] == ASKED.question


def test_the_key_of_a_month_is_gone_the_next(tmp_path: Path) -> None:
    """Equal questions of one month can be seen to be equal, those of two months cannot; old keys are removed."""
    days = Calendar("2026-01-30")
    audit = Audit(tmp_path, questions=False, days=90, now=days)
    for day in ("2026-01-30", "2026-01-31", "2026-02-01"):
        days.day = day
        audit.write(ASKED)
    january, again, february = [line["question"] for line in audit_lines(tmp_path)]
    assert january == again
    assert january != february
    assert [path.name for path in (tmp_path / "audit").glob("sleutel-*")] == ["sleutel-2026-02"]


def test_two_processes_share_the_key(tmp_path: Path) -> None:
    """The key lies in the data folder, so a restart within the month goes on with it."""
    for _ in range(2):
        Audit(tmp_path, questions=False, days=90).write(ASKED)
    first, second = audit_lines(tmp_path)
    assert first["question"] == second["question"]


@pytest.mark.parametrize("links", [True, False])
def test_nobody_sees_a_key_that_is_not_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool) -> None:
    """Many at once get one key of 32 bytes, with or without links on the file system, and nothing stays beside it."""
    if not links:
        monkeypatch.setattr("service.audit.os.link", refuse)
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: month_key(tmp_path, date(2026, 1, 5)), range(64 if links else 1)))
    assert [len(key) for key in keys] == [32]
    assert [path.name for path in tmp_path.iterdir()] == ["sleutel-2026-01"]
    assert stat.S_IMODE((tmp_path / "sleutel-2026-01").stat().st_mode) == 0o600


def refuse(*_: object) -> None:
    """As a file system without links does."""
    raise PermissionError(1, "Operation not permitted")


@pytest.mark.parametrize("left", [b"", b"kort"])
def test_an_empty_key_is_not_used(tmp_path: Path, left: bytes) -> None:
    """What a process left that was stopped while it wrote, gives way to a whole key, which then stays."""
    (tmp_path / "sleutel-2026-01").write_bytes(left)
    key = month_key(tmp_path, date(2026, 1, 5))
    assert len(key) == 32
    assert month_key(tmp_path, date(2026, 1, 6)) == key


def test_a_key_that_was_left_aside_goes_with_its_month(tmp_path: Path) -> None:
    """A writer that was killed leaves a second name of the key; it does not outlive the month."""
    (tmp_path / ".sleutel-2026-01-0a1b2c3d").write_bytes(b"k" * 32)
    month_key(tmp_path, date(2026, 2, 1))
    assert [path.name for path in tmp_path.iterdir()] == ["sleutel-2026-02"]


def test_old_files_are_removed(tmp_path: Path) -> None:
    """What is older than the setting goes when a new day begins; what is not stays."""
    days = Calendar("2026-01-01")
    audit = Audit(tmp_path, questions=False, days=2, now=days)
    for day in ("2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04"):
        days.day = day
        audit.write(ASKED)
    kept = sorted(path.name for path in (tmp_path / "audit").glob("audit-*"))
    assert kept == ["audit-2026-01-02.jsonl", "audit-2026-01-03.jsonl", "audit-2026-01-04.jsonl"]


def test_only_the_owner_reads_the_record(tmp_path: Path) -> None:
    """Record and key are closed to other users of the machine."""
    Audit(tmp_path, questions=False, days=2).write(ASKED)
    assert stat.S_IMODE((tmp_path / "audit").stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "audit").iterdir()} == {0o600}


def test_nobody_writes_a_line_of_their_own(tmp_path: Path) -> None:
    """Line ends in what clients send stay within their line (log injection)."""
    secret = make_token(tmp_path)
    with protected_client(tmp_path) as client:
        client.get("/v1/passages/x%0A%7B%22actor%22%3A%22baas%22%7D", headers=bearer(secret))
    (line,) = audit_lines(tmp_path)
    assert line["actor"] == "een lezer"
    assert line["object"] == 'x\n{"actor":"baas"}'


def test_a_record_that_cannot_be_written_does_not_stop_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A full disk is told in the log, and the service goes on answering."""

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    make_token(tmp_path)
    secret = TokenStore(tmp_path).add("Bert", Role.READER)[1]
    monkeypatch.setattr("service.audit.os.write", full)
    with protected_client(tmp_path) as client:
        assert client.get("/v1/regions", headers=bearer(secret)).status_code == 200
    assert "waarnemen mislukt" in caplog.text
