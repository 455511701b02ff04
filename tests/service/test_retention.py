"""What is too old leaves the record, whether or not anything is recorded."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from service import serving
from service.retention import retained, sweep_record
from service.settings import load_settings


def old_file(data: Path, days: int) -> Path:
    """A file of the record of so many days ago."""
    (data / "audit").mkdir(exist_ok=True)
    path = data / "audit" / f"audit-{datetime.now(UTC).date() - timedelta(days=days)}.jsonl"
    path.write_text("{}\n")
    return path


def test_the_record_is_swept_at_the_start_and_again(tmp_path: Path) -> None:
    """Without one line written: what is too old is gone at once, and so is what grows too old later."""
    settings = load_settings(data=tmp_path, audit_days=5, audit="off")
    old, young = old_file(tmp_path, 6), old_file(tmp_path, 5)
    with retained(settings, every=0.01):
        assert not old.exists()
        later = old_file(tmp_path, 7)
        until = time.monotonic() + 5
        while later.exists() and time.monotonic() < until:
            time.sleep(0.01)
    assert not later.exists()
    assert young.exists()


def test_serving_sweeps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the server runs, what is too old is gone already."""
    old = old_file(tmp_path, 6)
    seen = []
    monkeypatch.setattr("service.serving.LiveLibrary.get", lambda _: None)
    monkeypatch.setattr("service.serving.uvicorn.Server.run", lambda *_, **__: seen.append(old.exists()))
    serving.serve(load_settings(data=tmp_path, port=0, audit_days=5))
    assert seen == [False]


def test_a_record_that_cannot_be_swept_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """On a disk that is read-only the log says so, and nothing stops."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    old_file(tmp_path, 6)
    monkeypatch.setattr(Path, "unlink", refuse)
    sweep_record(load_settings(data=tmp_path, audit_days=5))
    assert "de schijf is alleen-lezen" in caplog.text
