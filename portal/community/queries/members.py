"""Reading members."""

from sqlalchemy import func, select

from portal.accounts.models import Role, User
from portal.community.models import Member
from portal.foundation.database import session
from portal.foundation.text import fold

PAGE = 50


def members(*, after_number: int = 0) -> list[Member]:
    """Members in the order of their founding numbers, one more than a page holds if there are more."""
    return list(
        session().scalars(
            select(Member)
            .join(Member.user)
            .where(Member.founding_number > after_number, User.suspended_at.is_(None))
            .order_by(Member.founding_number)
            .limit(PAGE + 1)
        )
    )


def count_members() -> int:
    """How many there are."""
    return (
        session().scalar(select(func.count()).select_from(Member).join(Member.user).where(User.suspended_at.is_(None)))
        or 0
    )


def member_of(user: User) -> Member | None:
    """The membership of a user; staff have none."""
    return session().scalars(select(Member).where(Member.user_id == user.id)).one_or_none()


def last_founding_number() -> int:
    """The highest number given so far."""
    return session().scalar(select(func.max(Member.founding_number))) or 0


def is_name_of_staff(name: str, *, besides: User) -> bool:
    """Whether somebody else on the staff goes by this name, however it is capitalised or accented."""
    names = session().scalars(select(User.name).where(User.role != Role.MEMBER, User.id != besides.id))
    return any(fold(" ".join(each.split())) == fold(name) for each in names)
