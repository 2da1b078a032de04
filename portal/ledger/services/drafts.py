"""What was typed and not sent: a draft for each form that somebody began, words and pictures, kept for a month."""

from collections.abc import Iterable
from datetime import timedelta
from typing import IO, Any

from sqlalchemy import delete, func, select

from portal.accounts.models import User
from portal.community.models import Ask, Circle
from portal.foundation.clock import now
from portal.foundation.database import hold, insert_into, session
from portal.foundation.storage import StoredPicture, remove_picture
from portal.foundation.text import MARKDOWN_LIMIT, tidy
from portal.ledger.models import DraftPicture, IdeaDraft
from portal.ledger.services.pictures import LeftOut, kept_singly
from portal.ledger.services.refusals import TITLE_LIMIT
from portal.listening.models import Mention

KEPT = timedelta(days=30)
# More than that nobody finds their way in.
DRAFTS = 50
# Words that are too long for a suggestion wait whole, so that whoever shortens them has them.
LONGEST = 5 * MARKDOWN_LIMIT


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
    with_pictures: bool = False,
) -> IdeaDraft | None:
    """Keep what is typed into a form so far; without words and pictures it is dropped, and None comes back.

    Whoever has as many as there is room for loses the one that they have touched least of late.

    Args:
        form_key: the random key that the form carries; each form has a draft of its own.
        circle: where it is to stand, so that words for a few are not brought back in front of everyone.
        ask: what it answers; it stands where the ask stands.
        mention: what it brings onto the ledger.
        on_behalf_of: whose words they are, and `came_by` how they came; see `suggest`.
        with_pictures: pictures come with it in a moment, so it is kept without a word too.
    """
    line, words = " ".join(tidy(title).split())[:TITLE_LIMIT], tidy(body)[:LONGEST]
    mine = (IdeaDraft.user_id == user.id, IdeaDraft.form_key == form_key)
    if not (line or words or with_pictures or _has_pictures(*mine)):
        drop_draft(user, form_key)
        return None
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
    _forget(IdeaDraft.user_id == user.id, IdeaDraft.id.not_in(newest))
    return session().scalars(select(IdeaDraft).where(*mine).execution_options(populate_existing=True)).one()


def keep_pictures(draft: IdeaDraft, files: Iterable[tuple[str, IO[bytes]]]) -> list[LeftOut]:
    """Keep pictures with a draft, drawn anew, up to six; what is no picture is left out.

    Args:
        files: each with the name that it was sent under.

    Returns:
        What was left out, each with a sentence.
    """
    # Of two who send at once, the second counts what the first has kept.
    hold(draft)
    there = session().scalar(_counted(DraftPicture.draft_id == draft.id)) or 0
    kept, left_out = kept_singly(files, there=there)
    for one in kept:
        session().add(DraftPicture(draft=draft, key=one.key, width=one.width, height=one.height, size=one.size))
    session().flush()
    session().expire(draft, ["pictures"])
    return left_out


def remove_draft_picture(picture: DraftPicture) -> IdeaDraft | None:
    """Take a picture out of a draft, file and all; None comes back where that was all there was, and it is dropped."""
    draft = picture.draft
    remove_picture(picture.key)
    session().delete(picture)
    session().flush()
    session().expire(draft, ["pictures"])
    if draft.title or draft.body or draft.pictures:
        return draft
    _forget(IdeaDraft.id == draft.id)
    return None


def take_pictures(user: User, form_key: str) -> list[StoredPicture]:
    """The pictures of a draft that is being sent, in order; from now on they belong to whoever asked."""
    mine = select(IdeaDraft.id).where(IdeaDraft.user_id == user.id, IdeaDraft.form_key == form_key)
    taken = delete(DraftPicture).where(DraftPicture.draft_id.in_(mine)).returning(DraftPicture)
    rows = sorted(session().scalars(taken), key=lambda picture: picture.id)
    return [StoredPicture(row.key, row.width, row.height, row.size, "") for row in rows]


def drop_draft(user: User, form_key: str) -> None:
    """Forget what was typed into a form, and its pictures; it was sent, or thrown away."""
    _forget(IdeaDraft.user_id == user.id, IdeaDraft.form_key == form_key)


def expire_drafts() -> int:
    """Forget what nobody has touched for a month; returns how many."""
    return _forget(IdeaDraft.changed_at < now() - KEPT)


def _forget(*which: Any) -> int:
    """Forget these drafts, with their pictures and the files of those."""
    drafts = select(IdeaDraft.id).where(*which)
    gone = delete(DraftPicture).where(DraftPicture.draft_id.in_(drafts)).returning(DraftPicture.key)
    keys = list(session().scalars(gone.execution_options(synchronize_session=False)))
    removed = session().execute(delete(IdeaDraft).where(*which))
    for key in keys:
        remove_picture(key)
    return int(removed.rowcount)  # type: ignore[attr-defined]


def _has_pictures(*which: Any) -> bool:
    return bool(session().scalar(_counted(DraftPicture.draft_id.in_(select(IdeaDraft.id).where(*which)))))


def _counted(which: Any) -> Any:
    return select(func.count()).select_from(DraftPicture).where(which)
