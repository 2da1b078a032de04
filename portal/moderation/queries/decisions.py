"""What was decided before; who works here."""

from dataclasses import dataclass

from sqlalchemy import func, select, true

from portal.accounts.models import Role, User
from portal.foundation.database import session
from portal.ledger.models import OPEN, Comment, Idea
from portal.ledger.visibility import reach_of, visible_ideas
from portal.moderation.models import Decision, Ruling, Words, column_of
from portal.moderation.queries.subjects import for_manager, words_along

SHOWN = 50
MOST_COLLEAGUES = 300


def decisions_about(words: Words) -> list[Decision]:
    """Everything decided about these words, newest first."""
    column = getattr(Decision, column_of(words))
    return list(session().scalars(select(Decision).where(column == words.id).order_by(Decision.id.desc()).limit(SHOWN)))


def change_asked_of(words: Idea | Comment) -> Decision | None:
    """The decision by which a change was asked for that its author has not made; None where it is not their turn."""
    if words.held_at is None or words.removed_at is not None:
        return None
    asked = (getattr(Decision, column_of(words)) == words.id, Decision.ruling == Ruling.CHANGE_ASKED)
    found = select(Decision).where(*asked, Decision.decided_at >= words.held_at).order_by(Decision.id.desc())
    return session().scalars(found.limit(1)).first()


@dataclass(frozen=True)
class DecisionsPage:
    """A part of the record of decisions, and the key of the part before it, if there is one."""

    decisions: list[Decision]
    earlier: int | None


def decisions_page(manager: User, *, person: User | None = None, before_id: int | None = None) -> DecisionsPage:
    """What was decided, newest first, as far as this manager may decide there; nothing about themselves.

    Args:
        person: only what is about them and their words.
    """
    rows = session().scalars(
        for_manager(select(Decision), manager, reach_of(manager))
        .where(
            true() if person is None else Decision.person_id == person.id,
            true() if before_id is None else Decision.id < before_id,
        )
        .options(*words_along(Decision))
        .order_by(Decision.id.desc())
        .limit(SHOWN + 1)
    )
    decisions = list(rows)
    return DecisionsPage(decisions[:SHOWN], decisions[SHOWN - 1].id if len(decisions) > SHOWN else None)


def decisions_for(person: User) -> list[Decision]:
    """What was decided about somebody's own words, newest first."""
    statement = (
        select(Decision)
        .where(Decision.person_id == person.id)
        .options(*words_along(Decision))
        .order_by(Decision.id.desc())
    )
    return list(session().scalars(statement.limit(SHOWN)))


def colleagues(reader: User) -> list[tuple[User, int]]:
    """Everyone on the staff, whoever is suspended last, each with how many open suggestions of those that are seen."""
    is_open = (Idea.owner_id == User.id, Idea.standing.in_(OPEN), visible_ideas(reach_of(reader)))
    waiting = select(func.count()).select_from(Idea).where(*is_open).scalar_subquery()
    rows = select(User, waiting).where(User.role != Role.MEMBER)
    found = session().execute(rows.order_by(User.suspended_at.is_not(None), User.name, User.id).limit(MOST_COLLEAGUES))
    return [(user, count) for user, count in found]
