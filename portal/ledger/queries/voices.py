"""Who speaks in a suggestion and how many stand behind it, as columns of a query on `Idea`."""

from typing import Any

from sqlalchemy import ColumnElement, func, select

from portal.accounts.models import User
from portal.ledger.models import Idea, Vote


def voices() -> ColumnElement[int]:
    """How many stand behind it, its author among them."""
    given = select(func.count()).where(Vote.idea_id == Idea.id).correlate(Idea).scalar_subquery()
    return given + Idea.unnamed_votes + 1


def said_by(author: Any = User) -> ColumnElement[str]:
    """The name under which it stands: of whoever it was written down for, or of its author."""
    return func.coalesce(func.nullif(Idea.on_behalf_of, ""), author.name)
