"""Finding users."""

from sqlalchemy import bindparam, select
from sqlalchemy.orm import contains_eager

from portal.accounts.models import Role, Session, User
from portal.foundation.clock import now
from portal.foundation.database import session


def user_by_email(email: str) -> User | None:
    """The user of an address, however it is capitalised."""
    return session().scalars(select(User).where(User.email == email.strip().lower())).one_or_none()


# Built once: every request of a signed-in person asks this.
_LIVE = (
    select(Session)
    .join(Session.user)
    .options(contains_eager(Session.user))
    .where(
        Session.token_hash == bindparam("token_hash"),
        Session.ended_at.is_(None),
        Session.expires_at > bindparam("at"),
        User.suspended_at.is_(None),
    )
)


def live_session(token_hash: str) -> Session | None:
    """The session of a cookie, unless it ended, ran out, or its user is suspended."""
    return session().scalars(_LIVE, {"token_hash": token_hash, "at": now()}).one_or_none()


def staff() -> list[User]:
    """Everyone on the staff who is active, by name."""
    return list(
        session().scalars(
            select(User).where(User.role != Role.MEMBER, User.suspended_at.is_(None)).order_by(User.name, User.id)
        )
    )
