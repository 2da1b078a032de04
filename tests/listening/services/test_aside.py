"""A file read by two processes: the same mentions as by one, whatever becomes of the second."""

import os
import signal

import pytest

from portal.foundation import config
from portal.foundation.database import session
from portal.foundation.errors import Refusal
from portal.listening.judgements import Signal
from portal.listening.services import (
    ImportOptions,
    judge_reading,
    learn,
    prepare_import,
    reading,
    run_import,
    switch_on,
    take_in,
)
from portal.listening.services.aside import ReadingAside
from tests.conftest import settings_for_tests
from tests.listening.heard import make_draft, stored_mentions

HEAD = "channel,external_id,author_handle,created_at,text"
WORDS = ("I love the lamp number {}", "Does anyone know where {} is", "Please add a dimmer to {}", "All wick in {}")

# The other process never meets the database, which hears of its rows as of any others.
on_one_database = pytest.mark.parametrize("db", ["sqlite"], indirect=True)


@pytest.fixture(autouse=True)
def _own_folder(db, tmp_path, monkeypatch):
    config.use(settings_for_tests(DATA_FOLDER=tmp_path / "data"))
    monkeypatch.setattr(reading, "WORTH_A_PROCESS", 0)


def prepare(folder, count, last=""):
    rows = [f"x,{n},u{n % 7},2026-03-04T12:00:00Z,{WORDS[n % 4].format(n)}" for n in range(10_000, 10_000 + count)]
    path = folder / "mentions.csv"
    path.write_text("\n".join([HEAD, *rows, last]) + "\n")
    row = prepare_import(path, ImportOptions())
    session().flush()
    return row


def read_as(mention):
    return (mention.lang, mention.tone, mention.is_question, mention.is_suggestion, mention.marks)


def test_what_the_other_process_reads_is_stored(tmp_path):
    run_import(prepare(tmp_path, 1200).id)

    found = stored_mentions()
    assert len(found) == 1200
    love, ask, wish, _plain = found[:4]
    assert love.tone > 0.3
    assert love.marks["tone"] == [["i love", 2.6]]
    assert (ask.is_question, wish.is_suggestion, wish.marks["suggestion"]) == (True, True, ["please add"])


@on_one_database
def test_if_it_dies_the_rest_is_read_here(tmp_path):
    def end_it(_row):
        if not ended:
            ended.append(started[0]._process.pid)
            os.kill(ended[0], signal.SIGKILL)

    started, ended = [], []
    begin = ReadingAside.__init__

    def note(self, *given):
        begin(self, *given)
        started.append(self)

    ReadingAside.__init__ = note
    try:
        row = run_import(prepare(tmp_path, 3200).id, tell=end_it)
    finally:
        ReadingAside.__init__ = begin

    found = stored_mentions()
    assert (row.added, len(found)) == (3200, 3200)
    assert [mention.is_question for mention in found[:8]] == [False, True, False, False] * 2
    assert {mention.is_question for mention in found[-4:]} == {False, True}


@on_one_database
def test_rows_before_one_that_stops_the_file_are_stored(tmp_path):
    row = prepare(tmp_path, 1200, "x,9,juno,2026-03-04 12:00,No zone")

    with pytest.raises(Refusal, match="zone"):
        run_import(row.id)

    session().refresh(row)
    assert row.rows_read == 1000


@on_one_database
def test_it_reads_by_what_was_learned(tmp_path, sam):
    take_in([make_draft(str(n), text=f"This is {'wick' if n % 2 else 'flux'} number {n}") for n in range(60)])
    for mention in stored_mentions():
        judge_reading(mention, Signal.TONE, "positive" if "wick" in mention.text else "negative", by=sam)
    switch_on(learn(Signal.TONE), by=sam)

    run_import(prepare(tmp_path, 4).id)

    assert next(each for each in stored_mentions() if each.external_id == "10003").tone > 0.15
