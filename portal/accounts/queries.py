"""Finding users."""

from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, bindparam, func, select, true
from sqlalchemy.orm import contains_eager

from portal.accounts.models import Role, Session, SignInLink, User
from portal.foundation.clock import now
from portal.foundation.database import UtcDateTime, carry, is_reading, read_one, session
from portal.foundation.database.along import note_along, read_beside
from portal.foundation.database.revisions import note_revisions, revisions, topics


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


def live_session(token_hash: str) -> Session | None:
    """The session of a cookie, unless it ended, ran out, or its user is suspended."""
    return session().scalars(_SESSION, {"token_hash": token_hash, "at": now()}).one_or_none()


def user_of_session(token_hash: str) -> User | None:
    """Whose browser it is that holds a live session."""
    # Whoever writes is shown nothing that was kept, so the numbers of the topics are not asked for.
    wanted = _columns(topics(), with_frame=True) if is_reading() else _columns((), with_frame=False)
    found = read_one(wanted, {"token_hash": token_hash, "at": now()})
    return carry(User, note_along(note_revisions(found))) if found else None


@lru_cache(maxsize=2)
def _columns(shown: tuple[str, ...], *, with_frame: bool) -> Select[Any]:
    """The reader and what stands on the pages they may be shown from memory, in one statement."""
    start: FromClause = User.__table__.join(Session.__table__, Session.user_id == User.id)
    columns: list[ColumnElement[Any]] = [*User.__table__.c]
    if shown:
        numbers = revisions(shown)
        start, columns = start.join(numbers, true()), [*columns, *numbers.c]
    if with_frame:
        start, beside = read_beside(start)
        columns += beside
    return select(*columns).select_from(start).where(*_LIVE)


def count_open_links(user: User) -> int:
    """How many links could still sign this person in."""
    is_open = SignInLink.used_at.is_(None) & (SignInLink.expires_at > now())
    found = session().scalar(select(func.count()).select_from(SignInLink).where(SignInLink.user_id == user.id, is_open))
    return found or 0


def active_staff(person: Any = User) -> ColumnElement[bool]:
    """The condition that somebody is one of the staff and may come in now."""
    return and_(person.role != Role.MEMBER, person.suspended_at.is_(None))


def active_managers(person: Any = User) -> ColumnElement[bool]:
    """The condition that somebody may judge, invite and moderate, and may come in now."""
    return and_(person.role.in_((Role.MANAGER, Role.ADMIN)), person.suspended_at.is_(None))


def staff() -> list[User]:
    """Everyone on the staff who is active, by name."""
    return list(session().scalars(select(User).where(active_staff()).order_by(User.name, User.id)))
