"""Writing down when the public ledger was switched on or off: a setting leaves no trace of itself."""

from portal.foundation import config
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.ledger.chain import hold_ledger
from portal.ledger.models import Opening
from portal.ledger.queries import current_opening


def note_opening() -> int:
    """Write down what the settings say, if it is not what was written last; returns 1 where it was another.

    Nobody is named: whoever runs the portal changes its settings outside it.
    """
    if (current_opening() is not None) == config.current().PUBLIC_LEDGER:
        return 0
    # Of two workers that start at once the second finds what the first has written.
    hold_ledger()
    opening = current_opening()
    if (opening is not None) == config.current().PUBLIC_LEDGER:
        return 0
    if opening is None:
        opening = Opening()
        session().add(opening)
        record("public_ledger.opened", opening, by=None)
    else:
        opening.closed_at = now()
        record("public_ledger.closed", opening, by=None)
    return 1
