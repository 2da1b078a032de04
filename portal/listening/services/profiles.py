"""Profiles of accounts that are worth a call: asked for in batches, kept for thirty days."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import structlog
from sqlalchemy import select

from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.text import gettext as _
from portal.listening.connectors import connector_for, known_connectors
from portal.listening.connectors.contract import ConnectorError, Context, Transient
from portal.listening.drafts import AuthorDraft
from portal.listening.models import Author, Health, Source
from portal.listening.services.credentials import CredentialsLost
from portal.listening.services.turns import context_of
from portal.listening.services.usage import note_usage

PROFILE_KEPT = timedelta(days=30)
# A batch that failed is asked for again after a day.
RETRY = timedelta(days=1)

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class ProfileBatch:
    """Accounts of one channel that are about to be looked up, by the id they are asked for with."""

    source_id: int
    connector: str
    context: Context
    authors: dict[str, int] = field(default_factory=dict)


def channels_with_profiles() -> list[str]:
    """The channels whose sources are listened to and whose profiles are a call of their own."""
    able = [connector.key for connector in known_connectors() if connector.caps.profile_batch]
    listened = select(Source.connector).where(Source.connector.in_(able), Source.health.in_([Health.NEW, Health.GOOD]))
    return sorted(set(session().scalars(listened)))


def claim_profiles(authors: Sequence[Author]) -> ProfileBatch | None:
    """Take as many of these accounts as one call of the first one's channel may ask for; None if nobody can be asked.

    They count as looked up from now on, so that a call that never comes back is not made again at once.
    """
    if not authors:
        return None
    channel = authors[0].channel
    source = (
        session()
        .scalars(
            select(Source)
            .where(Source.connector == channel, Source.health.in_([Health.NEW, Health.GOOD]))
            .order_by(Source.id)
            .limit(1)
        )
        .first()
    )
    if source is None:
        return None
    try:
        context = context_of(source)
    except CredentialsLost:
        return None
    chosen = [author for author in authors if author.channel == channel]
    chosen = chosen[: connector_for(channel).caps.profile_batch]
    for author in chosen:
        author.profiled_at = now()
    return ProfileBatch(
        source.id, channel, context, {author.external_id or author.handle: author.id for author in chosen}
    )


def ask_profiles(batch: ProfileBatch) -> list[AuthorDraft] | ConnectorError:
    """Look the accounts up; touches no database."""
    try:
        return list(connector_for(batch.connector).profiles(batch.context, list(batch.authors)))
    except ConnectorError as error:
        return error
    except Exception:
        log.exception("profiles_failed", source=batch.source_id)
        return Transient(_("Something broke on our side while profiles were read."))


def keep_profiles(batch: ProfileBatch, answer: list[AuthorDraft] | ConnectorError) -> int:
    """Store what was learnt, and count what it cost; says how many accounts are known better now."""
    source = session().get(Source, batch.source_id, with_for_update=True)
    if source is not None:
        caps = connector_for(batch.connector).caps
        note_usage(source, caps, batch.context.meter, None, now())
    rows = {row.id: row for row in session().scalars(select(Author).where(Author.id.in_(batch.authors.values())))}
    if isinstance(answer, ConnectorError):
        log.warning("profiles_refused", connector=batch.connector, why=str(answer))
        for row in rows.values():
            row.profiled_at = now() - PROFILE_KEPT + RETRY
        return 0
    known = 0
    for draft in answer:
        # Who was asked for by handle may be told with a number that was not known.
        number = batch.authors.get(draft.external_id or "") or batch.authors.get(draft.handle, 0)
        author = rows.get(number)
        if author is not None:
            known += 1
            _take_over(author, draft)
    return known


def _take_over(author: Author, draft: AuthorDraft) -> None:
    """What the profile says; the handle stays, for mentions are told apart by it."""
    before = (author.followers, author.is_bot)
    author.name, author.url = draft.name or author.name, draft.url or author.url
    author.external_id = author.external_id or draft.external_id
    author.bio = draft.bio[:1000] if draft.bio else None
    # What it says now is compared with others, which may have been done while the channel was asked.
    author.profiled_at = now()
    author.followers = draft.followers if draft.followers is not None else author.followers
    author.is_bot = author.is_bot or draft.is_bot
    if (author.followers, author.is_bot) != before:
        # Their score is read anew.
        author.revision += 1
