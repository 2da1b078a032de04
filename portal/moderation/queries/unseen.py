"""What waits in circles where nobody can look at it: no manager is inside, but perhaps the one who wrote it.

Managers run every circle, so they are told that something waits and where. What it is stays closed to them until
they have a place there.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CompoundSelect, Select, func, literal, select, union_all

from portal.accounts.models import User
from portal.community.models import Circle
from portal.community.seats import manager_inside
from portal.foundation.database import session
from portal.ledger.models import AuthorWord, Comment, Idea
from portal.ledger.visibility import Reach, reach_of
from portal.moderation.models import Appeal, Decision, Report
from portal.moderation.queries.subjects import with_idea, wrote

SHOWN = 200


@dataclass(frozen=True)
class Unseen:
    """One thing that waits unseen: `what` and `id` name its row, `since` is from when on it waits."""

    what: str
    id: int
    since: datetime


@dataclass(frozen=True)
class UnseenRoom:
    """A circle in which something waits unseen, and how much."""

    circle_id: int
    name: str
    waiting: int


def unseen_by_managers(manager: User) -> list[Unseen]:
    """What waits in circles that this manager is not inside of, and that nobody there may decide; oldest first."""
    waits = _waiting(manager, reach_of(manager)).subquery("waits")
    rows = session().execute(select(waits).order_by(waits.c.since, waits.c.what, waits.c.id).limit(SHOWN))
    return [Unseen(row.what, row.id, row.since) for row in rows]


def count_unseen(manager: User, reach: Reach) -> Select[Any]:
    """How many they are, as a query to build on."""
    return select(func.count()).select_from(_waiting(manager, reach).subquery("waits"))


def unseen_rooms(manager: User, reach: Reach) -> Select[Any]:
    """The circles in which they wait, as a query to build on: circle, how many, name."""
    waits = _waiting(manager, reach).subquery("waits")
    many = func.count().label("number")
    rooms = select(waits.c.circle_id, many, Circle.name).join(Circle, Circle.id == waits.c.circle_id)
    return rooms.group_by(waits.c.circle_id, Circle.name)


def _waiting(manager: User, reach: Reach) -> CompoundSelect[Any]:
    ideas = _rows("idea", Idea).where(Idea.held_at.is_not(None), Idea.removed_at.is_(None))
    comments = _rows("comment", Comment).join(Idea, Idea.id == Comment.idea_id)
    words = _rows("word", AuthorWord).join(Idea, Idea.id == AuthorWord.idea_id)
    reports = with_idea(_rows("report", Report), Report).where(Report.settled_at.is_(None))
    appeals = with_idea(_rows("appeal", Appeal).join(Decision, Decision.id == Appeal.decision_id), Decision)
    sources = (
        (ideas, Idea.proposed_by_id),
        (comments.where(Comment.held_at.is_not(None), Comment.removed_at.is_(None)), Comment.author_id),
        (words.where(AuthorWord.held_at.is_not(None), AuthorWord.removed_at.is_(None)), AuthorWord.said_by_id),
        (reports, wrote(Report)),
        (appeals.where(Appeal.settled_at.is_(None)), wrote(Decision)),
    )
    return union_all(*(_unseen(rows, author, manager, reach) for rows, author in sources))


def _rows(what: str, table: Any) -> Select[Any]:
    since = table.created_at if table in (Report, Appeal) else table.held_at
    return select(literal(what).label("what"), table.id, Idea.circle_id, since.label("since")).select_from(table)


def _unseen(rows: Select[Any], author: Any, manager: User, reach: Reach) -> Select[Any]:
    """Of what waits: what stands in a circle that is not this manager's, and nobody inside may decide."""
    return rows.where(
        Idea.circle_id.is_not(None),
        Idea.circle_id.not_in(sorted(reach.circles)),
        author.is_distinct_from(manager.id),
        ~manager_inside(Idea.circle_id, besides=author),
    )
