"""The answer desk: what waits for the company, ordered by its promise."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, case, literal, select, union_all
from sqlalchemy.orm import aliased

from portal.accounts.models import User
from portal.foundation.database import session
from portal.ledger.models import OPEN, Idea, Response, ResponseKind, Standing
from portal.ledger.promises import due_at, is_overdue, promise_words
from portal.ledger.queries.tags import Tags, read_tags, tags_column
from portal.ledger.queries.voices import voices
from portal.ledger.visibility import Reach, reach_of, visible_ideas

DESK_SHOWN = 50


@dataclass(frozen=True)
class DeskRow:
    """One suggestion that waits; `due` is None while the member is asked."""

    id: int
    title: str
    author: str
    owner: str
    said_at: datetime
    standing: Standing
    promise: str
    due: datetime | None
    is_overdue: bool
    votes: int
    tags: Tags = ()


def waiting_for(staff: User, *, zone: tzinfo, reach: Reach | None = None) -> tuple[list[DeskRow], list[DeskRow]]:
    """What waits for this person and what waits for others, the nearest promise first, 50 each.

    Their own suggestions are left out, since nobody answers their own; so are those of circles that they are
    not inside of, and what is held.
    """
    seen = reach or reach_of(staff)
    return _rows(_statement(True, seen), staff, zone), _rows(_statement(False, seen), staff, zone)


def _rows(statement: Select[Any], staff: User, zone: tzinfo) -> list[DeskRow]:
    rows = [_desk_row(row, zone) for row in session().execute(statement, {"staff": staff.id})]
    # Whoever waits for the member comes last.
    return sorted(rows, key=lambda row: (row.due is None, row.due or row.said_at, row.id))[:DESK_SHOWN]


@lru_cache(maxsize=64)
def _statement(is_theirs: bool, reach: Reach) -> Select[*tuple[Any, ...]]:
    whose = Idea.owner_id == bindparam("staff") if is_theirs else Idea.owner_id != bindparam("staff")
    keys = union_all(*(_nearest(standing, whose & visible_ideas(reach)) for standing in OPEN)).subquery("nearest")
    author, owner, asker = aliased(User), aliased(User), aliased(User)
    asked_by = (
        select(asker.name)
        .join(Response, Response.answered_by_id == asker.id)
        .where(Response.idea_id == Idea.id, Response.kind == ResponseKind.QUESTION)
        .order_by(Response.id.desc())
        .limit(1)
        .correlate(Idea)
        .scalar_subquery()
    )
    return (
        select(
            Idea.id,
            Idea.title,
            Idea.created_at,
            Idea.standing,
            Idea.acknowledge_by,
            Idea.decide_by,
            Idea.new_date,
            author.name.label("author"),
            owner.name.label("owner"),
            voices().label("votes"),
            case((Idea.standing == Standing.ASKED_BACK, asked_by)).label("asked_by"),
            tags_column(Idea.id).label("tags"),
        )
        .select_from(keys)
        .join(Idea, Idea.id == keys.c.id)
        .join(author, author.id == Idea.proposed_by_id)
        .join(owner, owner.id == Idea.owner_id)
    )


def _nearest(standing: Standing, whose: ColumnElement[bool]) -> Select[Any]:
    """The nearest promises of one standing, each by its own index."""
    promise = Idea.acknowledge_by if standing is Standing.WAITING else Idea.decide_by
    nearest = (
        select(Idea.id)
        .where(Idea.standing == standing, whose, Idea.proposed_by_id != bindparam("staff"))
        .order_by(promise, Idea.id)
        .limit(literal(DESK_SHOWN, literal_execute=True))
        .subquery()
    )
    return select(nearest.c.id)


def _desk_row(found: Any, zone: tzinfo) -> DeskRow:
    return DeskRow(
        id=found.id,
        title=found.title,
        author=found.author,
        owner=found.owner,
        said_at=found.created_at,
        standing=found.standing,
        promise=promise_words(found, found.owner, zone, asked_by=found.asked_by),
        due=due_at(found),
        is_overdue=is_overdue(found),
        votes=found.votes,
        tags=read_tags(found.tags),
    )
