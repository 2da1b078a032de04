"""Where and when somebody speaks: channels, days of the week, hours of the day, formats, languages; pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

DAYS, HOURS = 7, 24
# Hours that lie together; fewer mentions than this in the fullest of them say nothing.
WINDOW = 3
LEAST = 6
LEAST_IN_WINDOW = 3


class Said(NamedTuple):
    """One mention as far as its place and moment go."""

    channel: str
    at: datetime
    kind: str
    lang: str | None


@dataclass(frozen=True, slots=True)
class Best:
    """The three hours of a week in which most was said, and of how much."""

    weekday: int
    hour: int
    count: int
    of: int

    @property
    def until(self) -> int:
        """The hour at which they end."""
        return (self.hour + WINDOW) % HOURS


@dataclass(frozen=True, slots=True)
class Habits:
    """Counts of what was said.

    Attributes:
        channels, kinds, languages: with how many mentions each, most first.
        grid: of each channel and of all together (""), mentions by weekday (Monday first) and hour.
    """

    total: int
    channels: list[tuple[str, int]]
    kinds: list[tuple[str, int]]
    languages: list[tuple[str, int]]
    grid: dict[str, list[list[int]]]

    def best(self, channel: str = "") -> Best | None:
        """When most is said there; None where too little is to say so."""
        grid = self.grid.get(channel)
        total = sum(map(sum, grid)) if grid else 0
        if grid is None or total < LEAST:
            return None
        windows = [(_window(grid, day, hour), day, hour) for day in range(DAYS) for hour in range(HOURS)]
        count, day, hour = max(windows, key=lambda one: (one[0], -one[1], -one[2]))
        return Best(day, hour, count, total) if count >= LEAST_IN_WINDOW else None


def habits_of(said: Iterable[Said], zone: ZoneInfo) -> Habits:
    """Count what was said, by the clock of this zone."""
    channels: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    languages: Counter[str] = Counter()
    grid: dict[str, list[list[int]]] = {"": _empty()}
    for one in said:
        moment = one.at.astimezone(zone)
        channels[one.channel] += 1
        kinds[one.kind] += 1
        if one.lang:
            languages[one.lang] += 1
        grid[""][moment.weekday()][moment.hour] += 1
        if one.channel not in grid:
            grid[one.channel] = _empty()
        grid[one.channel][moment.weekday()][moment.hour] += 1
    return Habits(channels.total(), _most(channels), _most(kinds), _most(languages), grid)


def _empty() -> list[list[int]]:
    return [[0] * HOURS for _day in range(DAYS)]


def _most(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))


def _window(grid: Sequence[Sequence[int]], day: int, hour: int) -> int:
    # The hours after midnight belong to the next day.
    places = ((day + (hour + step) // HOURS, (hour + step) % HOURS) for step in range(WINDOW))
    return sum(grid[on % DAYS][at] for on, at in places)
