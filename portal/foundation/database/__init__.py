"""The database: one engine, one session for each piece of work, times in UTC."""

from portal.foundation.database.bulk import among, as_arrays, unnested
from portal.foundation.database.revisions import raised_once
from portal.foundation.database.tables import Base, BigId, UtcDateTime, choice
from portal.foundation.database.work import (
    ReadOnly,
    begin_work,
    carry,
    connect,
    database,
    end_work,
    insert_into,
    is_reading,
    is_untouched,
    read_one,
    session,
    transaction,
)

__all__ = [
    "Base", "BigId", "ReadOnly", "UtcDateTime", "among", "as_arrays", "begin_work", "carry", "choice", "connect",
    "database", "end_work", "insert_into", "is_reading", "is_untouched", "raised_once", "read_one", "session",
    "transaction", "unnested",
]  # fmt: skip
