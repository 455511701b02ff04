"""A running service and the indexes that are published under it."""

import itertools
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from fastapi.testclient import TestClient

from index import search
from index.generation import publish
from service import library as module
from service.app import create_app
from service.library import LiveLibrary, open_library, published_stamp
from tests.index.fakes import FakeEncoder, corpus, document, passage, small_corpus

WORDS = ["eerste", "tweede", "derde", "vierde"]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with a first index, looked at on every request, opened with the encoder that made it."""
    monkeypatch.setattr(module, "CHECK_SECONDS", -1.0)
    monkeypatch.setattr(search, "load_encoder", lambda model: FakeEncoder())
    renew(tmp_path, "eerste")
    return tmp_path


def renew(data: Path, word: str) -> Path:
    """Publish an index of which the title tells that it is new."""
    plan = [passage("Wijkteams in Twente helpen ouderen om langer thuis te wonen.", regions=("Twente",))]
    return publish(data, corpus(document(plan, f"Een {word} plan"), *small_corpus().documents[1:]), FakeEncoder())


def live(data: Path) -> LiveLibrary:
    """Open what `regiowijzer serve` would open."""
    return LiveLibrary(lambda: open_library(data, ""), lambda: published_stamp(data))


@pytest.fixture
def client(data: Path) -> Iterator[TestClient]:
    """A client of the service."""
    with TestClient(create_app(live(data), concurrency=4)) as made:
        yield made


def title(client: TestClient) -> str:
    """Ask a question; the answer must be one."""
    answer = client.get("/v1/search", params={"q": "wijkteams in Twente"})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["hits"][0]["title"])


def wait_for(client: TestClient, word: str) -> None:
    """Ask until the new index answers."""
    end = time.monotonic() + 60
    while title(client) != f"Een {word} plan":
        assert time.monotonic() < end, "the new index does not answer"
        time.sleep(0.01)


def test_new_indexes_are_picked_up_without_a_failed_request(data: Path, client: TestClient) -> None:
    """While three generations are published every request is answered, and by the newest in the end."""
    done, seen = Event(), {title(client)}

    def ask() -> int:
        for count in itertools.count(1):
            seen.add(title(client))
            if done.is_set():
                return count
        return 0

    with ThreadPoolExecutor(2) as pool:
        asked: list[Future[int]] = [pool.submit(ask) for _ in range(2)]
        try:
            for word in WORDS[1:]:
                renew(data, word)
                wait_for(client, word)
        finally:
            done.set()
        assert all(future.result() > 0 for future in asked)
    assert seen == {f"Een {word} plan" for word in WORDS}


def flip(folder: Path) -> None:
    """Turn a bit."""
    path = folder / "documents.jsonl"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 4
    path.write_bytes(content)


@pytest.mark.parametrize("spoil", [flip, lambda folder: (folder / "dense" / "vectors.faiss").unlink()])
def test_a_bad_index_leaves_the_old_one_answering(
    data: Path, client: TestClient, spoil: Callable[[Path], None]
) -> None:
    """What is damaged before it is opened is told and never answers; the next good one does."""
    assert title(client) == "Een eerste plan"
    library: LiveLibrary = client.app.state.library  # type: ignore[attr-defined]  # starlette types it as a callable
    pointer = data / "CURRENT"
    before = pointer.read_bytes()
    folder = renew(data, "tweede")
    after = pointer.read_bytes()
    pointer.write_bytes(before)
    spoil(folder)
    pointer.write_bytes(after)
    end = time.monotonic() + 60
    while not library.problem:
        assert title(client) == "Een eerste plan"
        assert time.monotonic() < end
    assert "beschadigd" in library.problem
    renew(data, "derde")
    wait_for(client, "derde")
    assert library.problem == ""


def test_a_service_that_starts_on_a_damaged_index_opens_the_one_before(data: Path) -> None:
    """After a restart too the last good index answers, and the operator is told."""
    flip(renew(data, "tweede"))
    library = live(data)
    assert library.get().searcher.documents[0].title == "Een eerste plan"
    assert "documents.jsonl" in library.problem
