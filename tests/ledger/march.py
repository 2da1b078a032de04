"""Moments of one month in Berlin, whose clocks go forward on its last Sunday."""

from datetime import datetime
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")


def at(words: str) -> datetime:
    """The moment of a day and a time, such as "02 09:00"."""
    return datetime.fromisoformat(f"2026-03-{words}").replace(tzinfo=BERLIN)
