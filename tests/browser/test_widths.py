"""From a phone to a wide screen nothing falls off the page, and what is pressed is large enough."""

import pytest

from tests.browser.driving import Browser, needs_browser
from tests.browser.test_axe import passage_of
from tests.service.small import addresses

# Some forty pages, on machines that may do other things besides.
pytestmark = [needs_browser, pytest.mark.timeout(900)]

WIDTHS = (320, 768, 1440)
# What sticks out of the page, but for what lies in a box that scrolls by itself or is only for screen readers.
OVER = """
const wide = document.documentElement.clientWidth, told = [];
const page = document.scrollingElement.scrollWidth;
if (page > wide) told.push(`the page is ${page} wide`);
for (const one of document.querySelectorAll('body *')) {
  const box = one.getBoundingClientRect();
  if (box.right <= wide + 1 || !one.checkVisibility() || one.closest('.hidden, .skip, svg')) continue;
  let around = one.parentElement;
  while (around && !/auto|scroll|hidden/.test(getComputedStyle(around).overflowX)) around = around.parentElement;
  if (!around) told.push(`${one.tagName}.${one.className}: ${one.textContent.trim().slice(0, 40)}`);
}
return told;
"""
# Targets smaller than 24 by 24 pixels (WCAG 2.2, 2.5.8), but for links within a line of text.
SMALL = """
const told = [], pressed = 'button, summary, select, input:not([type=hidden]), nav a, .actions a, .chip';
for (const one of document.querySelectorAll(pressed)) {
  const box = one.getBoundingClientRect(), label = one.closest('label')?.getBoundingClientRect() ?? box;
  if (!one.checkVisibility() || one.closest('.hidden')) continue;
  const high = Math.max(box.height, label.height), wide = Math.max(box.width, label.width);
  if (high < 24 || wide < 24) told.push(`${one.tagName} ${wide}x${high}: ${one.textContent.trim().slice(0, 40)}`);
}
return told;
"""
SPACING = """
const sheet = new CSSStyleSheet();
sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
  p { margin-bottom: 2em !important }`);
document.adoptedStyleSheets = [sheet];
"""


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_falls_off(browser: Browser, width: int) -> None:
    """No page is wider than the window, at 320 pixels (or 1280 at 400%) as little as on a wide screen."""
    pages = addresses(passage_of(browser))
    browser.shape(width, 800)
    found = {}
    for at, path in enumerate(pages):
        browser.open(path)
        browser.picture(f"{at:02}-{width}")
        found |= {path: told} if (told := browser.ask(OVER)) else {}
    assert found == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_filters_unfold_within_the_page(browser: Browser, width: int) -> None:
    """Each filter opens where it can be seen, wherever it stands in the row."""
    browser.shape(width, 800)
    browser.open("/?q=valpreventie")
    for facet in browser.all(".facet > summary"):
        browser.click(facet)
        assert browser.ask(OVER) == [], facet.text


def test_nothing_falls_off_with_wide_spacing(browser: Browser) -> None:
    """Nor when a reader sets letters, words and lines further apart (WCAG 1.4.12)."""
    pages = addresses(passage_of(browser))
    browser.shape(320, 800)
    found = {}
    for path in pages:
        browser.open(path)
        browser.ask(SPACING)
        found |= {path: told} if (told := browser.ask(OVER)) else {}
    assert found == {}


@pytest.mark.parametrize("width", [320, 1440])
def test_targets_are_large_enough(browser: Browser, width: int) -> None:
    """Buttons, fields and links in lists are at least 24 by 24 pixels."""
    pages = addresses(passage_of(browser))
    browser.shape(width, 800)
    found = {}
    for path in pages:
        browser.open(path)
        found |= {path: told} if (told := browser.ask(SMALL)) else {}
    assert found == {}
