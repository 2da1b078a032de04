"""Who can be named in words: those who can read them, and nobody whom that would give away."""

import re
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from portal.accounts.models import Role, User
from portal.community.models import CircleMember, Member
from portal.community.seats import TAKEN
from portal.foundation.database import session
from portal.foundation.text import fold
from portal.ledger.models import Idea
from portal.ledger.visibility import sees

# So many names are offered, and so many people are told of one text.
OFFERED = 6
NAMED = 10
# A name has at most so many words.
_WORDS = 5
_AFTER_AT = re.compile(r"(?<![\w@])@([^\s@][^\n@]{0,160})")
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


def people_named(words: str, idea: Idea, *, by: User) -> list[User]:
    """Whoever is named in these words by their full name and can read them, at most ten."""
    texts = [" ".join(found.split(" ")[:_WORDS]) for found in _AFTER_AT.findall(words)[: 2 * NAMED]]
    if not texts:
        return []
    keys = {part for text in texts for part in _beginnings(text)}
    named = or_(User.name.in_(sorted(keys)), func.lower(User.name).in_(sorted({key.lower() for key in keys})))
    people = session().scalars(_people(idea.circle_id).where(named, User.id != by.id).order_by(User.id).limit(50))
    folded = [fold(text) for text in texts]
    fitting = [one for one in people if any(_is_named(one.name, text) for text in folded) and sees(one, idea)]
    return fitting[:NAMED]


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


def _beginnings(text: str) -> list[str]:
    parts = text.split(" ")
    return [" ".join(parts[:count]).rstrip(".,;:!?)*_'\"”’") for count in range(1, len(parts) + 1)]


def _is_named(name: str, text: str) -> bool:
    return re.match(rf"{re.escape(fold(name))}(?!\w)", text) is not None


def _escaped(letters: str) -> str:
    return re.sub(r"([!%_])", r"!\1", letters)
