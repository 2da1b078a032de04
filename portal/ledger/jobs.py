"""What the worker does for the ledger: warns of promises, makes words findable, forgets old drafts."""

from datetime import timedelta

from portal.foundation.database import transaction
from portal.foundation.jobs import sweep, until_done
from portal.ledger.services import expire_drafts, note_opening, pass_on, send_heads, warn, warn_of_slips
from portal.ledger.services.indexing import index_due

_BATCH = 500
_WARNINGS = 100
_PASSED_ON = 100


@sweep("heavy", place=60)
def index_words() -> int:
    """Read the words of rows that came by an import or by another hand."""
    return until_done(index_due, _BATCH)


@sweep("mail", place=5)
def warn_of_promises() -> int:
    """Tell owners and managers, each of each promise once."""
    return until_done(lambda size: warn(limit=size), _WARNINGS, looks_first=True)


@sweep("mail", place=7, every=timedelta(hours=1))
def warn_of_days_that_are_over() -> int:
    """Tell whoever does something that its day is over."""
    return until_done(lambda size: warn_of_slips(limit=size), _WARNINGS, looks_first=True)


@sweep("heavy", place=59)
def pass_on_what_lost_its_owner() -> int:
    """Give what is with somebody who left to whoever answers now."""
    return until_done(lambda size: pass_on(limit=size), _PASSED_ON, looks_first=True)


@sweep("mail", place=6)
def tell_the_witness() -> int:
    """Once a day, the newest hashes."""
    with transaction():
        return send_heads()


@sweep("mail", place=4)
def note_who_may_read() -> int:
    """Write down that the public ledger was switched on or off."""
    return until_done(lambda _size: note_opening(), 1, looks_first=True)


@sweep("heavy", place=61)
def forget_drafts() -> int:
    """Forget what nobody has touched for a month."""
    with transaction():
        return expire_drafts()
