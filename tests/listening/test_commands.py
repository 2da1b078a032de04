"""The command line of listening, as a process of its own; one of them is killed half-way."""

import json
import os
import time

import pytest
from sqlalchemy import text

from portal.foundation.database import begin_work, connect
from tests.command_line import Command
from tests.databases import fresh_address

HEAD = "channel,external_id,author_handle,created_at,text"


@pytest.fixture(params=["sqlite", "postgresql"])
def portal(request, tmp_path):
    """A portal of its own on each database: its address and how to call its command line."""
    return Portal(fresh_address(request.param), tmp_path)


# What is refused before anything is written is refused alike on both.
refuses = pytest.mark.parametrize("portal", ["sqlite"], indirect=True)


class Portal:
    def __init__(self, address, folder):
        self.engine = connect(address)
        self.folder = folder
        self.environment = {
            "PATH": os.environ["PATH"],
            "DATABASE_URL": address,
            "DATA_FOLDER": str(folder / "data"),
            "SECRET_KEY": "0123456789abcdef0123456789abcdef",
        }

    def start(self, *words):
        return Command("listening", "import", *words, env=self.environment, folder=self.folder)

    def run(self, *words):
        return self.start(*words).wait()

    def count(self, table="mention"):
        # Only looking: on SQLite that takes no turn away from the process that writes.
        begin_work(writing=False)
        with self.engine.connect() as connection:
            return connection.execute(text(f"SELECT count(*) FROM {table}")).scalar()

    def write(self, lines, name="mentions.csv"):
        path = self.folder / name
        path.write_text("\n".join([HEAD, *lines]) + "\n")
        return str(path)


def rows(count):
    return [f"x,{n},user{n % 50},2026-03-04T12:00:00Z,The lamp number {n} of the series" for n in range(count)]


def test_a_file_goes_in_once_with_a_summary(portal):
    path = portal.write([*rows(20), "x,bad,,2026-03-04T12:00:00Z,Nobody"])

    code, out, _err = portal.run(path, "--tracker", "lamp")

    assert code == 0
    assert "20 added" in out
    assert "20 wanted by a tracker" in out
    assert "1 rejected" in out
    assert f"{path}.rejected.csv" in out
    code, out, _err = portal.run("mentions.csv", "--tracker", "lamp")
    assert code == 0
    assert "nothing was added" in out
    assert portal.count() == 20
    portal.engine.dispose()


@refuses
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["missing.csv"], "missing.csv"),
        (["odd.csv"], "--map"),
        (["bare.csv"], "--zone"),
        (["bare.csv", "--zone", "Berlin/Europe"], "Berlin/Europe"),
        (["good.csv", "--tracker", 'lamp "desk'], "     ^"),
        (["good.csv", "--map", "tone=text"], "tone=text"),
        (["letters.csv"], "--encoding"),
        (["good.csv", "--encoding", "latinn"], "cp1252"),
    ],
)
def test_what_cannot_be_read_is_one_sentence_and_status_two(portal, words, said):
    (portal.folder / "odd.csv").write_text("a,b\n1,2\n")
    portal.write(["x,1,juno,2026-03-04 12:00,No zone"], name="bare.csv")
    portal.write(rows(2), name="good.csv")
    words_of_others = "x,1,иван,2026-03-04T12:00Z,Очень хорошая лампа\n".encode("cp1251")
    (portal.folder / "letters.csv").write_bytes(f"{HEAD}\n".encode() + words_of_others)

    code, out, err = portal.run(*words)

    assert code == 2
    assert said in err
    assert "Traceback" not in err
    assert not out
    assert portal.count() == portal.count("mention_import") == 0
    portal.engine.dispose()


@refuses
def test_a_database_without_tables_is_said_in_words(portal):
    path = portal.write(rows(1))
    portal.environment["DATABASE_URL"] = f"sqlite:///{portal.folder / 'empty.sqlite3'}"

    code, _out, err = portal.run(path)

    assert code == 1
    assert "database upgrade" in err
    assert "Traceback" not in err
    portal.engine.dispose()


def test_an_import_that_is_killed_goes_on_where_it_was(portal):
    bad = [f"x,bad{n},,2026-03-04T12:00:00Z,Nobody said this" for n in range(10)]
    good = rows(9_000)
    mixed = [line for place in range(10) for line in (*good[place * 600 : place * 600 + 600], bad[place])]
    path = portal.write([*mixed, *good[6_000:]])
    first = portal.start(path)
    deadline = time.monotonic() + 90
    while portal.count() < 1000 and time.monotonic() < deadline:
        time.sleep(0.02)
    first.kill()
    assert 0 < portal.count() < 9_000, "it was killed half-way"

    code, out, err = portal.run(path)

    assert code == 0, err
    assert "goes on after row" in out
    assert portal.count() == 9_000
    with open(f"{path}.rejected.csv") as file:
        assert sum(1 for _ in file) == 11
    with portal.engine.connect() as connection:
        row = connection.execute(text("SELECT rows_read, added, repeated, rejected, status FROM mention_import")).one()
    assert tuple(row) == (9_010, 9_000, 0, 10, "done")
    portal.engine.dispose()


def test_readings_are_tried_on_a_labelled_file(app, tmp_path):
    path, out = tmp_path / "texts.csv", tmp_path / "out.csv"
    path.write_text("text,mood,asks\nI love it,positive,0\nWhere is it?,neutral,1\nI hate it,positive,0\n,neutral,0\n")
    call = ["listening", "evaluate", str(path), "--text", "text", "--label", "mood", "--label", "question=asks"]

    told = app.test_cli_runner().invoke(args=[*call, "--out", str(out)])
    refused = app.test_cli_runner().invoke(args=[*call, "--label", "nose"])
    figures = app.test_cli_runner().invoke(args=[*call, "--format", "json"])

    assert told.exit_code == 0, told.output
    assert "texts.csv: 3 texts (left out: 1 without words" in told.output
    assert "accuracy 0.667" in told.output
    assert "VADER" in told.output
    assert "1,tone,positive,positive" not in out.read_text()
    assert "2,tone,positive,positive,yes,i love +2.6,I love it" in out.read_text()
    assert (refused.exit_code, "no column “nose”" in refused.output) == (2, True)
    assert json.loads(figures.output)[1]["ours"]["accuracy"] == 1


@refuses
def test_the_command_line_is_called_by_its_name_and_has_our_commands_alone(portal):
    code, said, _faults = Command("--help", env=portal.environment, folder=portal.folder).wait()
    refused, _said, faults = portal.run("--nonsense")
    bare = {**portal.environment, "DATABASE_URL": f"sqlite:///{portal.folder / 'bare.sqlite3'}"}
    unmade, _said, without = Command("ledger", "verify", env=bare, folder=portal.folder).wait()

    assert code == 0
    assert said.startswith("Usage: bin/portal [OPTIONS] COMMAND")
    assert "ledger" in said
    assert "--debug" not in said
    assert "shell" not in said
    assert refused == 2
    assert "Try 'bin/portal listening import --help' for help." in faults
    assert (unmade, without.count("\n")) == (1, 1)
    assert "bin/portal database upgrade" in without
