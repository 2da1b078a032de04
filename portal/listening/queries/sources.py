"""Reading the sources and the imports."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import load_only

from portal.foundation.clock import now
from portal.foundation.database import session
from portal.listening.connectors import connector_for
from portal.listening.models import Health, ImportStatus, MentionImport, Source

PAGE = 50


def sources() -> list[Source]:
    """Every source by name, those with trouble first."""
    is_well = Source.health.not_in([Health.STOPPED, Health.FAILING])
    return list(session().scalars(select(Source).order_by(is_well, Source.name, Source.id)))


def sources_of(connector: str) -> list[Source]:
    """The sources of one channel."""
    return list(session().scalars(select(Source).where(Source.connector == connector).order_by(Source.id)))


@dataclass(frozen=True, slots=True)
class QuietSource:
    """A source that should be heard and is not: stopped, or silent for more than three of its intervals.

    Attributes:
        why: what it last said of itself, if it did.
    """

    id: int
    name: str
    is_stopped: bool
    last_good_at: datetime | None
    why: str | None


def quiet_sources() -> tuple[QuietSource, ...]:
    """The sources whose silence somebody must know of, the stopped ones first, then by name."""
    moment = now()
    about = load_only(
        Source.name, Source.connector, Source.health, Source.interval_s, Source.last_good_at, Source.created_at,
        Source.last_error,
    )  # fmt: skip
    listening = select(Source).where(Source.health != Health.PAUSED).order_by(Source.name, Source.id).options(about)
    quiet = [
        QuietSource(source.id, source.name, source.health is Health.STOPPED, source.last_good_at, source.last_error)
        for source in session().scalars(listening)
        if source.health is Health.STOPPED or (source.is_stale(moment) and _is_asked(source))
    ]
    return tuple(sorted(quiet, key=lambda source: not source.is_stopped))


def _is_asked(source: Source) -> bool:
    # Where things only come by themselves, silence is no failure.
    return connector_for(source.connector).caps.modes != {"webhook"}


def next_due_source() -> Source | None:
    """The source that has waited longest, of those that are due and nobody is fetching."""
    moment = now()
    due = (
        select(Source)
        .where(
            Source.health.in_([Health.NEW, Health.GOOD, Health.FAILING]),
            Source.next_due_at <= moment,
            or_(Source.lease_until.is_(None), Source.lease_until < moment),
        )
        .order_by(Source.next_due_at, Source.id)
        .limit(1)
    )
    return session().scalars(due).one_or_none()


def imports() -> list[MentionImport]:
    """The newest imports."""
    return list(session().scalars(select(MentionImport).order_by(MentionImport.id.desc()).limit(PAGE)))


def import_by_key(key: str) -> MentionImport | None:
    """The import of this file read in this way."""
    return session().scalars(select(MentionImport).where(MentionImport.key == key)).one_or_none()


def next_waiting_import() -> MentionImport | None:
    """The uploaded file that has waited longest, or one whose reader went away."""
    waiting = (
        select(MentionImport)
        .where(
            MentionImport.status.in_([ImportStatus.WAITING, ImportStatus.RUNNING]),
            MentionImport.created_by_id.isnot(None),
            or_(MentionImport.lease_until.is_(None), MentionImport.lease_until < now()),
        )
        .order_by(MentionImport.id)
        .limit(1)
    )
    return session().scalars(waiting).one_or_none()


def forgotten_uploads(before: datetime) -> list[MentionImport]:
    """Uploads that were sent before a moment and never read to their end; their files are still kept."""
    waiting = select(MentionImport).where(
        MentionImport.status.in_([ImportStatus.DRAFT, ImportStatus.FAILED]),
        MentionImport.created_by_id.isnot(None),
        MentionImport.finished_at.is_(None),
        MentionImport.created_at < before,
    )
    return list(session().scalars(waiting.order_by(MentionImport.id).limit(PAGE)))
