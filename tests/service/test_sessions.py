"""Sessions end by themselves, and there is a bound to how many there are."""

import pytest

from service import sessions
from service.sessions import IDLE, LASTS, Sessions


class Clock:
    """Time that a test moves."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_session_knows_its_token_until_it_ends() -> None:
    """Signing out is final, and a made-up name is nobody's."""
    held = Sessions()
    name = held.begin("ab")
    assert held.token(name) == "ab"
    assert held.token(name + "x") == ""
    held.end(name)
    assert held.token(name) == ""


def test_a_session_ends_when_it_is_not_used() -> None:
    """Two hours of silence end it; use keeps it."""
    clock = Clock()
    held = Sessions(clock)
    used, forgotten = held.begin("a"), held.begin("b")
    clock.now = IDLE - 1
    assert held.token(used) == "a"
    clock.now = IDLE + 1
    assert (held.token(used), held.token(forgotten)) == ("a", "")


def test_a_session_ends_after_a_day_of_work_however_much_it_is_used() -> None:
    """Use does not stretch it past its end."""
    clock = Clock()
    held = Sessions(clock)
    name = held.begin("a")
    while clock.now + IDLE <= LASTS:
        clock.now += IDLE
        assert held.token(name) == "a"
    clock.now = LASTS + 1
    assert held.token(name) == ""


def test_there_is_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest makes room, so that signing in cannot fill the memory."""
    monkeypatch.setattr(sessions, "MAX_SESSIONS", 3)
    held = Sessions()
    names = [held.begin(str(n)) for n in range(5)]
    assert [held.token(name) for name in names] == ["", "", "2", "3", "4"]
