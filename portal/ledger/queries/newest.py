"""What changed last on the ledger, for those who follow it from outside."""

from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, union_all

from portal.foundation.database import session
from portal.foundation.database.revisions import kept
from portal.ledger.models import AuthorWord, Idea, Progress, Response
from portal.ledger.visibility import TOPIC, Reach, visible_ideas


@kept(TOPIC)
def newest_changes(reach: Reach, limit: int) -> tuple[int, ...]:
    """The suggestions that came, were answered, moved on or were spoken of by their author last; newest first."""
    parts = [part.subquery() for part in _parts(visible_ideas(reach), limit)]
    rows = session().execute(union_all(*(select(part.c.id, part.c.at) for part in parts)))
    found: dict[int, Any] = {}
    for number, at in rows:
        found[number] = max(at, found.get(number, at))
    return tuple(sorted(found, key=lambda number: (found[number], number), reverse=True)[:limit])


def _parts(seen: ColumnElement[bool], limit: int) -> list[Select[Any]]:
    """The newest of each kind of change, one row for each suggestion: id and moment."""
    columns = Response.idea_id.label("id"), func.max(Response.answered_at).label("at")
    moved, spoken = func.max(Progress.recorded_at).label("at"), func.max(AuthorWord.said_at).label("at")
    steps = select(columns[0], moved).join(Progress, Progress.action_id == Response.action_id)
    words = select(AuthorWord.idea_id.label("id"), spoken)
    grouped: list[Any] = [
        select(*columns).join(Idea, Idea.id == Response.idea_id).where(seen).group_by(Response.idea_id),
        steps.join(Idea, Idea.id == Response.idea_id).where(seen).group_by(Response.idea_id),
        words.join(Idea, Idea.id == AuthorWord.idea_id).where(seen).group_by(AuthorWord.idea_id),
    ]
    parts = [select(Idea.id.label("id"), Idea.created_at.label("at")).where(seen), *grouped]
    return [part.order_by(part.selected_columns.at.desc()).limit(limit) for part in parts]
