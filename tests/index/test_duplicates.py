"""Near-duplicates among texts."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from index.duplicates import COMMON, MOST, find_duplicates

PLAN = (
    "Binnen de visie voor de regio Waterland is er een sterke sociale basis, waardoor de eerste stap in het eigen "
    "netwerk laagdrempeliger wordt en inwoners meer naar elkaar omzien. Elke gemeente maakt daarvoor een eigen plan."
)
OTHER = (
    "De huisartsen in de Polderstreek openen volgend jaar een gezamenlijke spoedpost naast het ziekenhuis, omdat de "
    "diensten in de avond en de nacht anders niet meer te bezetten zijn."
)


def test_a_text_with_another_name_in_it_is_a_near_duplicate() -> None:
    """One word replaced leaves two texts linked, to each other and to nothing else."""
    texts = [PLAN, OTHER, PLAN.replace("Waterland", "Molenwijk")]
    assert find_duplicates(texts) == {0: (2,), 2: (0,)}


def test_case_and_punctuation_do_not_matter() -> None:
    """The same words in capitals and with other signs are the same text."""
    assert find_duplicates([PLAN, PLAN.upper().replace(",", " –")]) == {0: (1,), 1: (0,)}


def test_a_text_inside_a_longer_one_is_linked() -> None:
    """A text that another holds as a whole is linked to it, though most of the other is something else."""
    assert find_duplicates([PLAN, f"{OTHER} {PLAN} {OTHER[::-1]}"]) == {0: (1,), 1: (0,)}


def test_the_most_alike_comes_first() -> None:
    """Links are in order of likeness, twins before near-duplicates."""
    near = PLAN.replace("Waterland", "Molenwijk")
    assert find_duplicates([near, PLAN, PLAN])[1] == (2, 0)


def test_labels_are_no_duplicates() -> None:
    """A heading of a word or two on many pages, or an empty text, links nothing; a repeated sentence does."""
    assert find_duplicates(["Doelstelling", "Doelstelling", "", ""]) == {}
    assert find_duplicates(["We openen in elke wijk een loket."] * 2) == {0: (1,), 1: (0,)}


def test_a_figure_of_speech_links_nothing() -> None:
    """A run of words that very many texts share does not make them alike."""
    texts = [
        f"Wij zetten in op de beweging naar passende zorg {' '.join([f'woord{n}x{k}' for k in range(9)])}"
        for n in range(COMMON + 2)
    ]
    assert find_duplicates(texts) == {}


def test_links_are_limited() -> None:
    """A text that recurs very often keeps a bounded number of links, none of them to itself."""
    found = find_duplicates([PLAN] * (MOST * 3))
    assert {len(others) for others in found.values()} == {MOST}
    assert all(row not in others for row, others in found.items())


_WORDS = st.lists(st.sampled_from(["zorg", "buurt", "plan", "ouder", "thuis"]), max_size=30).map(" ".join)


@settings(max_examples=50)
@given(st.lists(_WORDS, max_size=8))
def test_links_go_both_ways(texts: list[str]) -> None:
    """Whatever the texts, who is a duplicate of another has that other as its own."""
    found = find_duplicates(texts)
    assert all(row in found[other] for row, others in found.items() for other in others)


def test_the_order_of_texts_does_not_matter() -> None:
    """The same texts in another order have the same links."""
    texts = [PLAN, PLAN.replace("Waterland", "Molenwijk"), OTHER, f"{OTHER} Dat kost tijd.", "Iets anders."]
    order = random.Random(5).sample(range(len(texts)), len(texts))
    shuffled = find_duplicates([texts[row] for row in order])
    back = {order[row]: {order[other] for other in others} for row, others in shuffled.items()}
    assert back == {row: set(others) for row, others in find_duplicates(texts).items()} != {}
