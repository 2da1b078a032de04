"""What the worker does for updates: tells what has not been told, and sends what waits."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import func, select

from portal.foundation.clock import now
from portal.foundation.database import begin_work, database, end_work, looking, session, transaction
from portal.foundation.jobs import sweep
from portal.foundation.mail.delivery import deliver_due
from portal.ledger.models import Progress, Response
from portal.updates.queries import (
    ideas_with_news,
    lookers,
    may_send,
    untold,
    untold_asks,
    untold_events,
    untold_hand_overs,
    untold_looks,
    untold_merges,
    untold_namings,
    untold_new_dates,
    untold_partings,
    untold_reporters,
)
from portal.updates.services import (
    ask_authors,
    tell_answers,
    tell_comments,
    tell_event,
    tell_hand_overs,
    tell_lookers,
    tell_merge,
    tell_naming,
    tell_new_date,
    tell_news,
    tell_parting,
    tell_progress,
    tell_reporter,
)

log = structlog.get_logger()

# So many at a time, so that nothing piles up in memory.
_BATCH = 200
# As many answers as can be published at once are told at once.
_TOGETHER = 50
# When all answers, or all entries, were last looked through, in which database, and the newest there was.
_walked: dict[type[Response] | type[Progress], tuple[object, datetime, int]] = {}
# After so many mails, answers that came meanwhile are told.
_POST_BAG = 200


@sweep("mail", place=10)
def gather() -> int:
    """Tell each answer and each step of an action that nobody was told of.

    Answers that were given together are told together, so that whoever is behind several gets one mail.
    """
    return _walk(Response) + _walk(Progress) + _news() + _merges()


@sweep("mail", place=15, every=timedelta(hours=1))
def ask_whether_it_helped() -> int:
    """A week after it was settled, ask each author once."""
    with transaction():
        return ask_authors()


@sweep("mail", place=12, every=timedelta(minutes=1))
def tell_what_was_said() -> int:
    """Tell comments and namings, bundled, who answers by when, what came of reports; one transaction each."""
    # Only a look, so it must not hold the one writer that SQLite has.
    begin_work(writing=False)
    try:
        waiting: tuple[tuple[Callable[[Any], int], list[Any]], ...] = (
            (tell_comments, ideas_with_news()),
            (tell_naming, untold_namings()),
            (tell_new_date, untold_new_dates()),
            (tell_reporter, untold_reporters()),
        )
        handed_over = untold_hand_overs()
    finally:
        end_work(commit=False)
    told = sum(_tell_said(tell, number) for tell, numbers in waiting for number in numbers)
    return told + _tell_hand_overs(handed_over)


def _tell_hand_overs(numbers: list[int]) -> int:
    if len(numbers) > 1:
        try:
            with transaction():
                return tell_hand_overs(numbers)
        except Exception:
            # One of them cannot be told; each by itself, the others can.
            log.exception("telling_failed", what=tell_hand_overs.__name__, ids=numbers)
    return sum(_tell_said(tell_hand_overs, [number]) for number in numbers)


def _tell_said(tell: Callable[[Any], int], number: Any) -> int:
    try:
        with transaction():
            return tell(number)
    except Exception:
        log.exception("telling_failed", what=tell.__name__, id=number)
        return 0


@sweep("mail", place=14, every=timedelta(minutes=1))
def tell_what_waits_for_a_look() -> int:
    """Tell managers what is held, reported or appealed against."""
    # Only a look, so it must not hold the one writer that SQLite has.
    begin_work(writing=False)
    try:
        is_waiting = any(untold_looks(person) for person in lookers())
    finally:
        end_work(commit=False)
    if not is_waiting:
        return 0
    with transaction():
        return tell_lookers()


@sweep("mail", place=20)
def deliver() -> int:
    """Send what is due until nothing is left, or the server has had enough."""
    sent = 0
    while taken := deliver_due(may_send, limit=_POST_BAG):
        sent += taken
        gather()
    return sent


def _news() -> int:
    # Only a look, so it must not hold the one writer that SQLite has.
    begin_work(writing=False)
    try:
        asks, events = untold_asks(), untold_events()
    finally:
        end_work(commit=False)
    told = sum(_tell_news(tell_news, "ask", number, what) for number, what in asks)
    return told + sum(_tell_news(tell_event, "event", number, what) for number, what in events)


def _tell_news(tell: Callable[[int, str], int], table: str, number: int, what: str) -> int:
    try:
        with transaction():
            return tell(number, what)
    except Exception:
        log.exception("telling_failed", table=table, id=number)
        return 0


def _merges() -> int:
    # Only a look, so it must not hold the one writer that SQLite has.
    begin_work(writing=False)
    try:
        joined, parted = untold_merges(), untold_partings()
    finally:
        end_work(commit=False)
    return sum(_tell_of(number, tell_merge) for number in joined) + sum(
        _tell_of(number, tell_parting) for number in parted
    )


def _tell_of(number: int, tell: Callable[[int], int]) -> int:
    try:
        with transaction():
            return tell(number)
    except Exception:
        log.exception("telling_failed", table="idea_merge", id=number)
        return 0


def _walk(what: type[Response] | type[Progress]) -> int:
    try:
        return _tell_after(_last_walked(what), what)
    except BaseException:
        _walked.pop(what, None)
        raise


def _tell_after(last: int, what: type[Response] | type[Progress]) -> int:
    told = 0
    while numbers := _untold(what, last):
        last = numbers[-1]
        if what is Progress:
            told += sum(_tell(what, number) for number in numbers)
        for start in range(0, len(numbers) if what is Response else 0, _TOGETHER):
            told += _tell_together(numbers[start : start + _TOGETHER])
    return told


def _last_walked(what: type[Response] | type[Progress]) -> int:
    """The number after which a walk begins: everything is looked through once a minute, what is new each time.

    Rows are not committed in the order of their numbers; and a walk that failed somewhere is no walk.
    """
    moment, (binding, at, newest) = now(), _walked.get(what, (None, now(), 0))
    if binding is database.binding and moment - at < timedelta(minutes=1):
        return newest
    with looking() as current:
        _walked[what] = database.binding, moment, current.scalar(select(func.max(what.id))) or 0
    return 0


def _tell_together(numbers: list[int]) -> int:
    if len(numbers) > 1:
        try:
            with transaction():
                return tell_answers([session().get_one(Response, number) for number in numbers])
        except Exception:
            # One of them cannot be told; each by itself, the others can.
            log.exception("telling_failed", table=Response.__tablename__, ids=numbers)
    return sum(_tell(Response, number) for number in numbers)


def _untold(what: type[Response] | type[Progress], after_id: int) -> list[int]:
    # Only a look, so it must not hold the one writer that SQLite has.
    begin_work(writing=False)
    try:
        return untold(what, limit=_BATCH, after_id=after_id)
    finally:
        end_work(commit=False)


def _tell(what: type[Response] | type[Progress], number: int) -> int:
    try:
        with transaction():
            row = session().get(what, number)
            if isinstance(row, Response):
                return tell_answers([row])
            return tell_progress(row) if isinstance(row, Progress) else 0
    except Exception:
        # One that cannot be told must not keep the others from being told; it is tried again each time.
        log.exception("telling_failed", table=what.__tablename__, id=number)
        _walked.pop(what, None)
        return 0
