"""What the worker does for listening, against real servers and real databases."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from portal.foundation import config
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.listening import jobs
from portal.listening.connectors.contract import Transient
from portal.listening.jobs import poll_due_sources, read_waiting_imports, remove_old_uploads, sweep_new_trackers
from portal.listening.judgements import Signal
from portal.listening.models import Health, ImportStatus, Match, MentionImport, Source
from portal.listening.queries.judged import learned_models
from portal.listening.services import (
    ImportOptions,
    add_source,
    add_tracker,
    judge_reading,
    keep_upload,
    preview,
    start_import,
    switch_on,
    take_in,
)
from tests.channels.feed_server import Answer, Feed, FeedServer, Item
from tests.conftest import settings_for_tests
from tests.listening.heard import NOON, make_draft, stored_mentions


@pytest.fixture
def server(db):
    config.use(settings_for_tests(FETCH_ALLOW_LOOPBACK=True))
    with FeedServer() as running:
        yield running


def listen(sam, address: str) -> Source:
    source = add_source(connector="feeds", settings={"url": address}, name=address[-6:], keeps_all=True, by=sam)
    session().commit()
    return source


def item(number: int) -> Item:
    return Item(f"g{number}", f"Post {number}", "A word about lamps", f"https://blog.example/{number}", NOON)


def test_every_due_source_is_asked_once_and_a_bad_one_stops_nobody(server, sam):
    good = listen(sam, server.serve("/good", Feed(item(1), item(2))))
    bad = listen(sam, server.serve("/broken", Answer(500)))
    later = listen(sam, server.serve("/later", Feed(item(3))))
    later.next_due_at = now() + timedelta(hours=1)
    session().commit()

    assert poll_due_sources() == 2
    assert poll_due_sources() == 0

    for source in (good, bad, later):
        session().refresh(source)
    assert (good.health, bad.health, later.health) == (Health.GOOD, Health.FAILING, Health.NEW)
    assert len(stored_mentions()) == 2


def test_an_answer_that_cannot_be_stored_counts_as_a_failure_and_keeps_the_place(server, sam, monkeypatch):
    source = listen(sam, server.serve("/feed", Feed(item(1))))
    keep = jobs.keep_answer

    def fail_at_first(turn, answer):
        if isinstance(answer, Transient):
            return keep(turn, answer)
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(jobs, "keep_answer", fail_at_first)
    poll_due_sources()

    session().refresh(source)
    assert (source.health, source.failures, source.state, source.lease_until) == (Health.FAILING, 1, {}, None)
    monkeypatch.undo()
    source.next_due_at = now()
    session().commit()
    poll_due_sources()
    assert len(stored_mentions()) == 1


def test_a_waiting_upload_is_read(sam, tmp_path):
    config.use(settings_for_tests(DATA_FOLDER=tmp_path))
    lines = ["channel,author_handle,created_at,text", "x,juno,2026-03-04T12:00:00Z,A lamp", ""]
    (tmp_path / "a.csv").write_text("\n".join(lines))
    with (tmp_path / "a.csv").open("rb") as file:
        row = keep_upload(file, "a.csv", by=sam)
    start_import(row, ImportOptions(), by=sam)
    session().commit()

    assert read_waiting_imports() == 1

    session().expire_all()
    assert session().scalars(select(MentionImport)).one().status is ImportStatus.DONE


def test_an_upload_whose_reader_went_away_is_taken_up_after_its_lease(sam, tmp_path):
    config.use(settings_for_tests(DATA_FOLDER=tmp_path))
    (tmp_path / "a.csv").write_text("channel,author_handle,created_at,text\nx,juno,2026-03-04T12:00:00Z,A lamp\n")
    with (tmp_path / "a.csv").open("rb") as file:
        row = keep_upload(file, "a.csv", by=sam)
    start_import(row, ImportOptions(), by=sam)
    row.status, row.lease_until = ImportStatus.RUNNING, now() + timedelta(minutes=1)
    session().commit()
    assert read_waiting_imports() == 0

    row.lease_until = now() - timedelta(seconds=1)
    session().commit()

    assert read_waiting_imports() == 1


def test_an_upload_that_nobody_started_is_removed_after_a_week(sam, tmp_path):
    config.use(settings_for_tests(DATA_FOLDER=tmp_path))
    old, new = (keep_upload(io.BytesIO(b"channel,text\nx,A lamp\n"), name, by=sam) for name in ("old.csv", "new.csv"))
    old.created_at = now() - timedelta(days=8)
    session().commit()

    assert remove_old_uploads() == 1
    assert remove_old_uploads() == 0

    session().refresh(old)
    assert (old.status, Path(old.path).exists(), Path(new.path).exists()) == (ImportStatus.FAILED, False, True)
    assert preview(old, ImportOptions()).refusal


def test_new_trackers_are_swept(sam):
    take_in([make_draft("1"), make_draft("2")])
    tracker = add_tracker(name="Lamp", query="lamp", by=sam)
    tracker.created_at = now() - timedelta(hours=1)
    session().commit()

    assert sweep_new_trackers() == 2
    assert sweep_new_trackers() == 0
    assert len(session().scalars(select(Match)).all()) == 2


def test_labels_teach_and_a_switch_reads_again(db, sam):
    take_in([make_draft(str(n), text=f"This is all {'wick' if n % 2 else 'flux'} number {n}") for n in range(60)])
    for mention in stored_mentions():
        judge_reading(mention, Signal.TONE, "positive" if "wick" in mention.text else "negative", by=sam)
    session().commit()

    assert jobs.learn_from_labels() == 1
    assert jobs.learn_from_labels() == 0
    assert jobs.read_again() == 0
    switch_on(learned_models()[0], by=sam)
    session().commit()
    assert jobs.read_again() == 60
