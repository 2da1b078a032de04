"""Who is not listened to, and who is the brand itself."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, and_, false, or_, update

from portal.accounts.models import User
from portal.foundation import config
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.listening.models import Author
from portal.listening.services.keys import handle_key


def mute_author(author: Author, *, by: User) -> None:
    """Take nothing more in from this account, and show nothing of it; what is stored stays."""
    if author.muted_at is None:
        author.muted_at = now()
        record("author.muted", author, by=by)


def unmute_author(author: Author, *, by: User) -> None:
    """Listen to this account again."""
    if author.muted_at is not None:
        author.muted_at = None
        record("author.unmuted", author, by=by)


def own_accounts() -> frozenset[tuple[str, str]]:
    """The accounts that the settings name, as (channel, key of the handle); an empty channel means every one."""
    found = set()
    for entry in config.current().OWN_ACCOUNTS.split(","):
        channel, colon, handle = entry.strip().partition(":")
        name = (handle if colon else channel).strip().removeprefix("@")
        if name:
            found.add((channel.strip().lower() if colon else "", handle_key(name)))
    return frozenset(found)


def own_among(authors: Mapping[tuple[str, str, str], tuple[int, bool]]) -> list[int]:
    """The ids of those that are the brand's own, of authors by (channel, host, key of the handle)."""
    own = own_accounts()
    return [
        number
        for (channel, _host, handle), (number, _muted) in authors.items()
        if own and ((channel, handle) in own or ("", handle) in own)
    ]


def mark_own(ids: list[int] | None = None) -> int:
    """Mark accounts as the brand's own, so that nobody ranks them; says how many became so, or are so no longer.

    Args:
        ids: of the accounts; if not given, all that the settings name are looked for, and those that they no longer
            name are marked as other people's again.
    """
    if ids is not None:
        return _set_own(Author.id.in_(ids), is_own=True) if ids else 0
    named = [
        and_(Author.handle_key == handle, Author.channel == channel) if channel else Author.handle_key == handle
        for channel, handle in sorted(own_accounts())
    ]
    own = or_(false(), *named)
    return _set_own(own, is_own=True) + _set_own(~own, is_own=False)


def _set_own(which: ColumnElement[bool], *, is_own: bool) -> int:
    changed = session().execute(
        update(Author)
        .where(which, Author.is_brand.is_(not is_own))
        .values(is_brand=is_own, revision=Author.revision + 1)
        .returning(Author.id)
        .execution_options(synchronize_session=False)
    )
    return len(changed.all())
