"""Which texts training takes to mean something close."""

from index.training import pairs
from index.training.texts import LegalSection, Question, Text

LONG = "Het college verleent hulp aan wie dat nodig heeft en niet zelf kan regelen. De hulp is passend. Zij is tijdig."
NEXT = "De aanvrager krijgt binnen acht weken een besluit dat met redenen is omkleed en verzonden."


def text(passage: str, page: int = 1, heading: str = "", running: bool = True, document: str = "a.pdf") -> Text:
    """A passage of a plan."""
    return Text(document, page, passage, passage, heading, running)


def test_a_section_of_law_gives_neighbours_heading_and_a_sentence() -> None:
    """Paragraphs pair with the next one, the heading with the first, and a sentence with the rest of its paragraph."""
    section = LegalSection("Artikel 3a. Recht op hulp Treedt in werking op een nader te bepalen tijdstip", (LONG, NEXT))
    found = pairs.legal_pairs([section], 10, seed=1)
    assert (LONG, NEXT) in found
    assert ("Recht op hulp", LONG) in found
    sentence, rest = next(pair for pair in found if pair[0] in LONG and pair[1] != NEXT)
    assert sentence not in rest
    assert sorted(f"{sentence} {rest}".split()) == sorted(LONG.split())
    assert len(found) == 3


def test_bare_headings_and_short_paragraphs_say_too_little() -> None:
    """'Artikel 2' is no heading to learn from, and a paragraph of one word is no paragraph."""
    assert pairs.legal_pairs([LegalSection("Artikel 2", ("Kort.", "Ook kort."))], 10, seed=1) == []
    assert pairs.legal_pairs([LegalSection("Artikel 2", (NEXT,))], 10, seed=1) == []


def test_the_seed_decides_which_pairs() -> None:
    """The same seed draws the same pairs, no more than asked."""
    sections = [LegalSection(f"Recht op hulp nummer {number}", (LONG, NEXT)) for number in range(20)]
    assert pairs.legal_pairs(sections, 15, seed=1) == pairs.legal_pairs(sections, 15, seed=1)
    assert pairs.legal_pairs(sections, 15, seed=1) != pairs.legal_pairs(sections, 15, seed=2)
    assert len(pairs.legal_pairs(sections, 15, seed=1)) == 15


def test_neighbours_do_not_cross_documents_or_skip_pages() -> None:
    """Passages pair with the next on the same or the next page of the same document."""
    texts = [text("een"), text("twee", page=2), text("drie", page=4), text("vier", page=4, document="b.pdf")]
    assert pairs.plan_pairs(texts) == [("een", "twee")]


def test_headings_and_sentences_of_plans_pair_with_their_passage() -> None:
    """A heading pairs with its passage, every sentence of some length with the rest; menus teach nothing."""
    found = pairs.plan_pairs([text(LONG, heading="Hulp in huis"), text(LONG, heading="Menu", running=False)])
    assert ("Hulp in huis", LONG) in found
    assert not [pair for pair in found if pair[0] == "Menu"]
    assert [left for left, _ in found[1:]] == [LONG.partition(". ")[0] + "."]


def test_synonyms_pair_the_first_with_another() -> None:
    """Each set gives one pair that starts with its first word."""
    ((left, right),) = pairs.synonym_pairs([("hulp", "steun", "bijstand")], seed=1)
    assert left == "hulp"
    assert right in {"steun", "bijstand"}


def test_a_question_finds_the_passage_that_holds_its_answer() -> None:
    """Spaces, hyphens and case of the fragment do not matter, as repair of the PDF's text changes them."""
    texts = [text("Iets anders."), text("De huisartsenpost is open."), text("De huisartsenpost is open.", page=2)]
    question = Question("Wanneer kan ik terecht?", "a.pdf", 1, "De huis-\nartsenpost IS  open")
    assert pairs.answers([question], texts) == [(question, 1)]


def test_a_broken_fragment_finds_the_nearest_passage() -> None:
    """An answer that stands nowhere letter for letter goes to the passage with most of its words."""
    texts = [text("De post is dicht."), text("De huisartsenpost in Dorp is vanaf zes uur open.")]
    question = Question("Wanneer?", "a.pdf", 1, "huisartsenpost (Dorp) vanaf zes uur altijd open")
    assert pairs.answers([question], texts) == [(question, 1)]


def test_a_question_without_a_passage_is_left_out() -> None:
    """An answer on no page, or on a page that says something else, is not guessed."""
    texts = [text("De post is dicht.")]
    elsewhere = Question("Wat?", "a.pdf", 9, "De post is dicht.")
    nowhere = Question("Wat?", "a.pdf", 1, "een bol van groene kaas")
    assert pairs.answers([elsewhere, nowhere], texts) == []
