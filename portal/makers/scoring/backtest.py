"""Whether the score was right: everyone as known at a date, ranked, against what they did afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from portal.makers.scoring.bars import Bars
from portal.makers.scoring.baselines import Ranking, Voice, baseline
from portal.makers.scoring.measures import Estimate, Spread, auc_of, gain_of, precision_at, spread_of, wilson
from portal.makers.scoring.reading import score
from portal.makers.scoring.weights import WEIGHTS, Weights

CURVE = (5, 10, 20, 50, 100, 200, 500)


class Truth(StrEnum):
    """What counts as having been right about someone."""

    POSITIVE = "positive"
    LIKED = "liked"
    LABEL = "label"


@dataclass(frozen=True, slots=True)
class Figures:
    """How well one ranking did; `gain` is by how much the score's AUC is above it."""

    ranking: Ranking
    at_10: Estimate
    at_50: Estimate
    lift: float
    auc: Estimate | None
    gain: Estimate | None
    curve: dict[int, float]


@dataclass(frozen=True, slots=True)
class Result:
    """The whole table. `known` people were ranked, `came_true` of them turned out as looked for."""

    known: int
    came_true: int
    figures: list[Figures]

    @property
    def base(self) -> float:
        """The share one would find by picking at random."""
        return self.came_true / self.known if self.known else 0.0

    @property
    def best(self) -> Figures:
        """The best of the baselines, by AUC."""
        rest = [one for one in self.figures if one.ranking is not Ranking.SCORE]
        return max(rest, key=lambda one: one.auc.value if one.auc else 0.0)

    @property
    def ours(self) -> Figures:
        """What the score reached."""
        return next(one for one in self.figures if one.ranking is Ranking.SCORE)

    def stored(self) -> dict[str, Any]:
        """The table as a row keeps it."""
        figures = [asdict(one) | {"curve": list(one.curve.items())} for one in self.figures]
        return {"known": self.known, "came_true": self.came_true, "figures": figures}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Result":
        """The table from a row."""
        return cls(kept["known"], kept["came_true"], [_restored(one) for one in kept["figures"]])


def _restored(kept: Mapping[str, Any]) -> Figures:
    estimates = {name: Estimate(**kept[name]) if kept[name] else None for name in ("at_10", "at_50", "auc", "gain")}
    curve = {int(k): float(share) for k, share in kept["curve"]}
    return Figures(**{**kept, **estimates, "ranking": Ranking(kept["ranking"]), "curve": curve})


def scores_of(voices: Sequence[Voice], *, at: datetime, weights: Weights = WEIGHTS) -> list[tuple[float, Bars]]:
    """The score of each at the date; followers are no part of it, since nobody knows how many there were then."""
    found = []
    for voice in voices:
        reading = score([] if voice.is_left_out else voice.acts, at=at, weights=weights)
        found.append((reading.total, reading.bars))
    return found


def judge_rankings(voices: Sequence[Voice], totals: Sequence[float]) -> Result:
    """Hold the score and the baselines against what came.

    Args:
        voices: everyone known at the date; those left out are not counted.
        totals: the score of each.
    """
    ranked = [(voice, total) for voice, total in zip(voices, totals, strict=True) if not voice.is_left_out]
    truth = [voice.came_true for voice, _total in ranked]
    values: dict[Ranking, list[float]] = {Ranking.SCORE: [total for _voice, total in ranked]}
    for ranking in Ranking:
        if ranking is Ranking.FOLLOWERS and all(voice.followers is None for voice, _total in ranked):
            continue
        if ranking is not Ranking.SCORE:
            values[ranking] = [baseline(ranking, voice) for voice, _total in ranked]
    return Result(len(truth), sum(truth), compare(values, truth))


def compare(values: Mapping[Ranking, Sequence[float]], truth: Sequence[bool]) -> list[Figures]:
    """The figures of several rankings of the same people; the score is one of them."""
    spreads = {ranking: spread_of(ranks, truth) for ranking, ranks in values.items()}
    ours = spreads[Ranking.SCORE]
    return [_figures(ranking, ranks, truth, spreads[ranking], ours) for ranking, ranks in values.items()]


def _figures(
    ranking: Ranking, ranks: Sequence[float], truth: Sequence[bool], spread: Spread | None, ours: Spread | None
) -> Figures:
    base = sum(truth) / len(truth) if truth else 0.0
    at_50 = precision_at(ranks, truth, 50)
    gain = gain_of(ours, spread) if ours and spread and ranking is not Ranking.SCORE else None
    return Figures(
        ranking=ranking,
        at_10=wilson(precision_at(ranks, truth, 10), min(10, len(truth))),
        at_50=wilson(at_50, min(50, len(truth))),
        lift=at_50 / base if base else 0.0,
        auc=auc_of(spread) if spread else None,
        gain=gain,
        curve={k: precision_at(ranks, truth, k) for k in CURVE if k <= len(truth)},
    )
