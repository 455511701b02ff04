"""axe-core finds nothing on any page, in light and dark, nor on what unfolds."""

import re

import pytest

from tests.browser import axe
from tests.browser.driving import THEMES, Browser, Keys, needs_browser
from tests.service.small import QUESTIONS, addresses

# Some forty pages, on machines that may do other things besides.
pytestmark = [needs_browser, pytest.mark.timeout(900)]


FAULTS = """
const grey = document.createElement('p');
grey.textContent = 'grijs';
grey.style.color = '#999';
grey.style.background = '#888';
document.querySelector('main').append(document.createElement('input'), grey);
"""


@pytest.fixture(scope="session")
def library() -> str:
    """The text of axe-core."""
    try:
        return axe.source()
    except axe.NotHere as error:
        pytest.skip(str(error))


def violations(browser: Browser, library: str) -> list[str]:
    """What axe-core finds on the page that is open."""
    browser.ask(library)
    found: list[str] = browser.driver.execute_async_script(axe.RUN, axe.TAGS)
    return found


def passage_of(browser: Browser) -> str:
    """A passage that answers."""
    browser.open(f"/?q={QUESTIONS[0].replace(' ', '+')}")
    return re.findall(r"lees=(\w+)", browser.one(".hit h3 a").get_attribute("href"))[0]


@pytest.mark.parametrize("theme", THEMES)
def test_every_page_passes(browser: Browser, library: str, theme: str) -> None:
    """No violation on any page, as it comes."""
    pages = addresses(passage_of(browser))
    browser.shape(theme=theme)
    found = {}
    for at, path in enumerate(pages):
        browser.open(path)
        browser.picture(f"{at:02}-{theme}")
        found |= {path: told} if (told := violations(browser, library)) else {}
    assert found == {}


@pytest.mark.parametrize("theme", THEMES)
def test_what_unfolds_passes(browser: Browser, library: str, theme: str) -> None:
    """Nor with suggestions shown, with everything unfolded beside an open page, or on a phone."""
    browser.shape(theme=theme)
    browser.open("/")
    browser.one("#q").send_keys("zorg in eem")
    browser.wait(lambda: browser.one("#q").get_attribute("aria-expanded") == "true")
    browser.press(Keys.ARROW_DOWN)
    assert violations(browser, library) == []
    passage = passage_of(browser)
    for path in (f"/?q=valpreventie&region=Eemland&lees={passage}", "/vergelijken?q=valpreventie", f"/memo?p={passage}",
                 "/documenten/plan-eemland.pdf", "/documenten", "/api"):  # fmt: skip
        browser.open(path)
        browser.ask("document.querySelectorAll('details:not([name])').forEach((one) => { one.open = true; })")
        assert violations(browser, library) == [], path
    browser.shape(320, 640, theme)
    assert violations(browser, library) == []


def test_a_fault_is_found(browser: Browser, library: str) -> None:
    """A field without a name and grey on grey are seen, so an empty list means something."""
    browser.open("/help")
    browser.ask(FAULTS)
    told = " ".join(violations(browser, library))
    assert "label:" in told
    assert "color-contrast:" in told
