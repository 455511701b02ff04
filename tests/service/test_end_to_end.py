"""PDF -> ingest -> index -> search -> HTTP, with the real rooms and PDFs that the test makes."""

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from service import cli
from service.app import create_app
from service.library import LiveLibrary, open_library, published_stamp
from tests.service.pdfs import make_corpus

PLAN = "plan proefdorp.pdf"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index made by the command line from two good PDFs and one broken file."""
    folder = tmp_path_factory.mktemp("werk")
    corpus = make_corpus(folder / "corpus")
    assert cli.main(["ingest", str(corpus), "--data", str(folder / "index")]) == 3
    return folder / "index"


@pytest.fixture(scope="module")
def client(data: Path) -> Iterator[TestClient]:
    """A service over that index."""
    live = LiveLibrary(lambda: open_library(data, ""), lambda: published_stamp(data))
    with TestClient(create_app(live, concurrency=2)) as made:
        yield made


def test_question_finds_the_page(client: TestClient) -> None:
    """The best hit is the page that answers, with its words marked and a citation."""
    body = client.get("/v1/search", params={"q": "Waar is een cursus valpreventie voor ouderen?"}).json()
    best = body["hits"][0]
    assert (best["document"], best["page"]) == (PLAN, 1)
    assert best["citation"].endswith("p. 1")
    assert "valpreventie" in {best["text"][start:end] for start, end in best["highlights"]}


def test_hit_leads_to_its_passage_page_and_pdf(client: TestClient) -> None:
    """Every address that a hit gives works."""
    hit = client.get("/v1/search", params={"q": "beeldbellen"}).json()["hits"][0]
    assert client.get(f"/v1/passages/{hit['passage_id']}").json()["text"] == hit["text"]
    page = client.get(f"/v1/documents/{PLAN}/pages/{hit['page']}").json()
    assert hit["text"] in page["text"]
    assert client.get(hit["url"].partition("#")[0]).content.startswith(b"%PDF")


def test_broken_file_is_named(client: TestClient) -> None:
    """What could not be read stands in the list of documents and on its page."""
    assert [failure["file"] for failure in client.get("/v1/documents").json()["failures"]] == ["kapot.pdf"]
    assert "kapot.pdf" in client.get("/documenten").text


def test_page_answers_without_script(client: TestClient) -> None:
    """The web page shows the same hit, with the words marked."""
    text = client.get("/", params={"q": "cursus valpreventie"}).text
    assert re.search("<mark>[^<]*(<b>[^<]*</b>[^<]*)*<b>valpreventie</b>", text)


def test_every_passage_stands_on_its_page(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`verify` reads the PDFs again and confirms all of them."""
    assert cli.main(["verify", "--data", str(data)]) == 0
    assert "100%" in capsys.readouterr().out


def test_poor_terminal_is_no_crash(data: Path) -> None:
    """A terminal without the signs of a document shows question marks."""
    command = [sys.executable, "-m", "service", "search", "cursus valpreventie", "--data", str(data)]
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "plan proefdorp" in done.stdout.lower()


def test_damaged_index_does_not_pass(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One changed byte in the index fails `verify`, which names the file."""
    corpus = make_corpus(tmp_path / "corpus")
    index = tmp_path / "index"
    cli.main(["ingest", str(corpus), "--data", str(index)])
    documents = next(index.rglob("documents.jsonl"))
    documents.write_text(documents.read_text().replace("tien lessen", "vijf lessen", 1))
    capsys.readouterr()
    assert cli.main(["verify", "--data", str(index)]) == 1
    assert "documents.jsonl" in capsys.readouterr().err


def test_new_generation_is_served_without_restart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An ingest while the service runs shows up in its answers."""
    monkeypatch.setattr("service.library.CHECK_SECONDS", -1.0)
    corpus, index = make_corpus(tmp_path / "corpus"), tmp_path / "index"
    cli.main(["ingest", str(corpus / "brochure.pdf"), "--data", str(index)])
    live = LiveLibrary(lambda: open_library(index, ""), lambda: published_stamp(index))
    client = TestClient(create_app(live, concurrency=2))
    assert client.get("/v1/documents").json()["coverage"]["documents"] == 1
    cli.main(["ingest", str(corpus), "--data", str(index)])
    for _ in range(1000):
        if client.get("/v1/documents").json()["coverage"]["documents"] == 2:
            return
    pytest.fail("the service kept answering from the old index")


def test_server_says_where_it_listens_and_stops_gently(data: Path) -> None:
    """`serve` prints its address, answers there, and ends with status 0 on Ctrl-C."""
    command = [sys.executable, "-m", "service", "serve", "--port", "0", "--data", str(data)]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as server:
        try:
            assert server.stdout
            line = server.stdout.readline()
            address = line.split(" op ")[1].split()[0]
            with urllib.request.urlopen(f"{address}/v1/search?q=valpreventie", timeout=20) as answer:
                assert json.load(answer)["hits"]
            server.send_signal(signal.SIGINT)
            rest, errors = server.communicate(timeout=20)
        finally:
            server.kill()
    assert server.returncode == 0
    assert "gestopt" in rest
    assert "Traceback" not in errors
