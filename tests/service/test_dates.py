"""Numbers and dates."""

from service.dates import dutch_date, dutch_number


def test_numbers_and_dates_are_dutch() -> None:
    """A point between thousands; a date in words; what is no date stays."""
    assert dutch_number(4210) == "4.210"
    assert dutch_date("2026-01-31T09:00:00Z") == "31 januari 2026"
    assert dutch_date("onbekend") == "onbekend"
