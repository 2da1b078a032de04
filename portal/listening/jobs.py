"""What the worker does for listening: ask sources that are due, read uploads, look back for new trackers."""

from functools import partial

import structlog

from portal.foundation import config
from portal.foundation.database import transaction
from portal.foundation.jobs import finds_nothing, sweep, until_done
from portal.foundation.text import gettext as _
from portal.listening.connectors.contract import ConnectorError, Transient
from portal.listening.judgements import Signal
from portal.listening.services import (
    ask,
    blank_expired,
    claim_turn,
    forget_old_uploads,
    has_news,
    keep_answer,
    learn,
    mark_own,
    remove_dropped,
    rename_step,
    reread_step,
    run_next_import,
    settle,
    sort_in,
    sweep_tracker,
)
from portal.listening.services.pushes import claim_push, forget_old_pushes, keep_push, unpack
from portal.listening.services.rechecks import claim_recheck, keep_recheck, look_again
from portal.listening.services.turns import LeaseLost, Turn

# One wake-up does this much at most, so that the worker can be stopped between two.
_MOST_TURNS = 200
_MOST_STEPS = 500
_MOST_RECHECKS = 10


@sweep("listening", place=10)
def poll_due_sources() -> int:
    """Ask each source that is due; what it says and the place to go on from are stored as one."""
    for turns in range(_MOST_TURNS):
        with transaction():
            turn = claim_turn()
        if turn is None:
            return turns
        _take_turn(turn)
    return _MOST_TURNS


def _take_turn(turn: Turn) -> None:
    answer = ask(turn)
    log = structlog.get_logger()
    try:
        with transaction():
            keep_answer(turn, answer)
    except LeaseLost:
        log.warning("turn_lost", source=turn.source_id)
    except Exception:
        log.exception("answer_not_kept", source=turn.source_id)
        with transaction():
            keep_answer(turn, Transient(_("What this source said could not be stored; it will be asked again.")))


@sweep("listening", place=9)
def read_pushes() -> int:
    """Read what channels sent us; each is stored together with its being done."""
    for count in range(_MOST_STEPS):
        with transaction():
            waiting = claim_push()
        if waiting is None:
            return count
        answer = unpack(waiting)
        with transaction():
            keep_push(waiting, answer)
    return _MOST_STEPS


@sweep("listening", place=11)
def look_again_at_mentions() -> int:
    """Look whether what is stored still stands at its channel, a few batches each time."""
    refused: set[int] = set()
    for count in range(_MOST_RECHECKS):
        # Each channel is asked for what is due, and nobody who writes waits for that.
        if finds_nothing(lambda: claim_recheck(refused)):
            return count
        with transaction():
            due = claim_recheck(refused)
        if due is None:
            return count
        answer = look_again(due)
        if isinstance(answer, ConnectorError):
            refused.add(due.source_id)
        with transaction():
            keep_recheck(due, answer)
    return _MOST_RECHECKS


@sweep("listening", place=13)
def sort_in_mentions() -> int:
    """Let what came in be found by the filters of the stream."""
    done = 0
    while True:
        with transaction():
            count = sort_in(1_000)
        done += count
        if done and (not count or not done % 20_000):
            with transaction():
                settle()
        if not count:
            return done


@sweep("heavy", place=13)
def forget_pushes() -> int:
    """Remove the ids of pushes that nobody repeats any more."""
    with transaction():
        return forget_old_pushes()


@sweep("listening", place=12)
def blank_what_expired() -> int:
    """Take the words away of what its channel lets nobody keep longer."""
    return until_done(blank_expired, 500)


@sweep("listening", place=13)
def remove_dropped_pictures() -> int:
    """Remove the pictures that belonged to words which were blanked."""
    return until_done(remove_dropped, 200)


@sweep("heavy", place=10)
def read_waiting_imports() -> int:
    """Read every uploaded file that waits, and those whose reader went away."""
    count = 0
    while run_next_import():
        count += 1
    return count


@sweep("heavy", place=11)
def sweep_new_trackers() -> int:
    """Look through what was stored before a tracker came, a bounded step in each transaction."""
    looked = 0
    for _step in range(_MOST_STEPS):
        with transaction():
            done = sweep_tracker()
        if done is None:
            break
        looked += done
    return looked


@sweep("heavy", place=12)
def remove_old_uploads() -> int:
    """Remove files that were sent a week ago and never read."""
    with transaction():
        return forget_old_uploads()


@sweep("heavy", place=13)
def learn_from_labels() -> int:
    """Train on what people judged, where there are enough labels and new ones among them."""
    trained = 0
    for signal in Signal:
        if finds_nothing(partial(has_news, signal)):
            continue
        with transaction():
            trained += learn(signal) is not None
    return trained


@sweep("heavy", place=14)
def read_again() -> int:
    """Read stored mentions again after a model was switched or a name changed, a bounded step in each transaction."""
    read = 0
    for step in (reread_step, rename_step):
        for _step in range(_MOST_STEPS):
            with transaction():
                done = step()
            if done is None:
                break
            read += done
    return read


_marked: set[str] = set()


@sweep("heavy", place=9)
def mark_own_accounts() -> int:
    """Mark the accounts that the settings name, once after each start; newer ones are marked as they come in."""
    named = config.current().OWN_ACCOUNTS
    if named in _marked:
        return 0
    with transaction():
        count = mark_own()
    _marked.add(named)
    return count
