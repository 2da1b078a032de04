"""Migrations: numbered, one head, up and down without drift, and with data."""

import re
import secrets
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from portal.commands import HEAD_FILE, alembic_config
from portal.foundation.database import Base, connect
from tests.postgres import postgres_address

VERSIONS = HEAD_FILE.parent / "versions"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request, tmp_path):
    """An engine on a database without tables."""
    kind = request.param
    name = f"heard_{secrets.token_hex(4)}"
    engine = connect(f"sqlite:///{tmp_path / 'empty.sqlite3'}" if kind == "sqlite" else postgres_address(name))
    yield engine
    engine.dispose()


def migrate(engine, revision, *, down=False):
    with engine.connect() as connection:
        settings = alembic_config()
        settings.attributes["connection"] = connection
        (command.downgrade if down else command.upgrade)(settings, revision)
        connection.commit()


def is_no_search_index(name, kind, _parents):
    """The index that finds words is made by the database itself and is no table of ours."""
    return not (kind == "table" and name.startswith(("search_index", "search_words", "stream_index")))


def test_there_is_one_head_and_the_head_file_names_it():
    heads = ScriptDirectory.from_config(alembic_config()).get_heads()

    assert len(heads) == 1
    assert HEAD_FILE.read_text().strip().startswith(f"{heads[0]}_")
    assert (VERSIONS / f"{HEAD_FILE.read_text().strip()}.py").exists()


def test_migrations_are_numbered_without_gaps():
    names = sorted(path.name for path in Path(VERSIONS).glob("[0-9]*.py"))

    assert [int(re.match(r"(\d{4})_[a-z0-9_]+\.py$", name)[1]) for name in names] == list(range(1, len(names) + 1))


def test_the_tables_say_what_the_models_say(empty):
    migrate(empty, "head")

    with empty.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": False, "include_name": is_no_search_index}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_up_and_down_leave_nothing_behind_and_up_works_again(empty):
    migrate(empty, "head")
    migrate(empty, "base", down=True)

    assert set(inspect(empty).get_table_names()) <= {"alembic_version"}
    migrate(empty, "head")


def test_each_step_down_and_up_keeps_the_data(empty):
    migrate(empty, "head")
    with empty.begin() as connection:
        connection.execute(
            text(
                'INSERT INTO "user" (email, name, role, language, created_at)'
                " VALUES ('maya@example.org', 'Maya', 'member', 'en', '2026-01-01 00:00:00')"
            )
        )
    migrate(empty, "-1", down=True)
    migrate(empty, "head")

    with empty.connect() as connection:
        assert connection.execute(text('SELECT name FROM "user"')).scalar() == "Maya"
