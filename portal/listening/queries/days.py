"""How many mentions came on each day, for the small plot over the stream."""

import heapq
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from portal.foundation.clock import now
from portal.listening.queries.places import ID_BITS, mention_of, newest_places, place_of
from portal.listening.queries.stream import waiting_for
from portal.listening.queries.wanted import StreamFilter, tokens_of

DAYS = 30
# So many are counted; where there are more, the plot begins later.
MOST = 8_000
# Half an hour, in seconds.
_SLOT = 1_800


@dataclass(frozen=True, slots=True)
class Days:
    """How many mentions came on each day, oldest first, in the reader's zone."""

    first: date
    counts: list[int]


def heard_days(wanted: StreamFilter, zone: ZoneInfo) -> Days:
    """The last thirty days of what is wanted, or the last few of them where there is too much to count."""
    today = now().astimezone(zone).date()
    since = datetime.combine(today - timedelta(days=DAYS - 1), datetime.min.time(), zone)
    counts: Counter[date] = Counter()
    for second, count in Counter(_half_hours(wanted, place_of(since, 0))).items():
        counts[datetime.fromtimestamp(second, zone).date()] += count
    first = since.date()
    if sum(counts.values()) >= MOST:
        # The oldest day that was reached is not whole.
        first = min(min(counts) + timedelta(days=1), today)
    return Days(first, [counts[first + timedelta(days=step)] for step in range((today - first).days + 1)])


def _half_hours(wanted: StreamFilter, since: int) -> Iterator[int]:
    """The beginning of the half hour of each mention, in seconds; the days of any zone are made of these."""
    known, waiting = waiting_for(wanted)
    found = newest_places(tokens_of(wanted), since=since, limit=MOST)
    places = [place for place in found if mention_of(place) not in known]
    places += [place for place in waiting if place >= since]
    return ((place >> ID_BITS) // _SLOT * _SLOT for place in heapq.nlargest(MOST, places))
