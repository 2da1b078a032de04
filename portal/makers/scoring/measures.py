"""How good a ranking is: precision at k, lift and AUC, each with an interval. Ties count as drawn by lot."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import sqrt
from operator import itemgetter

Z95 = 1.959964


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with the interval that holds the true one in 95 of 100 such samples."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Spread:
    """What each positive and each negative adds to an AUC, by which two rankings of the same people are compared."""

    positives: list[float]
    negatives: list[float]

    @property
    def auc(self) -> float:
        """The chance that a positive stands above a negative."""
        return sum(self.positives) / len(self.positives)


def precision_at(values: Sequence[float], truth: Sequence[bool], k: int) -> float:
    """The share of positives among the first k; those level with the last one are counted as drawn by lot.

    The result does not depend on the order in which people came.
    """
    k = min(k, len(values))
    if not k:
        return 0.0
    ordered = sorted(zip(values, truth, strict=True), key=itemgetter(0), reverse=True)
    found, taken = 0.0, 0
    for _value, group in groupby(ordered, key=itemgetter(0)):
        level = [hit for _, hit in group]
        room = min(k - taken, len(level))
        found += sum(level) * room / len(level)
        taken += room
        if taken == k:
            break
    return found / k


def wilson(share: float, count: int) -> Estimate:
    """A share of so many with its interval (Wilson 1927), which holds for small numbers too."""
    if not count:
        return Estimate(0.0, 0.0, 1.0)
    squared = Z95 * Z95
    middle = (share + squared / (2 * count)) / (1 + squared / count)
    half = Z95 / (1 + squared / count) * sqrt(share * (1 - share) / count + squared / (4 * count * count))
    return Estimate(share, max(0.0, middle - half), min(1.0, middle + half))


def spread_of(values: Sequence[float], truth: Sequence[bool]) -> Spread | None:
    """The parts of an AUC by midranks; None where all people are alike in truth (Sun & Xu 2014 for the way)."""
    hits = [value for value, hit in zip(values, truth, strict=True) if hit]
    rest = [value for value, hit in zip(values, truth, strict=True) if not hit]
    if not hits or not rest:
        return None
    among_all = _midranks([*hits, *rest])
    among_hits, among_rest = _midranks(hits), _midranks(rest)
    positives = [(among_all[place] - among_hits[place]) / len(rest) for place in range(len(hits))]
    negatives = [1 - (among_all[len(hits) + place] - among_rest[place]) / len(hits) for place in range(len(rest))]
    return Spread(positives, negatives)


def auc_of(spread: Spread) -> Estimate:
    """The AUC with its interval (DeLong, DeLong & Clarke-Pearson 1988)."""
    half = Z95 * sqrt(_variance(spread.positives) + _variance(spread.negatives))
    return Estimate(spread.auc, max(0.0, spread.auc - half), min(1.0, spread.auc + half))


def gain_of(ours: Spread, theirs: Spread) -> Estimate:
    """How much larger the first AUC is, with the interval of the difference over the same people (DeLong)."""
    positives = [one - other for one, other in zip(ours.positives, theirs.positives, strict=True)]
    negatives = [one - other for one, other in zip(ours.negatives, theirs.negatives, strict=True)]
    gain, half = ours.auc - theirs.auc, Z95 * sqrt(_variance(positives) + _variance(negatives))
    return Estimate(gain, gain - half, gain + half)


def _variance(parts: Sequence[float]) -> float:
    """The variance of the mean."""
    if len(parts) < 2:
        return 0.0
    mean = sum(parts) / len(parts)
    return sum((part - mean) ** 2 for part in parts) / (len(parts) - 1) / len(parts)


def _midranks(values: Sequence[float]) -> list[float]:
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks, start = [0.0] * len(values), 0
    for _value, group in groupby(order, key=values.__getitem__):
        level = list(group)
        for place in level:
            ranks[place] = start + (len(level) + 1) / 2
        start += len(level)
    return ranks
