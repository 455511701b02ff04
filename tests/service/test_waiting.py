"""So many questions at once; the next waits, and is told when it takes too long."""

import threading

import pytest

from service.problems import ProblemError
from service.waiting import Gate


def test_full_gate_refuses_after_its_patience() -> None:
    """With all places taken a question ends in 503 with a time to come back."""
    gate = Gate(places=1, patience=0.01)
    with gate, pytest.raises(ProblemError, match="te veel vragen") as caught, gate:
        pass
    assert caught.value.status == 503
    assert caught.value.headers["Retry-After"]


def test_place_comes_free_also_after_a_fault() -> None:
    """An error inside gives the place back."""
    gate = Gate(places=1, patience=0.01)
    with pytest.raises(KeyError), gate:
        raise KeyError
    with gate:
        pass


def test_next_question_gets_in_when_one_leaves() -> None:
    """Waiting pays: the next one enters as soon as there is a place."""
    gate = Gate(places=1, patience=5)
    entered = threading.Event()

    def enter() -> None:
        with gate:
            entered.set()

    with gate:
        thread = threading.Thread(target=enter)
        thread.start()
        assert not entered.wait(0.05)
    thread.join(5)
    assert entered.is_set()
