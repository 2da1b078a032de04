"""What channels send to a source's own address: checked at the door, kept at once, read by the worker."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import delete, update

from portal.foundation.clock import now
from portal.foundation.database import insert_into, session
from portal.foundation.text import gettext as _
from portal.listening.connectors import connector_for
from portal.listening.connectors.contract import (
    Accepted,
    Connector,
    ConnectorError,
    Context,
    Greeting,
    PushRefused,
    RateLimited,
    Raw,
    Transient,
)
from portal.listening.connectors.contract import Push as Arrival
from portal.listening.models import Health, Push, PushStatus, Source
from portal.listening.queries import is_crowded, next_waiting_push, source_by_token
from portal.listening.services.credentials import CredentialsLost
from portal.listening.services.keeping import keep_heard, normalise_all
from portal.listening.services.take_in import TakenIn
from portal.listening.services.turns import context_of
from portal.listening.services.usage import note_usage

LEASE = timedelta(minutes=5)
MOST_TRIES = 5
FIRST_PAUSE = timedelta(minutes=1)
# Longer than any sender repeats one.
KEPT = timedelta(days=30)
# Of one stranger's server, so many in so much time.
CROWD, CROWD_WINDOW = 30, timedelta(minutes=10)
_KEPT_HEADERS = ("content-type", "link")

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A push that is being read, held by whoever knows its lease."""

    push_id: int
    connector: str
    arrival: Arrival
    context: Context
    lease: datetime


def greet(token: str, arrival: Arrival) -> Greeting:
    """Answer a handshake; changes nothing.

    Raises:
        PushRefused: there is no such door, or the handshake is not for us.
    """
    source, connector, context = _behind(token)
    return connector.greet(context, source.state, arrival)


def let_in(token: str, arrival: Arrival) -> Accepted:
    """Check a push and keep it; the same event twice is kept once.

    Raises:
        PushRefused: there is no such door, or the push is not what it claims to be.
    """
    source, connector, context = _behind(token)
    accepted = connector.accept(context, source.state, arrival)
    if accepted.keep and (accepted.is_duty or source.health is not Health.PAUSED):
        event_id = f"{accepted.from_whom} {accepted.event_id}" if accepted.from_whom else accepted.event_id
        if accepted.from_whom and is_crowded(
            source.id, f"{accepted.from_whom} ", since=now() - CROWD_WINDOW, most=CROWD
        ):
            # Whoever is behind it would have us ask the same server again and again.
            raise PushRefused(_("There was much from there just now; try again later."), status=429)
        headers = {
            name: value for name, value in arrival.headers.items() if name in _KEPT_HEADERS or name.startswith("x-")
        }
        row = {
            "source_id": source.id, "event_id": event_id[:300], "headers": headers, "body": arrival.body,
            "received_at": now(), "due_at": now(), "tries": 0, "status": PushStatus.WAITING,
        }  # fmt: skip
        session().execute(insert_into(Push).values(**row).on_conflict_do_nothing())
    return accepted


def claim_push() -> Waiting | None:
    """Take the push that has waited longest; None when none is due."""
    while push := next_waiting_push():
        lease = now() + LEASE
        mine = update(Push).where(Push.id == push.id, Push.due_at == push.due_at, Push.tries == push.tries)
        if not session().execute(mine.values(due_at=lease, tries=push.tries + 1)).rowcount:  # type: ignore[attr-defined]
            session().expire_all()
            continue
        source = session().get_one(Source, push.source_id)
        try:
            context = context_of(source)
        except CredentialsLost as lost:
            _give_up(push, str(lost))
            continue
        arrival = Arrival(headers=dict(push.headers), body=push.body)
        return Waiting(push.id, source.connector, arrival, context, lease)
    return None


def unpack(waiting: Waiting) -> tuple[Raw, ...] | ConnectorError:
    """Read a push, going out for what it only names; touches no database."""
    try:
        return tuple(connector_for(waiting.connector).unpack(waiting.context, waiting.arrival))
    except ConnectorError as error:
        return error
    except Exception:
        log.exception("push_failed", push=waiting.push_id)
        return Transient(_("Something broke on our side while this was read."))


def keep_push(waiting: Waiting, answer: tuple[Raw, ...] | ConnectorError) -> TakenIn:
    """Store what a push brought, together with its being done."""
    push = session().get(Push, waiting.push_id, with_for_update=True)
    if push is None or push.due_at != waiting.lease or push.status is not PushStatus.WAITING:
        return TakenIn()
    source = session().get_one(Source, push.source_id, with_for_update=True)
    connector = connector_for(source.connector)
    note_usage(source, connector.caps, waiting.context.meter, None, now())
    if isinstance(answer, ConnectorError):
        if isinstance(answer, Transient | RateLimited) and push.tries < MOST_TRIES:
            pause = max(FIRST_PAUSE * 4 ** (push.tries - 1), timedelta(seconds=answer.retry_after or 0))
            push.due_at, push.error = now() + pause, str(answer)[:500]
        else:
            _give_up(push, str(answer))
        return TakenIn()
    found = normalise_all(connector, answer, waiting.context)
    taken = keep_heard(found.heard, connector=connector, source=source)
    push.status, push.body, push.headers, push.error = PushStatus.DONE, b"", {}, found.warning or None
    source.taken_in += taken.added
    source.last_good_at = now()
    if source.health in {Health.NEW, Health.FAILING}:
        source.health, source.failures, source.last_error = Health.GOOD, 0, None
    source.last_error = found.warning or source.last_error
    return taken


def forget_old_pushes() -> int:
    """Forget events that nobody will repeat any more."""
    old = delete(Push).where(Push.status != PushStatus.WAITING, Push.received_at < now() - KEPT)
    return int(session().execute(old).rowcount)  # type: ignore[attr-defined]


def _behind(token: str) -> tuple[Source, Connector, Context]:
    source = source_by_token(token)
    if source is None:
        raise PushRefused(_("There is nothing here."), status=404)
    try:
        return source, connector_for(source.connector), context_of(source)
    except CredentialsLost as lost:
        raise PushRefused(_("This cannot be checked at the moment."), status=503) from lost


def _give_up(push: Push, why: str) -> None:
    push.status, push.error, push.body, push.headers = PushStatus.FAILED, why[:500], b"", {}
