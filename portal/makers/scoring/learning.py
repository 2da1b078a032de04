"""Weights learned from verdicts: a logistic regression over the five bars, held to what is there already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp

from portal.makers.scoring.measures import precision_at, spread_of
from portal.makers.scoring.weights import BARS

LEAST_LABELS = 50
LEAST_OF_EACH = 10
FOLDS = 5
# As if the present weights had been found on this many verdicts already.
_PULL = 25.0
_STEPS = 40


@dataclass(frozen=True, slots=True)
class Label:
    """A verdict, and the bars as they stood when it was given."""

    person_id: int
    bars: tuple[float, ...]
    is_fit: bool


@dataclass(frozen=True, slots=True)
class Lesson:
    """Proposed shares, and both tables on verdicts that neither had seen; `auc` and `at_k` of the present come second.

    Attributes:
        shares: of the five bars; they add up to 1.
        labels, fits: how many verdicts, and how many of them said fit.
        auc, at_k: (proposed, present), each verdict judged by weights that were learned without it.
        k: of the precision.
    """

    shares: dict[str, float]
    labels: int
    fits: int
    auc: tuple[float, float]
    at_k: tuple[float, float]
    k: int


def can_learn(labels: Sequence[Label]) -> bool:
    """Whether there are enough verdicts of both kinds."""
    fits = sum(label.is_fit for label in labels)
    return len(labels) >= LEAST_LABELS and min(fits, len(labels) - fits) >= LEAST_OF_EACH


def learn(labels: Sequence[Label], present: Mapping[str, float]) -> Lesson:
    """Propose shares, and try them on verdicts held back in five folds.

    The same labels give the same proposal, in whatever order they come.

    Args:
        labels: verdicts of both kinds, see `can_learn`.
        present: the shares in use.
    """
    ordered = sorted(labels, key=lambda label: label.person_id)
    folds = _folds(ordered)
    held_back = [0.0] * len(ordered)
    for number in range(FOLDS):
        known = [label for label, fold in zip(ordered, folds, strict=True) if fold != number]
        shares = _shares(known, present)
        for place, label in enumerate(ordered):
            if folds[place] == number:
                held_back[place] = _total(label, shares)
    truth = [label.is_fit for label in ordered]
    now = [_total(label, present) for label in ordered]
    k = min(10, sum(truth))
    return Lesson(
        shares=_shares(ordered, present),
        labels=len(ordered),
        fits=sum(truth),
        auc=(_auc(held_back, truth), _auc(now, truth)),
        at_k=(precision_at(held_back, truth, k), precision_at(now, truth, k)),
        k=k,
    )


def _folds(labels: Sequence[Label]) -> list[int]:
    """The fold of each, so that fits and misfits are spread evenly."""
    counts = {True: 0, False: 0}
    folds = []
    for label in labels:
        folds.append(counts[label.is_fit] % FOLDS)
        counts[label.is_fit] += 1
    return folds


def _total(label: Label, shares: Mapping[str, float]) -> float:
    return sum(shares[name] * value for name, value in zip(BARS, label.bars, strict=True))


def _auc(values: Sequence[float], truth: Sequence[bool]) -> float:
    spread = spread_of(values, truth)
    return spread.auc if spread else 0.5


def _shares(labels: Sequence[Label], present: Mapping[str, float]) -> dict[str, float]:
    """The regression's weights, none below nought, as shares that add up to 1 to two digits."""
    scale = _fit([(1.0, _total(label, present)) for label in labels], labels, prior=(0.0, 4.0), pull=1.0)[1]
    start = (0.0, *(max(scale, 1.0) * present[name] for name in BARS))
    found = _fit([(1.0, *label.bars) for label in labels], labels, prior=start, pull=_PULL)
    kept = [max(0.0, weight) for weight in found[1:]]
    if not sum(kept):
        return dict(present)
    shares = {name: round(weight / sum(kept), 2) for name, weight in zip(BARS, kept, strict=True)}
    largest = max(BARS, key=lambda name: shares[name])
    shares[largest] = round(shares[largest] + 1 - sum(shares.values()), 2)
    return shares


def _fit(
    rows: Sequence[tuple[float, ...]], labels: Sequence[Label], *, prior: Sequence[float], pull: float
) -> list[float]:
    """A logistic regression with a normal prior around what is known, by Newton's steps; the first column is free."""
    size = len(prior)
    weights = list(prior)
    pulls = [1e-6, *([pull / 4] * (size - 1))]
    for _step in range(_STEPS):
        slope = [pulls[i] * (prior[i] - weights[i]) for i in range(size)]
        bend = [[pulls[i] if i == j else 0.0 for j in range(size)] for i in range(size)]
        for row, label in zip(rows, labels, strict=True):
            chance = 1 / (1 + exp(-max(-30.0, min(30.0, sum(w * x for w, x in zip(weights, row, strict=True))))))
            for i in range(size):
                slope[i] += row[i] * (label.is_fit - chance)
                for j in range(size):
                    bend[i][j] += row[i] * row[j] * chance * (1 - chance)
        move = _solve(bend, slope)
        weights = [weight + step for weight, step in zip(weights, move, strict=True)]
        if max(map(abs, move)) < 1e-9:
            break
    return weights


def _solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Gauss with the largest pivot; the matrix is positive definite, for the prior sees to it."""
    size = len(right)
    rows = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    for i in range(size):
        pivot = max(range(i, size), key=lambda place: abs(rows[place][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        for below in range(i + 1, size):
            factor = rows[below][i] / rows[i][i]
            for j in range(i, size + 1):
                rows[below][j] -= factor * rows[i][j]
    found = [0.0] * size
    for i in reversed(range(size)):
        found[i] = (rows[i][size] - sum(rows[i][j] * found[j] for j in range(i + 1, size))) / rows[i][i]
    return found
