"""Migrations: numbered, one head, up and down without drift, and with data."""

import re
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, inspect, text

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


@contextmanager
def at_hand(engine):
    """Alembic as the portal sets it up, on this database."""
    with engine.connect() as connection:
        settings = alembic_config()
        settings.attributes["connection"] = connection
        yield settings
        connection.commit()


def migrate(engine, revision, *, down=False):
    with at_hand(engine) as settings:
        (command.downgrade if down else command.upgrade)(settings, revision)


def test_there_is_one_head_and_the_head_file_names_it():
    heads = ScriptDirectory.from_config(alembic_config()).get_heads()

    assert len(heads) == 1
    assert HEAD_FILE.read_text().strip().startswith(f"{heads[0]}_")
    assert (VERSIONS / f"{HEAD_FILE.read_text().strip()}.py").exists()


def test_migrations_are_numbered_without_gaps():
    names = sorted(path.name for path in Path(VERSIONS).glob("[0-9]*.py"))

    assert [int(re.match(r"(\d{4})_[a-z0-9_]+\.py$", name)[1]) for name in names] == list(range(1, len(names) + 1))


def test_the_tables_say_what_the_models_say(migrated):
    with at_hand(migrated) as settings:
        command.check(settings)


@pytest.mark.parametrize("db", ["postgresql"], indirect=True)
def test_what_the_tables_lack_is_said_in_words(app, monkeypatch):
    """The command that the guide to running names."""
    run = app.test_cli_runner().invoke
    assert run(args=["database", "check"]).exit_code == 0
    monkeypatch.setattr(Base, "metadata", MetaData())

    lacking, unknown = run(args=["database", "check"]), run(args=["database", "downgrade", "9999"])

    assert lacking.exit_code == unknown.exit_code == 1
    assert lacking.stderr.startswith("Error: New upgrade operations detected")
    assert unknown.stderr.startswith("Error: Can't locate revision identified by '9999'")


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


def test_what_authors_had_said_before_is_found_after_the_step_that_finds_it(migrated):
    migrate(migrated, "0054", down=True)
    with migrated.begin() as connection:
        user = {"id": 1, "email": "maya@example.org", "name": "Maya", "role": "member", "language": "en"}
        write(connection, '"user"', **user, created_at=AT)
        promised = {"owner_id": 1, "created_at": AT, "acknowledge_by": AT, "decide_by": AT}
        write(connection, "idea", id=1, title="A lamp", body="", proposed_by_id=1, **promised)
        for number in (1, 2, 3):
            answered = {"answered_by_id": 1, "answered_at": AT, "previous_hash": f"{number}", "hash": f"{number + 1}"}
            write(connection, "response", id=number, idea_id=1, kind="question", message="Which?", **answered)
        say(connection, 1, "The small one.")
        say(connection, 2, "")
        connection.execute(text("DELETE FROM search_due"))

    migrate(migrated, "head")
    with migrated.begin() as connection:
        assert [tuple(row) for row in connection.execute(DUE)] == [("word", 1)]
        say(connection, 3, "The large one.")
        assert [tuple(row) for row in connection.execute(DUE)] == [("word", 1), ("word", 3)]
    migrate(migrated, "0054", down=True)

    # An older portal knows no such words, and stumbles over none.
    with migrated.connect() as connection:
        assert connection.execute(DUE).all() == []


AT = "2026-01-01 00:00:00"
DUE = text("SELECT kind, subject_id FROM search_due ORDER BY subject_id")


def write(connection, table, **values):
    """A row written by hand: what the models say is newer than the step that is tried."""
    columns, places = ", ".join(values), ", ".join(f":{name}" for name in values)
    connection.execute(text(f"INSERT INTO {table} ({columns}) VALUES ({places})"), values)


def say(connection, number, words):
    said = {"kind": "reply", "words": words, "said_by_id": 1, "said_at": AT}
    write(connection, "author_word", id=number, idea_id=1, response_id=number, **said)
