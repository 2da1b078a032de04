"""Whether the score is right: weights in use, verdicts as labels, backtests of the own history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from portal.accounts.models import User
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.listening.models import Author
from portal.makers.models import (
    Backtest,
    BacktestStatus,
    Opinion,
    PersonAuthor,
    RescoringPart,
    Score,
    Verdict,
    Weighting,
)
from portal.makers.scoring.backtest import Result, compare
from portal.makers.scoring.bars import Contribution
from portal.makers.scoring.baselines import Ranking, decayed, steadiness
from portal.makers.scoring.learning import Label
from portal.makers.scoring.weights import BARS, WEIGHTS, Weights

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Rescoring:
    """How far scoring everyone anew has come, in parts of people."""

    done: int
    parts: int


@dataclass(frozen=True, slots=True)
class Judged:
    """Verdicts beside what was known when they were given."""

    labels: list[Label]
    result: Result


def weighting_in_use() -> Weighting | None:
    """The shares that were switched on last; None means the delivered ones."""
    newest = select(Weighting).where(Weighting.switched_on_at.isnot(None))
    return session().scalars(newest.order_by(Weighting.switched_on_at.desc(), Weighting.id.desc()).limit(1)).first()


def weights_in_use() -> Weights:
    """The table that people are scored with now."""
    row = weighting_in_use()
    return WEIGHTS.with_shares(row.shares, version=row.version) if row else WEIGHTS


def weightings() -> list[tuple[Weighting, str, str | None]]:
    """The newest proposals and tables with who proposed and who switched them on."""
    proposer, switcher = aliased(User), aliased(User)
    rows = (
        select(Weighting, proposer.name, switcher.name)
        .join(proposer, proposer.id == Weighting.proposed_by_id)
        .outerjoin(switcher, switcher.id == Weighting.switched_on_by_id)
        .order_by(Weighting.id.desc())
        .limit(SHOWN)
    )
    return [(row, by, on_by) for row, by, on_by in session().execute(rows)]


def rescoring() -> Rescoring | None:
    """How far it is; None while nothing runs."""
    parts, done = session().execute(select(func.count(), func.count(RescoringPart.done_at))).one()
    return Rescoring(done, parts) if done < parts else None


def open_part() -> RescoringPart | None:
    """The next part that nobody works on."""
    waiting = select(RescoringPart).where(RescoringPart.done_at.is_(None), _is_free(RescoringPart.lease_until))
    return session().scalars(waiting.order_by(RescoringPart.id).limit(1)).first()


def backtests() -> list[tuple[Backtest, str]]:
    """The newest backtests of the own history, with who asked."""
    rows = select(Backtest, User.name).join(User, User.id == Backtest.asked_by_id).order_by(Backtest.id.desc())
    return [(row, name) for row, name in session().execute(rows.limit(SHOWN))]


def open_backtest() -> Backtest | None:
    """The one that has waited longest, or whose worker went away."""
    waiting = select(Backtest).where(
        Backtest.status.in_([BacktestStatus.WAITING, BacktestStatus.RUNNING]), _is_free(Backtest.lease_until)
    )
    return session().scalars(waiting.order_by(Backtest.id).limit(1)).first()


def judged_people() -> Judged:
    """Everyone with a verdict of fit or not a fit, with bars and mentions as they stood when it was given.

    Of several verdicts on one person the newest counts. Verdicts given before the person had a score of this
    formula are left out.
    """
    newest = select(func.max(Verdict.id)).group_by(Verdict.person_id)
    rows = (
        select(Verdict.person_id, Verdict.opinion, Score)
        .join(Score, Score.id == Verdict.score_id)
        .where(Verdict.id.in_(newest), Verdict.opinion != Opinion.LATER, Score.version >= WEIGHTS.version)
        .order_by(Verdict.person_id)
    )
    labels, values = [], dict[Ranking, list[float]]()
    found = list(session().execute(rows))
    followers = _followers([person_id for person_id, _opinion, _score in found])
    for person_id, opinion, score in found:
        labels.append(Label(person_id, tuple(getattr(score, name) for name in BARS), opinion is Opinion.FIT))
        for ranking, value in _values(score, followers.get(person_id, 0)).items():
            values.setdefault(ranking, []).append(value)
    truth = [label.is_fit for label in labels]
    return Judged(labels, Result(len(truth), sum(truth), compare(values, truth) if labels else []))


def _values(score: Score, followers: int) -> dict[Ranking, float]:
    lines = [Contribution(*line) for line in score.contributions]
    return {
        Ranking.SCORE: score.total,
        Ranking.COUNT: float(len(lines)),
        Ranking.FOLLOWERS: float(followers),
        Ranking.RECENT: decayed([line.age for line in lines]),
        Ranking.WARM_RECENT: decayed([line.age for line in lines if (line.lift or 0.0) > 0]),
        Ranking.CROWD: steadiness([line.age for line in lines]),
    }


def _followers(person_ids: Sequence[int]) -> dict[int, int]:
    rows = (
        select(PersonAuthor.person_id, func.sum(Author.followers))
        .join(Author, Author.id == PersonAuthor.author_id)
        .where(PersonAuthor.person_id.in_(person_ids))
        .group_by(PersonAuthor.person_id)
    )
    return {person_id: int(count or 0) for person_id, count in session().execute(rows)}


def _is_free(lease_until: InstrumentedAttribute[datetime | None]) -> ColumnElement[bool]:
    return or_(lease_until.is_(None), lease_until < now())
