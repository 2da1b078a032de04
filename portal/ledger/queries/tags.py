"""Suggestions by the words that the staff sorts them by."""

from sqlalchemy import select

from portal.accounts.models import User
from portal.foundation.database import session
from portal.ledger.models import Idea, IdeaTag, Tag
from portal.ledger.visibility import reach_of, visible_ideas

TAGGED = 50


def tagged_ideas(tag: Tag, reader: User, *, before_id: int | None = None) -> tuple[list[Idea], int | None]:
    """The suggestions under a tag that the reader sees, newest first, and the key of the next page."""
    statement = (
        select(Idea)
        .join(IdeaTag, IdeaTag.idea_id == Idea.id)
        .where(IdeaTag.tag_id == tag.id, visible_ideas(reach_of(reader)))
        .order_by(Idea.id.desc())
        .limit(TAGGED + 1)
    )
    if before_id is not None:
        statement = statement.where(Idea.id < before_id)
    found = list(session().scalars(statement))
    return found[:TAGGED], found[TAGGED - 1].id if len(found) > TAGGED else None
