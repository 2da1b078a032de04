"""Words that were typed and not sent: one draft for each person, kept for a month."""

from datetime import timedelta

from sqlalchemy import delete

from portal.accounts.models import User
from portal.foundation.clock import now
from portal.foundation.database import insert_into, session
from portal.foundation.text import MARKDOWN_LIMIT, tidy
from portal.ledger.models import IdeaDraft
from portal.ledger.services.refusals import TITLE_LIMIT

KEPT = timedelta(days=30)


def keep_draft(user: User, *, title: str, body: str) -> bool:
    """Keep what is typed so far in place of what was kept before; nothing typed drops it. Says whether it is kept."""
    line, words = " ".join(tidy(title).split())[:TITLE_LIMIT], tidy(body)[:MARKDOWN_LIMIT]
    if not line and not words:
        drop_draft(user)
        return False
    values = {"title": line, "body": words, "changed_at": now()}
    statement = insert_into(IdeaDraft).values(user_id=user.id, **values)
    session().execute(statement.on_conflict_do_update(index_elements=["user_id"], set_=values))
    return True


def drop_draft(user: User) -> None:
    """Forget what was typed; it was sent, or its author starts anew."""
    session().execute(delete(IdeaDraft).where(IdeaDraft.user_id == user.id))


def expire_drafts() -> int:
    """Forget what nobody has touched for a month; returns how many."""
    removed = session().execute(delete(IdeaDraft).where(IdeaDraft.changed_at < now() - KEPT))
    return int(removed.rowcount)  # type: ignore[attr-defined]
