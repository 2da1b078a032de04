"""The worker's timetable: sweeps over rows that are due, woken by huey, lost by no crash.

A sweep asks the database what is due and does it; running it twice does nothing twice. Each committed
request wakes the worker, and once a minute it wakes by itself, so a lost wake-up costs a minute at most.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

import structlog

from portal.foundation.clock import now
from portal.foundation.database import ReadOnly, looking, transaction

log = structlog.get_logger()

Sweep = Callable[[], Any]
# For so many seconds after a look a lane rests. A look at nothing takes 30 to 50 ms of CPU: where many people write at
# once, and each wakes the worker, it would take a core of its own from them.
REST_S = {"mail": 1.0, "heavy": 3.0, "listening": 3.0}
LANES = tuple(REST_S)


@dataclass
class _Entry:
    """A sweep on the timetable, and when this process last ran it by that."""

    place: int
    job: Sweep
    every: timedelta
    ran_at: datetime | None = None

    def is_due(self, moment: datetime) -> bool:
        # A clock that was set back makes nothing wait for it.
        return self.ran_at is None or not timedelta() <= moment - self.ran_at < self.every


_sweeps: dict[str, list[_Entry]] = {lane: [] for lane in LANES}


def sweep(lane: str, *, place: int, every: timedelta = timedelta()) -> Callable[[Sweep], Sweep]:
    """Put a function on the timetable.

    Args:
        lane: `mail` for what people wait for, `heavy` for scoring and imports, `listening` for fetching.
        place: its order in the lane, in the direction of the data flow.
        every: how often each process runs it at most, for what is in no hurry; without it, at every wake-up.
    """

    def register(job: Sweep) -> Sweep:
        others = (entry for entry in _sweeps[lane] if entry.job is not job)
        _sweeps[lane] = sorted([*others, _Entry(place, job, every)], key=attrgetter("place"))
        return job

    return register


def until_done(batch: Callable[[int], int], size: int, *, looks_first: bool = False) -> int:
    """Run a service in transactions of this size until it finds nothing more; says how much it did.

    Args:
        looks_first: it is run once without being able to write, and again only if it tried to: what takes a while to
            find that there is nothing to do must not hold the one writer that SQLite has. The service does nothing
            but read and write rows.
    """
    if looks_first and finds_nothing(lambda: batch(size)):
        return 0
    done = 0
    while True:
        with transaction():
            count = batch(size)
        if not count:
            return done
        done += count


def finds_nothing(look: Callable[[], Any]) -> bool:
    """Whether a service finds nothing to do: it gives nothing, and does not try to write, which it cannot here."""
    try:
        with looking():
            return not look()
    except ReadOnly:
        return False


def run_lane(lane: str) -> None:
    """Run every sweep of a lane that is due, in order; one that fails is logged and the next still runs."""
    for entry in _sweeps[lane]:
        moment, name = now(), entry.job.__name__
        if not entry.is_due(moment):
            continue
        entry.ran_at = moment
        try:
            done = entry.job()
            if done:
                log.info("sweep_done", sweep=name, done=done)
        except Exception:
            log.exception("sweep_failed", sweep=name)
