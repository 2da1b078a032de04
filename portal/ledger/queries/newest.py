"""What changed last on the ledger, for those who follow it from outside."""

from typing import Any

from sqlalchemy import ColumnElement, Select, literal, select, union_all

from portal.foundation.database import session
from portal.foundation.database.revisions import kept
from portal.ledger.models import AuthorWord, Idea, Progress, Response
from portal.ledger.visibility import TOPIC, Reach, visible_ideas

# One suggestion may have several of the newest answers; more than so many for each that is wanted are not looked at.
_EACH = 3


@kept(TOPIC)
def newest_changes(reach: Reach, limit: int) -> tuple[int, ...]:
    """The suggestions that came, were answered, moved on or were spoken of by their author last; newest first.

    Rows are walked from the last one written, so that a long ledger costs no more than a short one: what was brought
    over from an earlier record stands among them by its own dates until so many others have followed it.
    """
    parts = [part.subquery() for part in _parts(visible_ideas(reach), limit * _EACH)]
    rows = session().execute(union_all(*(select(part.c.id, part.c.at) for part in parts)))
    found: dict[int, Any] = {}
    for number, at in rows:
        found[number] = max(at, found.get(number, at))
    return tuple(sorted(found, key=lambda number: (found[number], number), reverse=True)[:limit])


def _parts(seen: ColumnElement[bool], limit: int) -> list[Select[Any]]:
    """The last rows of each kind of change: id and moment."""
    moved = select(Response.idea_id.label("id"), Progress.recorded_at.label("at")).select_from(Progress)
    said: list[tuple[Any, Any, Any]] = [
        (select(Response.idea_id.label("id"), Response.answered_at.label("at")), Response.idea_id, Response.id),
        (moved.join(Response, Response.action_id == Progress.action_id), Response.idea_id, Progress.id),
        (select(AuthorWord.idea_id.label("id"), AuthorWord.said_at.label("at")), AuthorWord.idea_id, AuthorWord.id),
    ]
    came = select(Idea.id.label("id"), Idea.created_at.label("at")).where(seen).order_by(Idea.id.desc()).limit(limit)
    last = (part.where(_is_seen(number, seen)).order_by(key.desc()).limit(limit) for part, number, key in said)
    return [came, *last]


def _is_seen(number: Any, seen: ColumnElement[bool]) -> ColumnElement[bool]:
    """Asked of one row after the other: as a join it would be answered for all of them first."""
    asked = select(literal(1)).select_from(Idea).where(Idea.id == number, seen).correlate_except(Idea)
    return asked.scalar_subquery() == 1
