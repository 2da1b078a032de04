"""What was said beside suggestions and not told yet, and who is to hear of it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, func, literal, select

from portal.accounts.models import User
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.ledger.models import Comment, Idea, Naming
from portal.ledger.queries import IN_THREAD
from portal.ledger.visibility import inside
from portal.updates.models import Level, Notice, Preference
from portal.updates.queries.announced import was_announced
from portal.updates.queries.audience import Follower, chosen_level, followers, with_addresses

# Who has just written may still mend it, and what follows at once is told with it.
SETTLES = timedelta(minutes=15)
# So long nothing more is told of one suggestion.
PAUSE = timedelta(hours=1)
# What waited longer than this, for a look say, is read on the page.
LATEST = timedelta(days=14)
# So many of these mails reach one person in a day; what is more stands on their home page.
MAILS_A_DAY = 8
_AT_ONCE = 50


@dataclass(frozen=True)
class Heard:
    """One person, and what they are told of one suggestion: numbers of comments, and whether they are named."""

    person: Follower
    comments: tuple[int, ...]
    is_named: bool


def ideas_with_news() -> list[int]:
    """Suggestions beside which something was said a while ago that nobody was told of, by id."""
    told = was_announced("comment", Comment.id)
    just_told = select(Notice.id).where(
        Notice.idea_id == Comment.idea_id, Notice.comment_id.is_not(None), Notice.created_at > now() - PAUSE
    )
    return list(
        session().scalars(
            select(Comment.idea_id)
            .join(Idea, Idea.id == Comment.idea_id)
            .where(
                *_tellable(),
                Comment.created_at > now() - LATEST,
                Idea.held_at.is_(None),
                Idea.removed_at.is_(None),
                ~told,
                ~just_told.exists(),
            )
            .group_by(Comment.idea_id)
            .having(func.min(Comment.created_at) <= now() - SETTLES)
            .order_by(Comment.idea_id)
            .limit(_AT_ONCE)
        )
    )


def untold_comments(idea: Idea) -> list[Comment]:
    """What was said beside a suggestion and not told, oldest first."""
    told = was_announced("comment", Comment.id)
    statement = select(Comment).where(
        Comment.idea_id == idea.id, *_tellable(), Comment.created_at > now() - LATEST, ~told
    )
    return list(session().scalars(statement.order_by(Comment.id).limit(_AT_ONCE)))


def hearers_of_comments(idea: Idea, comments: list[Comment]) -> list[Heard]:
    """Whoever wants every comment on this suggestion, and whoever is named in one; nobody hears of their own."""
    numbers = [said.id for said in comments]
    named: dict[int, set[int]] = defaultdict(set)
    for row in session().execute(select(Naming.user_id, Naming.comment_id).where(Naming.comment_id.in_(numbers))):
        named[row.user_id].add(row.comment_id)
    all_of_it = followers(select(Idea.id).where(Idea.id == idea.id), without=0, levels=(Level.EVERYTHING,))
    every = {one.user_id for one in all_of_it}
    people = {one.user_id: one for one in all_of_it} | {one.user_id: one for one in _named(idea, set(named))}
    authors = {said.id: said.author_id for said in comments}
    found = []
    for number, person in sorted(people.items()):
        theirs = numbers if number in every else sorted(named[number])
        heard = tuple(said for said in theirs if authors[said] != number)
        if heard:
            found.append(Heard(person, heard, bool(named[number])))
    return found


def untold_namings() -> list[str]:
    """The suggestions and answers in whose own words somebody is named who was not told, as `Naming.subject_key`.

    Whoever was told of an answer anyway was told of their name in it.
    """
    told = select(Notice.id).where(
        Notice.user_id == Naming.user_id,
        Notice.subject_key.in_((literal("naming:") + Naming.subject_key, Naming.subject_key)),
    )
    return list(
        session().scalars(
            select(Naming.subject_key)
            .join(Idea, Idea.id == Naming.idea_id)
            .where(
                Naming.comment_id.is_(None),
                Naming.created_at.between(now() - LATEST, now() - SETTLES),
                Idea.held_at.is_(None),
                Idea.removed_at.is_(None),
                ~told.exists(),
            )
            .distinct()
            .order_by(Naming.subject_key)
            .limit(_AT_ONCE)
        )
    )


def hearers_of_naming(idea: Idea, key: str) -> list[Heard]:
    """Whoever is named in a suggestion itself, or in an answer to it, and was not told; key: `Naming.subject_key`."""
    keys = (key, f"naming:{key}")
    told = set(session().scalars(select(Notice.user_id).where(Notice.subject_key.in_(keys))))
    named = set(session().scalars(select(Naming.user_id).where(Naming.subject_key == key)))
    return [Heard(one, (), True) for one in _named(idea, named - told)]


def weary(people: list[int]) -> set[int]:
    """Who of these has had as many of these mails as a day takes."""
    rows = session().execute(
        select(Notice.user_id)
        .where(
            Notice.user_id.in_(people),
            Notice.response_id.is_(None),
            Notice.progress_id.is_(None),
            Notice.created_at > now() - timedelta(days=1),
        )
        .group_by(Notice.user_id)
        .having(func.count() >= MAILS_A_DAY)
    )
    return {row.user_id for row in rows}


def _named(idea: Idea, people: set[int]) -> list[Follower]:
    """Those of these who can read the suggestion and did not choose to hear only its answers, or nothing."""
    chosen = chosen_level(User.id, Idea.id)
    level = func.coalesce(chosen, Preference.level)
    may_hear = (
        select(User.id.label("user_id"), literal(idea.id).label("idea_id"))
        .join(Idea, Idea.id == idea.id)
        .outerjoin(Preference, Preference.user_id == User.id)
        .where(User.id.in_(people), inside(Idea, User))
        .where(chosen.is_(None) | (chosen == Level.EVERYTHING))
        .where(level.is_(None) | (level != Level.NOTHING))
    )
    return with_addresses(may_hear.subquery("named"))


def _tellable() -> tuple[ColumnElement[bool], ...]:
    return (Comment.author_id.is_not(None), IN_THREAD)
