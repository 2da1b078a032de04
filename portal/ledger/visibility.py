"""Who may see a suggestion: one rule, for a row and as SQL for every list, count and figure.

A page asks `reach_of` once and hands the answer on. It is small and hashable, so it is also the key under
which drawn parts and figures are kept: two readers with the same reach see the same ledger.
"""

from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, literal, not_, or_, select, true, union_all
from sqlalchemy.orm import aliased

from portal.accounts.models import User
from portal.community.models import Ask, CircleMember
from portal.foundation.database import session
from portal.foundation.database.revisions import kept
from portal.ledger.models import Action, Idea, Response

# What shows of the ledger is kept until a table of this topic changes; see foundation/database/revisions.py.
TOPIC = "ledger"
# What is counted is kept until a suggestion or an answer changes: a vote or a comment counts nothing anew.
COUNTS = "counts"


class Reach(NamedTuple):
    """What somebody may see of the ledger.

    Attributes:
        circles: the circles they are inside of, by id.
        blind: running asks whose suggestions they see once they have given their own.
        is_staff: whether suggestions for the company's eyes alone are for theirs.
    """

    circles: frozenset[int] = frozenset()
    blind: frozenset[int] = frozenset()
    is_staff: bool = False


@dataclass(frozen=True)
class Seen:
    """As much of a suggestion as says who may read it and stand behind it."""

    # What is written down of it is written down of its row.
    __tablename__: ClassVar[str] = Idea.__tablename__

    id: int
    proposed_by_id: int
    circle_id: int | None
    ask_id: int | None
    is_private: bool
    merged_into_id: int | None
    is_shown: bool


# What every member sees; the narrowest reach, so that whoever forgets to ask shows too little.
EVERYONE = Reach()

_IN_CIRCLES = select(literal("circle").label("what"), CircleMember.circle_id.label("number")).where(
    CircleMember.user_id == bindparam("reader"), CircleMember.confirmed_at.is_not(None), CircleMember.left_at.is_(None)
)
_RUNNING_BLIND = and_(Ask.shows_others.is_(False), Ask.opened_at.is_not(None), Ask.ended_at.is_(None))
_GIVEN = select(Idea.id).where(Idea.ask_id == Ask.id, Idea.proposed_by_id == bindparam("reader")).exists()
_REACH = union_all(_IN_CIRCLES, select(literal("blind"), Ask.id).where(_RUNNING_BLIND, ~_GIVEN))


def reach_of(reader: User | None) -> Reach:
    """What this person may see of the ledger; None stands for somebody outside."""
    return _reach(reader.id if reader else 0, reader is not None and reader.is_staff)


@kept(TOPIC)
def _reach(reader_id: int, is_staff: bool) -> Reach:
    rows = session().execute(_REACH, {"reader": reader_id}).all()
    return Reach(
        circles=frozenset(row.number for row in rows if row.what == "circle"),
        blind=frozenset() if is_staff else frozenset(row.number for row in rows if row.what == "blind"),
        is_staff=is_staff,
    )


def visible_ideas(reach: Reach) -> ColumnElement[bool]:
    """The condition on `Idea` for every list, count, figure and search of a reader with this reach.

    What is held or removed is in no list, not even for its author or the staff.
    """
    return and_(
        Idea.held_at.is_(None),
        Idea.removed_at.is_(None),
        # What was joined with another stands in that one.
        Idea.merged_into_id.is_(None),
        within_circles(reach),
        true() if reach.is_staff else Idea.is_private.is_(False),
        or_(Idea.ask_id.is_(None), Idea.ask_id.not_in(sorted(reach.blind))) if reach.blind else true(),
    )


def within_circles(reach: Reach) -> ColumnElement[bool]:
    """The condition on `Idea` that its circle, if it has one, is one of the reader's."""
    everyones = Idea.circle_id.is_(None)
    return or_(everyones, Idea.circle_id.in_(sorted(reach.circles))) if reach.circles else everyones


def own_ideas(reader: User, reach: Reach) -> ColumnElement[bool]:
    """The condition on `Idea` for somebody's own suggestions: held and removed ones too, as far as their circles go."""
    return and_(Idea.proposed_by_id == reader.id, within_circles(reach))


def sees(reader: User, idea: Idea | Seen) -> bool:
    """Whether this person may open this suggestion: what their lists show, and their own.

    Managers also open what is held or removed, since they decide about it.
    """
    if not reader.is_active:
        return False
    is_own = idea.proposed_by_id == reader.id
    if not idea.is_shown and not (is_own or reader.is_manager):
        return False
    if idea.is_private and not (is_own or reader.is_staff):
        return False
    if idea.circle_id is None and idea.ask_id is None:
        return True
    reach = reach_of(reader)
    if idea.circle_id is not None and idea.circle_id not in reach.circles:
        return False
    return idea.ask_id not in reach.blind


def visible_actions(reach: Reach) -> ColumnElement[bool]:
    """The condition on `Action`: it answers something in reach; what answers nothing yet is for the staff."""
    answers = select(Response.id).where(Response.action_id == Action.id)
    in_reach = answers.join(Idea, Idea.id == Response.idea_id).where(visible_ideas(reach)).exists()
    return or_(in_reach, not_(answers.exists())) if reach.is_staff else in_reach


def sees_action(reader: User, action: Action) -> bool:
    """Whether this person may open what the company does: it answers something they see, or is theirs to begin."""
    if not reader.is_active:
        return False
    reach = reach_of(reader)
    own = (
        select(Response.id)
        .join(Idea, Idea.id == Response.idea_id)
        .where(Response.action_id == Action.id, own_ideas(reader, reach))
        .exists()
    )
    found = select(Action.id).where(Action.id == action.id, or_(visible_actions(reach), own))
    return session().scalar(found) is not None


def inside(idea: Any, user: Any) -> ColumnElement[bool]:
    """For a join of suggestions and people: whether this one may hear of that one, each by its own columns.

    Args:
        idea: `Idea` or an alias of it.
        user: `User` or an alias of it.
    """
    seat = aliased(CircleMember)
    is_inside = select(seat.circle_id).where(
        seat.circle_id == idea.circle_id,
        seat.user_id == user.id,
        seat.confirmed_at.is_not(None),
        seat.left_at.is_(None),
    )
    return and_(
        idea.held_at.is_(None),
        idea.removed_at.is_(None),
        or_(idea.circle_id.is_(None), is_inside.exists()),
        or_(idea.is_private.is_(False), idea.proposed_by_id == user.id, user.role != "member"),
    )
