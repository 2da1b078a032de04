"""The rankings that the score has to beat, each from the same mentions."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import sqrt

from portal.makers.scoring.reading import DAYS_OF_MONTH, Act

HALF_LIFE = 60.0
_WEEKS = 4


class Ranking(StrEnum):
    """By what people are ranked."""

    SCORE = "score"
    COUNT = "count"
    FOLLOWERS = "followers"
    RECENT = "recent"
    WARM_RECENT = "warm_recent"
    CROWD = "crowd"


@dataclass(slots=True)
class Voice:
    """One author as known at a date, and what came of them.

    Attributes:
        name: the handle, or a number.
        acts: what they said until the date, and `ages` how many days before it.
        warm: of each of these, whether it was positive in the sense of the truth.
        came_true: whether they did afterwards what is looked for.
        is_left_out: they may not be ranked: a bot, or one of the brand's own.
    """

    name: str
    acts: list[Act] = field(default_factory=list)
    ages: list[float] = field(default_factory=list)
    warm: list[bool] = field(default_factory=list)
    followers: int | None = None
    came_true: bool = False
    is_left_out: bool = False


def baseline(ranking: Ranking, voice: Voice) -> float:
    """What a voice is worth by one of the baselines."""
    if ranking is Ranking.COUNT:
        return float(len(voice.acts))
    if ranking is Ranking.FOLLOWERS:
        return float(voice.followers or 0)
    if ranking is Ranking.RECENT:
        return decayed(voice.ages)
    if ranking is Ranking.WARM_RECENT:
        return decayed([age for age, warm in zip(voice.ages, voice.warm, strict=True) if warm])
    return steadiness(voice.ages)


def decayed(ages: Sequence[float]) -> float:
    """Recency times frequency: each mention counts half after every sixty days."""
    return float(sum(0.5 ** (age / HALF_LIFE) for age in ages))


def steadiness(ages: Sequence[float]) -> float:
    """crowd.dev's engagement score: of each month, mean ÷ (1 + standard deviation) × 0.9^months, summed up.

    Mean and deviation are those of the mentions in the weeks of the month.
    """
    months: dict[int, list[int]] = {}
    for age in ages:
        weeks = months.setdefault(int(age / DAYS_OF_MONTH), [0] * _WEEKS)
        weeks[min(_WEEKS - 1, int(age % DAYS_OF_MONTH / DAYS_OF_MONTH * _WEEKS))] += 1
    total = 0.0
    for month in sorted(months):
        weeks = months[month]
        mean = sum(weeks) / _WEEKS
        deviation = sqrt(sum((week - mean) ** 2 for week in weeks) / _WEEKS)
        total += mean / (1 + deviation) * 0.9**month
    return total
