"""Who answers for a suggestion: read once, for one that comes or for many that lost their owner."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select

from portal.accounts.models import Role, User
from portal.accounts.queries import active_staff
from portal.community.models import Ask, Circle, CircleMember
from portal.community.seats import TAKEN
from portal.foundation.database import carry, session
from portal.foundation.database.revisions import kept
from portal.ledger.models import OPEN, Idea
from portal.ledger.queries.owners import away_today, rule_owners, stand_in_for
from portal.ledger.visibility import COUNTS


@dataclass
class Answerers:
    """The staff who could answer now, and by what each is chosen.

    Attributes:
        people: the columns of each, and how many open suggestions are theirs.
        away: who is away today, with who stands in; see `away_today`.
        fall_back: who falls in where nobody is named.
        inside: who is inside of each circle that was asked for.
        given: how much each was given since this was read.
    """

    people: tuple[tuple[dict[str, Any], int], ...]
    away: dict[int, int]
    fall_back: int | None
    inside: dict[int, set[int]] = field(default_factory=dict)
    given: Counter[int] = field(default_factory=Counter)

    def next(
        self, author_id: int, *, circle: Circle | None = None, ask: Ask | None = None, by_tag: int | None = None
    ) -> User | None:
        """Who answers for the next suggestion: never its author, and in a circle someone inside it.

        Whoever an ask or a circle names comes first, then whoever a tag does, then the fall-back person; for whoever
        is away, whoever stands in. Otherwise responders come first, since answering is what they are here for; among
        them whoever has the fewest open suggestions and is not away.

        Args:
            by_tag: whom a rule names for a tag that it carries already; a new one carries none.
        """
        wanted = (ask.owner_id if ask else None, circle.owner_id if circle else None, by_tag, self.fall_back)
        named = [stand_in_for(person, self.away) if person else None for person in wanted]
        inside = None if circle is None else self.inside.get(circle.id, set())
        could = [
            (columns, waiting)
            for columns, waiting in self.people
            if columns["id"] != author_id and (inside is None or columns["id"] in inside)
        ]

        def place(one: tuple[dict[str, Any], int]) -> tuple[int, bool, bool, int, int]:
            person, waiting = one[0]["id"], one[1] + self.given[one[0]["id"]]
            by_name = named.index(person) if person in named else len(named)
            return by_name, person in self.away, one[0]["role"] is not Role.RESPONDER, waiting, person

        if not could:
            return None
        chosen = min(could, key=place)[0]
        self.given[chosen["id"]] += 1
        return carry(User, chosen)

    def also_told(self, owner: User, author_id: int, *, circle_id: int | None = None) -> User | None:
        """Who stands in for an owner that is away and could answer it too."""
        number = stand_in_for(owner.id, self.away)
        inside = None if circle_id is None else self.inside.get(circle_id, set())
        if number in (None, owner.id, author_id) or (inside is not None and number not in inside):
            return None
        return next((carry(User, columns) for columns, _waiting in self.people if columns["id"] == number), None)

    def overseers(self, *, besides: int) -> list[User]:
        """Who looks after a promise that is not kept: managers, where there are none the admins; never its owner."""
        for role in (Role.MANAGER, Role.ADMIN):
            found = [columns for columns, _waiting in self.people if columns["role"] is role]
            people = sorted((one for one in found if one["id"] != besides), key=lambda columns: columns["id"])
            if people:
                return [carry(User, columns) for columns in people]
        return []

    def sees(self, person: User, circle_id: int | None) -> bool:
        """Whether somebody of the staff can open what stands in this circle; None is everyone's room."""
        return circle_id is None or person.id in self.inside.get(circle_id, set())


def answerers(circles: Collection[int] = ()) -> Answerers:
    """Who could answer now, for suggestions in these circles and in everyone's room."""
    inside: dict[int, set[int]] = defaultdict(set)
    if circles:
        seats = select(CircleMember.circle_id, CircleMember.user_id).where(CircleMember.circle_id.in_(circles), TAKEN)
        for circle_id, user_id in session().execute(seats):
            inside[circle_id].add(user_id)
    return Answerers(_staff(), away_today(), rule_owners().get(""), inside)


def next_owner(author: User, *, circle: Circle | None = None, ask: Ask | None = None) -> User | None:
    """The person who answers for the next suggestion of this author; see `Answerers.next`."""
    return answerers([circle.id] if circle else ()).next(author.id, circle=circle, ask=ask)


@kept(COUNTS)
def _staff() -> tuple[tuple[dict[str, Any], int], ...]:
    """The columns of each of the staff, and how many open suggestions are theirs."""
    waiting = select(func.count()).where(Idea.owner_id == User.id, Idea.standing.in_(OPEN)).scalar_subquery()
    staff = select(*User.__table__.c, waiting.label("waiting")).where(active_staff())
    rows = [dict(row) for row in session().execute(staff).mappings()]
    return tuple((row, row.pop("waiting")) for row in rows)
