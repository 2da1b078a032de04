"""One pure pass over a person's mentions: five bars, a score, and what each mention brought."""

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import log10, sqrt
from operator import attrgetter
from typing import NamedTuple

from portal.makers.scoring.weights import WEIGHTS_V1, Weights

SECONDS_OF_MONTH = 365.25 / 12 * 86_400


class Addressee(StrEnum):
    """Whom a mention speaks to."""

    EVERYONE = "everyone"
    THEMSELVES = "themselves"
    BRAND = "brand"
    OTHERS = "others"


class Act(NamedTuple):
    """One mention as the score sees it; `is_about` is false where its place is kept whole and nothing matched."""

    id: int
    channel: str
    kind: str
    at: datetime
    length: int
    is_copy: bool
    tone: float | None
    is_question: bool
    is_suggestion: bool
    is_creation: bool
    is_about: bool = True
    addressee: Addressee = Addressee.EVERYONE
    answers_question: bool = False


class Contribution(NamedTuple):
    """What one mention brought; stored as a plain list, and enough to make the bars again.

    `create` and `advise` are points; `lift` is the tone above the baseline, None where no tone could be read or the
    mention serves as the baseline itself; `age` is in months; the last four are the factors between 0 and 1.
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


@dataclass(frozen=True, slots=True)
class Reading:
    """A person's score at one moment, and everything it stands on.

    Attributes:
        contributions: one for each mention of the window, the newest last.
        months: mentions in each of the last twelve months, oldest first.
        best: the mentions that speak best for this person, at most three.
    """

    version: int
    total: float
    bars: Bars
    is_critic: bool
    contributions: list[Contribution]
    months: list[int]
    best: list[int]


def score(
    acts: Sequence[Act],
    *,
    at: datetime,
    followers: int = 0,
    usual_tone: Mapping[str, float] | None = None,
    weights: Weights = WEIGHTS_V1,
) -> Reading:
    """Read one person.

    Mentions older than the window are left out; a time in the future (a wrong clock, or a zone misread) counts as now.

    Args:
        acts: the person's mentions on every channel, in any order.
        at: the moment the score is for; the window ends here.
        followers: of all their accounts together, 0 where no channel says.
        usual_tone: the mean tone of each channel, for people whose own tone elsewhere is not known.
        weights: the table to read by.
    """
    contributions, months, suggestions = [], [0] * 12, 0
    baseline = _baseline(acts, usual_tone or {}, weights)
    for act in acts:
        age = max(0.0, (at - act.at).total_seconds() / SECONDS_OF_MONTH)
        if age >= weights.window:
            continue
        contributions.append(_weigh(act, age, baseline, weights))
        if age < 12:
            months[11 - int(age)] += 1
        suggestions += act.is_suggestion
    contributions.sort(key=attrgetter("age"), reverse=True)
    bars = bars_of(contributions, reach=_reach(followers, weights), weights=weights)
    return Reading(
        version=weights.version,
        total=total_of(bars, weights=weights) if contributions else 0.0,
        bars=bars,
        is_critic=_cares_and_criticises(bars, suggestions, weights),
        contributions=contributions,
        months=months,
        best=_best(contributions),
    )


def bars_of(contributions: Iterable[Contribution], *, reach: float, weights: Weights = WEIGHTS_V1) -> Bars:
    """Make the bars from stored contributions alone, so that a score can be checked years later.

    Love is shrunk towards the middle as Finn & Mustafaraj pool weak signals: a few warm words say little.
    """
    create = advise = love = said = 0.0
    ages: list[float] = []
    monthly: dict[int, float] = {}
    for one in contributions:
        if one.lift is not None:
            love += one.lift * one.originality
            said += one.originality
        if one.create > 0:
            create += one.create
            advise += one.advise
            ages.append(one.age)
            month = int(one.age)
            monthly[month] = monthly.get(month, 0.0) + one.create
    if not ages:
        return Bars(0.0, 0.0, 0.0, 0.0, reach)
    shrunk = love / (said + weights.shrink_love)
    return Bars(
        create=round(create / (create + weights.half_create), 4),
        persist=round(_persist(monthly, ages, weights), 4),
        love=round(min(1.0, max(0.0, (1 + shrunk) / 2)), 4),
        advise=round(advise / (advise + weights.half_advise), 4),
        reach=reach,
    )


def total_of(bars: Bars, *, weights: Weights = WEIGHTS_V1) -> float:
    """The score from 0 to 100."""
    shares = weights.shares
    weighted = (shares[name] * value for name, value in zip(Bars._fields, bars, strict=True))
    return round(100 * sum(weighted), 2)


def recompute(stored: Iterable[Sequence[float | None]], *, reach: float, weights: Weights = WEIGHTS_V1) -> Bars:
    """The bars again, from contributions as a score row keeps them."""
    return bars_of([Contribution(*row) for row in stored], reach=reach, weights=weights)  # type: ignore[arg-type]


def _weigh(act: Act, age: float, baseline: Mapping[str, float], weights: Weights) -> Contribution:
    weight = _worth(act, weights)
    relevance = 1.0 if act.is_about else weights.beside_the_brand
    length = 1.0
    if act.kind not in weights.whole_works:
        length = round(min(1.0, max(weights.least_length, act.length / weights.full_length)), 2)
    originality = 1.0
    if act.is_copy:
        originality = weights.copy
    if act.kind == "repost" and act.addressee is Addressee.BRAND:
        originality = 0.0
    points = round(weight * weights.decay**age * relevance * originality * length, 3)
    helps = act.addressee is Addressee.OTHERS and not act.is_question and act.kind not in {"repost", "quote"}
    lift = None
    if act.tone is not None and (act.is_about or "" not in baseline):
        lift = round(act.tone - baseline.get("", baseline.get(act.channel, 0.0)), 3)
    return Contribution(
        mention_id=act.id,
        create=points,
        advise=points if helps or act.kind == "answer" else 0.0,
        lift=lift,
        weight=weight,
        age=round(age, 3),
        relevance=relevance,
        originality=originality,
        length=length,
    )


def _worth(act: Act, weights: Weights) -> float:
    """The weight of a kind, raised where the words or the thread say that a plain post was more than that."""
    worth = weights.kinds.get(act.kind, weights.plain_kind)
    if act.kind == "repost":
        return worth
    if act.answers_question and act.addressee is Addressee.OTHERS and not act.is_question:
        worth = max(worth, weights.answer)
    asks = act.kind in {"question", "issue"} or act.is_question or act.is_suggestion
    if asks and act.length >= weights.detail:
        worth = max(worth, weights.asks_in_detail)
    if act.is_creation:
        worth = max(worth, weights.makes if act.addressee is Addressee.EVERYONE else weights.made_in_passing)
    return worth


def _baseline(acts: Iterable[Act], usual_tone: Mapping[str, float], weights: Weights) -> Mapping[str, float]:
    """The person's own mean tone elsewhere (under ""), or that of each channel's people.

    Zhang & Moe 2021: what counts is how far someone's words on the brand stand above their usual ones.
    """
    elsewhere = [act.tone for act in acts if act.tone is not None and not act.is_about]
    if len(elsewhere) < weights.own_baseline:
        return usual_tone
    return {"": sum(elsewhere) / len(elsewhere)}


def _persist(monthly: Mapping[int, float], ages: Sequence[float], weights: Weights) -> float:
    """Active months of all since first seen, times steadiness; a part of it asks whether they are still here.

    Steady beats bursty (crowd.dev's engagement score). Silence is measured by their own rhythm, as in the BG/NBD
    model (Fader, Hardie & Lee 2005): a week means little of someone heard twice a year, much of a daily voice.
    """
    oldest, newest = max(ages), min(ages)
    span = max(int(oldest) + 1, weights.least_months)
    mean = sum(monthly.values()) / span
    spread = sum((value - mean) ** 2 for value in monthly.values()) + (span - len(monthly)) * mean**2
    steady = len(monthly) / span / (1 + sqrt(spread / span) / mean)
    rhythm = (oldest + 1) / len(ages)
    here = 1 / (1 + newest / (weights.patience * rhythm))
    return (1 - weights.still_here) * steady + weights.still_here * here


def _reach(followers: int, weights: Weights) -> float:
    """Cha et al. 2010: followers say little about influence, so this bar weighs least and grows by tens."""
    return round(min(1.0, log10(1 + max(0, followers)) / weights.reach_of_millions), 4)


def _cares_and_criticises(bars: Bars, suggestions: int, weights: Weights) -> bool:
    limit = weights.critic
    return (
        bars.create >= limit["create"]
        and bars.persist >= limit["persist"]
        and bars.love <= limit["love"]
        and suggestions >= limit["suggestions"]
    )


def _best(contributions: Sequence[Contribution]) -> list[int]:
    """The three that brought most; own words in a warm tone first among equals."""
    top = heapq.nlargest(
        3, contributions, key=lambda one: (one.create + one.advise, one.lift or 0.0, -one.age, one.mention_id)
    )
    return [one.mention_id for one in top if one.originality == 1.0]
