"""The figures of the ledger, computed by the database and remembered while nothing has changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from babel import dates
from sqlalchemy import ColumnElement, and_, func, not_, or_, select, union_all

from portal.accounts.models import User
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.database.revisions import kept
from portal.foundation.text import gettext as _
from portal.foundation.text import ngettext, working_words
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
        kept: promises that were kept by an answer in time, of both kinds; `broken` those answered late.
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

    def sentence(self, locale: str = "en") -> str:
        """The figures in one line; empty before the first suggestion."""
        if not self.total:
            return ""
        parts = [_("Answered %(answered)s of %(total)s", answered=self.answered, total=self.total)]
        if self.median_minutes is not None:
            parts.append(_("median %(time)s", time=working_words(self.median_minutes)))
        if self.oldest_open is not None:
            age = max(now() - self.oldest_open, timedelta(minutes=1))
            days = ngettext("%(num)s day", "%(num)s days", age.days)
            words = days if age.days else dates.format_timedelta(age, locale=locale, threshold=1.2)
            parts.append(_("oldest waiting %(age)s", age=words))
        return " · ".join(parts)


@kept(COUNTS)
def figures(reach: Reach = EVERYONE) -> Figures:
    """The figures of what this reader may see; exact, and read again when a suggestion or an answer changes."""
    return _compute(reach)


@kept(COUNTS)
def standing_counts(
    *,
    reach: Reach = EVERYONE,
    owner_id: int | None = None,
    proposed_by_id: int | None = None,
    circle_id: int | None = None,
    ask_id: int | None = None,
    tag_id: int | None = None,
    is_own: bool = False,
) -> dict[Standing, int]:
    """How many suggestions of one owner, author, circle, ask or tag stand where, read again when one changes.

    Args:
        reach: what the reader may see.
        is_own: the author is the reader, who sees what is held too.
    """
    seen = within_circles(reach) if is_own else visible_ideas(reach)
    statement = select(Idea.standing, func.count()).where(seen).group_by(Idea.standing)
    asked = {"owner_id": owner_id, "proposed_by_id": proposed_by_id, "circle_id": circle_id, "ask_id": ask_id}
    statement = statement.filter_by(**{name: value for name, value in asked.items() if value is not None})
    if tag_id is not None:
        statement = statement.where(Idea.id.in_(select(IdeaTag.idea_id).where(IdeaTag.tag_id == tag_id)))
    return {row[0]: row[1] for row in session().execute(statement)}


def _compute(reach: Reach) -> Figures:
    seen = visible_ideas(reach)
    rows: Sequence[Any] = (
        session()
        .execute(
            select(
                Idea.standing,
                func.count(),
                func.count(Idea.decided_minutes),
                func.sum(Idea.promises_kept),
                func.sum(Idea.promises_broken),
            )
            .where(seen)
            .group_by(Idea.standing)
        )
        .all()
    )
    counts = {row[0]: row[1] for row in rows}
    decided, kept, broken = (sum(row[place] for row in rows) for place in (2, 3, 4))
    median, p90 = _times(seen, decided)
    return Figures(counts, _oldest_open(seen, counts), median, p90, kept, broken)


def _oldest_open(seen: ColumnElement[bool], counts: dict[Standing, int]) -> datetime | None:
    """When the oldest one without an action or explanation came: the first entry of the index for each standing."""
    firsts = [
        select(Idea.created_at).where(seen, Idea.standing == standing).order_by(Idea.created_at).limit(1).subquery()
        for standing in OPEN
        if counts.get(standing)
    ]
    if not firsts:
        return None
    found: list[datetime] = list(session().scalars(union_all(*(select(first.c.created_at) for first in firsts))))
    return min(found)


def _times(seen: ColumnElement[bool], decided: int) -> tuple[int | None, int | None]:
    """The median and the ninetieth percentile of so many times: both are entries of the index, counted off."""
    if not decided:
        return None, None
    known = (seen, Idea.decided_minutes.is_not(None))
    upwards = select(Idea.decided_minutes.label("minutes")).where(*known).order_by(Idea.decided_minutes)
    downwards = select(Idea.decided_minutes.label("minutes")).where(*known).order_by(Idea.decided_minutes.desc())
    places = [
        upwards.offset((decided + 1) // 2 - 1).limit(1).subquery(),
        # Nine of ten lie nearer to the end.
        downwards.offset(decided - (decided * 9 + 9) // 10).limit(1).subquery(),
    ]
    found = sorted(session().scalars(union_all(*(select(place.c.minutes) for place in places))))
    return found[0], found[-1]


@dataclass(frozen=True)
class OwnerFigures:
    """How one person of the staff stands: what is open, what of it is late, and what is settled."""

    id: int
    name: str
    open: int
    late: int
    settled: int


def owner_figures(reach: Reach) -> list[OwnerFigures]:
    """Each active owner with their suggestions, whoever has most open first; counted now, at most 50."""
    moment = now()
    is_open = Idea.standing.in_(OPEN)
    is_late = or_(
        and_(Idea.standing == Standing.WAITING, Idea.acknowledge_by < moment),
        and_(Idea.standing == Standing.HEARD, Idea.decide_by < moment),
    )
    open_count = func.count().filter(is_open)
    rows = session().execute(
        select(User.id, User.name, open_count, func.count().filter(is_late), func.count().filter(not_(is_open)))
        .join(Idea, Idea.owner_id == User.id)
        .where(visible_ideas(reach), User.suspended_at.is_(None))
        .group_by(User.id, User.name)
        .order_by(open_count.desc(), User.id)
        .limit(50)
    )
    return [OwnerFigures(*row) for row in rows]
