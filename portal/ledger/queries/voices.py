"""Who speaks in a suggestion, how many stand behind it and what was said to it, as columns of a query on `Idea`."""

from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from portal.accounts.models import User
from portal.ledger.models import Idea, Response, Vote


def voices() -> ColumnElement[int]:
    """How many stand behind it, its author among them."""
    given = select(func.count()).where(Vote.idea_id == Idea.id).correlate(Idea).scalar_subquery()
    return given + Idea.unnamed_votes + 1


def said_by(author: Any = User) -> ColumnElement[str]:
    """The name under which it stands: of whoever it was written down for, or of its author."""
    return func.coalesce(func.nullif(Idea.on_behalf_of, ""), author.name)


def in_short(*besides: Any) -> Select[Any]:
    """Suggestions (id, title, body, standing, author, votes), each with its newest answer (answer, answerer).

    Of the words there is as much as an excerpt needs.

    Args:
        besides: more columns.
    """
    newest = select(func.max(Response.id)).where(Response.idea_id == Idea.id).correlate(Idea).scalar_subquery()
    answerer = select(User.name).where(User.id == Response.answered_by_id).correlate(Response).scalar_subquery()
    columns: tuple[Any, ...] = (
        Idea.id,
        Idea.title,
        func.substr(Idea.body, 1, 400).label("body"),
        Idea.standing,
        said_by().label("author"),
        voices().label("votes"),
        func.substr(Response.message, 1, 900).label("answer"),
        answerer.label("answerer"),
    )
    return (
        select(*columns, *besides).join(User, User.id == Idea.proposed_by_id).outerjoin(Response, Response.id == newest)
    )
