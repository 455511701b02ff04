"""Adding documents over HTTP."""

import errno
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

import pytest
from fastapi.testclient import TestClient

from service.uploads import Uploads
from tests.service.conftest import make_client
from tests.service.fakes import fake_library, make_documents
from tests.service.test_multipart import body_of
from tests.service.test_uploads import FakeIndexer, outcome

PDF = b"%PDF-1.7 tekst"
FORM = {"content-type": "multipart/form-data; boundary=----x1"}


@pytest.fixture
def uploads(tmp_path: Path) -> Uploads:
    """An intake over an empty corpus folder."""
    return Uploads((tmp_path,), 1, FakeIndexer())


@pytest.fixture
def client(tmp_path: Path, uploads: Uploads) -> Iterator[TestClient]:
    """A service that takes documents in, with an index made of its corpus folder."""
    documents = [replace(one, path=str(tmp_path / one.file)) for one in make_documents()]
    with make_client(lambda: fake_library(documents)) as made:
        made.app.state.uploads = uploads  # type: ignore[attr-defined]
        yield made


def test_a_script_adds_a_document_and_follows_it(client: TestClient, uploads: Uploads) -> None:
    """The answer names where to ask how far it is; that tells when it is in the index, and where."""
    answer = client.post("/v1/uploads", params={"name": "Ons plan.pdf"}, content=PDF)
    assert answer.status_code == 202
    job = uploads.job(answer.json()["id"])
    assert job
    assert job.origin == "testclient"
    outcome(uploads, job)
    told = client.get(answer.headers["Location"]).json()
    assert (told["name"], told["state"], told["over"]) == ("Ons plan.pdf", "klaar", True)
    assert told["url"] == f"/documenten/{told['document']}"


def test_a_plain_form_does_the_same(client: TestClient, uploads: Uploads) -> None:
    """It leads to a page that says how far it is."""
    page = client.post("/documenten/toevoegen", content=body_of("Plan B.pdf", PDF), headers=FORM)
    assert page.status_code == 200
    assert "Plan B.pdf" in page.text
    job = uploads.job(str(page.url).rpartition("/")[2])
    assert job
    outcome(uploads, job)
    assert "Naar het document" in client.get(page.url.path).text


@pytest.mark.parametrize(
    ("content", "code", "status"),
    [(b"", "bad-upload", 422), (b"PK\x03\x04", "bad-upload", 422), (b"%PDF-" + b"x" * 1_100_000, "too-large", 413)],
)
def test_bad_documents_are_refused_in_dutch(
    client: TestClient, uploads: Uploads, content: bytes, code: str, status: int
) -> None:
    """With a fixed code, and without leaving anything behind."""
    answer = client.post("/v1/uploads", content=content)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert list(uploads.folder.rglob("*.pdf")) == []


class Full(io.BytesIO):
    """A file on a disk that refuses."""

    def __init__(self, fault: int) -> None:
        super().__init__()
        self.fault = fault

    def write(self, _: object) -> int:
        """Refuse."""
        raise OSError(self.fault, "No space left on device")


@pytest.mark.parametrize(
    "refused",
    [(errno.ENOSPC, 507, "de schijf is vol"), (errno.EDQUOT, 507, "is op"), (errno.EROFS, 503, "alleen-lezen")],
)
@pytest.mark.parametrize("writes", [0, 1])
def test_a_disk_that_refuses_is_told_in_dutch(
    client: TestClient, uploads: Uploads, monkeypatch: pytest.MonkeyPatch, refused: tuple[int, int, str], writes: int
) -> None:
    """Neither while receiving nor while unwrapping a form is it a fault of ours, and nothing is left behind."""
    fault, status, words = refused
    opened: list[Path] = []
    real = Path.open

    def open_full(path: Path, mode: str = "r", **options: object) -> IO[Any]:
        if mode != "wb":
            return real(path, mode, **options)  # type: ignore[call-overload, no-any-return]
        opened.append(path)
        path.touch()
        return real(path, mode) if len(opened) <= writes else Full(fault)

    monkeypatch.setattr(Path, "open", open_full)
    if writes:
        answer = client.post("/v1/uploads", content=body_of("Plan.pdf", PDF), headers=FORM)
    else:
        answer = client.post("/v1/uploads", content=PDF)
    assert (answer.status_code, answer.json()["code"]) == (status, "not-stored")
    assert answer.headers["content-type"] == "application/problem+json"
    assert words in answer.json()["detail"]
    assert list(uploads.folder.rglob("*.pdf")) == []


def test_a_folder_that_cannot_be_made_is_told(client: TestClient, uploads: Uploads) -> None:
    """On the page, in plain words."""
    (uploads.folder / ".ontvangen").write_text("geen map")
    page = client.post("/documenten/toevoegen", content=body_of("Plan.pdf", PDF), headers=FORM)
    assert page.status_code == 503
    assert "kan niet worden bewaard" in page.text


def test_a_bad_form_is_told_on_a_page(client: TestClient) -> None:
    """Without a file, or of another kind."""
    for body in (body_of(""), body_of(content=b"tekst"), b""):
        page = client.post("/documenten/toevoegen", content=body, headers=FORM)
        assert page.status_code == 422
        assert page.headers["content-type"].startswith("text/html")


def test_what_is_known_is_refused(tmp_path: Path, uploads: Uploads) -> None:
    """The same bytes under another name are in the index already."""
    import hashlib

    plan, _ = make_documents()
    held = replace(plan, path=str(tmp_path / plan.file), sha256=hashlib.sha256(PDF).hexdigest())
    client = make_client(lambda: fake_library([held]))
    client.app.state.uploads = uploads  # type: ignore[attr-defined]
    answer = client.post("/v1/uploads", content=PDF)
    assert (answer.status_code, answer.json()["code"]) == (422, "known-document")
    assert plan.file in answer.json()["detail"]


def test_an_index_of_other_folders_is_left_alone(uploads: Uploads) -> None:
    """An ingest of the corpus folder would drop what came from elsewhere."""
    client = make_client(fake_library)
    client.app.state.uploads = uploads  # type: ignore[attr-defined]
    answer = client.post("/v1/uploads", content=PDF)
    assert (answer.status_code, answer.json()["code"]) == (503, "other-corpus")


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elders.nl"}])
def test_other_sites_cannot_add(client: TestClient, headers: dict[str, str]) -> None:
    """A form on another site is refused, whoever is looking at it."""
    for address in ("/v1/uploads", "/documenten/toevoegen"):
        assert client.post(address, content=PDF, headers=headers).status_code == 403


def test_adding_is_off_unless_allowed() -> None:
    """There is no form, and the routes say so."""
    client = make_client()
    assert "Document toevoegen" not in client.get("/documenten").text
    answer = client.post("/v1/uploads", content=PDF)
    assert (answer.status_code, answer.json()["code"]) == (404, "uploads-off")
    assert client.get("/v1/uploads/x").status_code == 404


def test_the_form_is_on_the_page(client: TestClient) -> None:
    """With a label, the limit and what it means."""
    text = client.get("/documenten").text
    assert re.search(r'<form action="/documenten/toevoegen" method="post" enctype="multipart/form-data"', text)
    assert "hoogstens 1 MB" in text
    assert client.get("/v1/uploads/onbekend").status_code == 404
