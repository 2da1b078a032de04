"""Rows by the hundred thousand: COPY or one prepared statement, with triggers and indexes put back afterwards."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from portal.foundation.database import Base, database


class Bulk:
    """One raw connection on which rows go in as fast as the database takes them."""

    def __init__(self, connection: Any) -> None:
        self.connection, self.is_sqlite = connection, database.engine.dialect.name == "sqlite"

    def load(self, model: type[Base], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Rows of these columns, in this order; a value is what the model's own attribute would hold."""
        table = model.__table__
        makers = [table.c[name].type.bind_processor(database.engine.dialect) for name in columns]
        ready = (
            tuple(value if make is None else make(value) for make, value in zip(makers, row, strict=True))
            for row in rows
        )
        names = ", ".join(f'"{name}"' for name in columns)
        if self.is_sqlite:
            marks = ", ".join("?" * len(columns))
            self.connection.executemany(f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})', ready)
            return
        with self.connection.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as copy:
            for row in ready:
                copy.write_row(row)

    def run(self, statement: str) -> None:
        self.connection.execute(statement)


@contextmanager
def bulk(tables: Sequence[str]) -> Iterator[Bulk]:
    """Load these tables, without their triggers and without the indexes that can be made afterwards.

    What triggers would have written is for the caller to load, the search index apart.
    """
    borrowed = database.engine.raw_connection()
    work = Bulk(borrowed.dbapi_connection)
    try:
        yield from _on_sqlite(work, tables) if work.is_sqlite else _on_postgresql(work, tables)
    finally:
        borrowed.invalidate()


def _on_sqlite(work: Bulk, tables: Sequence[str]) -> Iterator[Bulk]:
    for setting in ("foreign_keys = OFF", "synchronous = OFF"):
        work.run(f"PRAGMA {setting}")
    names = ", ".join(f"'{name}'" for name in tables)
    # Names of our own; a made index has words of its own, one that holds a constraint has none.
    there = work.connection.execute(
        f"SELECT type, name, sql FROM sqlite_master WHERE tbl_name IN ({names}) "
        "AND type IN ('trigger', 'index') AND sql IS NOT NULL"
    ).fetchall()
    work.run("BEGIN IMMEDIATE")
    for kind, name, _ in there:
        work.run(f'DROP {kind.upper()} "{name}"')
    yield work
    for _, _, words in there:
        work.run(words)
    for index in ("search_index", "search_index_idea"):
        for what in ("rebuild", "optimize"):
            work.run(f"INSERT INTO {index} ({index}) VALUES ('{what}')")
    work.run("ANALYZE")
    work.run("COMMIT")
    work.run("PRAGMA wal_checkpoint(TRUNCATE)")


def _on_postgresql(work: Bulk, tables: Sequence[str]) -> Iterator[Bulk]:
    names = [*tables, "search_index"]
    there = work.connection.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema() AND tablename = ANY(%s) "
        "AND indexname NOT IN (SELECT conname FROM pg_constraint)",
        (names,),
    ).fetchall()
    for name, _ in there:
        work.run(f'DROP INDEX "{name}"')
    work.run("SET session_replication_role = replica")
    # The one trigger that is wanted: it fills the search index.
    work.run("ALTER TABLE search_entry ENABLE ALWAYS TRIGGER search_entry_indexed")
    yield work
    work.run("ALTER TABLE search_entry ENABLE TRIGGER search_entry_indexed")
    work.run("SET maintenance_work_mem = '256MB'")
    for _, words in there:
        work.run(words)
    for table in tables:
        if "id" not in Base.metadata.tables[table].columns:
            continue
        if name := work.connection.execute("SELECT pg_get_serial_sequence(%s, 'id')", (table,)).fetchone()[0]:
            work.run(f"SELECT setval('{name}', (SELECT max(id) FROM \"{table}\"))")
    work.connection.commit()
    work.connection.autocommit = True
    work.run("VACUUM ANALYZE")
