"""The timetable: order within a lane, one bad sweep never stops the next."""

from portal.foundation import jobs
from portal.foundation.jobs import run_lane, sweep


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
