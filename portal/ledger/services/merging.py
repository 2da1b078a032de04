"""Joining suggestions that say the same, and parting them again; the voices count once either way."""

from sqlalchemy import delete, select, update

from portal.accounts.models import User
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import insert_into, session
from portal.foundation.text import gettext as _
from portal.ledger.chain import hold_ledger
from portal.ledger.models import Idea, IdeaMerge, Vote
from portal.ledger.policies import may_merge
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
    session().refresh(source)
    session().refresh(into)
    if source.id == into.id or source.merged_into_id is not None:
        raise NothingNew(_("It is joined with that one already."))
    if into.merged_into_id is not None:
        raise NothingNew(_("That one is joined with another itself. Choose the one in which it stands."))
    if (source.circle_id, source.ask_id, source.is_private) != (into.circle_id, into.ask_id, into.is_private):
        raise NotHere(_("They stand in different rooms. Only suggestions that the same people see can be joined."))
    moment = now()
    # Those that were joined with the first move along with it.
    session().execute(update(Idea).where(Idea.merged_into_id == source.id).values(merged_into_id=into.id))
    source.merged_into_id, source.moderated_at = into.id, moment
    _bring_voices(source, into)
    merge = IdeaMerge(source=source, target=into, merged_by=by, merged_at=moment)
    session().add(merge)
    session().flush()
    record("idea.merged", source, by=by, after={"into": into.id})
    return merge


def split_idea(source: Idea, *, by: User) -> Idea:
    """Part a suggestion from the one that it was joined with; the voices that it brought go with it.

    Whoever has said since that they stand behind the other one stays there too. Returns the other one.

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
    other = session().get_one(Idea, source.merged_into_id)
    moment = now()
    session().execute(delete(Vote).where(Vote.idea_id == other.id, Vote.via_id == source.id))
    session().execute(
        update(IdeaMerge)
        .where(IdeaMerge.source_id == source.id, IdeaMerge.undone_at.is_(None))
        .values(undone_at=moment, undone_by_id=by.id)
    )
    source.merged_into_id, source.moderated_at = None, moment
    session().flush()
    # Someone who came by two that were joined still stands behind the one that remains.
    for remaining in session().scalars(select(Idea).where(Idea.merged_into_id == other.id)):
        _bring_voices(remaining, other)
    record("idea.split", source, by=by, before={"into": other.id})
    return other


def _bring_voices(source: Idea, into: Idea) -> None:
    """The members behind one suggestion stand behind another too, each once; staff and its own author do not vote."""
    behind = select(Vote.user_id).where(Vote.idea_id == source.id)
    author = select(User.id).where(User.id == source.proposed_by_id, User.role == "member")
    people = set(session().scalars(behind.union(author))) - {into.proposed_by_id}
    if not people:
        return
    rows = [
        {"idea_id": into.id, "user_id": number, "via_id": source.id, "created_at": now()} for number in sorted(people)
    ]
    session().execute(insert_into(Vote).on_conflict_do_nothing(), rows)
