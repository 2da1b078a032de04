"""A backtest of the company's own history, run by a worker."""

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, or_, select, update

from portal.accounts.models import User
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.errors import Refusal
from portal.foundation.text import gettext as _
from portal.listening.models import Mention
from portal.makers.models import Backtest, BacktestStatus, Person, PersonAuthor, Stage
from portal.makers.queries.acts import accounts_of, acts_of, brand_accounts
from portal.makers.queries.proof import open_backtest, weights_in_use
from portal.makers.scoring.backtest import Result, Truth, compare
from portal.makers.scoring.baselines import Ranking, Voice, baseline
from portal.makers.scoring.reading import SECONDS_OF_DAY, score

LEASE = timedelta(minutes=30)
_PEOPLE_AT_ONCE = 2_000
_POSITIVE = 0.05
_NOT_RANKED = (Stage.OWN_STAFF, Stage.BOT, Stage.OBJECTED)


class NothingToTest(Refusal):
    """The dates that were asked for leave nothing to look at."""


def ask_backtest(*, until: date, horizon: int, truth: Truth, by: User) -> Backtest:
    """Have the score tried on our own history; a worker does it.

    Raises:
        NothingToTest: the date lies in the future.
    """
    if until >= now().date():
        raise NothingToTest(_("Choose a day that is over: what came after it is what the score is held against."))
    row = Backtest(until=until, horizon_days=horizon, truth=truth.value, asked_by_id=by.id)
    session().add(row)
    record("backtest.asked", row, by=by, after={"until": until.isoformat(), "days": horizon, "truth": truth.value})
    return row


def claim_backtest() -> int | None:
    """Take the backtest that has waited longest; None if none waits."""
    row = open_backtest()
    if row is None:
        return None
    free = or_(Backtest.lease_until.is_(None), Backtest.lease_until < now())
    taken = session().execute(
        update(Backtest)
        .where(Backtest.id == row.id, free)
        .values(lease_until=now() + LEASE, status=BacktestStatus.RUNNING)
        .execution_options(synchronize_session=False)
    )
    return row.id if taken.rowcount else None  # type: ignore[attr-defined]


def run_backtest(backtest_id: int) -> None:
    """Work one out and keep its table; what cannot be measured is kept as a sentence."""
    row = session().get_one(Backtest, backtest_id)
    if row.status is BacktestStatus.DONE:
        return
    until = datetime.combine(row.until, time.max, tzinfo=UTC)
    result = _measure(until, row.horizon_days, Truth(row.truth))
    row.finished_at, row.lease_until = now(), None
    if 0 < result.came_true < result.known:
        row.status, row.result = BacktestStatus.DONE, result.stored()
    else:
        row.status, row.error = BacktestStatus.FAILED, _why_nothing(result)


def _why_nothing(result: Result) -> str:
    if not result.known:
        return _("Nobody had been heard by then.")
    if not result.came_true:
        return _(
            "Of the people known then nobody turned out as looked for in the days after, so nothing can be measured."
        )
    return _("Everyone known then turned out as looked for: no ranking is better than another.")


def _measure(until: datetime, horizon: int, truth: Truth) -> Result:
    right = _came_true(until, until + timedelta(days=horizon), truth)
    values: dict[Ranking, list[float]] = {ranking: [] for ranking in Ranking}
    came_true = []
    for person_id, voice, total in _voices(until):
        came_true.append(person_id in right)
        values[Ranking.SCORE].append(total)
        for ranking in Ranking:
            if ranking is not Ranking.SCORE:
                values[ranking].append(baseline(ranking, voice))
    return Result(len(came_true), sum(came_true), compare(values, came_true) if came_true else [])


def _voices(until: datetime) -> Iterator[tuple[int, Voice, float]]:
    brand, weights = brand_accounts(), weights_in_use()
    for people in _in_parts():
        accounts = accounts_of(people)
        for person_id, acts in acts_of(accounts, at=until, brand=brand, until=until):
            voice = Voice(str(person_id), acts, followers=accounts[person_id].followers)
            voice.ages = [(until - act.at).total_seconds() / SECONDS_OF_DAY for act in acts]
            voice.warm = [act.tone is not None and act.tone >= _POSITIVE for act in acts]
            # Followers are of today, so the score of that day must not know them.
            yield person_id, voice, score(acts, at=until, weights=weights).total


def _in_parts() -> Iterator[Sequence[int]]:
    last = 0
    while True:
        next_ones = select(Person.id).where(Person.id > last, Person.stage.notin_(_NOT_RANKED)).order_by(Person.id)
        people = list(session().scalars(next_ones.limit(_PEOPLE_AT_ONCE)))
        if not people:
            return
        yield people
        last = people[-1]


def _came_true(after: datetime, until: datetime, truth: Truth) -> Collection[int]:
    wanted: ColumnElement[bool] = Mention.likes > 0 if truth is Truth.LIKED else Mention.tone >= _POSITIVE
    rows = (
        select(PersonAuthor.person_id)
        .join(Mention, Mention.author_id == PersonAuthor.author_id)
        .where(Mention.created_at > after, Mention.created_at <= until, wanted)
        .distinct()
    )
    return set(session().scalars(rows))
