"""Joining suggestions that say the same, and parting them again; the voices count once either way.

Each joining is one edge of a tree, and `Idea.merged_into_id` names the top of it. What belongs to an idea is its
author's voice and those given to it; those that others bring along follow from these, and are made anew with every
joining and parting.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import case, delete, func, literal, select, update

from portal.accounts.models import User
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import insert_into, session
from portal.foundation.text import gettext as _
from portal.ledger.chain import hold_ledger
from portal.ledger.models import OPEN, Idea, IdeaMerge, Standing, Vote
from portal.ledger.policies import may_merge
from portal.ledger.promises import promise_for
from portal.ledger.queries import clock_at
from portal.ledger.services.refusals import NotHere, NothingNew, NotYours


def merge_ideas(source: Idea, *, into: Idea, by: User) -> IdeaMerge:
    """Join a suggestion with another that says the same.

    Whoever stood behind the first, its author too, stands behind the second from now on, and counts once. What was
    answered stays where it was answered; from now on the second is answered for both. Everyone behind the first
    hears of it when `updates` next reads the ledger.

    Raises:
        NotYours: not staff.
        NotHere: they stand in different rooms, so that somebody would see what is not for them.
        NothingNew: it is the same suggestion, or one of them is joined with another already.
    """
    if not (may_merge(by, source) and may_merge(by, into)):
        raise NotYours(_("Only the company's own people join suggestions."))
    hold_ledger()
    for idea in (source, into):
        # Voices on their way come before or after, never in between.
        session().refresh(idea, with_for_update=True)
    if source.id == into.id or source.merged_into_id is not None:
        raise NothingNew(_("It is joined with that one already."))
    if into.merged_into_id is not None:
        raise NothingNew(_("That one is joined with another itself. Choose the one in which it stands."))
    if (source.circle_id, source.ask_id, source.is_private) != (into.circle_id, into.ask_id, into.is_private):
        raise NotHere(_("They stand in different rooms. Only suggestions that the same people see can be joined."))
    if source.is_private and source.proposed_by_id != into.proposed_by_id:
        # Each would be led to what the other said to the company alone.
        raise NotHere(_("Each is for the company’s eyes alone, and their authors are not to see each other’s."))
    moment = now()
    # Those that were joined with the first move along with it.
    _move(_joined_with(source.id), to=into.id)
    source.merged_into_id, source.moderated_at = into.id, moment
    merge = IdeaMerge(source=source, target=into, merged_by=by, merged_at=moment)
    session().add(merge)
    session().flush()
    _bring_voices(into.id, _edges(into.id))
    record("idea.merged", source, by=by, after={"into": into.id})
    return merge


def split_idea(source: Idea, *, by: User) -> Idea:
    """Part a suggestion from the one that it was joined with; the voices that it brought go with it.

    What was joined with it before goes with it too. Whoever has said since that they stand behind the other one
    stays there. Its promises are as much later as it was joined. Returns the other one.

    Raises:
        NotYours: not staff.
        NothingNew: it stands by itself.
    """
    if not may_merge(by, source):
        raise NotYours(_("Only the company's own people part suggestions."))
    hold_ledger()
    session().refresh(source)
    if source.merged_into_id is None:
        raise NothingNew(_("It stands by itself already."))
    return _part(source, source.merged_into_id, by=by)


def split_all(target: Idea, *, by: User) -> int:
    """Let everything that was joined with a suggestion stand by itself again, since the suggestion goes out of sight.

    Whoever calls holds the ledger. Returns how many they were.
    """
    direct = {number for number, above in _edges(target.id).items() if above == target.id}
    for number in sorted(direct):
        _part(session().get_one(Idea, number), target.id, by=by)
    return len(direct)


def _part(source: Idea, top: int, *, by: User) -> Idea:
    edges, moment = _edges(top), now()
    family = _under(source.id, edges)
    above = [edges.pop(source.id, top)]
    while above[-1] != top:
        above.append(edges.get(above[-1], top))
    mine = (IdeaMerge.source_id == source.id, IdeaMerge.undone_at.is_(None))
    joined_at = session().scalar(select(IdeaMerge.merged_at).where(*mine))
    session().execute(update(IdeaMerge).where(*mine).values(undone_at=moment, undone_by_id=by.id))
    if joined_at is not None:
        _keep_waiting(source, joined_at, moment)
    _move(family, to=source.id)
    source.merged_into_id, source.moderated_at = None, moment
    session().flush()
    for number in (source.id, *above):
        _bring_voices(number, edges)
    record("idea.split", source, by=by, before={"into": top})
    return session().get_one(Idea, top)


def _keep_waiting(idea: Idea, joined_at: datetime, parted_at: datetime) -> None:
    """What was promised before it was joined is promised as much later as it was; what was broken by then stays so."""
    promise = promise_for(idea.circle_id)
    if idea.standing is Standing.WAITING and idea.acknowledge_by >= joined_at:
        idea.acknowledge_by = promise.after_pause(idea.acknowledge_by, joined_at, parted_at)
    # From a question on the clock stands still anyway; that time is given when the reply comes.
    until = clock_at(idea, parted_at).asked_at or parted_at
    if idea.standing not in OPEN or until <= joined_at:
        return
    if idea.decide_by >= joined_at:
        idea.decide_by = promise.after_pause(idea.decide_by, joined_at, until)
    if idea.new_date is not None and idea.new_date >= joined_at:
        idea.new_date = promise.after_pause(idea.new_date, joined_at, until)


def _joined_with(number: int) -> set[int]:
    return set(session().scalars(select(Idea.id).where(Idea.merged_into_id == number)))


def _edges(top: int) -> dict[int, int]:
    """For everything below the top of a tree the one that it was joined with."""
    joined = select(IdeaMerge.source_id, IdeaMerge.target_id).join(Idea, Idea.id == IdeaMerge.source_id)
    rows = session().execute(joined.where(Idea.merged_into_id == top, IdeaMerge.undone_at.is_(None)))
    return {row.source_id: row.target_id for row in rows}


def _under(number: int, edges: Mapping[int, int]) -> set[int]:
    direct = {below for below, above in edges.items() if above == number}
    return direct.union(*(_under(each, edges) for each in direct))


def _move(numbers: Collection[int], *, to: int) -> None:
    session().execute(update(Idea).where(Idea.id.in_(numbers)).values(merged_into_id=to))


def _bring_voices(into: int, edges: Mapping[int, int]) -> None:
    """Whoever stands behind what was joined with this stands behind this too, once; staff and its own author do not.

    What was brought before is made anew, so that it never depends on the order in which things were joined and parted.

    Args:
        edges: what was joined with what, at least below this one.
    """
    sources = _under(into, edges)
    session().execute(delete(Vote).where(Vote.idea_id == into, Vote.via_id.is_not(None)))
    given = select(Vote.user_id, Vote.idea_id, Vote.created_at).where(Vote.idea_id.in_(sources), Vote.via_id.is_(None))
    authors = select(User.id, Idea.id, Idea.created_at).join(Idea, Idea.proposed_by_id == User.id)
    authors = authors.where(Idea.id.in_(sources), User.role == "member", Idea.is_author_silent.is_(False))
    found = given.union_all(authors).subquery("found")
    author = select(Idea.proposed_by_id).where(Idea.id == into).scalar_subquery()
    brought = select(literal(into), found.c.user_id, func.min(found.c.idea_id), func.min(found.c.created_at))
    brought = brought.where(found.c.user_id != author).group_by(found.c.user_id)
    fields = ["idea_id", "user_id", "via_id", "created_at"]
    session().execute(insert_into(Vote).from_select(fields, brought).on_conflict_do_nothing())
    # Whoever somebody of the staff wrote for has no account, and neither have those brought over without names.
    spoken_for = case((Idea.on_behalf_of != "", 1), else_=0)
    unnamed = select(func.coalesce(func.sum(Idea.imported_votes + spoken_for), 0)).where(Idea.id.in_(sources))
    session().execute(update(Idea).where(Idea.id == into).values(joined_votes=session().scalar(unnamed)))
