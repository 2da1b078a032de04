"""Who asks for another look, and who may end it: never the one who decided before, while there is somebody else."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import aliased, joinedload

from portal.accounts.models import Role, User
from portal.accounts.queries import active_managers
from portal.community.models import CircleMember
from portal.community.seats import people_inside
from portal.foundation.database import session
from portal.ledger.models import Idea
from portal.ledger.visibility import Reach
from portal.moderation.models import Appeal, Decision, Ruling, column_of
from portal.moderation.queries.subjects import ABOUT, for_manager, with_subject, words_along


def waiting_appeals(manager: User, reach: Reach) -> Select[Any]:
    """The open appeals that this manager may end, each joined with its decision and suggestion, to build on."""
    found = select(Appeal).join(Decision, Decision.id == Appeal.decision_id)
    return for_manager(found, manager, reach).where(Appeal.settled_at.is_(None))


def for_others(manager: User) -> ColumnElement[bool]:
    """The condition on `waiting_appeals` that somebody else has to end it: this manager decided before."""
    other = aliased(User)
    # Said here, since two levels down the suggestion would be any that there is.
    inside = people_inside(Idea.circle_id).where(CircleMember.user_id == other.id).correlate(Idea, other)
    others = select(other.id).where(
        active_managers(other),
        other.id != manager.id,
        other.id != Decision.person_id,
        or_(Idea.id.is_not(None), ABOUT.role == Role.MEMBER, other.role == Role.ADMIN),
        or_(Idea.circle_id.is_(None), inside.exists()),
    )
    return and_(Decision.decided_by_id == manager.id, others.exists())


def is_for_others(asked: Appeal, manager: User) -> bool:
    """Whether somebody else has to say no to it."""
    decided = select(Appeal.id).join(Decision, Decision.id == Appeal.decision_id)
    found = with_subject(decided).where(Appeal.id == asked.id, for_others(manager))
    return session().scalar(found) is not None


def appeals_for(manager: User, reach: Reach, *, limit: int) -> tuple[list[Appeal], frozenset[int]]:
    """What this manager may end, oldest first, and the numbers of those to which somebody else has to say no."""
    rows = (
        session()
        .execute(
            waiting_appeals(manager, reach)
            .add_columns(for_others(manager).label("for_others"))
            .options(joinedload(Appeal.decision).options(*words_along(Decision)))
            .order_by(Appeal.id)
            .limit(limit)
        )
        .all()
    )
    return [row.Appeal for row in rows], frozenset(row.Appeal.id for row in rows if row.for_others)


def appeal_behind(decision: Decision) -> Appeal | None:
    """The appeal against a decision, or the one that it ends."""
    if decision.ruling not in {Ruling.RESTORED, Ruling.STAYS_OUT, Ruling.READMITTED}:
        return decision.appeal
    words = decision.words
    about: ColumnElement[bool] = (
        and_(Decision.person_id == decision.person_id, Decision.ruling == Ruling.SUSPENDED)
        if words is None
        else getattr(Decision, column_of(words)) == words.id
    )
    # The newest before it: a suspension without an appeal was lifted by itself.
    earlier = select(Decision.id).where(about, Decision.id < decision.id)
    last = earlier.order_by(Decision.id.desc()).limit(1).scalar_subquery()
    return session().scalars(select(Appeal).where(Appeal.decision_id == last)).first()


def open_appeal_of(person: User) -> Appeal | None:
    """The other look at their suspension that somebody asked for and that has not come."""
    asked = select(Appeal).join(Decision, Decision.id == Appeal.decision_id)
    suspended = (Decision.person_id == person.id, Decision.ruling == Ruling.SUSPENDED)
    # At most one: letting them in ends it, and only the suspension that stands can be asked about.
    return session().scalars(asked.where(Appeal.settled_at.is_(None), *suspended)).first()
