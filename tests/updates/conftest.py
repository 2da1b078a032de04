"""A database of one's own, for tests in which threads must see each other's commits."""

import secrets
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from flask import Flask

from portal.commands import alembic_config
from portal.foundation import config
from portal.foundation.database import connect, database, end_work
from tests.conftest import migrated_engine, portal_for
from tests.postgres import postgres_address


@pytest.fixture(params=["sqlite", "postgresql"])
def own_database(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The portal on a fresh database whose commits are real."""
    app = portal_for(request.param)
    config.use(app.extensions["settings"])
    if request.param == "sqlite":
        address = f"sqlite:///{Path(tempfile.mkdtemp(prefix='heard-own-')) / 'own.sqlite3'}"
    else:
        address = postgres_address(f"heard_{secrets.token_hex(4)}")
    engine = connect(address)
    with engine.connect() as connection:
        setup = alembic_config()
        setup.attributes["connection"] = connection
        command.upgrade(setup, "head")
        connection.commit()
    database.bind(engine)
    try:
        yield app
    finally:
        end_work(commit=False)
        engine.dispose()
        database.bind(migrated_engine(request.param))
