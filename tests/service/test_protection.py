"""What the settings put around the application."""

from pathlib import Path

import pytest
from starlette.routing import Route

from service import serving
from service.settings import load_settings
from tests.service.protected import bearer, make_token, protected_client


def test_https_is_told_to_stay(tmp_path: Path) -> None:
    """Over HTTPS browsers are told to use nothing else; over HTTP that would mean nothing."""
    with protected_client(tmp_path, base_url="https://testserver", public=True) as client:
        assert "max-age" in client.get("/v1/regions").headers["Strict-Transport-Security"]
    with protected_client(tmp_path, public=True) as client:
        assert "Strict-Transport-Security" not in client.get("/v1/regions").headers


def test_what_needs_a_token_is_kept_by_no_cache(tmp_path: Path) -> None:
    """A page or answer that somebody had to show a token for must not lie on the disk of a shared computer."""
    secret = make_token(tmp_path)
    with protected_client(tmp_path) as client:
        for path in ("/", "/v1/search?q=zorg", "/documenten"):
            assert client.get(path, headers=bearer(secret)).headers["Cache-Control"] == "no-store", path
        assert "immutable" not in client.get("/static/page.css").headers["Cache-Control"]


@pytest.mark.parametrize(("proxies", "believed"), [("", False), ("127.0.0.1", True)])
def test_only_named_proxies_are_believed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, proxies: str, believed: bool
) -> None:
    """Without the setting nobody, not even a program on this machine, can say where a request came from."""
    made = []

    class Caught(Exception):
        """Stops before anything is served."""

    def stop(config: object) -> None:
        made.append(config)
        raise Caught

    monkeypatch.setattr(serving.uvicorn, "Server", stop)
    monkeypatch.setattr(serving.LiveLibrary, "get", lambda _: None)
    with pytest.raises(Caught):
        serving.serve(load_settings(data=tmp_path, port=0, proxies=proxies, public=True))
    assert made[0].proxy_headers is believed
    assert made[0].forwarded_allow_ips == ([proxies] if proxies else [])
    assert made[0].limit_concurrency == serving.MAX_CONNECTIONS


def test_a_crash_tells_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """A fault of ours is a sentence for the client; the trace stands in the log only."""
    with protected_client(tmp_path, public=True) as client:

        def crash(_: object) -> None:
            raise RuntimeError("geheim pad /srv/index")

        client.app.router.routes.insert(0, Route("/v1/stuk", crash))
        answer = client.get("/v1/stuk")
    assert answer.status_code == 500
    assert "geheim" not in answer.text
    assert "Traceback" not in answer.text
    assert "geheim pad" in caplog.text
