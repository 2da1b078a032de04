"""Keeping who is named in words; telling them is for `updates`."""

from typing import Any

from sqlalchemy import delete

from portal.accounts.models import User
from portal.foundation.clock import now
from portal.foundation.database import insert_into, session
from portal.ledger.models import Comment, Idea, Naming, Response
from portal.ledger.queries import people_named
from portal.ledger.services.holding import text_of


def keep_names(words: Idea | Comment | Response, *, by: User) -> list[User]:
    """Write down who is named in a suggestion, a comment or an answer as it reads now; returns them."""
    idea = words if isinstance(words, Idea) else words.idea
    key = f"{words.__tablename__}:{words.id}"
    people = people_named(_text_of(words), idea, by=by)
    gone = delete(Naming).where(Naming.subject_key == key, Naming.user_id.not_in([one.id for one in people]))
    session().execute(gone)
    rows: list[dict[str, Any]] = [
        {
            "subject_key": key,
            "user_id": one.id,
            "idea_id": idea.id,
            "comment_id": words.id if isinstance(words, Comment) else None,
            "created_at": now(),
        }
        for one in people
    ]
    if rows:
        session().execute(insert_into(Naming).on_conflict_do_nothing(), rows)
    return people


def _text_of(words: Idea | Comment | Response) -> str:
    """All that was written, an answer's other languages too."""
    if isinstance(words, Response):
        return "\n".join((words.message, *(words.in_languages or {}).values()))
    return text_of(words)
