"""Who can be named in words: those who can read them, and nobody whom that would give away."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select

from portal.accounts.models import Role, User
from portal.community.models import CircleMember, Member
from portal.community.seats import TAKEN
from portal.foundation.database import session
from portal.foundation.text import after_at, beginnings, fold
from portal.ledger.models import Idea, Naming
from portal.ledger.visibility import sees

# So many names are offered, and so many people are told of one text.
OFFERED = 6
NAMED = 10
# An @ in the middle of names stands for any letter, so that one without its accent is found too.
_ACCENTED = str.maketrans(dict.fromkeys("acdegilnorstuyz", "_"))


def names_to_offer(asked: str, reader: User, *, idea: Idea | None = None, circle_id: int | None = None) -> list[str]:
    """Names that begin with these letters, in any of their words: of people who can read what is being written.

    Args:
        asked: what was typed after the @.
        idea: the suggestion beside which is written; None for one that is being written, then `circle_id` counts.
    """
    letters = fold(asked).strip()
    if not letters:
        return []
    room = idea.circle_id if idea is not None else circle_id
    # Read a little more than is shown: the pattern finds too much, and a suggestion may be for fewer.
    pattern = _escaped(letters).translate(_ACCENTED)
    name = func.lower(User.name)
    like = or_(name.like(f"{pattern}%", escape="!"), name.like(f"% {pattern}%", escape="!"))
    people = session().scalars(_people(room).where(like, User.id != reader.id).order_by(User.name, User.id).limit(200))
    fitting = sorted(
        (person for person in people if _begins(letters, person.name)),
        key=lambda person: not fold(person.name).startswith(letters),
    )
    return list(dict.fromkeys(one.name for one in fitting if idea is None or sees(one, idea)))[:OFFERED]


def people_named(words: str, idea: Idea | None, *, by: User, circle_id: int | None = None) -> list[User]:
    """Whoever is named in these words by their full name and can read them, at most ten.

    Args:
        idea: the suggestion that they are, or belong to; None for one that is being written for `circle_id`.
    """
    room = idea.circle_id if idea is not None else circle_id
    texts = [beginnings(text) for text in after_at(words)[: 2 * NAMED]]
    keys = {part for parts in texts for part in parts}
    if not keys:
        return []
    named = or_(User.name.in_(sorted(keys)), func.lower(User.name).in_(sorted({key.lower() for key in keys})))
    people = session().scalars(_people(room).where(named, User.id != by.id).order_by(User.id).limit(50))
    by_name: dict[str, list[User]] = defaultdict(list)
    for one in people:
        if idea is None or sees(one, idea):
            by_name[fold(one.name)].append(one)
    # The longest name that fits counts, so that whoever is called by its beginning alone is not meant.
    fitting = (next((by_name[key] for part in parts if (key := fold(part)) in by_name), []) for parts in texts)
    return list(dict.fromkeys(one for some in fitting for one in some))[:NAMED]


@dataclass(frozen=True)
class Named:
    """Somebody who is named in words; `member_id` is None for whoever is of the staff."""

    name: str
    user_id: int
    member_id: int | None

    @property
    def path(self) -> str:
        """Where the name leads: to a member's page, or to what somebody of the staff answers."""
        return f"/members/{self.member_id}" if self.member_id is not None else f"/ideas?owner={self.user_id}"


def links_to(people: Iterable[Named]) -> tuple[tuple[str, str], ...]:
    """Each of these names with where it leads."""
    return tuple((one.name, one.path) for one in people)


# Whoever hides is not led to.
NAMED_BESIDE = (
    select(Naming.id, Naming.user_id, User.name, Naming.subject_key, Member.id.label("member_id"))
    .join(User, User.id == Naming.user_id)
    .outerjoin(Member, Member.user_id == User.id)
    .where(Naming.idea_id == bindparam("idea"), User.suspended_at.is_(None))
    .where(or_(Member.is_listed, and_(Member.id.is_(None), User.role != Role.MEMBER)))
)


def named_in(idea: Idea) -> dict[str, list[Named]]:
    """Who is named in a suggestion, in the answers to it and in the comments beside it, by `Naming.subject_key`."""
    found: dict[str, list[Named]] = defaultdict(list)
    for row in session().execute(NAMED_BESIDE.order_by(Naming.id), {"idea": idea.id}):
        found[row.subject_key].append(Named(row.name, row.user_id, row.member_id))
    return found


def names_found(words: str, reader: User, *, idea: Idea | None = None, circle_id: int | None = None) -> list[Named]:
    """Who would be named in words that are still being written, for a preview of them.

    Args:
        idea: the suggestion that they answer; None for one that is being written, then `circle_id` counts.
    """
    people = people_named(words, idea, by=reader, circle_id=circle_id)
    numbers = dict(
        session().execute(select(Member.user_id, Member.id).where(Member.user_id.in_([one.id for one in people]))).all()
    )
    return [Named(one.name, one.id, numbers.get(one.id)) for one in people if one.id in numbers or one.is_staff]


def _people(circle_id: int | None) -> Select[Any]:
    hidden = select(Member.user_id).where(Member.is_listed.is_(False))
    return select(User).where(User.suspended_at.is_(None), User.id.not_in(hidden), _in_room(circle_id))


def _in_room(circle_id: int | None) -> ColumnElement[bool]:
    """In a circle those inside whose names its directory shows, and its staff."""
    if circle_id is None:
        return User.id.is_not(None)
    listed = or_(CircleMember.is_listed, User.role != Role.MEMBER)
    seat = and_(CircleMember.circle_id == circle_id, CircleMember.user_id == User.id, TAKEN, listed)
    return select(CircleMember.user_id).where(seat).exists()


def _begins(letters: str, name: str) -> bool:
    return f" {fold(name)}".find(f" {letters}") >= 0


def _escaped(letters: str) -> str:
    return re.sub(r"([!%_])", r"!\1", letters)
