"""The table of docs/api-design-rules.md against the running application: nothing is missing, what is tested holds."""

import inspect
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from service.about import Operator
from service.app import create_app
from service.headers import API_VERSION
from service.library import LiveLibrary
from tests.service.conftest import make_client
from tests.service.fakes import fake_library

TABLE = (Path(__file__).resolve().parents[1] / "docs" / "api-design-rules.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `(/core/[\w/-]+)` \| (\w+) \| (.+) \|$", TABLE, flags=re.MULTILINE)
TESTED = sorted(rule for rule, _, how in ROWS if how.endswith("· tested"))

# The rules of NLGov REST API Design Rules 2.2.1, and one of the draft after it.
RULES = {
    *("naming-resources", "naming-collections", "interface-language", "no-trailing-slash", "path-segments-kebab-case"),
    *("query-keys-camel-case", "hide-implementation", "lang-code", "date-time/format", "date-time/timezone"),
    *("date-time/date-omit-time-portion", "http-methods", "http-safety", "http-response-code", "stateless"),
    *("nested-child", "resource-operations", "error-handling/problem-details", "error-handling/invalid-input"),
    *("error-handling/all-errors", "doc-openapi", "doc-openapi-contact", "doc-language", "publish-openapi"),
    *("deprecation-schedule", "transition-period", "uri-version", "changelog", "semver", "version-header"),
    *("transport/tls", "transport/no-sensitive-uris", "transport/security-headers", "transport/cors"),
    *("modules/geospatial", "modules/signing", "modules/encryption"),
}
COLLECTIONS = {"documents", "pages", "passages", "citations", "regions", "themes", "memos", "quotes", "suggestions",
               "uploads"}  # fmt: skip
# The last two are what an operation gives, in another form or for some regions only.
OPERATIONS = {"search", "compare", "verify", "export", "differences"}
SINGULAR = {"health", "image", "file", "matrix", "cell"}
PROBLEM = "application/problem+json"

Json = dict[str, Any]


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    """A client of a service that has an index."""
    with make_client() as made:
        yield made


@pytest.fixture(scope="module")
def description(client: TestClient) -> Json:
    """What the application publishes."""
    published: Json = client.get("/v1/openapi.json").json()
    return published


def operations(description: Json) -> list[tuple[str, str, Json]]:
    """[(path, method, operation)]."""
    return [(path, method, one) for path, methods in description["paths"].items() for method, one in methods.items()]


def segments(description: Json) -> set[str]:
    """The fixed parts of all paths, behind the version."""
    return {part for path in description["paths"] for part in path.split("/")[2:] if not part.startswith("{")}


def strings(value: object) -> Iterator[str]:
    """Every string within a JSON value."""
    if isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)
    elif isinstance(value, str):
        yield value


def check_naming_resources(description: Json) -> None:
    """Each part of a path is a known noun or a known operation; whoever adds one decides here what it is."""
    assert segments(description) - COLLECTIONS - OPERATIONS - SINGULAR == set()


def check_naming_collections(description: Json) -> None:
    """What may be followed by the name of one of many is plural."""
    for path in description["paths"]:
        for before in re.findall(r"([^/{}]+)/\{", path):
            assert before.endswith("s"), path


def check_no_trailing_slash(description: Json, client: TestClient) -> None:
    """No path ends in a slash; one too many is not found."""
    for path in description["paths"]:
        assert not path.endswith("/")
    for path in ("/v1/documents/", "/v1/regions/", "/v1/search/?q=x"):
        assert client.get(path, follow_redirects=False).status_code == 404


def check_path_segments_kebab_case(description: Json) -> None:
    """The pattern of the rule itself."""
    for path in description["paths"]:
        assert re.fullmatch(r"(/([a-z0-9]+(-[a-z0-9]+)*|\{[^}]+\}))+", path)


def check_query_keys_camel_case(description: Json) -> None:
    """Every key fits, but for those that the row names."""
    argued = set(re.findall(r"`([a-z_]+)`", next(how for rule, _, how in ROWS if rule.endswith("camel-case"))))
    keys = {one["name"] for _, _, operation in operations(description) for one in operation.get("parameters", ())
            if one["in"] == "query"}  # fmt: skip
    wrong = {key for key in keys if not re.fullmatch(r"[a-z][a-z\d]*([A-Z][a-z\d]*)*", key)}
    assert keys
    assert wrong == argued


def check_hide_implementation(client: TestClient) -> None:
    """No header names a product, and a crash tells no trace."""
    assert not {"server", "x-powered-by"} & set(client.get("/v1/regions").headers)

    def broken() -> None:
        raise ZeroDivisionError("geheim")

    crash = make_client(broken).get("/v1/regions")  # type: ignore[arg-type]  # it must crash
    assert crash.status_code >= 500
    assert "geheim" not in crash.text
    assert "Traceback" not in crash.text


def check_date_time_format(description: Json) -> None:
    """The moment at which an index was made says that it is one."""
    assert description["components"]["schemas"]["Coverage"]["properties"]["index_built"]["format"] == "date-time"


def check_date_time_timezone(client: TestClient) -> None:
    """And it is in UTC."""
    built = client.get("/v1/search?q=huisarts").json()["coverage"]["index_built"]
    assert datetime.fromisoformat(built).utcoffset() == timedelta(0)


def check_http_methods(description: Json, client: TestClient) -> None:
    """Only GET and POST are described; HEAD works; another method is refused with what is allowed."""
    assert {method for _, method, _ in operations(description)} <= {"get", "post", "put", "patch", "delete"}
    assert client.head("/v1/regions").status_code == 200
    refused = client.delete("/v1/regions")
    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET")


def check_http_safety(client: TestClient) -> None:
    """Asking twice gives the same; a memo that was made is not kept."""
    assert client.get("/v1/search?q=huisarts").json() == client.get("/v1/search?q=huisarts").json()
    before = client.get("/v1/documents").json()
    passage = client.get("/v1/search?q=huisarts").json()["hits"][0]["passage_id"]
    assert client.post("/v1/memos", json={"items": [{"passage_id": passage}], "format": "md"}).status_code == 200
    assert client.get("/v1/documents").json() == before


def check_http_response_code(client: TestClient) -> None:
    """What is not there, what is wrong and what is not allowed have their own status."""
    found = [client.get(path).status_code for path in ("/v1/niets", "/v1/search", "/v1/passages/niets", "/v1/regions")]
    assert [*found, client.post("/v1/regions").status_code] == [404, 422, 404, 200, 405]


def check_stateless(client: TestClient) -> None:
    """No answer of the API sets a cookie."""
    for path in ("/v1/search?q=huisarts", "/v1/documents", "/v1/health"):
        assert "set-cookie" not in client.get(path).headers


def check_resource_operations(description: Json) -> None:
    """An operation ends its path: nothing is nested under a verb but another operation."""
    for path in description["paths"]:
        parts = path.split("/")[2:]
        first = next((at for at, part in enumerate(parts) if part in OPERATIONS), len(parts))
        assert set(parts[first:]) <= OPERATIONS, path


def check_error_handling_problem_details(description: Json, client: TestClient) -> None:
    """Every error is described and sent as a problem with its status, title and detail."""
    for path, _, operation in operations(description):
        for status, answer in operation["responses"].items():
            if status.startswith(("4", "5")):
                assert list(answer["content"]) == [PROBLEM], path
    for sent in (client.get("/v1/niets"), client.get("/v1/search"), client.delete("/v1/regions")):
        assert sent.headers["content-type"] == PROBLEM
        assert sent.json()["status"] == sent.status_code
        assert sent.json()["title"]
        assert sent.json()["detail"]


def check_error_handling_all_errors(client: TestClient) -> None:
    """Two faults in one question are told together."""
    told = client.get("/v1/search", params={"q": "", "limit": 0}).json()["errors"]
    assert {fault["field"] for fault in told} == {"q", "limit"}


def check_doc_openapi(description: Json) -> None:
    """It is OpenAPI 3, it has paths, and each reference leads somewhere."""
    assert description["openapi"].startswith("3.")
    assert description["paths"]
    for reference in {text for text in strings(description) if text.startswith("#/")}:
        here: Any = description
        for part in reference.split("/")[1:]:
            here = here[part]
        assert here


def check_doc_openapi_contact() -> None:
    """The operator's address is the contact."""
    app = create_app(LiveLibrary(fake_library, lambda: ""), concurrency=1)
    app.state.operator = Operator("Gemeente Voorbeeld", "api@voorbeeld.nl")
    assert TestClient(app).get("/v1/openapi.json").json()["info"]["contact"]["email"] == "api@voorbeeld.nl"


def check_doc_language(description: Json) -> None:
    """Every operation has a summary, and none of the English that FastAPI fills in is left."""
    told = [operation["summary"] for _, _, operation in operations(description)]
    assert all(told)
    told += [answer["description"] for _, _, one in operations(description) for answer in one["responses"].values()]
    assert not [words for words in told if re.search(r"\b(the|of the|get|response|error|successful)\b", words, re.I)]


def check_publish_openapi(client: TestClient) -> None:
    """JSON at the standard place, open to pages of any site, and a page for people."""
    published = client.get("/v1/openapi.json", headers={"Origin": "https://elders.nl"})
    assert published.headers["content-type"].startswith("application/json")
    assert published.headers["Access-Control-Allow-Origin"] == "*"
    assert client.get("/api").status_code == 200


def check_deprecation_schedule(client: TestClient) -> None:
    """The page says how long before its end something is announced."""
    assert "ten minste zes maanden eerder" in client.get("/api").text


def check_transition_period(client: TestClient) -> None:
    """And how long an old version stays beside a new one."""
    assert "nog zes maanden bestaan" in client.get("/api").text


def check_uri_version(description: Json) -> None:
    """Every path begins with the major version."""
    assert all(path.startswith(f"/v{API_VERSION.partition('.')[0]}/") for path in description["paths"])


def check_changelog(client: TestClient) -> None:
    """The version that is served is the newest of the changes."""
    changes = client.get("/api").text.partition('id="wijzigingen"')[2]
    assert re.findall(r"<dt>([^<]+)</dt>", changes)[0] == API_VERSION


def check_semver(description: Json) -> None:
    """Three numbers."""
    assert re.fullmatch(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)", description["info"]["version"])


def check_version_header(description: Json, client: TestClient) -> None:
    """On answers and errors, the version that the description gives."""
    for path in ("/v1/regions", "/v1/niets", "/v1/search"):
        assert client.get(path).headers["API-Version"] == description["info"]["version"]


def check_transport_security_headers(client: TestClient) -> None:
    """On answers and errors of the API."""
    for path in ("/v1/regions", "/v1/niets", "/v1/search"):
        headers = client.get(path).headers
        assert headers["Cache-Control"] == "no-store"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] in {"no-referrer", "same-origin"}


def check_transport_cors(client: TestClient) -> None:
    """An answer to a page of another site is not opened to it."""
    answer = client.get("/v1/search?q=huisarts", headers={"Origin": "https://elders.nl"})
    assert "Access-Control-Allow-Origin" not in answer.headers


def check_of(rule: str) -> str:
    """The name of the check of a rule."""
    return "check_" + re.sub(r"\W", "_", rule.removeprefix("/core/"))


def test_every_rule_is_met_or_argued() -> None:
    """No rule is missing, none is made up, and each is 'met' or 'argued' with words."""
    assert {rule.removeprefix("/core/") for rule, _, _ in ROWS} == RULES
    assert len(ROWS) == len(RULES)
    assert {status for _, status, _ in ROWS} == {"met", "argued"}
    assert all(len(how) > 20 for _, _, how in ROWS)


def test_no_check_is_left_out_of_the_table() -> None:
    """Each check here belongs to a row that says that it is tested."""
    checks = {name for name in globals() if name.startswith("check_") and name != "check_of"}
    assert checks == {check_of(rule) for rule in TESTED}


@pytest.mark.parametrize("rule", TESTED)
def test_rule_holds(rule: str, client: TestClient, description: Json) -> None:
    """What the table calls tested is so in the running application."""
    check = globals()[check_of(rule)]
    given = {"client": client, "description": description}
    check(**{name: given[name] for name in inspect.signature(check).parameters})
