"""The budget of a page, by the browser's own clock: first hits within a second, nothing shifts, below 100 kB."""

import os
import statistics
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from service import cli
from tests.browser.conftest import application, serving
from tests.browser.driving import Browser, Keys, needs_browser
from tests.service.small import QUESTIONS
from tests.shared import SHARED, needs_shared

pytestmark = needs_browser

FIRST_HITS_MS = 1000
PAGE_BYTES = 100_000
ASKED = (
    "Welke afspraken zijn er over valpreventie bij ouderen?",
    "Wat doet Lekstroom aan mentale gezondheid van jongeren?",
    "Hoe wordt het tekort aan personeel in de wijkverpleging aangepakt?",
    "Welke rol heeft de huisarts in de palliatieve zorg?",
    "Wat is passende zorg?",
)
# Before anything of the page: when the first hit is painted, and what moves without the reader doing anything.
WATCH = """
window.shifts = []; window.seen = 0;
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) window.shifts.push(one.value);
}).observe({type: 'layout-shift', buffered: true});
new MutationObserver((_, watching) => {
  if (!document.querySelector('.hit')) return;
  watching.disconnect();
  requestAnimationFrame(() => requestAnimationFrame(() => { window.seen = performance.now(); }));
}).observe(document, {childList: true, subtree: true});
"""
# Bytes over the line for everything but pictures of pages, as if nothing was kept from before.
WEIGHT = """
const whole = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')];
return whole.filter((one) => !one.name.includes('/image')).reduce((sum, one) => sum + one.encodedBodySize, 0);
"""


def measure(browser: Browser, question: str) -> tuple[float, float]:
    """Ask from the home page: milliseconds from Enter until hits can be seen, and how much shifts after that."""
    browser.open("/")
    browser.one("#q").send_keys(question)
    browser.press(Keys.ESCAPE, Keys.ENTER)
    browser.wait(lambda: browser.ask("return window.seen") and browser.all(".hit"))
    browser.wait(lambda: browser.ask("return [...document.images].every((one) => one.complete)"))
    browser.wait(lambda: not browser.all("[aria-busy=true]"))
    return browser.ask("return window.seen"), browser.ask("return window.shifts.reduce((sum, one) => sum + one, 0)")


def watched(browser: Browser) -> Callable[[], object]:
    """Watch each page from its start; gives how to stop that."""
    name = browser.tell("Page.addScriptToEvaluateOnNewDocument", source=WATCH)["identifier"]
    return lambda: browser.tell("Page.removeScriptToEvaluateOnNewDocument", identifier=name)


@pytest.mark.parametrize("width", [320, 1440])
def test_nothing_shifts_and_pages_are_light(browser: Browser, width: int) -> None:
    """From question to an open page nothing moves by itself, and all but the picture weighs less than 100 kB."""
    stop = watched(browser)
    browser.shape(width, 800)
    try:
        _, shifted = measure(browser, QUESTIONS[0])
        assert shifted == 0
        assert 0 < browser.ask(WEIGHT) < PAGE_BYTES
    finally:
        stop()


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory, chromium: Callable[[str], Browser]) -> Iterator[Browser]:
    """The browser at a service over the real plans; BROWSER_DATA names an index of them, to save the reading."""
    data = Path(os.environ.get("BROWSER_DATA") or tmp_path_factory.mktemp("echt"))
    if not (data / "CURRENT").exists():
        assert cli.main(["ingest", str(SHARED / "corpus"), "--data", str(data)]) in {0, 3}
    with serving(application(data)) as address:
        yield chromium(address)


@needs_shared
def test_first_hits_within_a_second(real: Browser) -> None:
    """On the real plans the median question shows its first hits within a second of Enter, and nothing shifts."""
    stop = watched(real)
    real.shape()
    try:
        measure(real, "warm")
        told = [measure(real, question) for question in ASKED]
    finally:
        stop()
    times, shifts = zip(*told, strict=True)
    print(f"first hits: {[round(time) for time in times]} ms, {real.ask(WEIGHT)} bytes without pictures")  # noqa: T201
    assert statistics.median(times) <= FIRST_HITS_MS
    assert max(shifts) == 0
    assert real.ask(WEIGHT) < PAGE_BYTES
