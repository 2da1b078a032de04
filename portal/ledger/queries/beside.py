"""Who and what stands beside one suggestion, read in one statement: voices, pictures, tags, what was joined with it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Date, Integer, String, and_, bindparam, case, cast, func, literal, null, or_, select, union_all

from portal.accounts.models import User
from portal.community.models import Ask, Circle, CircleMember, Member
from portal.foundation import config
from portal.foundation.database import session, shared_alias
from portal.ledger.models import Absence, Attachment, Idea, IdeaTag, Tag, Vote
from portal.ledger.queries.naming import NAMED_BESIDE, Named
from portal.ledger.queries.owners import away_today, stand_in_for

# How many names stand on the page before "and 40 more".
NAMES = 60


@dataclass(frozen=True)
class Beside:
    """What stands beside a suggestion.

    Attributes:
        supporters: names of those who voted, first come first, at most 60.
        hidden: the names among them that only the staff reads, since other members do not find these people.
        votes: how many voted; the author's own voice is not among them.
        pictures: (number, width, height), in the order in which they came.
        tags: (number, name), by name.
        joined: (number, title) of the suggestions that were joined with this one.
        stands_in: (number, title) of the one that this was joined with.
        circle: (number, name) of the circle that it belongs to.
        ask: (number, question) of the ask that it answers.
        away: until when its owner is away today, and who stands in; empty where it stands in a circle.
        named: who is named in it, in an answer to it or in a comment beside it, by `Naming.subject_key`.
    """

    supporters: list[str]
    hidden: frozenset[str]
    votes: int
    pictures: list[tuple[int, int, int]]
    tags: list[tuple[int, str]]
    joined: list[tuple[int, str]]
    stands_in: tuple[int, str] | None
    circle: tuple[int, str] | None
    ask: tuple[int, str] | None
    away: tuple[date, str] | None
    named: dict[str, tuple[Named, ...]]


_source, _target = shared_alias(Idea), shared_alias(Idea)
_today: Any = bindparam("today", type_=Date())
_no_number: Any = cast(null(), Integer)
_no_words: Any = cast(null(), String)
_voted = (
    select(
        func.row_number().over(order_by=(Vote.created_at, Vote.user_id)).label("place"),
        User.name,
        func.count().over().label("votes"),
        case((or_(Member.is_listed.is_(False), CircleMember.is_listed.is_(False)), 1)).label("is_hidden"),
    )
    .join(User, User.id == Vote.user_id)
    .join(Idea, Idea.id == Vote.idea_id)
    .outerjoin(Member, Member.user_id == Vote.user_id)
    .outerjoin(CircleMember, and_(CircleMember.circle_id == Idea.circle_id, CircleMember.user_id == Vote.user_id))
    .where(Vote.idea_id == bindparam("idea"))
    .order_by(Vote.created_at, Vote.user_id)
    .limit(literal(NAMES, literal_execute=True))
    .subquery("voted")
)
_named = NAMED_BESIDE.subquery("named")
# Built once: it is asked with every page of a suggestion.
_STATEMENT = union_all(
    select(
        literal("voice").label("what"), _voted.c.place.label("number"), _voted.c.name.label("name"),
        _voted.c.votes.label("one"), _voted.c.is_hidden.label("two"), _no_words.label("key"),
    ),
    select(literal("picture"), Attachment.id, _no_words, Attachment.width, Attachment.height, _no_words)
    .where(Attachment.idea_id == bindparam("idea")),
    select(literal("tag"), Tag.id, Tag.name, _no_number, _no_number, _no_words)
    .join(IdeaTag, IdeaTag.tag_id == Tag.id)
    .where(IdeaTag.idea_id == bindparam("idea")),
    # What is held or was taken out is named by nobody else's page.
    select(literal("joined"), _source.id, _source.title, _no_number, _no_number, _no_words)
    .where(_source.merged_into_id == bindparam("idea"), _source.held_at.is_(None), _source.removed_at.is_(None)),
    select(literal("stands-in"), _target.id, _target.title, _no_number, _no_number, _no_words)
    .join(Idea, Idea.merged_into_id == _target.id)
    .where(Idea.id == bindparam("idea"), _target.held_at.is_(None), _target.removed_at.is_(None)),
    select(literal("circle"), Circle.id, Circle.name, _no_number, _no_number, _no_words)
    .join(Idea, Idea.circle_id == Circle.id)
    .where(Idea.id == bindparam("idea")),
    select(literal("ask"), Ask.id, Ask.question, _no_number, _no_number, _no_words)
    .join(Idea, Idea.ask_id == Ask.id)
    .where(Idea.id == bindparam("idea")),
    select(literal("away"), Absence.id, _no_words, _no_number, _no_number, cast(Absence.until_day, String))
    .join(Idea, Idea.owner_id == Absence.user_id)
    .where(Idea.id == bindparam("idea"), Absence.from_day <= _today, Absence.until_day >= _today),
    select(
        literal("name"), _named.c.user_id, _named.c.name, _named.c.id, _named.c.member_id, _named.c.subject_key,
    ),
)  # fmt: skip


def beside(idea: Idea) -> Beside:
    """Everything beside one suggestion."""
    found: dict[str, list[Any]] = defaultdict(list)
    today = config.today()
    for row in session().execute(_STATEMENT, {"idea": idea.id, "today": today}):
        found[row.what].append(row)
    named: dict[str, tuple[Named, ...]] = defaultdict(tuple)
    for row in sorted(found["name"], key=lambda row: row.one):
        named[row.key] += (Named(row.name, row.number, row.two),)
    voices = sorted(found["voice"], key=lambda row: row.number)
    return Beside(
        supporters=[row.name for row in voices],
        hidden=frozenset(row.name for row in voices if row.two),
        votes=voices[0].one if voices else 0,
        pictures=sorted((row.number, row.one, row.two) for row in found["picture"]),
        tags=sorted(((row.number, row.name) for row in found["tag"]), key=lambda tag: tag[1].casefold()),
        joined=sorted((row.number, row.name) for row in found["joined"]),
        stands_in=_one(found["stands-in"]),
        circle=_one(found["circle"]),
        ask=_one(found["ask"]),
        away=_away(idea, found["away"]),
        named=named,
    )


def _away(idea: Idea, rows: list[Any]) -> tuple[date, str] | None:
    """Until when the owner is away, and who answers for them today: who stands in may be away as well."""
    if not rows:
        return None
    until = max(date.fromisoformat(row.key) for row in rows)
    # Whoever stands in need not be inside of its circle.
    number = stand_in_for(idea.owner_id, away_today()) if idea.circle_id is None else None
    person = session().get(User, number) if number is not None else None
    return until, person.name if person is not None and person.is_active and person.is_staff else ""


def _one(rows: list[Any]) -> tuple[int, str] | None:
    return next(((row.number, row.name) for row in rows), None)
