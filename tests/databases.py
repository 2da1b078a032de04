"""Fresh, migrated databases of both kinds: each process migrates one of a kind and copies it from then on."""

import functools
import secrets
import shutil
import tempfile
from pathlib import Path

from alembic import command
from sqlalchemy import Engine

from portal.commands import alembic_config
from portal.foundation.database import connect
from tests.postgres import postgres_address

FOLDER = Path(tempfile.mkdtemp(prefix="heard-tests-"))


def fresh_address(kind: str) -> str:
    """The address of a new, migrated database."""
    name = f"heard_{secrets.token_hex(4)}"
    if kind == "postgresql":
        return postgres_address(name, like=_template(kind))
    path = FOLDER / f"{name}.sqlite3"
    shutil.copyfile(_template(kind), path)
    return f"sqlite:///{path}"


def fresh_engine(kind: str) -> Engine:
    """A new, migrated database."""
    return connect(fresh_address(kind))


@functools.cache
def _template(kind: str) -> str:
    """What the copies are made from: a file, or the name of a database on the server."""
    name = f"heard_template_{secrets.token_hex(4)}"
    path = FOLDER / f"{name}.sqlite3"
    engine = connect(f"sqlite:///{path}" if kind == "sqlite" else postgres_address(name))
    with engine.connect() as connection:
        setup = alembic_config()
        setup.attributes["connection"] = connection
        command.upgrade(setup, "head")
        connection.commit()
    if kind == "sqlite":
        # Everything into the one file that is copied.
        raw = engine.raw_connection()
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        raw.close()
    # A server copies a database only while nobody is connected to it.
    engine.dispose()
    return str(path) if kind == "sqlite" else name
