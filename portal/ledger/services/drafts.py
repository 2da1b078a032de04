"""Words that were typed and not sent: a draft for each form that somebody began, kept for a month."""

from datetime import timedelta

from sqlalchemy import delete, select

from portal.accounts.models import User
from portal.community.models import Ask, Circle
from portal.foundation.clock import now
from portal.foundation.database import insert_into, session
from portal.foundation.text import MARKDOWN_LIMIT, tidy
from portal.ledger.models import IdeaDraft
from portal.ledger.services.refusals import TITLE_LIMIT
from portal.listening.models import Mention

KEPT = timedelta(days=30)
# More than that nobody finds their way in.
DRAFTS = 50


def keep_draft(
    user: User,
    form_key: str,
    *,
    title: str,
    body: str,
    circle: Circle | None = None,
    ask: Ask | None = None,
    mention: Mention | None = None,
    is_private: bool = False,
    on_behalf_of: str = "",
    came_by: str = "",
) -> bool:
    """Keep what is typed into a form so far; nothing typed drops it. Says whether it is kept.

    Whoever has as many as there is room for loses the one that they have touched least of late.

    Args:
        form_key: the random key that the form carries; each form has a draft of its own.
        circle: where it is to stand, so that words for a few are not brought back in front of everyone.
        ask: what it answers; it stands where the ask stands.
        mention: what it brings onto the ledger.
        on_behalf_of: whose words they are, and `came_by` how they came; see `suggest`.
    """
    line, words = " ".join(tidy(title).split())[:TITLE_LIMIT], tidy(body)[:MARKDOWN_LIMIT]
    if not line and not words:
        drop_draft(user, form_key)
        return False
    values = {
        "title": line,
        "body": words,
        "circle_id": ask.circle_id if ask else circle.id if circle else None,
        "ask_id": ask.id if ask else None,
        "mention_id": mention.id if mention else None,
        "is_private": is_private,
        "on_behalf_of": tidy(on_behalf_of)[:120],
        "came_by": tidy(came_by)[:200],
        "changed_at": now(),
    }
    statement = insert_into(IdeaDraft).values(user_id=user.id, form_key=form_key, **values)
    session().execute(statement.on_conflict_do_update(index_elements=["user_id", "form_key"], set_=values))
    newest = select(IdeaDraft.id).where(IdeaDraft.user_id == user.id)
    newest = newest.order_by(IdeaDraft.changed_at.desc(), IdeaDraft.id.desc()).limit(DRAFTS)
    session().execute(delete(IdeaDraft).where(IdeaDraft.user_id == user.id, IdeaDraft.id.not_in(newest)))
    return True


def drop_draft(user: User, form_key: str) -> None:
    """Forget what was typed into a form; it was sent, or thrown away."""
    session().execute(delete(IdeaDraft).where(IdeaDraft.user_id == user.id, IdeaDraft.form_key == form_key))


def expire_drafts() -> int:
    """Forget what nobody has touched for a month; returns how many."""
    removed = session().execute(delete(IdeaDraft).where(IdeaDraft.changed_at < now() - KEPT))
    return int(removed.rowcount)  # type: ignore[attr-defined]
