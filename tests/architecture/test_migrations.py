"""Migrations: numbered, one head, up and down without drift, and with data."""

import re
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

from portal.commands import HEAD_FILE, alembic_config
from portal.foundation.database import Base
from tests.databases import fresh_engine

VERSIONS = HEAD_FILE.parent / "versions"


@pytest.fixture(params=["sqlite", "postgresql"])
def migrated(request):
    """An engine on a database that all migrations have run on, from the first one up."""
    engine = fresh_engine(request.param)
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


def test_the_tables_say_what_the_models_say(migrated):
    with migrated.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": False, "include_name": is_no_search_index}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_up_and_down_leave_nothing_behind_and_up_works_again(migrated):
    migrate(migrated, "base", down=True)

    assert set(inspect(migrated).get_table_names()) <= {"alembic_version"}
    migrate(migrated, "head")


def test_each_step_down_and_up_keeps_the_data(migrated):
    with migrated.begin() as connection:
        connection.execute(
            text(
                'INSERT INTO "user" (email, name, role, language, created_at)'
                " VALUES ('maya@example.org', 'Maya', 'member', 'en', '2026-01-01 00:00:00')"
            )
        )
    migrate(migrated, "-1", down=True)
    migrate(migrated, "head")

    with migrated.connect() as connection:
        assert connection.execute(text('SELECT name FROM "user"')).scalar() == "Maya"
