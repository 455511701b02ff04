"""Which passage answers a written question."""

from index.training import answers
from index.training.texts import Question, Text


def text(passage: str, page: int = 1) -> Text:
    """A passage of a plan."""
    return Text("a.pdf", page, passage, passage, "", running=True)


def test_a_question_finds_the_passage_that_holds_its_answer() -> None:
    """Spaces, hyphens and case of the fragment do not matter, as repair of the PDF's text changes them."""
    texts = [text("Iets anders."), text("De huisartsenpost is open."), text("De huisartsenpost is open.", page=2)]
    question = Question("Wanneer kan ik terecht?", "a.pdf", 1, "De huis-\nartsenpost IS  open")
    assert answers.rows([question], texts) == [(question, 1)]


def test_a_broken_fragment_finds_the_nearest_passage() -> None:
    """An answer that stands nowhere letter for letter goes to the passage with most of its words."""
    texts = [text("De post is dicht."), text("De huisartsenpost in Dorp is vanaf zes uur open.")]
    question = Question("Wanneer?", "a.pdf", 1, "huisartsenpost (Dorp) vanaf zes uur altijd open")
    assert answers.rows([question], texts) == [(question, 1)]


def test_a_question_without_a_passage_is_left_out() -> None:
    """An answer on no page, or on a page that says something else, is not guessed."""
    texts = [text("De post is dicht.")]
    elsewhere = Question("Wat?", "a.pdf", 9, "De post is dicht.")
    nowhere = Question("Wat?", "a.pdf", 1, "een bol van groene kaas")
    assert answers.rows([elsewhere, nowhere], texts) == []
