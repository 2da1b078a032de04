"""What of a member's words changed something."""

from dataclasses import dataclass

from sqlalchemy import func, literal, select, union_all

from portal.accounts.models import User
from portal.foundation.database import session
from portal.ledger.models import Action, Idea, Response, Standing, Vote
from portal.ledger.visibility import Reach, visible_ideas

CHANGES_SHOWN = 30


@dataclass(frozen=True)
class Change:
    """A suggestion that ended in something done: whose it was, and what the company did."""

    idea_id: int
    title: str
    action: str
    is_own: bool


def changes_of(person: User, *, reach: Reach, with_votes: bool) -> list[Change]:
    """The suggestions of somebody that are done, newest first, as far as the reader sees them.

    Args:
        reach: that of the reader.
        with_votes: also those of others that they stood behind; that is for themselves and the staff.
    """
    own = select(Idea.id.label("id"), literal(1).label("own")).where(
        Idea.proposed_by_id == person.id, Idea.on_behalf_of == ""
    )
    stood_behind = select(Vote.idea_id, literal(0)).join(Idea, Idea.id == Vote.idea_id)
    voted = stood_behind.where(Vote.user_id == person.id, Idea.proposed_by_id != person.id)
    theirs = (union_all(own, voted) if with_votes else own).subquery()
    latest = (
        select(Action.title)
        .join(Response, Response.action_id == Action.id)
        .where(Response.idea_id == Idea.id)
        .order_by(Response.id.desc())
        .limit(1)
        .correlate(Idea)
        .scalar_subquery()
    )
    rows = session().execute(
        select(Idea.id, Idea.title, func.coalesce(latest, "").label("action"), theirs.c.own)
        .join(theirs, theirs.c.id == Idea.id)
        .where(Idea.standing == Standing.DONE, visible_ideas(reach))
        .order_by(theirs.c.own.desc(), Idea.id.desc())
        .limit(CHANGES_SHOWN)
    )
    return [Change(row.id, row.title, row.action, bool(row.own)) for row in rows]
