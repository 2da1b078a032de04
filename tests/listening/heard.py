"""Drafts and stored mentions, as the tests of listening need them."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from portal.foundation.database import session
from portal.listening.drafts import AuthorDraft, MentionDraft
from portal.listening.models import Author, Mention

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def make_draft(external_id: str = "1", **given: Any) -> MentionDraft:
    """A post by Juno about a lamp; `author` may be a handle."""
    author = given.pop("author", "juno")
    channel = given.setdefault("channel", "bluesky")
    if isinstance(author, str):
        author = AuthorDraft(channel=channel, handle=author)
    given.setdefault("created_at", NOON)
    given.setdefault("text", f"The lamp on my desk is number {external_id} of the series")
    given.setdefault("lang", "en")
    return MentionDraft(external_id=external_id, author=author, **given)


def stored_mentions() -> list[Mention]:
    """Every mention, in the order of their ids from the channel."""
    session().expire_all()
    return list(session().scalars(select(Mention).order_by(Mention.channel, Mention.external_id)))


def stored_authors() -> list[Author]:
    """Every author by handle."""
    session().expire_all()
    return list(session().scalars(select(Author).order_by(Author.handle_key)))
