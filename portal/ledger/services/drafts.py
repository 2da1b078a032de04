"""Words that were typed and not sent: one draft for each person, kept for a month."""

from datetime import timedelta

from sqlalchemy import delete

from portal.accounts.models import User
from portal.community.models import Ask, Circle
from portal.foundation.clock import now
from portal.foundation.database import insert_into, session
from portal.foundation.text import MARKDOWN_LIMIT, tidy
from portal.ledger.models import IdeaDraft
from portal.ledger.services.refusals import TITLE_LIMIT

KEPT = timedelta(days=30)


def keep_draft(
    user: User,
    *,
    title: str,
    body: str,
    circle: Circle | None = None,
    ask: Ask | None = None,
    is_private: bool = False,
    on_behalf_of: str = "",
    came_by: str = "",
) -> bool:
    """Keep what is typed so far in place of what was kept before; nothing typed drops it. Says whether it is kept.

    Args:
        circle: where it is to stand, so that words for a few are not brought back in front of everyone.
        ask: what it answers; it stands where the ask stands.
        on_behalf_of: whose words they are, and `came_by` how they came; see `suggest`.
    """
    line, words = " ".join(tidy(title).split())[:TITLE_LIMIT], tidy(body)[:MARKDOWN_LIMIT]
    if not line and not words:
        drop_draft(user)
        return False
    values = {
        "title": line,
        "body": words,
        "circle_id": ask.circle_id if ask else circle.id if circle else None,
        "ask_id": ask.id if ask else None,
        "is_private": is_private,
        "on_behalf_of": tidy(on_behalf_of)[:120],
        "came_by": tidy(came_by)[:200],
        "changed_at": now(),
    }
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
