"""What a policy officer does, from question to Word file: with scripts, without, and without a mouse."""

import docx
import pytest

from tests.browser.driving import Browser, By, Keys, needs_browser
from tests.service.small import QUESTIONS

pytestmark = needs_browser

ANSWER = "cursus valpreventie van tien lessen"
NOTE = "Dit willen wij in onze regio ook."


def words_of(path: str) -> str:
    """All text of a Word file."""
    return " ".join(docx.Document(path).element.body.itertext())


@pytest.mark.parametrize("scripts", [True, False], ids=["met script", "zonder script"])
def test_from_question_to_word_file(browser: Browser, scripts: bool) -> None:
    """Ask, read the page, compare regions, put the passage in a memo, write a note, and open the Word file."""
    browser.script(scripts)
    browser.open("/")
    browser.one("#q").send_keys(QUESTIONS[0], Keys.ENTER)
    assert ANSWER in browser.one(".hit mark").text

    browser.click(browser.one(".hit h3 a"))
    browser.wait(lambda: "pagina 1" in browser.one("#lezen h2").text)
    picture = browser.one("#lezen .sheet img")
    browser.wait(lambda: browser.ask("return arguments[0].complete && arguments[0].naturalWidth", picture))
    assert "fragment gemarkeerd" in picture.get_attribute("alt")

    browser.click(browser.link("Zet in memo", "#treffers"))
    browser.wait(lambda: "(1)" in browser.one("#hoofdmenu").text)
    memo = browser.link("Memo", "#hoofdmenu").get_attribute("href")

    browser.click(browser.link("Andere regio’s", "#treffers"))
    browser.wait(lambda: "regio" in browser.one("h1").text and "/vergelijken" in browser.driver.current_url)
    assert "Eemland" in browser.one("main").text

    browser.driver.get(memo)
    browser.one("textarea[name=n]").send_keys(NOTE)
    browser.click(browser.link("Word"))
    text = words_of(str(browser.saved(".docx")))
    assert ANSWER in text
    assert NOTE in text
    assert "Regioplan Eemland" in text


def test_a_search_and_what_is_open_is_a_link(browser: Browser) -> None:
    """The address of what is on the screen gives another reader the same, and the back button works."""
    browser.open("/")
    browser.one("#q").send_keys(QUESTIONS[0], Keys.ENTER)
    first = browser.one(".hit h3 a").text
    browser.click(browser.all(".hit h3 a")[0])
    browser.wait(lambda: "lees=" in browser.driver.current_url)
    shared = browser.driver.current_url
    browser.driver.get(shared)
    assert browser.one(".hit h3 a").text == first
    assert browser.one("#lezen h2").text.startswith(first.partition(",")[0])
    browser.driver.back()
    browser.driver.back()
    browser.wait(lambda: "lees=" not in browser.driver.current_url)


def test_a_reader_without_a_mouse(browser: Browser) -> None:
    """Tab, Enter and letters alone do it all, and focus is seen at each stop."""
    browser.open("/")
    browser.press(Keys.TAB)
    assert browser.focused.text == "Naar de inhoud"
    browser.press(Keys.ENTER, Keys.TAB)
    assert browser.focused.get_attribute("id") == "q"
    browser.press(*QUESTIONS[0], Keys.ESCAPE, Keys.ENTER)
    browser.one(".hit")

    browser.tab_to("Regioplan Eemland")
    browser.press(Keys.ENTER)
    browser.wait(lambda: browser.focused.get_attribute("id") == "leeskop", "focus does not go to what was opened")
    browser.tab_to("Zet in memo")
    browser.press(Keys.ENTER)
    browser.wait(lambda: "(1)" in browser.one("#hoofdmenu").text)

    browser.ask("document.activeElement.blur(); scrollTo(0, 0)")
    browser.open(browser.link("Memo", "#hoofdmenu").get_attribute("href").removeprefix(browser.address))
    browser.tab_to("Uw toelichting")
    browser.press(*NOTE)
    browser.tab_to("Word")
    browser.press(Keys.ENTER)
    assert NOTE in words_of(str(browser.saved(".docx")))


def test_suggestions_by_keyboard(browser: Browser) -> None:
    """The arrow goes through the suggestions, Enter takes one, Escape closes them; all is told to screen readers."""
    browser.open("/")
    box = browser.one("#q")
    box.send_keys("valpreventie in eem")
    browser.wait(lambda: box.get_attribute("aria-expanded") == "true")
    box.send_keys(Keys.ARROW_DOWN)
    active = box.get_attribute("aria-activedescendant")
    assert browser.driver.find_element(By.ID, active).get_attribute("aria-selected") == "true"
    box.send_keys(Keys.ENTER)
    assert box.get_attribute("value").strip() == "valpreventie in Eemland"
    box.send_keys("lek")
    browser.wait(lambda: box.get_attribute("aria-expanded") == "true")
    box.send_keys(Keys.ESCAPE)
    assert box.get_attribute("aria-expanded") == "false"
    assert browser.driver.current_url.rstrip("/") == browser.address


def test_changes_are_told_to_screen_readers(browser: Browser) -> None:
    """Opening a page and filling the memo leave words in the live region; focus stays where the reader is."""
    browser.open(f"/?q={QUESTIONS[0].replace(' ', '+')}")
    browser.click(browser.one(".hit h3 a"))
    browser.wait(lambda: "is geopend" in browser.one("#melding").get_attribute("textContent"))
    browser.click(browser.link("Zet in memo", "#treffers"))
    browser.wait(lambda: "Toegevoegd aan de memo" in browser.one("#melding").get_attribute("textContent"))


def test_words_of_a_document_never_run(browser: Browser) -> None:
    """A script in a title, a text and the question changes nothing on the page."""
    browser.open("/?q=tekst+over+valpreventie+<script>document.title='kapot'</script>&document=plan-flevoland.pdf")
    assert "<script>" in browser.one(".hit").text
    browser.click(browser.one(".hit h3 a"))
    browser.wait(lambda: "pagina" in browser.one("#lezen h2").text)
    assert browser.driver.title != "kapot"
    assert browser.ask("return document.querySelectorAll('main script').length") == 0
