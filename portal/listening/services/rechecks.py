"""Whether what is stored still stands at its channel: edited is changed here, gone twice is blanked here."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog
from sqlalchemy import update

from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.text import gettext as _
from portal.listening.connectors import connector_for, known_connectors
from portal.listening.connectors.contract import Change, ConnectorError, Context, Deletion, Transient
from portal.listening.models import Mention, Source
from portal.listening.queries import mentions_to_recheck
from portal.listening.services.credentials import CredentialsLost
from portal.listening.services.keeping import SECOND_LOOK, change_known, note_deletion
from portal.listening.services.turns import context_of
from portal.listening.services.usage import note_usage

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Recheck:
    """Some mentions of one source that are due to be looked for again."""

    source_id: int
    connector: str
    ids: tuple[tuple[str, str], ...]
    mention_ids: tuple[int, ...]
    context: Context


def claim_recheck(besides: Collection[int] = ()) -> Recheck | None:
    """The next batch that is due, of other sources than these; it counts as looked for from now on."""
    moment = now()
    for connector in known_connectors():
        caps = connector.caps
        if not caps.refresh_batch or not caps.recheck_days:
            continue
        due = moment - timedelta(days=caps.recheck_days)
        found = mentions_to_recheck(connector.key, due, moment - SECOND_LOOK, caps.refresh_batch, besides)
        if not found:
            continue
        source = session().get_one(Source, found[0].source_id)
        _mark(found, moment)
        urls = {mention.external_id: mention.url for mention in found if mention.url}
        try:
            context = replace(context_of(source), urls=urls)
        except CredentialsLost:
            continue
        ids = tuple((mention.origin_host, mention.external_id) for mention in found)
        return Recheck(source.id, connector.key, ids, tuple(mention.id for mention in found), context)
    return None


def look_again(due: Recheck) -> tuple[Deletion | Change, ...] | ConnectorError:
    """Ask the channel; touches no database."""
    try:
        return tuple(connector_for(due.connector).refresh(due.context, due.ids))
    except ConnectorError as error:
        return error
    except Exception:
        log.exception("recheck_failed", source=due.source_id)
        return Transient(_("Something broke on our side."))


def keep_recheck(due: Recheck, answer: tuple[Deletion | Change, ...] | ConnectorError) -> int:
    """Store what was learnt; an error is no miss, and after an outage nothing is blanked. Says how many changed."""
    caps = connector_for(due.connector).caps
    source = session().get(Source, due.source_id, with_for_update=True)
    if source is not None:
        note_usage(source, caps, due.context.meter, None, now())
    if isinstance(answer, ConnectorError):
        # Nothing was learnt, so they are due again in an hour instead of in as many days as usual; what was missing
        # once is so already.
        again = now() - timedelta(days=caps.recheck_days or 0) + SECOND_LOOK
        unheard = update(Mention).where(Mention.id.in_(due.mention_ids), Mention.missed_at.is_(None))
        session().execute(unheard.values(checked_at=again))
        return 0
    standing = [told for told in answer if isinstance(told, Change)]
    changed = change_known(standing)
    _renew(due, standing)
    return changed + sum(note_deletion(told) for told in answer if isinstance(told, Deletion))


def _renew(due: Recheck, standing: Sequence[Change]) -> None:
    """Where the channel lets words be kept as long as they are looked up again, they are kept on."""
    caps = connector_for(due.connector).caps
    if caps.renews and isinstance(caps.retention_days, int | float):
        names = [told.external_id for told in standing]
        mine = Mention.id.in_(due.mention_ids), Mention.external_id.in_(names), Mention.gone_at.is_(None)
        until = now() + timedelta(days=caps.retention_days)
        session().execute(update(Mention).where(*mine).values(keep_until=until))


def _mark(found: Sequence[Mention], moment: datetime) -> None:
    ids = [mention.id for mention in found]
    session().execute(update(Mention).where(Mention.id.in_(ids)).values(checked_at=moment))
