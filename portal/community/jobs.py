"""What the worker does for the community: asks open and end on time."""

from portal.community.models import Ask
from portal.community.queries import asks_to_end, asks_to_open
from portal.community.services import end_ask, open_ask
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
