"""Who may do what, on each way of serving."""

import re
from pathlib import Path

import pytest
from starlette.routing import BaseRoute

from service.access import ADMIN, OPEN, Access, NotProtected, needed_role
from service.actor import Role
from service.app import create_app
from service.library import LiveLibrary
from service.tokens import FILE, TokenStore
from tests.service.fakes import fake_library
from tests.service.protected import bearer, make_token, protected_client


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "plannen.voorbeeld.nl", "::ffff:10.0.0.1"])
def test_others_can_come_only_when_somebody_said_so(tmp_path: Path, host: str) -> None:
    """Listening elsewhere than on the own machine needs a token, or the word that it is public."""
    with pytest.raises(NotProtected, match=r"regiowijzer token new.*REGIOWIJZER_PUBLIC=1"):
        Access(TokenStore(tmp_path), host, public=False).require_protection()
    Access(TokenStore(tmp_path), host, public=True).require_protection()
    make_token(tmp_path)
    Access(TokenStore(tmp_path), host, public=False).require_protection()


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.0.1", "::1", "localhost"])
def test_the_own_machine_asks_for_nothing(tmp_path: Path, host: str) -> None:
    """On loopback everything works without a token, and no cookie is set."""
    with protected_client(tmp_path, host=host, metrics=True) as client:
        for path in ("/", "/v1/search?q=zorg", "/metrics"):
            answer = client.get(path)
            assert answer.status_code == 200
            assert "set-cookie" not in answer.headers
        assert client.get("/aanmelden").status_code == 404


def test_a_first_token_closes_a_local_service_at_once(tmp_path: Path) -> None:
    """A service behind a proxy on the same machine is closed by making a token, without a restart."""
    with protected_client(tmp_path, host="127.0.0.1") as client:
        assert client.get("/v1/regions").status_code == 200
        secret = make_token(tmp_path)
        assert client.get("/v1/regions").status_code == 401
        assert client.get("/v1/regions", headers=bearer(secret)).status_code == 200
        TokenStore(tmp_path).revoke("een lezer")
        assert client.get("/v1/regions").status_code == 401
        assert client.get("/v1/regions", headers=bearer(secret)).status_code == 401


def every_path() -> list[str]:
    """A path for each route of the application."""
    routes: list[BaseRoute] = list(create_app(LiveLibrary(fake_library, lambda: ""), 1).routes)
    paths = []
    while routes:
        route = routes.pop()
        # FastAPI keeps an included router whole.
        routes += getattr(getattr(route, "original_router", None), "routes", [])
        if path := getattr(route, "path", ""):
            paths.append(re.sub(r"[{}]|:path", "", path.replace("{number}", "1")))
    return paths


def test_every_route_needs_a_role_but_the_named_few(tmp_path: Path) -> None:
    """Without a token each route of the application is closed, whatever it is called; only what leads in is open."""
    make_token(tmp_path)
    paths = [path for path in every_path() if path.startswith("/") and path != "/static"]
    assert len(paths) > 25
    assert set(ADMIN) <= {"/" + "/".join(path.split("/")[1:3]) for path in paths}
    with protected_client(tmp_path, metrics=True) as client:
        for path in paths:
            status = client.get(path).status_code
            assert (path in OPEN) == (status not in {303, 401}), path


def test_a_reader_reads_and_does_not_manage(tmp_path: Path) -> None:
    """The role lezer opens what is read; figures and uploads want a beheerder."""
    secret = make_token(tmp_path, Role.READER)
    with protected_client(tmp_path, metrics=True) as client:
        assert client.get("/v1/search?q=zorg", headers=bearer(secret)).status_code == 200
        for path in ("/metrics", "/v1/uploads/abc", "/documenten/toevoegen/abc"):
            answer = client.get(path, headers=bearer(secret))
            assert answer.status_code == 403, path
        assert client.post("/v1/uploads", headers=bearer(secret), content=b"%PDF-").status_code == 403


def test_a_beheerder_does_both(tmp_path: Path) -> None:
    """The role beheerder opens figures, and everything that a reader may."""
    secret = make_token(tmp_path, Role.ADMIN)
    with protected_client(tmp_path, metrics=True) as client:
        assert client.get("/metrics", headers=bearer(secret)).status_code == 200
        assert client.get("/v1/regions", headers=bearer(secret)).status_code == 200
        # uploads are off, and only who may use them is told so
        assert client.post("/v1/uploads", headers=bearer(secret), content=b"%PDF-").json()["code"] == "uploads-off"


def test_public_is_for_reading(tmp_path: Path) -> None:
    """Where the operator says that anybody may read, managing still wants a token."""
    secret = make_token(tmp_path, Role.ADMIN)
    with protected_client(tmp_path, public=True, metrics=True) as client:
        assert client.get("/v1/regions").status_code == 200
        assert client.get("/metrics").status_code == 403
        assert client.get("/metrics", headers=bearer(secret)).status_code == 200


@pytest.mark.parametrize("header", ["Bearer", "Bearer x", "Basic abc", "Bearer rw_00000000_" + "A" * 43, "x"])
def test_a_wrong_token_is_told_also_where_none_is_needed(tmp_path: Path, header: str) -> None:
    """401 names the scheme; the problem says nothing of what was wrong with the token."""
    with protected_client(tmp_path, public=True) as client:
        answer = client.get("/v1/regions", headers={"Authorization": header})
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        assert answer.json()["code"] == "not-signed-in"


def test_behind_a_proxy_nobody_is_a_user_of_this_machine(tmp_path: Path) -> None:
    """What a proxy passes on comes from this machine and from anybody, so it asks for tokens from the start."""
    behind = {"host": "127.0.0.1", "proxies": ("127.0.0.1",)}
    with pytest.raises(NotProtected):
        protected_client(tmp_path, **behind)
    secret = make_token(tmp_path)
    with protected_client(tmp_path, **behind) as client:
        (tmp_path / FILE).unlink()
        assert client.get("/v1/regions").status_code == 401
        assert client.get("/v1/regions", headers=bearer(secret)).status_code == 401


@pytest.mark.parametrize("host", ["0.0.0.0", "127.0.0.1"])
def test_a_damaged_token_file_closes_the_service(tmp_path: Path, host: str) -> None:
    """When tokens cannot be read nobody gets in, and the supervisor still hears that the service lives."""
    make_token(tmp_path)
    with protected_client(tmp_path, host=host) as client:
        (tmp_path / FILE).write_text("{")
        answer = client.get("/v1/regions")
        assert (answer.status_code, answer.json()["code"]) == (503, "no-access-check")
        assert str(tmp_path) not in answer.text
        assert client.get("/v1/health/live").status_code == 200


def test_paths_are_compared_as_routes_compare_them(tmp_path: Path) -> None:
    """Percent signs, double slashes and capitals open nothing."""
    make_token(tmp_path)
    with protected_client(tmp_path, metrics=True) as client:
        for path in (
            "/%6detrics",
            "//metrics",
            "/metrics/",
            "/static/../metrics",
            "/static/%2e%2e/metrics",
            "/METRICS",
        ):
            assert client.get(path).status_code in {303, 401, 404}, path
    assert needed_role("/documenten/toevoegen/1") is Role.ADMIN
    assert needed_role("/documenten/toevoegingen.pdf") is Role.READER
