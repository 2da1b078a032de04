"""What the worker does for the community: asks open and end on time, and people are reminded of events."""

from portal.community.models import Ask, Event
from portal.community.queries import asks_to_end, asks_to_open, events_to_remind
from portal.community.services import end_ask, open_ask, remind
from portal.foundation.clock import now
from portal.foundation.database import begin_work, end_work, session, transaction
from portal.foundation.jobs import sweep


@sweep("mail", place=4)
def keep_asks_on_time() -> int:
    """Open what is due and end what has run out, one transaction each; a second run finds nothing to do."""
    # Only a look, so it must not hold the one writer that SQLite has.
    begin_work(writing=False)
    try:
        opening, ending = asks_to_open(now()), asks_to_end(now())
    finally:
        end_work(commit=False)
    done = 0
    for number in (*opening, *ending):
        with transaction():
            ask = session().get_one(Ask, number)
            done += open_ask(ask) if ask.opened_at is None else end_ask(ask)
    return done


@sweep("mail", place=5)
def remind_of_events() -> int:
    """Remind everyone with a place a day before, once; returns how many."""
    # Only a look, so it must not hold the one writer that SQLite has.
    begin_work(writing=False)
    try:
        due = events_to_remind(now())
    finally:
        end_work(commit=False)
    told = 0
    for number in due:
        with transaction():
            told += remind(session().get_one(Event, number))
    return told
