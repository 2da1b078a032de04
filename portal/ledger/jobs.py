"""What the worker does for the ledger: makes findable what no request has."""

from portal.foundation.jobs import sweep, until_done
from portal.ledger.services.indexing import index_due

_BATCH = 500


@sweep("heavy", place=60)
def index_words() -> int:
    """Read the words of rows that came by an import or by another hand."""
    return until_done(index_due, _BATCH)
