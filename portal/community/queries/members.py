"""Reading members."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select, true

from portal.accounts.models import Role, User
from portal.community.models import Member, MemberLink, Thanks
from portal.foundation import config
from portal.foundation.database import session
from portal.foundation.text import fold

PAGE = 50
THANKS_SHOWN = 20
# So long after the day itself an anniversary is still one.
_FRESH = timedelta(days=7)
_LONGEST = 60


@dataclass(frozen=True)
class Anniversary:
    """A member has been here for so many years, within the last week."""

    member: Member
    years: int


def members(reader: User, *, after_number: int = 0) -> list[Member]:
    """Those whom the reader finds, in the order of their founding numbers, one more than a page holds if there is."""
    return list(
        session().scalars(
            select(Member)
            .join(Member.user)
            .where(Member.founding_number > after_number, User.suspended_at.is_(None), found_by(reader))
            .order_by(Member.founding_number)
            .limit(PAGE + 1)
        )
    )


def count_members(reader: User) -> int:
    """How many the reader finds."""
    all_of_them = select(func.count()).select_from(Member).join(Member.user)
    return session().scalar(all_of_them.where(User.suspended_at.is_(None), found_by(reader))) or 0


def found_by(reader: User) -> ColumnElement[bool]:
    """The condition on `Member` for every list: who hides is seen by nobody but the staff and themselves."""
    return true() if reader.is_staff else or_(Member.is_listed, Member.user_id == reader.id)


def links_of(member: Member) -> list[MemberLink]:
    """What they make, in their own order."""
    return list(
        session().scalars(select(MemberLink).where(MemberLink.member_id == member.id).order_by(MemberLink.place))
    )


def thanks_of(member: Member, reader: User) -> list[Thanks]:
    """Their thanks, newest first: all of them for the staff and for themselves, for others what they show."""
    statement = select(Thanks).where(Thanks.member_id == member.id).order_by(Thanks.id.desc()).limit(THANKS_SHOWN)
    if not reader.is_staff and member.user_id != reader.id:
        statement = statement.where(Thanks.is_shown)
    return list(session().scalars(statement))


def anniversaries() -> list[Anniversary]:
    """Members who came in a whole number of years ago, within the last week; the longest here first."""
    weeks = [and_(Member.joined_at >= start, Member.joined_at < end) for start, end in _weeks()]
    found = session().scalars(
        select(Member).join(Member.user).where(or_(*weeks), User.suspended_at.is_(None)).order_by(Member.id).limit(20)
    )
    return [Anniversary(member, years) for member in found if (years := years_here(member))]


def years_here(member: Member) -> int:
    """How many whole years they have been here, if the day was within the last week; else 0."""
    spans = enumerate(_weeks(), start=1)
    return next((years for years, (start, end) in spans if start <= member.joined_at < end), 0)


def _weeks() -> list[tuple[datetime, datetime]]:
    """For each year back, the week that ended with this day, in the company's own zone."""
    today, zone = config.today(), config.current().zone
    years = range(today.year - 1, today.year - _LONGEST, -1)
    # Where a month has no such day, its last one is the day.
    days = [date(year, today.month, min(today.day, monthrange(year, today.month)[1])) for year in years]
    ends = [datetime.combine(one + timedelta(days=1), time.min, zone) for one in days]
    return [(end - _FRESH, end) for end in ends]


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
