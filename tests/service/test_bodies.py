"""The bound on bodies."""

from fastapi.testclient import TestClient

from service.bodies import MAX_BODY


def test_a_body_that_is_too_large_is_refused(client: TestClient) -> None:
    """The answer is a problem in Dutch, not a crash."""
    answer = client.post("/v1/memos", content=b" " * (MAX_BODY + 1), headers={"content-type": "application/json"})
    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"
    assert "te groot" in answer.json()["detail"]


def test_a_form_that_is_too_large_gets_a_page(client: TestClient) -> None:
    """A browser gets words, not JSON."""
    answer = client.post("/memo", content=b"p=" + b"a" * MAX_BODY)
    assert answer.status_code == 413
    assert answer.headers["content-type"].startswith("text/html")


def test_a_body_in_pieces_is_counted(client: TestClient) -> None:
    """Without a length in the headers the bytes themselves are counted."""
    pieces = (b" " * 100_000 for _ in range(MAX_BODY // 100_000 + 1))
    assert client.post("/v1/memos", content=pieces).status_code == 413
