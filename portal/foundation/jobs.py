"""The worker's timetable: sweeps over rows that are due, woken by huey, lost by no crash.

A sweep asks the database what is due and does it; running it twice does nothing twice. Each committed
request wakes the worker, and once a minute it wakes by itself, so a lost wake-up costs a minute at most.
"""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import Any

import structlog
from huey import Huey, PostgresHuey, RedisHuey, SqliteHuey, crontab
from huey.exceptions import TaskLockedException

from portal.foundation.config import Settings
from portal.foundation.database import transaction

log = structlog.get_logger()

Sweep = Callable[[], Any]
LANES = ("mail", "heavy", "listening")

_sweeps: dict[str, list[tuple[int, Sweep]]] = {lane: [] for lane in LANES}


def sweep(lane: str, *, place: int) -> Callable[[Sweep], Sweep]:
    """Put a function on the timetable.

    Args:
        lane: `mail` for what people wait for, `heavy` for scoring and imports, `listening` for fetching.
        place: its order in the lane, in the direction of the data flow.
    """

    def register(job: Sweep) -> Sweep:
        _sweeps[lane] = sorted([*(entry for entry in _sweeps[lane] if entry[1] is not job), (place, job)], key=_place)
        return job

    return register


def until_done(batch: Callable[[int], int], size: int) -> int:
    """Run a service in transactions of this size until it finds nothing more; says how much it did."""
    done = 0
    while True:
        with transaction():
            count = batch(size)
        if not count:
            return done
        done += count


def run_lane(lane: str) -> None:
    """Run every sweep of a lane in order; one that fails is logged and the next still runs."""
    for _, job in _sweeps[lane]:
        try:
            done = job()
            if done:
                log.info("sweep_done", sweep=job.__name__, done=done)
        except Exception:
            log.exception("sweep_failed", sweep=job.__name__)


class Worker:
    """The huey queue of this process and the tasks that wake each lane.

    The queue is opened on first use, so that a web process may fork before it.
    """

    def __init__(self, settings: Settings, run: Callable[[str], None] = run_lane) -> None:
        self._settings, self._run = settings, run

    @cached_property
    def queue(self) -> Huey:
        """The queue, where the settings say."""
        return _queue(self._settings)

    @cached_property
    def _wake(self) -> dict[str, Callable[[], Any]]:
        return {lane: self._task(lane, self._run) for lane in LANES}

    def wake(self) -> None:
        """Ask the worker to look at what is due; asks once, however many changes wait."""
        # A wake-up that has not started yet will see this change too.
        if self.queue.pending_count() < len(LANES):
            for task in self._wake.values():
                task()

    def work(self) -> None:
        """Run the worker until it is told to stop (SIGINT finishes the work at hand)."""
        self.wake()
        # A worker that was killed leaves its lock behind; the rows' own leases keep two apart.
        self.queue.flush_locks(*(f"lane-{lane}" for lane in LANES))
        self.queue.create_consumer(workers=len(LANES), periodic=True, max_delay=1.0).run()

    def _task(self, lane: str, run: Callable[[str], None]) -> Callable[[], Any]:
        def task() -> None:
            try:
                with self.queue.lock_task(f"lane-{lane}"):
                    run(lane)
            except TaskLockedException:
                # Whoever holds the lane may have looked before our change: look again in a moment.
                if self.queue.scheduled_count() < 2 * len(LANES):
                    woken.schedule(delay=1)

        task.__name__ = f"wake_{lane}"
        woken = self.queue.task(name=f"wake_{lane}")(task)
        self.queue.periodic_task(crontab(), name=f"each_minute_{lane}")(task)
        return woken  # type: ignore[no-any-return]


def _queue(settings: Settings) -> Huey:
    address = settings.QUEUE_URL or settings.database_url
    if address.startswith("redis"):
        return RedisHuey("heard", url=address, results=False)
    if address.startswith("postgresql"):
        return PostgresHuey("heard", dsn=address.replace("postgresql+psycopg://", "postgresql://"), results=False)
    folder = Path(settings.DATA_FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    return SqliteHuey("heard", filename=str(folder / "jobs.sqlite3"), results=False)


def _place(entry: tuple[int, Sweep]) -> int:
    return entry[0]
