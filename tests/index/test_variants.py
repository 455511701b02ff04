"""The search without one part at a time."""

from pathlib import Path

from index.evaluate import Question
from index.generation import open_generation, publish
from index.ranking import Weights
from index.search import Searcher
from index.variants import ALL, ablation, variants
from tests.index.fakes import FakeEncoder, corpus, document, passage


def test_every_variant_turns_one_part() -> None:
    """No variant is the chosen search itself, and no two are the same."""
    found = list(variants().values())
    assert Weights() not in found
    assert len(set(found)) == len(found)


def test_a_synonym_that_finds_a_page_is_missed(tmp_path: Path) -> None:
    """The page says it in another word than the question, so it comes lower without synonyms, and without expansion."""
    texts = ["De wijkzuster bezoekt alle ouderen.", "Een huisartsenspoedpost in de stad.", "Parkeren is gratis."]
    made = document([passage(text, page) for page, text in enumerate(texts, 1)])
    publish(tmp_path, corpus(made), FakeEncoder())
    searcher = Searcher(open_generation(tmp_path, FakeEncoder()), FakeEncoder())
    question = Question("q1", "Wie let er op de bejaarden?", "parafrase", (("plan.pdf", 1),))
    measured = {name: report.measures["MRR@10"] for name, report in ablation(searcher, [question])}
    assert measured[ALL] == 1.0
    assert measured["zonder synoniemen"] < 1.0
    assert measured["zonder enige uitbreiding"] < 1.0
    assert measured["zonder samenstellingen"] == 1.0


def test_a_part_that_matters_costs_when_it_is_left_out(tmp_path: Path) -> None:
    """Without repair a slip finds less; folding near-copies loses the second page; the first row has all parts."""
    text = "Zes gemeenten openen dit jaar samen een nieuwe spoedpost voor alle ouderen in hun wijken en dorpen."
    others = [passage(f"Over wandelen en fietsen, deel {n}.", n) for n in range(3, 15)]
    publish(tmp_path, corpus(document([passage(text, 1), passage(text, 2), *others])), FakeEncoder())
    searcher = Searcher(open_generation(tmp_path, FakeEncoder()), FakeEncoder())
    gold = (("plan.pdf", 1), ("plan.pdf", 2))
    reports = dict(ablation(searcher, [Question("a", "spoedppost", "cijfer", gold)]))
    assert next(iter(reports)) == ALL
    assert set(variants()) < set(reports)
    full = reports[ALL].measures["nDCG@10"]
    assert full == 1.0
    assert reports["bijna gelijke fragmenten samengevouwen"].measures["nDCG@10"] < full
    assert reports["zonder herstel van tikfouten"].outcomes[0].confidence < reports[ALL].outcomes[0].confidence
