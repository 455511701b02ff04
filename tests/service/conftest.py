"""The application over made-up passages."""

from collections.abc import Callable, Iterator

import pytest
from fastapi.testclient import TestClient

from service.app import create_app
from service.library import Library, LiveLibrary
from tests.service.fakes import fake_library

Opener = Callable[[], Library]


def make_client(opener: Opener = fake_library, stamp: str = "eerste") -> TestClient:
    """A client of an application whose library is opened by `opener`."""
    return TestClient(create_app(LiveLibrary(opener, lambda: stamp), concurrency=2), raise_server_exceptions=False)


@pytest.fixture
def client() -> Iterator[TestClient]:
    """A client of a service that has an index."""
    with make_client() as made:
        yield made
