"""The examples of the home page."""

from urllib.parse import quote_plus

from fastapi.testclient import TestClient

from service.examples import examples


def test_there_are_ten_questions_and_three_comparisons() -> None:
    """The file holds ten different questions and three different comparisons."""
    assert len(set(examples().questions)) == 10
    assert len(set(examples().comparisons)) == 3


def test_the_home_page_asks_them(client: TestClient) -> None:
    """Before anything is asked, every example is a link that asks it."""
    text = client.get("/").text
    assert all(f'href="/?q={quote_plus(question)}"' in text for question in examples().questions)
    assert all(f'href="/vergelijken?q={quote_plus(topic)}"' in text for topic in examples().comparisons)
