"""One turn of one source: claimed, asked without the database, and kept page by page with its cursor."""

import hmac
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import SystemRandom
from typing import Any

import structlog
from sqlalchemy import or_, select, update

from portal.foundation import config
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.http import FetchIdentity
from portal.foundation.text import gettext as _
from portal.foundation.text import ngettext
from portal.listening.connectors import connector_for
from portal.listening.connectors.asking import LINK
from portal.listening.connectors.contract import (
    AuthFailed,
    BadQuery,
    Budget,
    ConnectorError,
    Context,
    Gone,
    Meter,
    PollResult,
    QuotaGone,
    RateLimited,
    Transient,
)
from portal.listening.connectors.contract.errors import MAX_SENTENCE_CHARS
from portal.listening.connectors.walking import Rounds, begun_anew
from portal.listening.drafts import clean_line
from portal.listening.models import Health, Source
from portal.listening.queries import active_queries, next_due_source, sources_of
from portal.listening.services.credentials import CredentialsLost, seal, unseal
from portal.listening.services.keeping import keep_heard, normalise_all
from portal.listening.services.take_in import TakenIn
from portal.listening.services.usage import meter_for, next_day, note_usage

LEASE = timedelta(minutes=5)
# Tries in a row that may follow each other closely; from then on somebody else's trouble is left alone for longer.
CLOSE_TRIES = 5
FIRST_PAUSE_S = 15 * 60
LONGEST_PAUSE_S = 24 * 3600
SHORTEST_WAIT_S = 60
MAX_WORDS = 50
_chance = SystemRandom()
_FOR_GOOD = (AuthFailed, BadQuery, Gone)

log = structlog.get_logger()


class LeaseLost(RuntimeError):
    """Someone else has taken the turn in the meantime; nothing of ours may be stored."""


@dataclass(frozen=True, slots=True)
class PushAddress:
    """A source's own door."""

    url: str
    secret: str


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of one source, held by whoever knows its lease."""

    source_id: int
    connector: str
    state: dict[str, Any]
    lease: datetime
    context: Context
    problem: ConnectorError | None = None
    # Words of trackers that there is no room for in a round of questions.
    unasked: int = 0


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
            words = search_words(source.connector, source.settings)
            try:
                context, problem = context_of(source, words), None
            except CredentialsLost as lost:
                context, problem = Context(now=moment), AuthFailed(str(lost))
            unasked = max(0, len(words) - MAX_WORDS)
            return Turn(source.id, source.connector, dict(source.state), lease, context, problem, unasked)
        session().expire_all()
    return None


def ask(turn: Turn) -> PollResult | ConnectorError:
    """Ask the other side for the next page; touches no database."""
    if turn.problem:
        return turn.problem
    try:
        return connector_for(turn.connector).poll(turn.context, turn.state, Budget())
    except BadQuery as error:
        return _passed_by(turn, error)
    except ConnectorError as error:
        return error
    except Exception:
        log.exception("poll_failed", source=turn.source_id)
        return Transient(_("Something broke on our side while this source was read."))


def _passed_by(turn: Turn, error: BadQuery) -> PollResult | BadQuery:
    """The round without the question that was refused; the error where no other is left."""
    try:
        rounds = Rounds(turn.state, connector_for(turn.connector).questions(turn.context))
    except ConnectorError:
        return error
    passed = rounds.pass_by()
    if passed is None:
        return error
    return PollResult(state=passed[0], more=passed[1])


def keep_answer(turn: Turn, answer: PollResult | ConnectorError) -> TakenIn:
    """Store what a page brought together with the place to go on from.

    Raises:
        LeaseLost: the turn took too long, and someone else has it now.
    """
    source = session().get(Source, turn.source_id, with_for_update=True)
    if source is None or source.lease_until != turn.lease:
        raise LeaseLost(f"source {turn.source_id}")
    source.lease_until = None
    connector = connector_for(source.connector)
    quota = answer.quota if isinstance(answer, PollResult) else None
    note_usage(source, connector.caps, turn.context.meter, quota, now())
    if isinstance(answer, ConnectorError):
        _note_failure(source, answer)
        return TakenIn()
    found = normalise_all(connector, answer.items, turn.context)
    taken = keep_heard(found.heard, connector=connector, source=source)
    is_searched = connector.caps.matching == "native" and turn.unasked
    unasked = ngettext(
        "Of the trackers' words the first %(most)s are searched for here, and %(num)s is not.",
        "Of the trackers' words the first %(most)s are searched for here, and %(num)s are not.",
        turn.unasked,
        most=MAX_WORDS,
    )
    refused = ", ".join(f"“{name[:80]}”" for name in answer.state.get("refused", ())[:5])
    passed_by = _("The channel does not understand %(words)s, so it is passed by.", words=refused) if refused else ""
    _note_success(source, answer, taken, (found.warning, unasked if is_searched else "", passed_by))
    return taken


def context_of(source: Source, words: Sequence[str] | None = None) -> Context:
    """What the connector may know of a source, its keys opened; `words` where they are known already.

    Raises:
        CredentialsLost: the keys cannot be opened.
    """
    caps = connector_for(source.connector).caps
    moment = now()
    return make_context(
        source.connector,
        dict(source.settings),
        unseal(source.secrets),
        words=search_words(source.connector, source.settings) if words is None else words,
        push_token=source.push_token,
        meter=meter_for(source, sources_of(source.connector) if caps.calls_a_day else (), caps, moment),
    )


def make_context(
    connector: str,
    settings: dict[str, str],
    credentials: dict[str, str],
    *,
    words: Iterable[str] = (),
    push_token: str | None = None,
    meter: Meter | None = None,
) -> Context:
    """A context from plain values; the addresses are the connector's own unless CHANNEL_ADDRESSES says otherwise."""
    here = config.current()
    others = here.channel_addresses
    bases = connector_for(connector).caps.base_urls
    return Context(
        now=now(),
        config=settings,
        credentials=credentials,
        bases={name: others.get(f"{connector}.{name}", base) for name, base in bases.items()},
        words=tuple(words)[:MAX_WORDS],
        callback=config.address(f"/hooks/{push_token}") if push_token else "",
        push_secret=_push_secret(here.SECRET_KEY, push_token) if push_token else "",
        meter=meter or Meter(),
        identity=FetchIdentity(base_url=here.BASE_URL),
        allow_loopback=here.FETCH_ALLOW_LOOPBACK,
    )


def _push_secret(key: str, push_token: str) -> str:
    """What the other side signs with; drawn from ours, so that it is nowhere stored."""
    return hmac.new(key.encode(), f"push {push_token}".encode(), "sha256").hexdigest()


def push_address(source: Source) -> PushAddress | None:
    """Where a channel reaches this source and what it signs with, for whoever sets it up there."""
    if not source.push_token:
        return None
    secret = _push_secret(config.current().SECRET_KEY, source.push_token)
    return PushAddress(config.address(f"/hooks/{source.push_token}"), secret)


def search_words(connector: str, settings: Mapping[str, str]) -> tuple[str, ...]:
    """What to search for, every word there is: the source's own, else one list of what all trackers ask for."""
    own = [" ".join(word.split()) for word in re.split(r"[,\n]", settings.get("words") or "")]
    words = [word for word in own if word]
    if not words:
        for query in active_queries():
            if query.channels and connector not in query.channels:
                continue
            terms = query.any or query.all[:1]
            words += [term.text if term.kind == "phrase" else term.shown for term in terms if term.kind != "url"]
            if connector_for(connector).caps.finds_links:
                words += [f"{LINK}{term.text}" for term in terms if term.kind == "url"]
    return tuple(dict.fromkeys(words))


def _note_success(source: Source, answer: PollResult, taken: TakenIn, ours: Iterable[str]) -> None:
    moment = now()
    source.state = dict(answer.state)
    source.failures = 0
    if source.health is not Health.PAUSED:
        source.health = Health.GOOD
    source.last_good_at = moment
    source.last_error = clean_line(" ".join(filter(None, [*answer.warnings, *ours])), MAX_SENTENCE_CHARS)
    source.taken_in += taken.added
    if answer.credentials:
        source.secrets = seal({**unseal(source.secrets), **answer.credentials})
    if answer.more:
        # The next page at once, unless the channel asks for a breath in between.
        source.next_due_at = answer.not_before or moment
    else:
        # Its own pace again, however long it had to rest before.
        pace = connector_for(source.connector).caps.min_interval_s
        source.next_due_at = answer.not_before or moment + timedelta(seconds=pace)
        source.interval_s = max(SHORTEST_WAIT_S, round((source.next_due_at - moment).total_seconds()))
    if answer.moved_to and answer.moved_to != source.address and not _is_listened_to(source, answer.moved_to):
        record("source.moved", source, by=None, before={"address": source.address}, after={"address": answer.moved_to})
        source.address = answer.moved_to
        source.settings = {**source.settings, "url": answer.moved_to}


def _is_listened_to(source: Source, address: str) -> bool:
    other = select(Source.id).where(Source.connector == source.connector, Source.address == address)
    return len(address) > 2000 or session().scalars(other).first() is not None


def _note_failure(source: Source, error: ConnectorError) -> None:
    moment = now()
    source.last_error = str(error)
    if source.health is Health.PAUSED:
        return
    if isinstance(error, QuotaGone):
        # Nothing failed: there is no more to have until then.
        caps = connector_for(source.connector).caps
        source.next_due_at = max(error.reset_at or next_day(caps, moment), moment + timedelta(seconds=SHORTEST_WAIT_S))
        return
    source.failures += 1
    anew = begun_anew(source.state) if isinstance(error, BadQuery | Gone) else None
    if anew is not None:
        # The question was good before, so it is the page's token that is not understood any more.
        source.state = anew
    elif isinstance(error, _FOR_GOOD):
        record("source.stopped", source, by=None, after={"why": source.last_error})
        source.health = Health.STOPPED
        return
    source.health = Health.FAILING
    pause = _pause_s(source.failures)
    wait = min(error.retry_after or 0, LONGEST_PAUSE_S)
    if isinstance(error, RateLimited) and error.retry_after is not None:
        pause = SHORTEST_WAIT_S
    source.next_due_at = moment + timedelta(seconds=max(pause, wait))


def _pause_s(failures: int) -> float:
    """Seconds until the next try: by chance below a minute that doubles, for sources that fail together part so."""
    if failures <= CLOSE_TRIES:
        return _chance.uniform(0.0, float(min(SHORTEST_WAIT_S * 2 ** (failures - 1), FIRST_PAUSE_S)))
    return float(min(FIRST_PAUSE_S * 2 ** min(failures - CLOSE_TRIES - 1, 10), LONGEST_PAUSE_S))
