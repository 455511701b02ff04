"""Whether quotes stand literally."""

import random
import re
import time
from dataclasses import replace

import pytest

from ingest.document import Page
from service.quotes import (
    QuoteIndex,
    canonical,
    compare,
    quote_index,
    readings,
    source_words,
    split_omissions,
    stands_in,
)
from tests.service.fakes import FILE, OTHER, FakeSearcher, make_documents

TEXT = (
    "In 2030 is 38% van de ouderen kwetsbaar. Dat zijn 112 mensen en 2,5 keer zoveel als nu.\n"
    "De mantelzorgpoten-\ntieel daalt; zorg- en welzijnspartijen zoeken ‘de ﬁets’ op.\n"
    "Daarna volgt een evaluatie in het najaar. Het beleid voor zorgen leven.\n"
)


def index_of(*texts: str) -> QuoteIndex:
    """An index over one document with these pages."""
    plan, _ = make_documents()
    pages = tuple(Page(number, "", text) for number, text in enumerate(texts, 1))
    return QuoteIndex([replace(plan, pages=pages, passages=())])


@pytest.mark.parametrize(
    "quote",
    [
        "38% van de ouderen",
        "38%  van\nde ouderen",
        "De mantelzorgpotentieel daalt",
        "De mantelzorgpoten-\ntieel daalt",
        "De mantelzorgpoten- tieel daalt",
        "zorg- en welzijnspartijen zoeken 'de fiets' op",
        "“zoeken ‘de fiets’ op”".strip("“”"),
        "In 2030 is 38% (…) een evaluatie",
        "In 2030 [...] 112 mensen […] in het najaar",
    ],
)
def test_what_copying_changes_is_forgiven(quote: str) -> None:
    """White space, quotation marks, ligatures, line-end hyphens and marked omissions do not matter."""
    assert index_of("iets anders", TEXT).verify(quote, [FILE], 2).status == "exact"


@pytest.mark.parametrize(
    "quote",
    [
        "83% van de ouderen",
        "12 mensen en",
        "5 keer zoveel als nu",
        "112 mensen en 2",
        "38% van de Ouderen",
        "38% van de oudere",
        "een evaluatie (…) 38% van de ouderen",
        "38% van (…) jongeren",
        "zorgen welzijnspartijen",
        "beleid voor zorg- en leven",
        "beleid voor zorg- En leven",
        "beleid voor zorg-\nen leven",
    ],
)
def test_what_changes_the_meaning_is_caught(quote: str) -> None:
    """Digits, parts of words and figures, capitals and the order of parts must be as in the source."""
    assert index_of(TEXT).verify(quote).status == "absent"


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        ("De mantelzorgpoten- tieel daalt", ["De mantelzorgpoten-\ntieel daalt"]),
        ("zoeken 'de fiets'", ["zoeken ‘de ﬁets’"]),
        ("38%  van\nde (...) het najaar.", ["38% van de", "het najaar."]),
        ("38% van de [...] ouderen", ["38% van de", "ouderen"]),
        ("83% van de", []),
    ],
)
def test_the_source_spells_the_quote(quote: str, words: list[str]) -> None:
    """What copying changed is put right again, part by part."""
    assert source_words(quote, TEXT) == words


def test_a_wrong_page_and_a_wrong_document_are_caught() -> None:
    """The quote stands elsewhere, and the verdict says where."""
    plan, kust = make_documents()
    index = QuoteIndex([plan, kust])
    quote = "De digitale zorg groeit"
    assert index.verify(quote, [OTHER], 1).status == "exact"
    for files, page in (([FILE], 1), ([OTHER], 2), (["onbekend.pdf"], 0)):
        verdict = index.verify(quote, files, page)
        assert verdict.status == "elsewhere"
        assert (verdict.places[0].file, verdict.places[0].page) == (OTHER, 1)
    assert verdict.places[0].passage_id == kust.passages[0].id


def test_every_place_is_named_once_with_the_named_one_first() -> None:
    """A sentence that stands on three pages has three places; twice on a page is one."""
    index = index_of("Zo is het. Zo is het.", "Niets.", "Zo is het.", "Zo is het.")
    assert [place.page for place in index.verify("Zo is het.").places] == [1, 3, 4]
    assert [place.page for place in index.verify("Zo is het.", [FILE], 4).places] == [4, 1, 3]


def test_the_nearest_passage_shows_the_difference() -> None:
    """A changed figure is named beside the figure of the source."""
    nearest = index_of("Iets over beeldbellen.", TEXT).verify("In 2030 is 83% van de ouderen kwetsbaar.").nearest
    assert nearest is not None
    assert nearest.place.page == 2
    assert ("quoted", "83%") in nearest.difference
    assert ("document", "38%") in nearest.difference


@pytest.mark.parametrize("quote", ["xyzzy plugh", "", "   ", "(…)", "\u200b", "…" * 50])
def test_what_resembles_nothing_has_no_nearest(quote: str) -> None:
    """Words that no page holds, and quotes without words, stand nowhere."""
    verdict = index_of(TEXT).verify(quote)
    assert (verdict.status, verdict.places, verdict.nearest) == ("absent", (), None)


def test_an_empty_corpus_holds_no_quote() -> None:
    """No page, no place."""
    assert QuoteIndex([]).verify("wat dan ook").status == "absent"


def test_a_page_that_holds_the_sign_of_an_omission_is_quoted_as_it_is() -> None:
    """The parts around '(…)' in the source follow each other, so the quote stands."""
    assert index_of("Wij willen (…) dat het lukt.").verify("willen (…) dat het").status == "exact"


def test_omissions_split_a_quote() -> None:
    """Round and square brackets, one sign or three dots."""
    assert [part.strip() for part in split_omissions("a (…) b [...] c [ … ] d (....) e")] == list("abcde")


def test_a_quote_stands_in_a_passage() -> None:
    """Only literally, and an empty quote never."""
    assert stands_in("112 mensen (…) zoveel", TEXT)
    assert not stands_in("113 mensen", TEXT)
    assert not stands_in(" ", TEXT)


def test_canonical_text_is_one_line() -> None:
    """Marks are straight, lines joined, words whole."""
    assert canonical("„De mantel-\nzorg”  is\u00a0ﬁjn") == '"De mantelzorg" is fijn'


def test_readings_begin_with_the_plain_one() -> None:
    """A quote without split words is read in one way."""
    assert readings("gewone woorden") == ["gewone woorden"]


def test_a_comparison_holds_all_words_of_both() -> None:
    """Same and quoted words make up the quote, same and document words the source."""
    found = list(compare("a b c d", "a x c d e"))
    assert " ".join(text for kind, text in found if kind != "document") == "a b c d"
    assert " ".join(text for kind, text in found if kind != "quoted") == "a x c d e"


def test_an_index_is_made_once_for_a_searcher() -> None:
    """The same open generation gives the same index; another gives another."""
    searcher = FakeSearcher()
    assert quote_index(searcher) is quote_index(searcher)
    assert quote_index(searcher) is not quote_index(FakeSearcher())


def test_thousands_of_pages_are_searched_fast() -> None:
    """Among 4,000 pages a quote is judged in well under a second, also when it stands nowhere."""
    numbers = random.Random(7)
    words = ["".join(numbers.choices("abcdefghijklmnop", k=numbers.randint(3, 9))) for _ in range(5000)]
    pages = [" ".join(numbers.choices(words, k=250)) for _ in range(4000)]
    index = index_of(*pages)
    quote = " ".join(pages[3210].split()[40:80])
    start = time.perf_counter()
    assert index.verify(quote).places[0].page == 3210 + 1
    changed = re.sub(r"^\w+ \w+", "heel anders", quote)
    verdict = index.verify(changed)
    assert time.perf_counter() - start < 1
    assert verdict.nearest is not None
    assert verdict.nearest.place.page == 3210 + 1


def test_documents_share_no_text() -> None:
    """A quote cannot run from one page into the next, as the pages of the index are parted."""
    index = index_of("einde van een", "begin van twee")
    assert index.verify("van een begin").status == "absent"


@pytest.mark.parametrize(
    "quote",
    ["mens " * 1000, "- " * 2500, "1" * 5000, "(…) a " * 800, " ".join(f"woord{at}" for at in range(600)), TEXT * 20],
    ids=["repeated", "dashes", "digits", "omissions", "unknown", "long"],
)
def test_no_quote_takes_long(quote: str) -> None:
    """What is made to be hard, at the greatest length allowed, is judged within a second on 200 pages."""
    numbers = random.Random(5)
    words = [*TEXT.split(), *(f"woord{at}" for at in range(300)), "-", "a"]
    index = index_of(*(" ".join(numbers.choices(words, k=600)) for _ in range(200)))
    start = time.perf_counter()
    index.verify(quote[:5000])
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("In 2031 is 38% van", "In 2030 is 38% van"),
        ("een evaluatie in het voorjaar.", "een evaluatie in het najaar."),
        ("Toen volgt een evaluatie", "Daarna volgt een evaluatie"),
    ],
)
def test_the_nearest_text_is_as_long_as_the_quote(quote: str, text: str) -> None:
    """Changed words at an end stand against as many words of the document, and no more."""
    nearest = index_of(TEXT).verify(quote).nearest
    assert nearest is not None
    assert nearest.text == text
