"""The statements that store one batch, in the driver's own words: their number does not grow with the batch."""

from portal.foundation.database import ReadOnly, session
from portal.listening.services.storing.postgres import PostgresStore
from portal.listening.services.storing.sqlite import SqliteStore
from portal.listening.services.storing.store import (
    AUTHOR_COLUMNS,
    MENTION_COLUMNS,
    AuthorKey,
    Known,
    MentionKey,
    Row,
    Store,
)

__all__ = ["AUTHOR_COLUMNS", "MENTION_COLUMNS", "AuthorKey", "Known", "MentionKey", "Row", "Store", "open_store"]


def open_store() -> Store:
    """The store of the transaction at hand.

    Raises:
        ReadOnly: this work must not change anything.
    """
    current = session()
    if not current.info.get("writing", True):
        raise ReadOnly("a GET request cannot change anything")
    # What the session still holds has to stand before statements that it does not see.
    current.flush()
    connection = current.connection()
    return SqliteStore(connection) if connection.dialect.name == "sqlite" else PostgresStore(connection)
