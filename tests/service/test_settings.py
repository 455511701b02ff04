"""Settings come from the environment at call, and a wrong one is named."""

import os
from pathlib import Path

import pytest

from service.settings import BadSetting, load_settings


def test_defaults_need_no_environment() -> None:
    """Without environment the index lies in .regiowijzer and PDFs in corpus."""
    settings = load_settings()
    assert settings.data == Path(".regiowijzer")
    assert settings.corpus == (Path("corpus"),)
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)


def test_environment_is_read_at_call(monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable that is set after import counts."""
    monkeypatch.setenv("REGIOWIJZER_DATA", "/srv/index")
    monkeypatch.setenv("REGIOWIJZER_CORPUS", os.pathsep.join(["plannen", "brochures"]))
    monkeypatch.setenv("REGIOWIJZER_LIMIT_SECONDS", "5")
    settings = load_settings()
    assert settings.data == Path("/srv/index")
    assert settings.corpus == (Path("plannen"), Path("brochures"))
    assert settings.limits().seconds == 5


def test_command_line_overrules_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A value given by the caller wins, and None counts as not given."""
    monkeypatch.setenv("REGIOWIJZER_PORT", "9000")
    assert load_settings(port=None).port == 9000
    assert load_settings(port=9001).port == 9001


@pytest.mark.parametrize(("name", "value"), [("PORT", "veel"), ("WORKERS", "-1"), ("LOG_FORMAT", "xml")])
def test_bad_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """The message holds the variable and the value that it cannot have."""
    monkeypatch.setenv(f"REGIOWIJZER_{name}", value)
    with pytest.raises(BadSetting, match=f"REGIOWIJZER_{name}.*{value}"):
        load_settings()


def test_workers_follow_the_setting_or_the_cores() -> None:
    """0 asks for as many as this process may use; another number is taken as it is."""
    assert load_settings(workers=3).worker_count() == 3
    assert load_settings(workers=0).worker_count() >= 1
