"""Reading circles and who sits in them."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import func, select

from portal.accounts.models import User
from portal.accounts.queries import staff
from portal.community.models import Circle, CircleMember, Member
from portal.community.seats import TAKEN, manager_inside, people_inside, people_of
from portal.foundation.database import session
from portal.foundation.text import fold

# More people than this in a circle are no circle.
SEATS_SHOWN = 200


@dataclass(frozen=True)
class CircleCard:
    """One circle in a list: how many sit there, whether the reader does, and whether a manager is inside."""

    circle: Circle
    people: int
    has_seat: bool
    is_inside: bool
    has_manager: bool


def circle_cards(reader: User) -> list[CircleCard]:
    """The circles of this reader, and for managers all of them; open ones first, then by name.

    Only a manager counts who has not come in yet, as on the page of the circle.
    """
    people = (
        select(func.count())
        .select_from(CircleMember)
        .join(User, User.id == CircleMember.user_id)
        .where(
            CircleMember.circle_id == Circle.id,
            CircleMember.left_at.is_(None) if reader.is_manager else TAKEN,
            User.suspended_at.is_(None),
        )
        .correlate(Circle)
        .scalar_subquery()
    )
    statement = (
        select(
            Circle,
            people.label("people"),
            # Its columns, since a seat that is not there would take the circle along.
            CircleMember.user_id.label("seat"),
            CircleMember.confirmed_at,
            manager_inside(Circle.id).correlate(Circle).label("has_manager"),
        )
        .outerjoin(
            CircleMember,
            (CircleMember.circle_id == Circle.id)
            & (CircleMember.user_id == reader.id)
            & CircleMember.left_at.is_(None),
        )
        .order_by(Circle.closed_at.is_not(None), Circle.name, Circle.id)
        .limit(SEATS_SHOWN)
    )
    if not reader.is_manager:
        statement = statement.where(CircleMember.user_id.is_not(None))
    return [
        CircleCard(row.Circle, row.people, row.seat is not None, row.confirmed_at is not None, row.has_manager)
        for row in session().execute(statement)
    ]


def circles_to_speak_in(reader: User) -> list[Circle]:
    """The open circles that this person is inside of, by name."""
    inside = select(CircleMember.circle_id).where(CircleMember.user_id == reader.id, TAKEN)
    open_ones = select(Circle).where(Circle.id.in_(inside), Circle.closed_at.is_(None))
    return list(session().scalars(open_ones.order_by(Circle.name, Circle.id)))


def staff_for(circle: Circle | None, *, holder: User | None = None) -> list[User]:
    """The staff who could ask or host something in a circle, or in everyone's room, by name.

    Args:
        holder: who does now. They stand there too, whether they still could or not, so that nobody takes their place
            unless somebody says so.
    """
    people = staff()
    if circle is not None:
        inside = set(session().scalars(people_inside(circle.id)))
        people = [person for person in people if person.id in inside]
    return people if holder is None or holder in people else [holder, *people]


def lacks_manager(circle: Circle) -> bool:
    """Whether nobody inside could decide about what is held, reported or appealed against there."""
    return session().scalar(select(~manager_inside(circle.id))) is True


def seats(circle: Circle) -> list[CircleMember]:
    """Everyone with a seat, staff first, then by name."""
    return list(session().scalars(people_of(circle).limit(SEATS_SHOWN)))


def seats_inside(circle: Circle) -> list[CircleMember]:
    """The seats of those who have confirmed its note and still have access, staff first, then by name."""
    return list(session().scalars(people_of(circle).where(TAKEN, User.suspended_at.is_(None))))


def directory(circle: Circle, reader: User) -> list[CircleMember]:
    """Those inside whom the others may find, and the reader.

    Whoever took their name out is not there, nor whoever has no access any more.
    """
    hidden = select(Member.user_id).where(Member.is_listed.is_(False))
    listed = CircleMember.is_listed & CircleMember.user_id.not_in(hidden) | (CircleMember.user_id == reader.id)
    return list(
        session().scalars(people_of(circle).where(TAKEN, listed, User.suspended_at.is_(None)).limit(SEATS_SHOWN))
    )


def users_named(words: list[str]) -> dict[str, list[User]]:
    """For each line the active users whose address or name it is, in whatever case.

    Where nobody goes by it, whoever does without the accents: "Elodie" is Élodie.
    """
    keys = {line.lower(): line for line in words}
    found: dict[str, list[User]] = {line: [] for line in words}
    is_active = User.suspended_at.is_(None)
    is_one = func.lower(User.email).in_(keys) | func.lower(User.name).in_(keys) | User.name.in_(words)
    for user in session().scalars(select(User).where(is_one, is_active).order_by(User.id)):
        for key in {user.email.lower(), user.name.lower()} & set(keys):
            found[keys[key]].append(user)
    unknown = [line for line, people in found.items() if not people]
    if unknown:
        # No database puts every letter in lower case, so the names that are left are compared here.
        named: dict[str, list[int]] = defaultdict(list)
        for row in session().execute(select(User.id, User.name).where(is_active)):
            for key in {row.name.casefold(), fold(row.name)}:
                named[key].append(row.id)
        numbers = {line: named.get(line.casefold()) or named.get(fold(line)) or [] for line in unknown}
        wanted = User.id.in_({number for some in numbers.values() for number in some})
        people = list(session().scalars(select(User).where(wanted).order_by(User.id)))
        found |= {line: [one for one in people if one.id in some] for line, some in numbers.items()}
    return found
