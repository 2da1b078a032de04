"""When a server wants to be asked again, in its own headers."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

CEILING_S = 24 * 3600
_MOST_DIGITS = 9


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds that Retry-After asks for, be it a number or an HTTP date (RFC 9110 10.2.3); never below 0."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit() and len(value) <= _MOST_DIGITS:
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, IndexError):
        return None
    # A date with the zone -0000 comes back without one; HTTP dates are always in UTC.
    return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds())


def max_age(headers: Mapping[str, str]) -> float | None:
    """Seconds for which the answer stays fresh by Cache-Control, less what a cache has kept it already."""
    for directive in headers.get("cache-control", "").lower().split(","):
        name, _, value = directive.strip().partition("=")
        value = value.strip('"')
        if name == "max-age" and value.isascii() and value.isdigit() and len(value) <= _MOST_DIGITS:
            age = headers.get("age", "")
            spent = int(age) if age.isascii() and age.isdigit() and len(age) <= _MOST_DIGITS else 0
            return float(max(0, int(value) - spent))
    return None


def next_due(now: datetime, state: Mapping[str, Any], headers: Mapping[str, str]) -> datetime:
    """When a feed may be asked again: its own pace, but no sooner than it wishes and no later than in a day."""
    wishes = (retry_after(headers, now), max_age(headers), (state.get("ttl") or 0) * 60.0)
    wait = max(state["interval_s"], *(wish for wish in wishes if wish is not None))
    due = now + timedelta(seconds=min(CEILING_S, wait))
    skipped = set(state.get("skip_hours") or ())
    for _hour in range(24):
        if due.hour not in skipped:
            break
        due = due.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return due
