"""The timetable: order within a lane, one bad sweep never stops the next."""

import multiprocessing
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Barrier
from time import monotonic

from limits.storage import RedisStorage, storage_from_string
from structlog.testing import capture_logs

from portal.foundation import jobs
from portal.foundation.config import Settings
from portal.foundation.jobs import Worker, run_lane, sweep
from tests.databases import fresh_address


def test_sweeps_run_in_their_order_and_past_a_failure(monkeypatch):
    seen = []
    monkeypatch.setattr(jobs, "_sweeps", {"mail": [], "heavy": [], "listening": []})

    @sweep("mail", place=20)
    def second():
        seen.append("second")

    @sweep("mail", place=10)
    def first():
        seen.append("first")
        raise RuntimeError

    run_lane("mail")

    assert seen == ["first", "second"]


def test_waking_twice_queues_one_look(app):
    worker = app.extensions["worker"]
    worker.queue.flush()

    for _ in range(20):
        worker.wake()

    assert worker.queue.pending_count() == len(jobs.LANES)


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
