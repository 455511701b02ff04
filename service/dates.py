"""Numbers and dates as Dutch readers write them."""

from datetime import UTC, datetime

MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]


def dutch_number(value: int) -> str:
    """4210 -> '4.210'."""
    return f"{value:,}".replace(",", ".")


def dutch_decimal(value: float) -> str:
    """0.778 -> '0,778'."""
    return f"{value:g}".replace(".", ",")


def dutch_date(moment: str) -> str:
    """'2026-01-31T09:00:00Z' -> '31 januari 2026'; what is no date is returned as it is."""
    try:
        date = datetime.fromisoformat(moment).astimezone(UTC)
    except ValueError:
        return moment
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"
