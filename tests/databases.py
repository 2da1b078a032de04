"""Fresh, migrated databases of both kinds: one of a kind is migrated for the whole run, and copied from then on."""

import functools
import os
import secrets
import shutil
from pathlib import Path

from alembic import command
from sqlalchemy import Engine

from portal.commands import alembic_config
from portal.foundation.database import connect, session
from tests.postgres import postgres_address
from tests.run import one_at_a_time, run_folder


def sqlite_plan(asked: str) -> str:
    """How SQLite means to find what this statement asks for, on the session's connection."""
    driver = session().connection().connection.driver_connection
    assert driver is not None
    return str(driver.execute(f"EXPLAIN QUERY PLAN {asked}", [0] * asked.count("?")).fetchall())


def own_folder() -> Path:
    """The folder of this process."""
    folder = run_folder() / f"process-{os.getpid()}"
    folder.mkdir(exist_ok=True)
    return folder


def fresh_address(kind: str) -> str:
    """The address of a new, migrated database."""
    name = f"heard_{secrets.token_hex(4)}"
    if kind == "postgresql":
        return postgres_address(name, like=_template(kind))
    path = own_folder() / f"{name}.sqlite3"
    shutil.copyfile(_template(kind), path)
    return f"sqlite:///{path}"


def fresh_engine(kind: str) -> Engine:
    """A new, migrated database."""
    return connect(fresh_address(kind))


@functools.cache
def _template(kind: str) -> str:
    """What the copies are made from: a file, or the name of a database on the server."""
    made = run_folder() / f"template-{kind}"
    with one_at_a_time(made.name):
        if not made.exists():
            name = f"heard_template_{secrets.token_hex(4)}"
            path = run_folder() / f"{name}.sqlite3"
            _migrate(f"sqlite:///{path}" if kind == "sqlite" else postgres_address(name))
            made.write_text(str(path) if kind == "sqlite" else name)
        return made.read_text()


def _migrate(address: str) -> None:
    engine = connect(address)
    with engine.connect() as connection:
        setup = alembic_config()
        setup.attributes["connection"] = connection
        command.upgrade(setup, "head")
        connection.commit()
    if engine.dialect.name == "sqlite":
        # Everything into the one file that is copied.
        raw = engine.raw_connection()
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        raw.close()
    # A server copies a database only while nobody is connected to it.
    engine.dispose()
