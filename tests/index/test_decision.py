"""The decision of a comparison."""

from index.decision import DECISION, Evidence, probability


def test_better_evidence_is_more_probable() -> None:
    """The probability rises with the evidence, and lenient asks for less than strict."""
    none, some, much = (probability(Evidence(share, share)) for share in (0.0, 0.5, 1.0))
    assert none < DECISION.ruim < DECISION.streng < much
    assert none < some < much


def test_the_best_sentence_of_a_topic_half_met_is_not_sure() -> None:
    """Being the best of all regions counts for less when much of the topic is missing."""
    assert probability(Evidence(1.0, 0.4)) < probability(Evidence(1.0, 1.0))
