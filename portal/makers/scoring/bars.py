"""The five bars and the total, made from contributions alone, so that a score can be checked years later."""

from collections.abc import Iterable, Sequence
from math import exp, log, log1p, log10
from typing import NamedTuple, cast

from portal.makers.scoring.weights import BARS, WEIGHTS, Weights

_CERTAIN = 700.0


class Contribution(NamedTuple):
    """What one mention brought; stored as a plain list, and enough to make the bars again.

    `create` and `advise` are points, faded by age; `lift` is the tone, above the person's usual one where that is
    known, None where no tone could be read or the mention serves as the baseline itself; `weight` is the worth of its
    kind when new; `age` is in days; the last three are the factors between 0 and 1.
    """

    mention_id: int
    create: float
    advise: float
    lift: float | None
    weight: float
    age: float
    relevance: float
    originality: float
    length: float


class Bars(NamedTuple):
    """The five bars, each from 0 to 1."""

    create: float
    persist: float
    love: float
    advise: float
    reach: float


def bars_of(contributions: Iterable[Contribution], *, reach: float, weights: Weights = WEIGHTS) -> Bars:
    """The bars of one person.

    Create and Advise add up points, Love warm words; each mention counts half after every half-life. Persist asks
    how likely someone is to be heard again, and whether they are still here.
    """
    half_life, visit = weights.half_life, weights.visit
    create = advise = warm = cold = 0.0
    visits: dict[int, float] = {}
    newest, oldest, nearest = float("inf"), 0.0, 0.0
    for _id, _create, helps, lift, weight, age, relevance, originality, length in contributions:
        fade = 0.5 ** (age / half_life)
        kept = relevance * originality
        if kept:
            points = weight * kept * length * fade
            create += points
            if helps:
                advise += points
            number = int(age / visit)
            if kept > visits.get(number, 0.0):
                visits[number] = kept
            newest, oldest, nearest = min(newest, age), max(oldest, age), max(nearest, relevance)
        if lift:
            if lift > 0:
                warm += lift * originality * fade
            else:
                cold -= lift * originality * fade
    if not visits:
        return Bars(0.0, 0.0, 0.0, 0.0, reach)
    here = still_here(newest, oldest, weights=weights)
    again = heard_again(sum(visits[number] for number in sorted(visits)), newest, oldest, weights=weights)
    fondness = warm * (warm + weights.doubt) / (warm + cold + weights.doubt)
    return Bars(
        create=_bar(create, "create", weights),
        persist=round(nearest * (weights.still_here * here + (1 - weights.still_here) * again), 8),
        love=_bar(fondness, "love", weights),
        advise=_bar(advise, "advise", weights),
        reach=reach,
    )


def still_here(silence: float, acquaintance: float, *, weights: Weights = WEIGHTS) -> float:
    """How sure one may be, from 0 to 1, that someone has not gone.

    As in the BG/NBD model (Fader, Hardie & Lee 2005) silence is held against the time since they were first heard:
    two months mean little of someone known for six years. Beyond that it halves with each `patience` of silence.

    Args:
        silence: days since they were last heard.
        acquaintance: days since they were first heard.
    """
    share = (silence + weights.grace) / (acquaintance + 2 * weights.grace)
    return float((1 - share) * 0.5 ** (silence / weights.patience))


def heard_again(visits: float, silence: float, acquaintance: float, *, weights: Weights = WEIGHTS) -> float:
    """How likely someone is to be heard again within `ahead` days, from 0 to 1.

    Silence is held against a person's own pace: two months mean little of someone heard every two months, and much of
    someone heard daily. The chance that they have not left is that of the MBG/NBD model (Batislam, Denizel &
    Filiztekin 2007), the pace is spread by a gamma distribution as in BG/NBD (Fader, Hardie & Lee 2005). As in
    `still_here`, silence beyond that halves it with each `patience`.

    Args:
        visits: how many times they came; one on which they only copied counts in part.
        silence: days since they were last heard.
        acquaintance: days since they were first heard.
    """
    pace = weights.pace
    returns = max(0.0, visits - 1)
    shape, seen = pace["shape"] + returns, pace["days"] + acquaintance
    # By logarithms: someone who spoke daily for years and then no more has left by odds that no float holds.
    has_left = log(pace["leave"] / (pace["stay"] + returns)) + shape * log(seen / (seen - silence))
    speaks = 1 - (seen / (seen + pace["ahead"])) ** shape
    return float(speaks / (1 + exp(min(_CERTAIN, has_left))) * 0.5 ** (silence / weights.patience))


def reach_of(followers: int, *, weights: Weights = WEIGHTS) -> float:
    """Cha et al. 2010: followers say little about influence, so this bar weighs least and grows by tens."""
    return round(min(1.0, log10(1 + max(0, followers)) / weights.reach_of_millions), 4)


def total_of(bars: Sequence[float], *, weights: Weights = WEIGHTS) -> float:
    """The score from 0 to 100: the bars by their shares."""
    return round(100 * sum(weights.shares[name] * value for name, value in zip(BARS, bars, strict=True)), 6)


def recompute(stored: Iterable[Sequence[float | None]], *, reach: float, weights: Weights = WEIGHTS) -> Bars:
    """The bars again, from contributions as a score row keeps them."""
    return bars_of(cast(Iterable[Contribution], stored), reach=reach, weights=weights)


def _bar(amount: float, name: str, weights: Weights) -> float:
    # Eight digits: among people with a single mention each, the last ones say whose is newer.
    unit = weights.units[name]
    return round(min(1.0, log1p(amount / unit) / log1p(weights.full[name] / unit)), 8)
