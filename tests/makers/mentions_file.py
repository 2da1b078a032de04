"""A small file of mentions for backtests: keen people go on, one-time voices do not."""

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path

UNTIL = datetime(2026, 3, 1, tzinfo=UTC)
KEEN, ONCE = 12, 60


def write_mentions(path: Path, rows: list[dict[str, object]]) -> Path:
    """The rows as a CSV with a header."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, names)
        table.writeheader()
        table.writerows(rows)
    return path


def mention(author: str, number: int, *, days: float, **given: object) -> dict[str, object]:
    """Something said so many days before the date; a negative number is after it."""
    values: dict[str, object] = {
        "channel": "forum",
        "id": f"{author}-{number}",
        "author_handle": author,
        "created_at": (UNTIL - timedelta(days=days)).isoformat(),
        "text": f"A note on the lamp, number {number} by {author}, which I wrote down for whoever reads it here.",
    }
    return values | given


def a_set() -> list[dict[str, object]]:
    """Keen people speak every week until the date and go on warmly; the others spoke once."""
    rows = []
    for person in range(KEEN):
        rows += [mention(f"keen{person}", week, days=1 + 7 * week + person / 10, tag="good") for week in range(8)]
        rows.append(mention(f"keen{person}", 99, days=-5, text="I love this great lamp.", likes=3, tag="good"))
    rows += [mention(f"once{person}", 1, days=10 + 5 * person, likes=0, tag="") for person in range(ONCE)]
    return rows
