"""Repair of lines and joining them into running text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.text import join_lines, repair


@pytest.mark.parametrize(
    ("drawn", "wanted"),
    [
        ("eﬃciënte ﬁnanciering", "efficiënte financiering"),
        ("cafe\u0301", "café"),
        ("inves\u019fgaƟe", "investigatie"),
        ("mantel\u00adzorg", "mantelzorg"),
        ("mantel\u00ad", "mantel-"),
        ("GGZ\u2011instelling", "GGZ-instelling"),
        ("20\u00a0000  inwoners\t", "20 000 inwoners"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("a\x02b", "ab"),
    ],
)
def test_repair_gives_what_a_person_would_type(drawn: str, wanted: str) -> None:
    """Ligatures, loose accents, soft hyphens and odd spaces become plain letters and spaces."""
    assert repair(drawn) == wanted


@pytest.mark.parametrize(
    "sign", ["\ufffe", "\uffff", "\ufdd0", "\U0001fffe", "\U0010ffff", "\ufff9", "\U000e0001", "\ud800"]
)
def test_what_is_no_character_goes(sign: str) -> None:
    """Code points that stand for nothing, which fonts without a code table give, are left out."""
    assert repair(f"zorg{sign}plan") == "zorgplan"


@pytest.mark.parametrize("bullet", ["●", "▪", "○", "\uf0b7", "\uf0a7", "o", "§", "Ø", "·", "•"])
def test_every_bullet_becomes_the_same(bullet: str) -> None:
    """A bullet of any font, also one read as a letter, becomes '•'."""
    assert repair(f"{bullet} Toename van de zorgvraag") == "• Toename van de zorgvraag"


@pytest.mark.parametrize("line", ["§ 2.1 Doelen", "o.a. Zeist", "op tijd", "Ørsted", "- streepje", "5 · 3"])
def test_what_only_looks_like_a_bullet_stays(line: str) -> None:
    """A reference, an abbreviation or a word that starts with such a letter is not a bullet."""
    assert repair(line) == line


@given(st.text())
def test_repair_is_idempotent(text: str) -> None:
    """Repairing twice changes nothing more, and leaves no loose accents or double spaces."""
    once = repair(text)
    assert repair(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "  " not in once
    assert once == once.strip(" ")


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (["mantelzorgpoten-", "tieel groeit"], "mantelzorgpotentieel groeit"),
        (["de beschik-", "baar-", "heid"], "de beschikbaarheid"),
        (["zorg-", "en welzijn"], "zorg- en welzijn"),
        (["in-", "en uitstroom"], "in- en uitstroom"),
        (["in-, door-", "en uitstroom"], "in-, door- en uitstroom"),
        (["begeleid-", "enorm"], "begeleidenorm"),
        (["de GGZ-", "instelling"], "de GGZ-instelling"),
        (["Noord-", "Holland"], "Noord-Holland"),
        (["e-", "health"], "e-health"),
        (["niet-", "westers"], "niet-westers"),
        (["zee-", "eend"], "zee-eend"),
        (["2023-", "2027"], "2023-2027"),
        (["2023\u2013", "2027"], "2023\u20132027"),
        (["12-3-", "2024"], "12-3-2024"),
        (["65-", "plussers"], "65-plussers"),
        (["zorg/", "welzijn"], "zorg/welzijn"),
        (["zie www.zorg-", "kantoor.nl"], "zie www.zorg-kantoor.nl"),
        (["een zin -", "met een streep"], "een zin - met een streep"),
        (["twee", "", "  ", "woorden"], "twee woorden"),
        (["-", "los"], "- los"),
        ([], ""),
    ],
)
def test_join_mends_split_words_and_keeps_real_hyphens(lines: list[str], wanted: str) -> None:
    """A hyphen of the line break goes, a hyphen of the word stays, and a suspended hyphen keeps its space."""
    assert join_lines(lines) == wanted


_LINE = st.text(alphabet="abeéioZ09- /.,–", max_size=12)


@given(st.lists(_LINE, max_size=6))
def test_join_loses_nothing_but_hyphens(lines: list[str]) -> None:
    """Every character that is no space or hyphen is still there, in order."""
    gone = str.maketrans("", "", " -")
    assert join_lines(lines).translate(gone) == "".join(lines).translate(gone)


@given(st.lists(_LINE, max_size=6))
def test_join_keeps_words_apart(lines: list[str]) -> None:
    """Lines that end without a hyphen, dash or slash are joined by one space."""
    plain = [stripped for line in lines if (stripped := line.strip(" -/–"))]
    assert join_lines(plain) == " ".join(plain)
