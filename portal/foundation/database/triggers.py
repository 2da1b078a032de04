"""The triggers that raise the number of a topic (`revisions.py`) with every change of a table that belongs to it.

A row is changed by its trigger, so a batch of thousands would raise a number thousands of times. On PostgreSQL the
trigger itself remembers what its transaction has raised; SQLite has nothing to remember it in but a row, which the
batch puts there and takes away again before it commits (`raised_once`).
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import Connection, inspect, text

from portal.foundation.database.revisions import revision

PREFIX = "revises_"


@contextmanager
def raised_once(connection: Connection, *tables: str) -> Iterator[None]:
    """Let each of these tables raise its topics once in this block, however many of its rows are changed there.

    To be ended before the transaction is; what commits inside would leave the tables silent for good.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    marks = ", ".join(f"('{_mark(name)}', {_MARKED}, 0)" for name in tables)
    connection.exec_driver_sql(f"INSERT OR IGNORE INTO revision (topic, slot, value) VALUES {marks}")  # noqa: S608 - our own names
    try:
        yield
    finally:
        connection.exec_driver_sql(f"DELETE FROM revision WHERE slot = {_MARKED}")  # noqa: S608 - a number of our own


def watch(connection: Connection, tables: Mapping[str, Collection[str]]) -> None:
    """Make the triggers be those of this list of tables and their topics; run after each migration.

    A table that is newly made, or was made anew under the same name, gets its triggers here.
    """
    names = set(inspect(connection).get_table_names())
    if revision.name not in names:
        return
    for topic in sorted({topic for topics in tables.values() for topic in topics}):
        connection.execute(
            text("INSERT INTO revision (topic, slot, value) VALUES (:topic, 0, 0) ON CONFLICT DO NOTHING"),
            {"topic": topic},
        )
    wanted = {_trigger(name, topics): (name, topics) for name, topics in tables.items() if name in names and topics}
    is_sqlite = connection.dialect.name == "sqlite"
    there = _triggers_of_sqlite(connection) if is_sqlite else _triggers_of_postgresql(connection)
    for trigger in sorted(there.keys() - wanted.keys()):
        for statement in _drop_on_sqlite(trigger) if is_sqlite else [f'DROP TRIGGER "{trigger}" ON "{there[trigger]}"']:
            connection.execute(text(statement))
    for trigger in sorted(wanted.keys() - there.keys()):
        name, belongs = wanted[trigger]
        quoted = ", ".join(f"'{topic}'" for topic in sorted(belongs))
        for statement in _on_sqlite(trigger, name, quoted) if is_sqlite else _on_postgresql(trigger, name, quoted):
            connection.execute(text(statement))


def _on_sqlite(trigger: str, name: str, quoted: str) -> list[str]:
    mark = f"topic = '{_mark(name)}' AND slot = {_MARKED}"
    raising = (
        f"WHEN NOT EXISTS (SELECT 1 FROM revision WHERE {mark} AND value = 1) BEGIN "  # noqa: S608 - our own names
        f"UPDATE revision SET value = value + 1 WHERE topic IN ({quoted}); "
        f"UPDATE revision SET value = 1 WHERE {mark}; END"
    )
    return [f'CREATE TRIGGER "{trigger}{verb}" AFTER {verb[1:]} ON "{name}" {raising}' for verb in _VERBS]


def _drop_on_sqlite(trigger: str) -> list[str]:
    return [f'DROP TRIGGER "{trigger}{verb}"' for verb in _VERBS]


def _on_postgresql(trigger: str, name: str, quoted: str) -> list[str]:
    when = f'AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "{name}" FOR EACH STATEMENT'
    return [f'CREATE TRIGGER "{trigger}" {when} EXECUTE FUNCTION raise_revision({quoted})']


def _mark(name: str) -> str:
    # No topic is called so; with 0 the table has raised nothing in its block yet, with 1 it has.
    return f"#{name}"


_MARKED = -1
_VERBS = ("_insert", "_update", "_delete")


def _trigger(name: str, topics: Collection[str]) -> str:
    return f"{PREFIX}{'_'.join(sorted(topics))}_of_{name}"


def _triggers_of_sqlite(connection: Connection) -> dict[str, str]:
    rows = connection.execute(
        text("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE :name"),
        {"name": f"{PREFIX}%{_VERBS[0]}"},
    )
    return {row.name.removesuffix(_VERBS[0]): row.tbl_name for row in rows}


def _triggers_of_postgresql(connection: Connection) -> dict[str, str]:
    rows = connection.execute(
        text(
            "SELECT t.tgname AS name, c.relname AS relation FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "WHERE c.relnamespace = current_schema()::regnamespace AND t.tgname LIKE :name"
        ),
        {"name": f"{PREFIX}%"},
    )
    return {row.name: row.relation for row in rows}
