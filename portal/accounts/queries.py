"""Finding users."""

from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import contains_eager

from portal.accounts.models import Role, Session, User
from portal.foundation.clock import now
from portal.foundation.database import UtcDateTime, carry, database, is_untouched, session
from portal.foundation.database.along import along_columns, note_along
from portal.foundation.database.revisions import note_revisions, revision_columns, topics


def user_by_email(email: str) -> User | None:
    """The user of an address, however it is capitalised."""
    return session().scalars(select(User).where(User.email == email.strip().lower())).one_or_none()


# Built once: every request of a signed-in person asks the second of these.
_LIVE = (
    Session.token_hash == bindparam("token_hash"),
    Session.ended_at.is_(None),
    Session.expires_at > bindparam("at", type_=UtcDateTime()),
    User.suspended_at.is_(None),
)
_SESSION = select(Session).join(Session.user).options(contains_eager(Session.user)).where(*_LIVE)
_USER = select(User).join(Session, Session.user_id == User.id).where(*_LIVE)


def live_session(token_hash: str) -> Session | None:
    """The session of a cookie, unless it ended, ran out, or its user is suspended."""
    return session().scalars(_SESSION, {"token_hash": token_hash, "at": now()}).one_or_none()


def user_of_session(token_hash: str) -> User | None:
    """Whose browser it is that holds a live session."""
    values = {"token_hash": token_hash, "at": now()}
    if not is_untouched():
        return session().scalars(_USER, values).one_or_none()
    found = database.read(_columns(topics()), values)
    return carry(User, note_along(note_revisions(found))) if found else None


@lru_cache(maxsize=2)
def _columns(shown: tuple[str, ...]) -> Select[Any]:
    """The reader and what stands on the pages they may be shown from memory, in one statement."""
    columns = select(*User.__table__.c, *revision_columns(shown), *along_columns())
    return columns.join_from(User, Session, Session.user_id == User.id).where(*_LIVE)


def staff() -> list[User]:
    """Everyone on the staff who is active, by name."""
    return list(
        session().scalars(
            select(User).where(User.role != Role.MEMBER, User.suspended_at.is_(None)).order_by(User.name, User.id)
        )
    )
