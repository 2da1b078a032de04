"""Where is listened: sources, their turns, and what each turn brought."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import or_, select, update

from portal.accounts.models import User
from portal.foundation import config
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.errors import Refusal
from portal.foundation.http import FetchIdentity
from portal.foundation.text import gettext as _
from portal.listening.connectors import connector_for
from portal.listening.connectors.contract import (
    AuthFailed,
    BadQuery,
    Budget,
    CheckResult,
    ConnectorError,
    Context,
    Contract,
    Gone,
    Plan,
    PollResult,
    Raw,
    Tombstone,
    Transient,
)
from portal.listening.drafts import MentionDraft
from portal.listening.models import Health, Mention, Source
from portal.listening.queries import next_due_source
from portal.listening.services.take_in import MAX_BATCH, TakenIn, take_in

LEASE = timedelta(minutes=5)
FIRST_PAUSE_S = 15 * 60
LONGEST_PAUSE_S = 24 * 3600
_FOR_GOOD = (AuthFailed, BadQuery, Gone)

log = structlog.get_logger()


class SourceRefused(Refusal):
    """This cannot be listened to."""


class LeaseLost(RuntimeError):
    """Someone else has taken the turn in the meantime; nothing of ours may be stored."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of one source, held by whoever knows its lease."""

    source_id: int
    connector: str
    address: str
    state: dict[str, Any]
    lease: datetime


def check_source(connector: str, address: str) -> CheckResult:
    """Ask the other side once what is there; touches no database."""
    return connector_for(connector).check(_context(address))


def add_source(*, connector: str, address: str, name: str, keeps_all: bool, by: User) -> Source:
    """Listen to a checked address from now on; the first turn comes at once.

    Raises:
        SourceRefused: it is listened to already.
    """
    known = session().scalars(select(Source).where(Source.connector == connector, Source.address == address))
    if known.one_or_none() is not None:
        raise SourceRefused(_("This address is listened to already."))
    name = " ".join(name.split())[:120] or address[:120]
    source = Source(
        connector=connector,
        address=address,
        name=name,
        keeps_all=keeps_all,
        interval_s=connector_for(connector).caps.min_interval_s,
        created_by_id=by.id,
    )
    session().add(source)
    record("source.added", source, by=by, after={"address": address})
    return source


def pause_source(source: Source, *, by: User) -> None:
    """Stop asking until someone resumes."""
    if source.health is not Health.PAUSED:
        record("source.paused", source, by=by, before={"health": source.health.value})
        source.health = Health.PAUSED


def resume_source(source: Source, *, by: User) -> None:
    """Ask again, at once, with a clean slate of failures."""
    if source.health in {Health.PAUSED, Health.STOPPED}:
        record("source.resumed", source, by=by, before={"health": source.health.value})
        source.health = Health.NEW
        source.failures, source.last_error, source.next_due_at = 0, None, now()


def fetch_now(source: Source) -> None:
    """Give a source the next turn."""
    if source.health in {Health.PAUSED, Health.STOPPED}:
        raise SourceRefused(_("Resume this source first."))
    source.next_due_at = now()


def remove_source(source: Source, *, by: User) -> None:
    """Forget where it was; the mentions it brought stay."""
    record("source.removed", source, by=by, before={"address": source.address, "name": source.name})
    session().execute(update(Mention).where(Mention.source_id == source.id).values(source_id=None))
    session().delete(source)


def claim_turn() -> Turn | None:
    """Take the turn of the source that has waited longest; None when none is due."""
    while source := next_due_source():
        moment = now()
        lease = moment + LEASE
        taken = (
            update(Source)
            .where(Source.id == source.id, or_(Source.lease_until.is_(None), Source.lease_until < moment))
            .values(lease_until=lease, last_tried_at=moment)
        )
        if session().execute(taken).rowcount:  # type: ignore[attr-defined]
            return Turn(source.id, source.connector, source.address, source.state, lease)
        session().expire_all()
    return None


def ask(turn: Turn) -> PollResult | ConnectorError:
    """Ask the other side what is new; touches no database."""
    try:
        return connector_for(turn.connector).poll(_context(turn.address), Plan(), turn.state, Budget())
    except ConnectorError as error:
        return error
    except Exception:
        log.exception("poll_failed", source=turn.source_id)
        return Transient(_("Something broke on our side while this source was read."))


def keep_answer(turn: Turn, answer: PollResult | ConnectorError) -> TakenIn:
    """Store what a turn brought together with the place to go on from.

    Raises:
        LeaseLost: the turn took too long, and someone else has it now.
    """
    source = session().get(Source, turn.source_id, with_for_update=True)
    if source is None or source.lease_until != turn.lease:
        raise LeaseLost(f"source {turn.source_id}")
    source.lease_until = None
    if isinstance(answer, ConnectorError):
        _note_failure(source, answer)
        return TakenIn()
    taken = _take_in_items(source, answer.items)
    _note_success(source, answer, taken)
    return taken


def _take_in_items(source: Source, items: Sequence[Raw]) -> TakenIn:
    connector = connector_for(source.connector)
    context = _context(source.address)
    drafts: list[MentionDraft] = []
    skipped = 0
    for raw in items:
        try:
            made = connector.normalise(raw, context)
        except (Contract, ValueError, KeyError, TypeError):
            skipped += 1
            continue
        if isinstance(made, Tombstone):
            _blank(made)
        else:
            drafts.append(made)
    if skipped:
        log.warning("items_skipped", source=source.id, count=skipped)
    taken = TakenIn()
    for start in range(0, len(drafts), MAX_BATCH):
        taken += take_in(drafts[start : start + MAX_BATCH], source=source)
    return taken


def _blank(gone: Tombstone) -> None:
    """What was deleted at its source keeps its place here, without its words."""
    session().execute(
        update(Mention)
        .where(
            Mention.channel == gone.channel,
            Mention.origin_host == (gone.origin_host or ""),
            Mention.external_id == gone.external_id,
        )
        .values(title=None, text="", url=None, marks=None, copy_key=None)
    )


def _note_success(source: Source, answer: PollResult, taken: TakenIn) -> None:
    moment = now()
    source.state = dict(answer.state)
    source.failures = 0
    if source.health is not Health.PAUSED:
        source.health = Health.GOOD
    source.last_good_at = moment
    source.last_error = " ".join(answer.warnings)[:500] or None
    source.taken_in += taken.added
    source.next_due_at = answer.not_before or moment + timedelta(seconds=source.interval_s)
    if not answer.more:
        source.interval_s = max(60, round((source.next_due_at - moment).total_seconds()))
    if answer.moved_to and answer.moved_to != source.address and not _is_listened_to(source, answer.moved_to):
        record("source.moved", source, by=None, before={"address": source.address}, after={"address": answer.moved_to})
        source.address = answer.moved_to


def _is_listened_to(source: Source, address: str) -> bool:
    other = select(Source.id).where(Source.connector == source.connector, Source.address == address)
    return len(address) > 2000 or session().scalars(other).first() is not None


def _note_failure(source: Source, error: ConnectorError) -> None:
    source.failures += 1
    source.last_error = str(error)[:500]
    if source.health is Health.PAUSED:
        return
    if isinstance(error, _FOR_GOOD):
        record("source.stopped", source, by=None, after={"why": source.last_error})
        source.health = Health.STOPPED
        return
    source.health = Health.FAILING
    pause = min(FIRST_PAUSE_S * 2 ** min(source.failures - 1, 10), LONGEST_PAUSE_S)
    source.next_due_at = now() + timedelta(seconds=max(pause, min(error.retry_after or 0, LONGEST_PAUSE_S)))


def _context(address: str) -> Context:
    settings = config.current()
    return Context(
        now=now(),
        config={"url": address},
        identity=FetchIdentity(base_url=settings.BASE_URL),
        allow_loopback=settings.FETCH_ALLOW_LOOPBACK,
    )
