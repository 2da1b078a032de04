"""What does not count for anybody: channels whose terms forbid scoring people, and who asks not to be found."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, exists, or_, select, true

from portal.accounts.models import User
from portal.foundation.database import session
from portal.listening.models import Author, Health, Mention, Source
from portal.makers.models import ScoredChannel

# X: developer agreement, "investigating or tracking X users"; Discord: developer policy, "profile Discord users".
# Both may allow it in writing.
FORBIDDEN = ("discord", "x")
_LATE = 1_000


def unscored_channels(among: Collection[str] = FORBIDDEN) -> frozenset[str]:
    """Of these channels those on which nobody is scored now."""
    asked = frozenset(FORBIDDEN).intersection(among)
    return asked.difference(session().scalars(select(ScoredChannel.channel))) if asked else asked


def scored_channels() -> dict[str, tuple[ScoredChannel, str]]:
    """The channels on which people are scored though their terms forbid it by default, with who said that it may be."""
    rows = select(ScoredChannel, User.name).join(User, User.id == ScoredChannel.allowed_by_id)
    return {row.channel: (row, name) for row, name in session().execute(rows)}


def uncounted_channels() -> list[str]:
    """The channels that are listened to of late and on which nobody is scored, in order."""
    row = session().execute(select(*map(_is_heard_in_vain, FORBIDDEN))).one()
    return [channel for channel, is_so in zip(FORBIDDEN, row, strict=True) if is_so]


def _is_heard_in_vain(channel: str) -> ColumnElement[bool]:
    asked = exists().where(Source.connector == channel, Source.health.notin_([Health.PAUSED, Health.STOPPED]))
    # A webhook brings what its own connector has no name for.
    newest = select(Mention.channel, Mention.source_id).order_by(Mention.id.desc()).limit(_LATE).subquery()
    brought = exists().where(newest.c.channel == channel, newest.c.source_id.isnot(None))
    return and_(~exists().where(ScoredChannel.channel == channel), or_(asked, brought))


def may_count() -> ColumnElement[bool]:
    """The mentions that may count: all but what was heard through a channel that forbids it.

    What a file brought was not got under the channel's terms for programs; whoever brings it answers for it. Those who
    ask not to be found by searches are not ranked by what they say, wherever it came from.
    """
    unscored = unscored_channels()
    is_allowed = or_(Mention.channel.notin_(unscored), Mention.source_id.is_(None)) if unscored else true()
    return and_(is_allowed, Mention.author_id.notin_(select(Author.id).where(Author.is_unlisted)))
