"""Signing in with a browser."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from service.tokens import TokenStore
from tests.service.protected import bearer, make_token, protected_client

FORM = {"Origin": "http://testserver"}


def sign_in(client: TestClient, secret: str, where: str = "/") -> str:
    """Send the form; returns the Set-Cookie header of the answer, '' without one."""
    origin = {"Origin": str(client.base_url)}
    return client.post("/aanmelden", data={"token": secret, "naar": where}, headers=origin).headers.get(
        "set-cookie", ""
    )


def test_a_browser_is_led_to_the_form_and_back(tmp_path: Path) -> None:
    """A page that needs a token leads to the form, which keeps where the reader was going, question and all."""
    secret = make_token(tmp_path)
    with protected_client(tmp_path) as client:
        away = client.get("/?q=valpreventie")
        assert (away.status_code, away.headers["location"]) == (303, "/aanmelden?naar=%2F%3Fq%3Dvalpreventie")
        assert 'value="/?q=valpreventie"' in client.get(away.headers["location"]).text
        answer = client.post("/aanmelden", data={"token": secret, "naar": "/?q=valpreventie"}, headers=FORM)
        assert (answer.status_code, answer.headers["location"]) == (303, "/?q=valpreventie")
        assert client.get("/v1/regions").status_code == 200


def test_the_cookie_is_out_of_reach(tmp_path: Path) -> None:
    """No script reads it, no other site sends it, it is not the token, and it ends within a working day."""
    secret = make_token(tmp_path)
    with protected_client(tmp_path) as client:
        cookie = sign_in(client, secret)
    assert {"HttpOnly", "SameSite=strict", "Path=/", "Max-Age=43200"} <= set(cookie.split("; "))
    assert secret.rpartition("_")[2] not in cookie
    with protected_client(tmp_path, base_url="https://testserver") as client:
        cookie = sign_in(client, secret)
    assert cookie.startswith("__Host-regiowijzer=")
    assert "Secure" in cookie.split("; ")


def test_a_wrong_token_gets_no_cookie(tmp_path: Path) -> None:
    """The form comes back with the complaint; the token is not repeated."""
    make_token(tmp_path)
    with protected_client(tmp_path) as client:
        answer = client.post("/aanmelden", data={"token": "geheim-maar-fout"}, headers=FORM)
    assert answer.status_code == 401
    assert "niet geldig" in answer.text
    assert "geheim-maar-fout" not in answer.text
    assert "set-cookie" not in answer.headers


def test_signing_out_ends_the_session_here_too(tmp_path: Path) -> None:
    """A cookie that somebody kept does not work after signing out."""
    secret = make_token(tmp_path)
    with protected_client(tmp_path) as client:
        kept = sign_in(client, secret).partition(";")[0]
        assert "aangemeld als een lezer" in client.get("/aanmelden").text
        assert 'action="/afmelden"' in client.get("/documenten").text
        assert client.post("/afmelden", headers=FORM).status_code == 303
        client.cookies.clear()
        assert client.get("/v1/regions", headers={"Cookie": kept}).status_code == 401


def test_revoking_a_token_ends_its_sessions(tmp_path: Path) -> None:
    """Who may not come in any more, is out."""
    secret = make_token(tmp_path)
    with protected_client(tmp_path) as client:
        sign_in(client, secret)
        assert client.get("/v1/regions").status_code == 200
        TokenStore(tmp_path).revoke("een lezer")
        assert client.get("/v1/regions").status_code == 401


def test_each_sign_in_is_a_new_session(tmp_path: Path) -> None:
    """A cookie that somebody planted before signing in is worth nothing after it (session fixation)."""
    secret = make_token(tmp_path)
    with protected_client(tmp_path) as client:
        first = sign_in(client, secret).partition(";")[0]
        second = sign_in(client, secret).partition(";")[0]
        assert first != second
        client.cookies.clear()
        assert client.get("/v1/regions", headers={"Cookie": first}).status_code == 401
        assert client.get("/v1/regions", headers={"Cookie": second}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://kwaad.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://testserver"},
        {},
    ],
)
def test_another_site_changes_nothing_in_a_readers_name(tmp_path: Path, headers: dict[str, str]) -> None:
    """With a cookie, what changes something must come from our own pages (CSRF)."""
    secret = make_token(tmp_path)
    with protected_client(tmp_path) as client:
        sign_in(client, secret)
        answer = client.post("/v1/memos", json={"items": []}, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "other-site")


def test_a_program_with_a_token_needs_no_origin(tmp_path: Path) -> None:
    """Programs say nothing of a site, and carry no cookie."""
    secret = make_token(tmp_path)
    with protected_client(tmp_path) as client:
        answer = client.post("/v1/memos", json={"items": []}, headers=bearer(secret))
    assert answer.json()["code"] == "invalid-parameter"


@pytest.mark.parametrize("where", ["https://kwaad.example", "//kwaad.example", "/\\kwaad.example", "", "/a\nb"])
def test_the_form_leads_nowhere_else(tmp_path: Path, where: str) -> None:
    """An address of another site in the form becomes the front page (open redirect)."""
    secret = make_token(tmp_path)
    with protected_client(tmp_path) as client:
        answer = client.post("/aanmelden", data={"token": secret, "naar": where}, headers=FORM)
        assert answer.headers["location"] == "/"


def test_a_link_in_a_memo_works_for_who_is_signed_in(tmp_path: Path) -> None:
    """A browser that comes from elsewhere withholds the cookie once; it is asked to come again, not to sign in."""
    make_token(tmp_path)
    with protected_client(tmp_path) as client:
        answer = client.get("/p/abc", headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.status_code == 200
        assert '<meta http-equiv="refresh" content="0">' in answer.text
        again = client.get("/p/abc", headers={"Sec-Fetch-Site": "same-origin"})
        assert again.headers["location"] == "/aanmelden?naar=%2Fp%2Fabc"
