"""One Chromium, driven as a reader drives it: what the browser tests share."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from selenium.webdriver.remote.webelement import WebElement

try:
    from selenium import webdriver
    from selenium.common.exceptions import StaleElementReferenceException
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys
    from selenium.webdriver.support.wait import WebDriverWait
except ImportError:  # the tests are skipped, with the reason, rather than not found
    webdriver = Keys = By = None

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
SECONDS = 30
"""Longest wait for anything: machines that test are busy."""
SWITCHES = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--disable-quic",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
)  # fmt: skip
THEMES = ("light", "dark")
# Where pictures go when somebody wants to look at them; never into the repository.
PICTURES = os.environ.get("BROWSER_PICTURES", "")

needs_browser = pytest.mark.skipif(
    not (CHROMIUM and DRIVER and webdriver),
    reason="no chromium with chromedriver on this machine, or no selenium (in the extra 'test')",
)


class Browser:
    """A tab of the browser at one service.

    Attributes:
        driver: Selenium's.
        address: of the service.
        downloads: where saved files go.
    """

    def __init__(self, driver: Any, address: str, downloads: Path) -> None:  # noqa: ANN401  # untyped
        self.driver = driver
        self.address = address
        self.downloads = downloads

    def tell(self, command: str, **values: object) -> Any:  # noqa: ANN401  # any JSON
        """Send a command of the DevTools protocol."""
        return self.driver.execute_cdp_cmd(command, values)

    def shape(self, width: int = 1440, height: int = 900, theme: str = "light") -> None:
        """Give the page a size and a theme; narrow ones are phones."""
        self.tell("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        still = {"name": "prefers-reduced-motion", "value": "reduce"}
        features = [{"name": "prefers-color-scheme", "value": theme}, still]
        self.tell("Emulation.setEmulatedMedia", media="", features=features)

    def script(self, allowed: bool) -> None:
        """Allow the page its scripts, or not; ours go on working."""
        self.tell("Emulation.setScriptExecutionDisabled", value=not allowed)

    def open(self, path: str) -> None:
        """Go to an address of the service."""
        self.driver.get(self.address + path)

    def ask(self, code: str, *values: object) -> Any:  # noqa: ANN401  # any JSON
        """What a piece of script says."""
        return self.driver.execute_script(code, *values)

    def wait(self, condition: Callable[[], object], what: str = "") -> Any:  # noqa: ANN401  # what the condition gives
        """Wait until a condition gives something true."""
        waiting = WebDriverWait(self.driver, SECONDS, 0.1, ignored_exceptions=[StaleElementReferenceException])
        return waiting.until(lambda _: condition(), what)

    def all(self, css: str) -> list["WebElement"]:
        """The elements that fit a selector."""
        found: list[WebElement] = self.driver.find_elements(By.CSS_SELECTOR, css)
        return found

    def one(self, css: str) -> "WebElement":
        """The first element that fits a selector, as soon as it is there."""
        found: WebElement = self.wait(lambda: next(iter(self.all(css)), None), f"no {css}")
        return found

    def link(self, words: str, within: str = "body") -> "WebElement":
        """The first link or button that begins with these words."""
        found: WebElement = self.wait(
            lambda: next((one for one in self.all(f"{within} :is(a, button)") if one.text.startswith(words)), None),
            f"no link {words!r}",
        )
        return found

    def click(self, element: "WebElement") -> None:
        """Click where a reader would, with the element in the middle of the window."""
        self.ask("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", element)
        element.click()

    def press(self, *keys: str) -> None:
        """Press keys one after the other, wherever focus is."""
        for key in keys:
            webdriver.ActionChains(self.driver).send_keys(key).perform()

    @property
    def focused(self) -> "WebElement":
        """What has focus."""
        element: WebElement = self.driver.switch_to.active_element
        return element

    def tab_to(self, words: str, limit: int = 80) -> "WebElement":
        """Press Tab until what has focus begins with these words, and see that each stop shows where focus is."""
        for _ in range(limit):
            self.press(Keys.TAB)
            told = self.ask(FOCUS)
            assert told["shown"], f"focus cannot be seen on {told['name']!r}"
            if told["name"].startswith(words):
                return self.focused
        raise AssertionError(f"{words!r} cannot be reached with Tab")

    def saved(self, ending: str) -> Path:
        """The file that was saved, once it is whole."""

        def whole() -> Path | None:
            done = [path for path in self.downloads.glob(f"*{ending}") if path.stat().st_size]
            return done[0] if done and not list(self.downloads.glob("*.crdownload")) else None

        found: Path = self.wait(whole, f"no {ending} was saved")
        return found

    def picture(self, name: str) -> None:
        """Keep a picture of the page for whoever asked for them."""
        if PICTURES:
            self.driver.save_screenshot(str(Path(PICTURES) / f"{name}.png"))


# The name of what has focus, and whether a reader sees that: a ring, or for the frame of a page nothing.
FOCUS = """
const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
const label = at.labels && at.labels.length ? at.labels[0].innerText : '';
const name = (at.getAttribute('aria-label') || label || at.innerText || at.value || at.tagName).trim();
const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
const inside = box.bottom > 0 && box.top < innerHeight && box.width > 0;
return {name, shown: at === document.body || (ring && inside)};
"""


def start(downloads: Path) -> Any:  # noqa: ANN401  # untyped
    """Start the browser, without a profile and without a word to any other host."""
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for switch in SWITCHES:
        options.add_argument(switch)
    options.add_experimental_option(
        "prefs", {"download.default_directory": str(downloads), "download.prompt_for_download": False}
    )
    service = webdriver.ChromeService(executable_path=DRIVER)
    return webdriver.Chrome(options=options, service=service)
