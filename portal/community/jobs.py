"""What the worker does for the community: asks open and end on time, events are told of, and nothing is nobody's."""

from portal.community.models import Ask, Event
from portal.community.queries import (
    asks_to_end,
    asks_to_open,
    events_just_over,
    events_to_remind,
    events_waited_for_in_vain,
)
from portal.community.services import ask_who_came, close_waiting_list, end_ask, open_ask, pass_on, remind
from portal.foundation.clock import now
from portal.foundation.database import begin_work, end_work, session, transaction
from portal.foundation.jobs import finds_nothing, sweep


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
    """Remind everyone with a place a day before, tell who waits in vain, ask the host who came; returns how many."""
    # Only a look, so it must not hold the one writer that SQLite has.
    begin_work(writing=False)
    try:
        due, begun, over = events_to_remind(now()), events_waited_for_in_vain(now()), events_just_over(now())
    finally:
        end_work(commit=False)
    told = 0
    for number in due:
        with transaction():
            told += remind(session().get_one(Event, number))
    for number in begun:
        with transaction():
            told += close_waiting_list(session().get_one(Event, number))
    for number in over:
        with transaction():
            ask_who_came(session().get_one(Event, number))
    return told + len(over)


@sweep("heavy", place=58)
def pass_on_what_lost_its_host() -> int:
    """Give the questions, events and circles of whoever left to somebody who is here."""
    if finds_nothing(pass_on):
        return 0
    with transaction():
        return pass_on()
