"""Who looks up what a removed source brought: another one that can, or nobody, and then the words go in time."""

from datetime import timedelta
from math import ceil

from sqlalchemy import update

from portal.foundation.clock import now
from portal.foundation.database import session
from portal.listening.connectors import connector_for
from portal.listening.connectors.pieces import host_of
from portal.listening.models import Mention, Source
from portal.listening.queries import sources_of


def hand_on(source: Source) -> int | None:
    """Give what a source brought to another one that can look it up; says for how many days it stays without one.

    Words that may stand here only while the original stands there go after the time in which they would have been
    looked up; None says that nothing ends them.
    """
    caps = connector_for(source.connector).caps
    heir = next((other for other in sources_of(source.connector) if _can_look_up_for(source, other)), None)
    brought = update(Mention).where(Mention.source_id == source.id)
    days = None
    if heir is None and caps.retention_days == "while-live" and caps.recheck_days:
        days = ceil(caps.recheck_days)
        held = brought.where(Mention.gone_at.is_(None), Mention.keep_until.is_(None))
        session().execute(held.values(keep_until=now() + timedelta(days=days)))
    session().execute(brought.values(source_id=heir.id if heir else None))
    return days


def take_over(source: Source) -> None:
    """Let a new source look up what removed ones brought and nobody looks up since."""
    caps = connector_for(source.connector).caps
    orphans = update(Mention).where(
        Mention.channel == source.connector,
        Mention.source_id.is_(None),
        Mention.import_id.is_(None),
        Mention.keep_until.isnot(None),
        Mention.gone_at.is_(None),
    )
    if caps.retention_days != "while-live" or not caps.refresh_batch or caps.looks_up not in {"all", "url", "site"}:
        return
    if caps.looks_up != "all":
        place = source.settings.get(caps.looks_up) or ""
        orphans = orphans.where(Mention.origin_host == (host_of(place) or place))
    session().execute(orphans.values(source_id=source.id, keep_until=None))


def _can_look_up_for(source: Source, other: Source) -> bool:
    caps = connector_for(source.connector).caps
    if other.id == source.id or not caps.refresh_batch or caps.looks_up == "own":
        return False
    return caps.looks_up == "all" or source.settings.get(caps.looks_up) == other.settings.get(caps.looks_up)
