"""Who is to be told of an answer or of a step of an action."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, bindparam, case, func, or_, select, union
from sqlalchemy.orm import InstrumentedAttribute, aliased

from portal.accounts.models import User
from portal.consent.queries import objected_addresses
from portal.foundation.database import session
from portal.ledger.models import Idea, IdeaMerge, Progress, Response, ResponseKind, Vote
from portal.ledger.visibility import inside
from portal.updates.models import Level, Preference, Subscription, Telling


@dataclass(frozen=True)
class Follower:
    """One person to tell, of which suggestion, whether by mail too, in which language and zone (empty: not said).

    Attributes:
        pass_on_to: for whom they wrote it down, or one that was joined with it; those hear of it by nobody else.
        also: further suggestions that it is about and that they are behind, by their ids.
    """

    user_id: int
    idea_id: int
    email: str
    name: str
    by_mail: bool
    language: str = ""
    time_zone: str | None = None
    pass_on_to: str = ""
    also: tuple[int, ...] = ()


def untold(what: type[Response] | type[Progress], *, limit: int, after_id: int = 0) -> list[int]:
    """Answers or entries, oldest first, that nobody has been told of yet.

    Args:
        after_id: for one walk through them all; the next walk begins at the start again, since a row that could
            not be told stays untold. What was brought over from an earlier record was told there.
    """
    return list(session().scalars(_untold(what), {"after": after_id, "most": limit}))


@cache
def _untold(what: type[Response] | type[Progress]) -> Select[int]:
    # Made once for each: the worker asks this every few seconds.
    told: InstrumentedAttribute[Any] = Telling.response_id if what is Response else Telling.progress_id
    missing = (
        select(what.id)
        .outerjoin(Telling, told == what.id)
        .where(Telling.id.is_(None), what.imported_as.is_(None), what.id > bindparam("after"))
    )
    if what is Response:
        # Nothing is announced of what is held or was taken out.
        missing = missing.join(Idea, Idea.id == Response.idea_id).where(
            Idea.held_at.is_(None), Idea.removed_at.is_(None)
        )
    return missing.order_by(what.id).limit(bindparam("most"))


def audience_of_answer(answer: Response) -> list[Follower]:
    """Everyone behind the suggestion, but whoever wrote the answer."""
    return followers(select(Idea.id).where(Idea.id == answer.idea_id), without=answer.answered_by_id)


def audience_of_progress(entry: Progress) -> list[Follower]:
    """Everyone behind the suggestions that the action answered when this was written, each of them once.

    Read as it stood then and not as it stands now, so that it makes no difference when it is told. The first
    entry of a new action finds nobody, since no answer names the action yet.
    """
    newest = (
        select(func.max(Response.id).label("id"))
        .where(
            Response.answered_at < entry.recorded_at,
            # An outcome only tells what came of the answer before it.
            Response.kind != ResponseKind.OUTCOME,
            Response.idea_id.in_(select(Response.idea_id).where(Response.action_id == entry.action_id)),
        )
        .group_by(Response.idea_id)
        .subquery()
    )
    linked = select(Response.idea_id).join(newest, newest.c.id == Response.id)
    return followers(linked.where(Response.action_id == entry.action_id), without=entry.recorded_by_id)


def audience_of_merge(merge: IdeaMerge, target: Idea) -> list[Follower]:
    """Everyone behind the suggestion that was joined with `target`, but those who want to hear nothing of that one."""
    people = followers(select(Idea.id).where(Idea.id == merge.source_id), without=merge.merged_by_id)
    off = select(Subscription.user_id).where(Subscription.idea_id == target.id, Subscription.level == Level.NOTHING)
    silent = set(session().scalars(off))
    return [one for one in people if one.user_id not in silent]


def audience_of_parting(merge: IdeaMerge) -> list[Follower]:
    """Everyone behind the suggestion that stands by itself again."""
    assert merge.undone_by_id is not None
    return followers(select(Idea.id).where(Idea.id == merge.source_id), without=merge.undone_by_id)


def followers(
    ideas: Select[Any], *, without: int, levels: tuple[Level, ...] = (Level.EVERYTHING, Level.ANSWERS)
) -> list[Follower]:
    """Everyone behind these suggestions who wants to hear as much, once each, but one of them.

    Whoever made or follows one that was joined with one of these is behind that one; its voters are anyway.

    Args:
        levels: how much they want to hear; by their choice for the suggestion, or by their preference.
    """
    behind = union(
        select(Idea.proposed_by_id.label("user_id"), Idea.id.label("idea_id")).where(Idea.id.in_(ideas)),
        select(Vote.user_id, Vote.idea_id).where(Vote.idea_id.in_(ideas)),
        select(Subscription.user_id, Subscription.idea_id).where(Subscription.idea_id.in_(ideas)),
        # Who took their voice back there is not brought along by what they made.
        select(Idea.proposed_by_id, Idea.merged_into_id).where(*_joined_with(ideas), Idea.is_author_silent.is_(False)),
        select(Subscription.user_id, Idea.merged_into_id)
        .join(Idea, Idea.id == Subscription.idea_id)
        .where(*_joined_with(ideas)),
    ).subquery("behind")
    chosen = chosen_level(behind.c.user_id, behind.c.idea_id)
    level = func.coalesce(chosen, Preference.level, Level.ANSWERS.value)
    pairs = (
        select(behind.c.user_id, behind.c.idea_id)
        .join(Idea, Idea.id == behind.c.idea_id)
        .join(User, User.id == behind.c.user_id)
        .outerjoin(Preference, Preference.user_id == behind.c.user_id)
        .where(behind.c.user_id != without, level.in_([each.value for each in levels]), inside(Idea, User))
        .subquery("pairs")
    )
    return [_as_one(list(several)) for _id, several in groupby(with_addresses(pairs), attrgetter("user_id"))]


def _as_one(several: Sequence[Follower]) -> Follower:
    """Someone behind several of the suggestions hears of the first, and of the others with it."""
    first, *others = several
    for_whom = dict.fromkeys(one.pass_on_to for one in several if one.pass_on_to)
    return replace(first, also=tuple(one.idea_id for one in others), pass_on_to=", ".join(for_whom))


def chosen_level(user_id: Any, idea_id: Any) -> ScalarSelect[Level]:
    """What somebody chose to hear of a suggestion, or else the most that they chose for one joined with it.

    Args:
        user_id: the column of their number; so with `idea_id`. NULL where they chose nothing.
    """
    chosen, about = aliased(Subscription), aliased(Idea)
    most = case((chosen.level == Level.EVERYTHING, 0), (chosen.level == Level.ANSWERS, 1), else_=2)
    return (
        select(chosen.level)
        .join(about, about.id == chosen.idea_id)
        .where(chosen.user_id == user_id, or_(about.id == idea_id, about.merged_into_id == idea_id))
        .order_by(about.merged_into_id.is_not(None), most)
        .limit(1)
        .scalar_subquery()
    )


def _joined_with(ideas: Select[Any]) -> tuple[ColumnElement[bool], ...]:
    return (Idea.merged_into_id.is_not(None), Idea.merged_into_id.in_(ideas))


def with_addresses(people: Any) -> list[Follower]:
    """Where each of these is reached; people: a subquery of user_id and idea_id."""
    written = aliased(Idea)
    pass_on_to = (
        select(func.coalesce(func.aggregate_strings(written.on_behalf_of, ", "), ""))
        .where(written.proposed_by_id == people.c.user_id, written.on_behalf_of != "")
        .where(or_(written.id == people.c.idea_id, written.merged_into_id == people.c.idea_id))
        .scalar_subquery()
    )
    rows = session().execute(
        select(
            User.id,
            people.c.idea_id,
            User.email,
            User.name,
            func.coalesce(Preference.answers_by_mail, True).label("by_mail"),
            User.language,
            User.time_zone,
            pass_on_to,
        )
        .join(people, people.c.user_id == User.id)
        .outerjoin(Preference, Preference.user_id == User.id)
        .where(User.suspended_at.is_(None))
        .order_by(User.id, people.c.idea_id)
    )
    found = [Follower(*row) for row in rows]
    silent = objected_addresses({follower.email for follower in found if follower.by_mail})
    return [replace(one, by_mail=False) if one.by_mail and one.email in silent else one for one in found]
