"""Where and when somebody speaks: channels, days of the week, hours of the day, formats, languages; pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import sqrt
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
    """The three hours in which more was said than by chance, and of how much; on any day if there is no weekday."""

    weekday: int | None
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
        """When most is said there; None where too little was said, or as much at any other time.

        The fullest of many windows is full by chance alone: it has to stand four standard deviations above the mean
        of words that come at any hour alike.
        """
        grid = self.grid.get(channel)
        total = sum(map(sum, grid)) if grid else 0
        if grid is None or total < LEAST:
            return None
        windows = [(_window(grid, day, hour), day, hour) for day in range(DAYS) for hour in range(HOURS)]
        count, day, hour = max(windows, key=lambda one: (one[0], -one[1], -one[2]))
        of_hour = [sum(_window(grid, each, start) for each in range(DAYS)) for start in range(HOURS)]
        # Whoever speaks every evening is not one for Mondays.
        by_day = of_hour[hour] / DAYS
        if _is_more(count, total * WINDOW / (DAYS * HOURS)) and count >= by_day + 2 * sqrt(by_day):
            return Best(day, hour, count, total)
        most = max(of_hour)
        return Best(None, of_hour.index(most), most, total) if _is_more(most, total * WINDOW / HOURS) else None


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


def _is_more(count: int, usual: float) -> bool:
    return count >= LEAST_IN_WINDOW and count >= usual + 4 * sqrt(usual)


def _window(grid: Sequence[Sequence[int]], day: int, hour: int) -> int:
    # The hours after midnight belong to the next day.
    places = ((day + (hour + step) // HOURS, (hour + step) % HOURS) for step in range(WINDOW))
    return sum(grid[on % DAYS][at] for on, at in places)
