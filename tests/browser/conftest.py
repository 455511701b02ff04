"""A service over the small index, and one browser for all tests."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI

from service.app import create_app
from service.library import LiveLibrary, open_library, published_stamp
from tests.browser.driving import Browser, start
from tests.service.small import Uploading, small_index


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """Serve an application on a free port of this machine; gives its address."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen(128)
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{taken.getsockname()[1]}"
        server.should_exit = True
        thread.join(20)


def application(data: Path) -> FastAPI:
    """The application over an index, with uploads allowed so that their form is there."""
    app = create_app(LiveLibrary(lambda: open_library(data, ""), lambda: published_stamp(data)), concurrency=4)
    app.state.uploads = Uploading()
    return app


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the small index is served."""
    with serving(application(small_index(tmp_path_factory.mktemp("klein")))) as at:
        yield at


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Browser]]:
    """The browser, at whatever service."""
    downloads = tmp_path_factory.mktemp("opgehaald")
    driver = start(downloads)
    try:
        yield lambda address: Browser(driver, address, downloads)
    finally:
        driver.quit()


@pytest.fixture
def browser(chromium: Callable[[str], Browser], address: str) -> Iterator[Browser]:
    """The browser at the small index: wide, light, with scripts, and without files of the test before."""
    made = chromium(address)
    made.shape()
    made.script(allowed=True)
    for path in made.downloads.iterdir():
        path.unlink()
    yield made
    made.script(allowed=True)
    made.driver.get("about:blank")
