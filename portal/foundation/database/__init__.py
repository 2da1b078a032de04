"""The database: one engine, one session for each piece of work, times in UTC."""

from portal.foundation.database.aliases import shared_alias
from portal.foundation.database.bulk import among, among_given, as_arrays, as_one, count_anew, unnested
from portal.foundation.database.engines import connect
from portal.foundation.database.tables import Base, BigId, UtcDateTime, choice
from portal.foundation.database.triggers import raised_once
from portal.foundation.database.work import (
    ReadOnly,
    begin_work,
    carry,
    database,
    end_work,
    hold,
    insert_into,
    is_reading,
    is_untouched,
    looking,
    read_all,
    read_one,
    session,
    transaction,
    write_one,
)

__all__ = [
    "Base", "BigId", "ReadOnly", "UtcDateTime", "among", "among_given", "as_arrays", "as_one", "begin_work", "carry",
    "choice", "connect", "count_anew", "database", "end_work", "hold", "insert_into", "is_reading", "is_untouched",
    "looking", "raised_once", "read_all", "read_one", "session", "shared_alias", "transaction", "unnested", "write_one",
]  # fmt: skip
