"""One pure pass over a person's mentions: five bars, a score, and what each mention brought."""

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from operator import attrgetter
from typing import NamedTuple

from portal.makers.scoring.bars import Bars, Contribution, bars_of, reach_of, total_of
from portal.makers.scoring.weights import WEIGHTS, Weights

SECONDS_OF_DAY = 86_400
DAYS_OF_MONTH = 365.25 / 12


class Addressee(StrEnum):
    """Whom a mention speaks to."""

    EVERYONE = "everyone"
    THEMSELVES = "themselves"
    BRAND = "brand"
    OTHERS = "others"


class Act(NamedTuple):
    """One mention as the score sees it; `is_about` is false where its place is kept whole and nothing matched.

    `stance` is the author's own word, from -1 (against the brand) to 1 (for it), where the channel asks for one: 0
    if they gave none, None if nobody asked.
    """

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
    stance: float | None = None


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


def score(acts: Sequence[Act], *, at: datetime, followers: int = 0, weights: Weights = WEIGHTS) -> Reading:
    """Read one person.

    Mentions older than the window are left out; a time in the future (a wrong clock, or a zone misread) counts as now.

    Args:
        acts: the person's mentions on every channel, in any order.
        at: the moment the score is for; the window ends here.
        followers: of all their accounts together, 0 where no channel says.
        weights: the table to read by.
    """
    contributions, months, suggestions = [], [0] * 12, 0
    usual = _usual_tone(acts, weights)
    until, window = at.timestamp(), weights.window * DAYS_OF_MONTH
    for act in acts:
        age = max(0.0, (until - act.at.timestamp()) / SECONDS_OF_DAY)
        if age >= window:
            continue
        contributions.append(_weigh(act, round(age, 2), usual, weights))
        month = int(age / DAYS_OF_MONTH)
        if month < 12:
            months[11 - month] += 1
        suggestions += act.is_suggestion
    contributions.sort(key=attrgetter("age", "mention_id"), reverse=True)
    bars = bars_of(contributions, reach=reach_of(followers, weights=weights), weights=weights)
    return Reading(
        version=weights.version,
        total=total_of(bars, weights=weights) if contributions else 0.0,
        bars=bars,
        is_critic=_cares_and_criticises(bars, contributions, suggestions, weights),
        contributions=contributions,
        months=months,
        best=_best(contributions),
    )


def _weigh(act: Act, age: float, usual: float | None, weights: Weights) -> Contribution:
    kind = act.kind
    weight = _worth(act, weights)
    relevance = _relevance(act, weights)
    length = 1.0
    if act.length < weights.full_length and kind not in weights.whole_works:
        length = round(max(weights.least_length, act.length / weights.full_length), 2)
    originality = weights.copy if act.is_copy else 1.0
    if kind == "repost" and act.addressee is Addressee.BRAND:
        originality = 0.0
    points = round(weight * relevance * originality * length * 0.5 ** (age / weights.half_life), 4)
    helps = kind == "answer" or (
        act.addressee is Addressee.OTHERS and not act.is_question and kind != "repost" and kind != "quote"
    )
    tone = act.stance if act.stance is not None else act.tone
    if tone is not None and usual is not None:
        tone = tone - usual if act.is_about else None
    return Contribution(
        act.id,
        points,
        points if helps else 0.0,
        None if tone is None else round(tone, 3),
        weight,
        age,
        relevance,
        originality,
        length,
    )


def _relevance(act: Act, weights: Weights) -> float:
    """How much a mention speaks for the brand: whether it names it, and what its author says of it themselves."""
    relevance = 1.0 if act.is_about else weights.beside_the_brand
    if act.stance is None:
        return relevance
    if act.stance < 0:
        return round(relevance * weights.unsaid * (1 + act.stance), 3)
    return round(relevance * (weights.unsaid + (1 - weights.unsaid) * act.stance), 3)


def _worth(act: Act, weights: Weights) -> float:
    """The weight of a kind, raised where the words or the thread say that a plain post was more than that."""
    worth = weights.kinds.get(act.kind, weights.plain_kind)
    if act.kind == "repost":
        return worth
    if act.answers_question and act.addressee is Addressee.OTHERS and not act.is_question:
        worth = max(worth, weights.answer)
    asks = act.is_question or act.is_suggestion or act.kind in {"question", "issue"}
    if asks and act.length >= weights.detail:
        worth = max(worth, weights.asks_in_detail)
    if act.is_question and not act.is_suggestion and worth <= weights.asks_in_detail:
        # Whoever only needs an answer seldom comes back once they have it.
        worth = round(worth * weights.only_asks, 2)
    if act.is_creation:
        worth = max(worth, weights.makes if act.addressee is Addressee.EVERYONE else weights.made_in_passing)
    return worth


def _usual_tone(acts: Iterable[Act], weights: Weights) -> float | None:
    """The person's own mean tone elsewhere, if enough of it is known.

    Zhang & Moe 2021: what counts is how far someone's words on the brand stand above their usual ones.
    """
    elsewhere = [act.tone for act in acts if not act.is_about and act.tone is not None]
    return sum(elsewhere) / len(elsewhere) if len(elsewhere) >= weights.own_baseline else None


def _cares_and_criticises(
    bars: Bars, contributions: Iterable[Contribution], suggestions: int, weights: Weights
) -> bool:
    """Someone who makes much, stays, suggests, and is more often cold than warm: full of ideas."""
    least = weights.critic
    if suggestions < least["suggestions"] or bars.create < least["create"] or bars.persist < least["persist"]:
        return False
    return sum(one.lift or 0.0 for one in contributions) < 0


def _best(contributions: Sequence[Contribution]) -> list[int]:
    """The three that brought most; own words in a warm tone first among equals."""
    top = heapq.nlargest(
        3, contributions, key=lambda one: (one.create + one.advise, one.lift or 0.0, -one.age, one.mention_id)
    )
    return [one.mention_id for one in top if one.originality == 1.0]
