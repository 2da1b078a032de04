"""The figures of the ledger, computed by the database and remembered while nothing has changed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, cast, func, null, or_, select, union_all

from portal.accounts.models import User
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.database.revisions import kept
from portal.foundation.text import distance_words, ngettext, working_words
from portal.foundation.text import gettext as _
from portal.ledger.models import OPEN, Idea, IdeaTag, Standing
from portal.ledger.visibility import COUNTS, EVERYONE, Reach, visible_ideas, within_circles


@dataclass(frozen=True)
class Figures:
    """How the company keeps its word.

    Attributes:
        counts: how many suggestions stand where.
        oldest_open: when the oldest one without an action or explanation came.
        median_minutes: working minutes to the first action or explanation; half took at most this long.
        p90_minutes: the same for nine of ten.
        kept: promises that were kept by an answer in time, of both kinds.
        broken: those answered late; what is over and waits for its answer still is beside it, see `broken_now`.
    """

    counts: dict[Standing, int]
    oldest_open: datetime | None = None
    median_minutes: int | None = None
    p90_minutes: int | None = None
    kept: int = 0
    broken: int = 0

    @cached_property
    def total(self) -> int:
        """Every suggestion."""
        return sum(self.counts.values())

    @cached_property
    def answered(self) -> int:
        """Those that ended in an action or an explanation."""
        return self.total - sum(self.counts.get(standing, 0) for standing in OPEN)

    def sentence(self, *, late: int = 0) -> str:
        """The figures in one line; empty before the first suggestion.

        Args:
            late: how many promises are broken now.
        """
        if not self.total:
            return ""
        parts = [_("Answered %(answered)s of %(total)s", answered=self.answered, total=self.total)]
        if self.median_minutes is not None:
            parts.append(_("median %(time)s", time=working_words(self.median_minutes)))
        if self.oldest_open is not None:
            age = max(now() - self.oldest_open, timedelta(minutes=1))
            days = ngettext("%(num)s day", "%(num)s days", age.days)
            words = days if age.days else distance_words(age)
            parts.append(_("oldest waiting %(age)s", age=words))
        if late:
            parts.append(ngettext("%(num)s late", "%(num)s late", late))
        return " · ".join(parts)


@dataclass(frozen=True)
class Scope:
    """Which suggestions are counted together: those of an owner, an author, a circle, an ask or a tag; else all.

    Attributes:
        is_own: the author is the reader, who sees what is held too.
    """

    owner_id: int | None = None
    proposed_by_id: int | None = None
    circle_id: int | None = None
    ask_id: int | None = None
    tag_id: int | None = None
    is_own: bool = False

    def seen(self, reach: Reach) -> ColumnElement[bool]:
        """The condition on `Idea` for what of it a reader with this reach sees."""
        asked = {
            Idea.owner_id: self.owner_id,
            Idea.proposed_by_id: self.proposed_by_id,
            Idea.circle_id: self.circle_id,
            Idea.ask_id: self.ask_id,
        }
        given = [column == value for column, value in asked.items() if value is not None]
        if self.tag_id is not None:
            given.append(Idea.id.in_(select(IdeaTag.idea_id).where(IdeaTag.tag_id == self.tag_id)))
        if self.is_own and self.proposed_by_id is not None:
            # What was joined with another is counted there.
            return and_(within_circles(reach), Idea.merged_into_id.is_(None), *given)
        return and_(visible_ideas(reach), *given)


EVERYTHING = Scope()


@kept(COUNTS)
def figures(reach: Reach = EVERYONE, scope: Scope = EVERYTHING) -> Figures:
    """The figures of what this reader may see; exact, and read again when a suggestion or an answer changes."""
    seen, is_narrow = scope.seen(reach), scope != EVERYTHING
    columns = (*_TALLIES, func.min(Idea.created_at)) if is_narrow else _TALLIES
    rows = session().execute(select(Idea.standing, *columns).where(seen).group_by(Idea.standing)).all()
    known = _tally([tuple(row) for row in rows])
    # Of all of them each figure is an entry of an index; of a few the others would only be in the way.
    minutes: Any = Idea.decided_minutes + 0 if is_narrow else Idea.decided_minutes
    oldest = [] if is_narrow else _oldest_open(known.counts, seen)
    found = _entries([*oldest, *_times(sum(row[2] for row in rows), seen, minutes)])
    if not is_narrow:
        known = replace(known, oldest_open=min((row.moment for row in found if row.moment), default=None))
    times = sorted(row.minutes for row in found if row.moment is None)
    return replace(known, median_minutes=times[0], p90_minutes=times[-1]) if times else known


def late_now(reach: Reach = EVERYONE, scope: Scope = EVERYTHING) -> int:
    """How many suggestions wait at this moment for an answer whose time is over; counted to the minute."""
    return _late_at(reach, scope, now().replace(second=0, microsecond=0))[0]


def broken_now(reach: Reach = EVERYONE, scope: Scope = EVERYTHING) -> int:
    """How many promises are over at this moment and wait for their answer: up to both of a suggestion nobody read."""
    return sum(_late_at(reach, scope, now().replace(second=0, microsecond=0)))


@kept(COUNTS)
def _late_at(reach: Reach, scope: Scope, moment: datetime) -> tuple[int, int]:
    """Suggestions that are late, and how many of them are for the second promise while the first is not kept."""
    row = session().execute(select(func.count(), _is_twice(moment)).where(scope.seen(reach), is_late(moment))).one()
    return row[0], row[1]


def _is_twice(moment: datetime) -> ColumnElement[int]:
    return func.count().filter(Idea.standing == Standing.WAITING, Idea.decide_by < moment)


_TALLIES = (
    func.count(),
    func.count(Idea.decided_minutes),
    func.sum(Idea.promises_kept),
    func.sum(Idea.promises_broken),
)


def _tally(rows: Sequence[tuple[Any, ...]]) -> Figures:
    """Rows of a standing, the four tallies and, where it was asked for, when the oldest came."""
    return Figures(
        counts={row[0]: row[1] for row in rows},
        oldest_open=min((row[5] for row in rows if len(row) > 5 and row[0] in OPEN), default=None),
        kept=sum(row[3] for row in rows),
        broken=sum(row[4] for row in rows),
    )


def is_late(moment: Any) -> ColumnElement[bool]:
    """The condition on `Idea` that its running promise is broken at this moment, a value or a parameter."""
    return or_(
        and_(Idea.standing == Standing.WAITING, Idea.acknowledge_by < moment),
        and_(Idea.standing == Standing.HEARD, Idea.decide_by < moment),
    )


def _oldest_open(counts: dict[Standing, int], seen: ColumnElement[bool]) -> list[Select[Any]]:
    """When the oldest one without an action or explanation came: the first entry of the index for each standing."""
    return [
        select(Idea.created_at.label("moment"), _NO_MINUTES.label("minutes"))
        .where(seen, Idea.standing == standing)
        .order_by(Idea.created_at)
        .limit(1)
        for standing in OPEN
        if counts.get(standing)
    ]


def _times(decided: int, seen: ColumnElement[bool], minutes: Any) -> list[Select[Any]]:
    """The median and the ninetieth percentile of so many times, counted off in their order."""
    if not decided:
        return []
    known = select(_NO_MOMENT.label("moment"), minutes.label("minutes")).where(seen, Idea.decided_minutes.is_not(None))
    return [
        known.order_by(minutes).offset((decided + 1) // 2 - 1).limit(1),
        # Nine of ten lie nearer to the end.
        known.order_by(minutes.desc()).offset(decided - (decided * 9 + 9) // 10).limit(1),
    ]


def _entries(wanted: list[Select[Any]]) -> Sequence[Any]:
    """Each of these entries, read in one statement."""
    if not wanted:
        return []
    parts = [part.subquery() for part in wanted]
    return session().execute(union_all(*(select(part.c.moment, part.c.minutes) for part in parts))).all()


_NO_MOMENT: Any = cast(null(), Idea.created_at.type)
_NO_MINUTES: Any = cast(null(), Integer)


@dataclass(frozen=True)
class OwnerFigures:
    """How one person of the staff keeps their word, and how many of their promises are broken now."""

    id: int
    name: str
    figures: Figures
    late: int
    # Promises of theirs that are over and wait for their answer.
    broken_now: int = 0

    @property
    def open(self) -> int:
        """How many wait for their action or explanation."""
        return self.figures.total - self.figures.answered


def owner_figures(reach: Reach) -> list[OwnerFigures]:
    """Each active owner, whoever has most open first, at most 50; what is late is counted now."""
    moment = now().replace(second=0, microsecond=0)
    counted = select(Idea.owner_id, func.count(), _is_twice(moment)).where(visible_ideas(reach), is_late(moment))
    late = {row[0]: (row[1], row[1] + row[2]) for row in session().execute(counted.group_by(Idea.owner_id))}
    rows = [OwnerFigures(number, name, known, *late.get(number, (0, 0))) for number, name, known in _by_owner(reach)]
    return sorted(rows, key=lambda row: (-row.open, row.id))[:50]


@kept(COUNTS)
def _by_owner(reach: Reach) -> tuple[tuple[int, str, Figures], ...]:
    seen = visible_ideas(reach)
    counted = (
        select(User.id, User.name, Idea.standing, *_TALLIES, func.min(Idea.created_at))
        .join(Idea, Idea.owner_id == User.id)
        .where(seen, User.suspended_at.is_(None))
        .group_by(User.id, User.name, Idea.standing)
        .order_by(User.id)
    )
    times = _times_by_owner(seen)
    found = []
    for (number, name), rows in groupby(session().execute(counted), key=lambda row: (row[0], row[1])):
        median, p90 = times.get(number, (None, None))
        known = _tally([tuple(row[2:]) for row in rows])
        found.append((number, name, replace(known, median_minutes=median, p90_minutes=p90)))
    return tuple(found)


def _times_by_owner(seen: ColumnElement[bool]) -> dict[int, tuple[int, int]]:
    """The median and the ninetieth percentile of each owner, in one walk."""
    ranked = (
        select(
            Idea.owner_id,
            Idea.decided_minutes.label("minutes"),
            func.row_number().over(partition_by=Idea.owner_id, order_by=Idea.decided_minutes).label("place"),
            func.count().over(partition_by=Idea.owner_id).label("decided"),
        )
        .where(seen, Idea.decided_minutes.is_not(None))
        .subquery()
    )
    at_median = ranked.c.place == (ranked.c.decided + 1) // 2
    at_p90 = ranked.c.place == (ranked.c.decided * 9 + 9) // 10
    rows = session().execute(
        select(
            ranked.c.owner_id,
            func.max(ranked.c.minutes).filter(at_median),
            func.max(ranked.c.minutes).filter(at_p90),
        ).group_by(ranked.c.owner_id)
    )
    return {row[0]: (row[1], row[2]) for row in rows}
