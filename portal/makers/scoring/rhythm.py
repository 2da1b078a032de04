"""When somebody fell silent and when they came back, from the times they were heard; pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

# So many mentions make a habit; so long a silence breaks it.
ACTS = 20
SILENCE = timedelta(days=30)
# "Since last month": the newest score that is at least so old.
MONTH = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often someone was heard until now.

    Attributes:
        returned_at: the first mention after the last long silence that came upon a habit; `silent_days` is its length.
    """

    acts: int = 0
    last: datetime | None = None
    returned_at: datetime | None = None
    silent_days: int | None = None


def rhythm_of(times: Iterable[datetime]) -> Rhythm:
    """Read one person's times, which come oldest first."""
    acts, last, returned_at, silent = 0, None, None, None
    for moment in times:
        if last is not None and acts >= ACTS and moment - last >= SILENCE:
            returned_at, silent = moment, (moment - last).days
        acts, last = acts + 1, moment
    return Rhythm(acts, last, returned_at, silent)
