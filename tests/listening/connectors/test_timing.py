"""Headers that say when to come back."""

from datetime import UTC, datetime

import pytest

from portal.listening.connectors.timing import max_age, retry_after

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("Sat, 21 Nov 2026 12:01:00 GMT", 60),
        ("Sat, 21 Nov 2026 13:01:00 +0100", 60),
        ("Saturday, 21-Nov-26 12:01:00 GMT", 60),
        ("Sat, 21 Nov 2026 11:00:00 GMT", 0),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("\u0663\u0663", None),
        ("9" * 400, None),
        ("Sat, 99 Nov 2026 12:00:00 GMT", None),
    ],
)
def test_retry_after_is_a_number_or_a_date(value: str, seconds: float | None) -> None:
    assert retry_after({"retry-after": value}, NOW) == seconds


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"cache-control": "public, max-age=900"}, 900),
        ({"cache-control": 'MAX-AGE="60"'}, 60),
        ({"cache-control": "max-age=900", "age": "300"}, 600),
        ({"cache-control": "max-age=100", "age": "300"}, 0),
        ({"cache-control": "no-store, s-maxage=5"}, None),
        ({"cache-control": "max-age=soon"}, None),
        ({}, None),
    ],
)
def test_max_age_counts_from_the_origin(headers: dict[str, str], seconds: float | None) -> None:
    assert max_age(headers) == seconds
