"""What was made is kept, within bounds."""

from service.keep import Keep


def test_kept_things_are_made_once() -> None:
    """A second request is answered from memory."""
    keep, made = Keep(100, len), list[str]()
    for _ in range(2):
        assert keep.get("a", lambda: made.append("a") or "aaa") == "aaa"
    assert made == ["a"]
    assert keep.size == 3


def test_the_least_used_goes_first() -> None:
    """Over the limit, what was not asked for longest is dropped."""
    keep = Keep(10, len)
    for name in ("een", "twee", "een", "vier"):
        keep.get(name, lambda name=name: name)
    assert keep.get("een", lambda: "nieuw") == "een"
    assert keep.get("twee", lambda: "nieuw") == "nieuw"
    assert keep.size <= 10


def test_what_is_too_big_is_given_but_not_kept() -> None:
    """One thing over the limit leaves the memory empty."""
    keep = Keep(3, len)
    assert keep.get("groot", lambda: "groter") == "groter"
    assert keep.size == 0
