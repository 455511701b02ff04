"""The page that describes the API, made here without a script from another host."""

from fastapi.testclient import TestClient


def test_every_route_is_described(client: TestClient) -> None:
    """Each path and method stands on the page, with a heading that the overview leads to."""
    text = client.get("/api").text
    paths = client.get("/v1/openapi.json").json()["paths"]
    assert paths
    for path, methods in paths.items():
        for method in methods:
            assert f'<span class="verb">{method.upper()}</span> <code>{path}</code>' in text
            assert f">{method.upper()} {path}</a>" in text


def test_the_page_shows_parameters_errors_and_examples(client: TestClient) -> None:
    """It tells what is required, what an error looks like, and a request with its answer."""
    text = client.get("/api").text
    assert '<code>q</code> <span class="must">verplicht</span>' in text
    assert "&#34;code&#34;: &#34;unknown-document&#34;" in text
    assert "GET /v1/search?q=Wat+is+nuldelijnszorg%3F" in text
    assert "http://testserver/v1" in text
    assert "<script" not in text


def test_the_page_is_light(client: TestClient) -> None:
    """The whole description fits in the 100 kB that a page may be."""
    assert len(client.get("/api").content) < 90_000
