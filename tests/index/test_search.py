"""Search."""

import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.confidence import shipped
from index.generation import open_generation, publish
from index.search import Coverage, Filters, Searcher, merge, open_searcher
from tests.index.fakes import FakeEncoder, corpus, document, passage, small_corpus


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Open a searcher on the small corpus."""
    folder = tmp_path_factory.mktemp("data")
    publish(folder, small_corpus(), FakeEncoder())
    return Searcher(open_generation(folder, FakeEncoder()), FakeEncoder())


def test_the_passage_that_answers_is_the_first_hit(searcher: Searcher) -> None:
    """Hits are numbered from 1, best first, with scores within 0..1."""
    hits = searcher.search("Welke gemeenten doen aan valpreventie?").hits
    assert hits[0].passage.text.startswith("Twee gemeenten in de Achterhoek")
    assert [hit.rank for hit in hits] == [1, 2, 3, 4, 5]
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert 0 <= scores[-1] <= scores[0] <= 1


def test_a_slip_is_repaired_and_told(searcher: Searcher) -> None:
    """A misspelled question finds what the clean one finds, and says what was repaired."""
    slip, clean = searcher.search("valprevntie voor ouderen"), searcher.search("valpreventie voor ouderen")
    assert [hit.passage for hit in slip.hits] == [hit.passage for hit in clean.hits]
    assert slip.query == "valprevntie voor ouderen"
    assert slip.corrected == (("valprevntie", "valpreventie"),)
    assert (clean.corrected, slip.unknown) == ((), ())


def test_a_question_for_all_regions_is_told_apart(searcher: Searcher) -> None:
    """The answer says at which level the question compares."""
    assert searcher.search("Welke subregio's doen aan valpreventie?").compares == "subregio"
    assert searcher.search("Wat doet Twente aan valpreventie?").compares == ""


def test_the_sentence_that_answers_is_marked(tmp_path: Path) -> None:
    """Of the sentences of a hit, the span is that of the one with the words and the figure that was asked for."""
    text = "Er zijn veel huisartsen. In 2030 stoppen 40 huisartsen. Dat is jammer."
    publish(tmp_path, corpus(document([passage(text)])), FakeEncoder())
    hit = (
        Searcher(open_generation(tmp_path, FakeEncoder()), FakeEncoder()).search("Hoeveel huisartsen stoppen?").hits[0]
    )
    assert text[slice(*hit.sentence)] == "In 2030 stoppen 40 huisartsen."


def test_limit_bounds_the_hits(searcher: Searcher) -> None:
    """No more hits come than asked for."""
    assert len(searcher.search("ouderen", limit=2).hits) == 2


def test_highlights_mark_the_words_of_the_question(searcher: Searcher) -> None:
    """Words are marked in the form in which they stand in the passage, whatever their form in the question."""
    hit = searcher.search("huisarts in de avond: spoedposten?").hits[0]
    assert [hit.passage.text[start:end] for start, end in hit.highlights] == ["Huisartsen", "spoedpost", "avonden"]
    assert hit.why.matched == ("Huisartsen", "spoedpost", "avonden")


def test_why_names_the_region_that_was_asked_for(searcher: Searcher) -> None:
    """The region of question and passage stands in the explanation, and only there where both have it."""
    hits = searcher.search("Wat gebeurt er in Twente voor ouderen?").hits
    assert hits[0].why.region == ("Twente",)
    assert all(not hit.why.region for hit in hits[1:])


def test_words_that_no_passage_holds_are_named(searcher: Searcher) -> None:
    """Words of the topic that stand nowhere are named; a region's name is none of them."""
    assert searcher.search("Wat doet Twente aan ruimtevaart voor ouderen?").unknown == ("ruimtevaart",)
    assert searcher.search("valpreventie").unknown == ()


def test_a_topic_that_stands_nowhere_is_not_answered(searcher: Searcher) -> None:
    """A region's name alone answers nothing."""
    answer = searcher.search("Wat doet Twente aan ruimtevaart?")
    assert not answer.answered
    assert answer.hits
    assert answer.confidence < shipped().threshold


def test_why_holds_both_scores(searcher: Searcher) -> None:
    """The best passage by words has lexical score 1, and a cosine is at most 1."""
    why = searcher.search("valpreventie voor 65-plussers").hits[0].why
    assert why.lexical == 1.0
    assert 0 < why.dense <= 1.0


def test_filters_hold_inside_the_search(searcher: Searcher) -> None:
    """A filter gives the best passages of its region, not what the filter leaves of the best of all."""
    hits = searcher.search("valpreventie", limit=1, filters=Filters(region="Drenthe")).hits
    assert [hit.passage.regions for hit in hits] == [("Drenthe",)]


def test_a_filter_that_leaves_nothing_gives_no_answer(searcher: Searcher) -> None:
    """Without passages there is nothing to be sure of."""
    answer = searcher.search("valpreventie", filters=Filters(document="onbekend.pdf"))
    assert (answer.answered, answer.confidence, answer.hits) == (False, 0.0, ())


@pytest.mark.parametrize("question", ["", "  \n "])
def test_an_empty_question_has_no_hits(searcher: Searcher, question: str) -> None:
    """Nothing asked, nothing found."""
    assert searcher.search(question).hits == ()


@pytest.mark.parametrize("question", ["wie en wat?", "?!", "x" * 5000, "\ud83d\ude00", "SELECT * FROM [passages];"])
def test_an_odd_question_is_answered_all_the_same(searcher: Searcher, question: str) -> None:
    """Stop words alone, punctuation, length and other alphabets are no error."""
    answer = searcher.search(question)
    assert len(answer.hits) == 5
    assert 0 <= answer.confidence <= 1


def test_answered_follows_from_the_confidence(searcher: Searcher) -> None:
    """What is covered by a passage is surer than what is not, and the threshold decides."""
    sure = searcher.search("Twee gemeenten in de Achterhoek beginnen met valpreventie")
    unsure = searcher.search("zwembadwater chloorgehalte")
    assert sure.confidence > unsure.confidence
    assert all(answer.answered == (answer.confidence >= shipped().threshold) for answer in (sure, unsure))
    assert unsure.hits


def test_passages_and_documents_are_found_by_name(searcher: Searcher) -> None:
    """Ids and file names lead to their records, unknown ones to None."""
    first = searcher.documents[0]
    assert searcher.passage(first.passages[1].id) == first.passages[1]
    assert searcher.document("tweede.pdf") == searcher.documents[1]
    assert searcher.passage("0" * 16) is None
    assert searcher.document("onbekend.pdf") is None


def test_coverage_counts_what_is_searched(searcher: Searcher) -> None:
    """Documents, pages, passages and pages without text are counted."""
    assert searcher.coverage == Coverage(2, 6, 5, 1, searcher.generation.manifest.built)


def test_an_empty_index_answers_nothing(tmp_path: Path) -> None:
    """A search in no documents gives no hits and is not an error."""
    publish(tmp_path, corpus(), FakeEncoder())
    answer = Searcher(open_generation(tmp_path, FakeEncoder()), FakeEncoder()).search("ouderen")
    assert (answer.answered, answer.hits) == (False, ())


def test_open_searcher_takes_the_model_by_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The model of the setting encodes the questions."""
    publish(tmp_path, small_corpus(), FakeEncoder("ander"))
    monkeypatch.setattr("index.search.load_encoder", FakeEncoder)
    assert open_searcher(tmp_path, "ander").search("valpreventie").hits[0].passage.document == "tweede.pdf"


def test_a_confidence_of_another_model_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Who opens an index with another model than the confidence was fitted with, reads so in the log."""
    publish(tmp_path, small_corpus(), FakeEncoder())
    monkeypatch.setattr("index.search.load_encoder", lambda model: FakeEncoder())
    open_searcher(tmp_path)
    assert "fitted with another model" in caplog.text


def test_overlapping_marks_become_one() -> None:
    """A hyphenated word and its parts are marked once; words side by side stay apart."""
    assert merge([(4, 7), (0, 7), (8, 9), (7, 8)]) == ((0, 7), (7, 8), (8, 9))


def test_a_question_is_answered_in_milliseconds(tmp_path: Path) -> None:
    """Among 1,700 passages of 120 words a warm question takes less than 20 ms."""
    words = [
        "zorg",
        "wijkteams",
        "regio",
        "samenwerking",
        "huisartsen",
        "digitale",
        "ouderen",
        "preventie",
        "van",
        "de",
    ]
    texts = [" ".join(words[(row * 7 + n * n) % len(words)] for n in range(120)) + f" {row}" for row in range(1700)]
    publish(tmp_path, corpus(document([passage(text, row) for row, text in enumerate(texts, 1)])), _Constant())
    engine = Searcher(open_generation(tmp_path, _Constant()), _Constant())
    engine.search("huisartsen en ouderen in de wijk")
    times = []
    for row in range(20):
        start = time.process_time()
        engine.search(f"huisartsen en ouderen in de wijk {row}")
        times.append(time.process_time() - start)
    assert min(times) < 0.020


class _Constant(FakeEncoder):
    """Encodes in no time: what is measured is the search."""

    def encode_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the same vector for every text."""
        return np.full((len(texts), self.dimension), 0.125, dtype=np.float32)


def test_near_duplicates_are_linked_and_both_found(tmp_path: Path) -> None:
    """Two regions that say the same are two hits that know of each other; boilerplate is linked to nothing."""
    plan = "In {} maakt elke gemeente een plan voor een sterke buurt, waarin inwoners naar elkaar omzien en meedoen."
    first = passage(plan.format("Drenthe"), 1, regions=("Drenthe",))
    second = passage(plan.format("Twente"), 2, regions=("Twente",))
    noise = [passage(plan.format("Drenthe"), page, kind="boilerplate") for page in (3, 4)]
    publish(tmp_path, corpus(document([first, second, *noise])), FakeEncoder())
    searcher = Searcher(open_generation(tmp_path, FakeEncoder()), FakeEncoder())
    assert searcher.duplicates(first.id) == (second.id,)
    assert searcher.duplicates(second.id) == (first.id,)
    assert searcher.duplicates(noise[0].id) == searcher.duplicates("onbekend") == ()
    assert {first.id, second.id} <= {hit.passage.id for hit in searcher.search("plan voor een sterke buurt").hits}
