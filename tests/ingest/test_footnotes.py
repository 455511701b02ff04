"""Footnotes at the end of the page's text."""

from ingest.document import Line
from ingest.structure import structure
from tests.ingest.pages import column, document, line, title


def page(*lines: str, after: str) -> list[Line]:
    """Text, a footnote in small type with white space around it, and more text."""
    top = column(lines, y=100)
    note = line("1 Volgens de cijfers van de gemeenten", y=200, size=7.0)
    return [title("Plan"), *top, note, *column([after, "Dat is in alle wijken zo afgesproken."], y=230)]


def test_a_sentence_that_a_footnote_cuts_is_whole_again() -> None:
    """What comes after the note joins what came before it; the note stands last, as a passage of its own."""
    lines = page(
        "De regio werkt aan een netwerk van steunpunten 1 en", after="aan een gezamenlijke meldkamer voor zorg."
    )
    found = structure(document([lines]), "", ())
    body, note = found.passages
    assert "steunpunten 1 en aan een gezamenlijke meldkamer voor zorg." in body.text
    assert (note.kind, note.text) == ("footnote", "1 Volgens de cijfers van de gemeenten")
    assert found.pages[0].text.endswith(note.text + "\n")
    assert found.pages[0].text[note.start : note.end] == note.text


def test_a_new_sentence_after_a_footnote_stays_apart() -> None:
    """Where the sentence was finished, nothing is joined."""
    lines = page("De regio werkt aan een netwerk van steunpunten. 1", after="Er komt een meldkamer voor zorg.")
    text = structure(document([lines]), "", ()).pages[0].text
    assert "steunpunten. 1\nEr komt" in text
