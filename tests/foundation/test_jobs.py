"""The timetable: order within a lane, one bad sweep never stops the next."""

import multiprocessing
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime, timedelta
from threading import Barrier
from time import monotonic

from huey.consumer import Consumer
from limits.storage import RedisStorage, storage_from_string
from sqlalchemy import delete, event, text
from structlog.testing import capture_logs

from portal.community.jobs import pass_on_what_lost_its_host
from portal.foundation import jobs
from portal.foundation.audit import AuditEntry
from portal.foundation.clock import pretend
from portal.foundation.config import Settings
from portal.foundation.database import database, session
from portal.foundation.database.engines import may_write
from portal.foundation.jobs import Worker, run_lane, sweep, timetable
from portal.listening.jobs import learn_from_labels, look_again_at_mentions
from tests.databases import fresh_address


def test_sweeps_run_in_their_order_and_past_a_failure(monkeypatch):
    seen = []
    monkeypatch.setattr(timetable, "_sweeps", {"mail": [], "heavy": [], "listening": []})

    @sweep("mail", place=20)
    def second():
        seen.append("second")

    @sweep("mail", place=10)
    def first():
        seen.append("first")
        raise RuntimeError

    run_lane("mail")

    assert seen == ["first", "second"]


def test_what_is_in_no_hurry_is_run_once_in_its_while_and_whatever_else_each_time(monkeypatch):
    seen = []
    monkeypatch.setattr(timetable, "_sweeps", {"mail": []})

    @sweep("mail", place=10, every=timedelta(hours=1))
    def hourly():
        seen.append("hourly")
        raise RuntimeError

    @sweep("mail", place=20)
    def always():
        seen.append("always")

    for minutes in (0, 59, 60, 0):
        with pretend(datetime(2026, 3, 2, 9, tzinfo=UTC) + timedelta(minutes=minutes)):
            run_lane("mail")

    assert seen == ["hourly", "always", "always", "hourly", "always", "hourly", "always"]


def test_waking_twice_queues_one_look(app):
    worker = app.extensions["worker"]
    worker.queue.flush()

    for _ in range(20):
        worker.wake()

    assert worker.queue.pending_count() == len(jobs.LANES)


def test_a_worker_that_finds_wake_ups_waiting_knows_what_they_ask_for(app, tmp_path):
    """They came while it was away; one that knew no tasks would drop these and do nothing ever after."""
    settings = Settings(SECRET_KEY="0123456789abcdef" * 2, DATA_FOLDER=str(tmp_path))
    portal = Worker(settings)
    portal.wake()
    assert portal.queue.pending_count() == len(jobs.LANES)
    seen, tell = multiprocessing.Pipe(duplex=False)

    worker = multiprocessing.get_context("fork").Process(target=Worker(settings, run=tell.send).work)
    worker.start()

    assert {seen.recv() for _lane in jobs.LANES if seen.poll(20)} == set(jobs.LANES)
    os.kill(worker.pid, signal.SIGINT)
    worker.join(20)
    assert worker.exitcode == 0


def test_a_worker_that_is_told_to_end_while_it_begins_ends_as_it_should(app, tmp_path, monkeypatch):
    def begin(consumer):
        os.kill(os.getpid(), signal.SIGINT)
        start(consumer)

    start = Consumer.start
    monkeypatch.setattr(Consumer, "start", begin)
    settings = Settings(SECRET_KEY="0123456789abcdef" * 2, DATA_FOLDER=str(tmp_path))
    worker = multiprocessing.get_context("fork").Process(target=Worker(settings, run=str).work)

    worker.start()

    worker.join(20)
    assert worker.exitcode == 0


def test_a_lane_that_has_just_looked_rests_and_looks_once_more_for_all_that_changed_since(tmp_path):
    settings, seen = Settings(SECRET_KEY="0123456789abcdef" * 2, DATA_FOLDER=str(tmp_path)), []
    worker = Worker(settings, run=seen.append)

    for _change in range(5):
        worker.tasks["mail"].call_local()
    assert (seen, worker.queue.pending_count()) == (["mail"], 1)

    # Another lane has its own rest, and one that is busy looks again as well.
    with worker.queue.lock_task("lane-heavy"):
        worker.tasks["heavy"].call_local()
    assert (seen, worker.queue.pending_count()) == (["mail"], 2)


def test_what_finds_nothing_to_do_never_has_the_turn_to_write(committing_db):
    """On SQLite everyone else would wait for it."""
    writers, found = [], [0, 2, 1, 0]
    event.listen(database.engine, "begin", lambda _connection: writers.append(may_write.get()))

    def batch(size):
        count = found.pop(0)
        session().execute(text("SELECT 1"))
        if count:
            session().execute(delete(AuditEntry))
        return count

    assert jobs.until_done(batch, 10, looks_first=True) == 0
    assert writers == [False]
    found.insert(0, 2)

    assert jobs.until_done(batch, 10, looks_first=True) == 3
    assert writers == [False, False, True, True, True]

    # What takes the longest to find nothing in an empty portal.
    writers.clear()
    assert [look_again_at_mentions(), learn_from_labels(), pass_on_what_lost_its_host()] == [0, 0, 0]
    assert not any(writers)


def test_requests_that_come_together_wake_the_worker_once_and_a_later_one_again(app):
    worker = app.extensions["worker"]
    for _ in range(2):
        worker.queue.flush()
        for _ in range(20):
            worker.wake_soon()
        until(lambda: worker.queue.pending_count() == len(jobs.LANES))


def test_a_forked_process_wakes_the_worker_too():
    """It has none of the threads of the process that it came from, the one that wakes included."""
    worker = Worker(Settings(SECRET_KEY="0123456789abcdef" * 2, QUEUE_URL="redis://127.0.0.1:1/0"))

    def is_woken() -> bool:
        with capture_logs() as logs:
            worker.wake_soon()
            until(lambda: logs)
        return logs[0]["event"] == "wake_failed"

    assert is_woken()
    child = multiprocessing.get_context("fork").Process(target=lambda: os._exit(0 if is_woken() else 1))
    child.start()
    child.join(20)

    assert child.exitcode == 0


def until(is_so):
    """Wait for what another thread does; a test that waits for nothing fails."""
    deadline = monotonic() + 10
    while not is_so():
        assert monotonic() < deadline


def test_processes_that_begin_at_once_open_one_queue():
    """Each would make its tables, of which PostgreSQL lets one through and fails the others."""
    settings = Settings(SECRET_KEY="0123456789abcdef" * 2, DATABASE_URL=fresh_address("postgresql"))
    start = Barrier(6)

    def begin(_number):
        start.wait()
        queue = Worker(settings).queue
        with closing(queue.storage):
            return queue.pending_count()

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(begin, range(6))) == [0] * 6


def test_a_queue_that_is_away_costs_a_minute_and_no_change():
    worker = Worker(Settings(SECRET_KEY="0123456789abcdef" * 2, QUEUE_URL="redis://127.0.0.1:1/0"))

    with capture_logs() as logs:
        worker.wake()

    assert [entry["event"] for entry in logs] == ["wake_failed"]


def test_several_machines_have_one_place_to_count_tries():
    """What the setting asks for is installed; nothing connects before it is used."""
    settings = Settings(SECRET_KEY="0123456789abcdef" * 2, RATE_LIMITS="redis://127.0.0.1:1/1")

    assert isinstance(storage_from_string(settings.RATE_LIMITS), RedisStorage)
