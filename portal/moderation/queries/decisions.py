"""What was decided before, and reported by whom; who works here."""

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from portal.accounts.models import Role, User
from portal.foundation.database import session
from portal.ledger.models import OPEN, AuthorWord, Comment, Idea
from portal.ledger.visibility import reach_of, visible_ideas
from portal.moderation.models import Decision, Report, Words, column_of

SHOWN = 50
MOST_COLLEAGUES = 300


def decisions_about(words: Words) -> list[Decision]:
    """Everything decided about these words, newest first."""
    column = getattr(Decision, column_of(words))
    return list(session().scalars(select(Decision).where(column == words.id).order_by(Decision.id.desc()).limit(SHOWN)))


def decisions_for(person: User) -> list[Decision]:
    """What was decided about somebody's own words, newest first."""
    statement = (
        select(Decision)
        .where(Decision.person_id == person.id)
        .options(
            joinedload(Decision.idea),
            joinedload(Decision.comment).joinedload(Comment.idea),
            joinedload(Decision.word).joinedload(AuthorWord.idea),
        )
        .order_by(Decision.id.desc())
    )
    return list(session().scalars(statement.limit(SHOWN)))


def report_by(person: User, words: Words) -> Report | None:
    """What this person has reported of it already."""
    found = select(Report).where(getattr(Report, column_of(words)) == words.id, Report.reported_by_id == person.id)
    return session().scalars(found).one_or_none()


def colleagues(reader: User) -> list[tuple[User, int]]:
    """Everyone on the staff, whoever is suspended last, each with how many open suggestions of those that are seen."""
    is_open = (Idea.owner_id == User.id, Idea.standing.in_(OPEN), visible_ideas(reach_of(reader)))
    waiting = select(func.count()).select_from(Idea).where(*is_open).scalar_subquery()
    rows = select(User, waiting).where(User.role != Role.MEMBER)
    found = session().execute(rows.order_by(User.suspended_at.is_not(None), User.name, User.id).limit(MOST_COLLEAGUES))
    return [(user, count) for user, count in found]
