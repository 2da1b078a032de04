"""The queue that wakes the timetable, and the process that runs it."""

import gc
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from threading import Event, Lock, Thread
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any

import structlog

from portal.foundation.config import Settings
from portal.foundation.database import database
from portal.foundation.database.checkpoints import Checkpoints
from portal.foundation.jobs.timetable import LANES, REST_S, run_lane

if TYPE_CHECKING:
    from huey import Huey

log = structlog.get_logger()

# Whatever changes within so long wakes the worker together; it rests for longer anyway. To wake it and to be woken
# takes 2 ms of CPU.
_PAUSE_S = 0.25


class Worker:
    """The huey queue of this process and the tasks that wake each lane.

    The queue is opened on first use, so that a web process may fork before it.
    """

    def __init__(self, settings: Settings, run: Callable[[str], None] = run_lane) -> None:
        self._settings, self._run = settings, run
        self._waking, self._asked = Lock(), Event()
        self._waker: Thread | None = None
        # By the lane, on the clock of this process: until when it rests, and when it looks again for what came since.
        self._rests_until: dict[str, float] = {}
        self._looks_again_at: dict[str, float] = {}

    @cached_property
    def queue(self) -> "Huey":
        """The queue, where the settings say."""
        return _queue(self._settings)

    @cached_property
    def tasks(self) -> dict[str, Callable[[], Any]]:
        """What wakes each lane; the queue knows its tasks, and what comes round by itself, only from here on."""
        return {lane: self._task(lane, self._run) for lane in LANES}

    def wake(self) -> None:
        """Ask the worker to look at what is due; asks once, however many changes wait."""
        try:
            # A wake-up that has not started yet will see this change too.
            if self.queue.pending_count() < len(LANES):
                for task in self.tasks.values():
                    task()
        except Exception:
            # What changed is kept, and the worker wakes by itself within a minute.
            log.exception("wake_failed")

    def wake_soon(self) -> None:
        """Wake the worker in a moment; nobody waits for it, and what changes meanwhile wakes it along."""
        with self._waking:
            # A process that was forked has none of the threads of the one that it came from.
            if self._waker is None or not self._waker.is_alive():
                self._asked = Event()
                self._waker = Thread(target=self._wake_when_asked, args=(self._asked,), daemon=True, name="waker")
                self._waker.start()
        self._asked.set()

    def _wake_when_asked(self, asked: Event) -> None:
        while True:
            asked.wait()
            asked.clear()
            self.wake()
            sleep(_PAUSE_S)

    def work(self) -> None:
        """Run the worker until it is told to stop (SIGINT finishes the work at hand)."""
        # Known before anything is looked at: what waits already was put there by others, and needs no waking.
        self.tasks  # noqa: B018 - made on first use
        self.wake()
        # A worker that was killed leaves its lock behind; the rows' own leases keep two apart.
        self.queue.flush_locks(*(f"lane-{lane}" for lane in LANES))
        # What is there by now stays: looking through it for waste took a fifth of the time of scoring everyone.
        gc.collect()
        gc.freeze()
        with Checkpoints(database.engine):
            consumer = self.queue.create_consumer(workers=len(LANES), periodic=True, max_delay=1.0)
            # It does so itself when all its threads have begun; told to end before, it would break off among them.
            consumer._set_signal_handlers()
            consumer.run()

    def _task(self, lane: str, run: Callable[[str], None]) -> Callable[[], Any]:
        from huey import crontab
        from huey.exceptions import TaskLockedException

        def task() -> None:
            if monotonic() < self._rests_until.get(lane, 0.0):
                look_again()
                return
            try:
                with self.queue.lock_task(f"lane-{lane}"):
                    run(lane)
                self._rests_until[lane] = monotonic() + REST_S[lane]
            except TaskLockedException:
                # Whoever holds the lane may have looked before our change.
                look_again()

        def look_again() -> None:
            # Once for all that change until then.
            if monotonic() >= self._looks_again_at.get(lane, 0.0):
                self._looks_again_at[lane] = monotonic() + REST_S[lane]
                woken.schedule(delay=REST_S[lane])

        task.__name__ = f"wake_{lane}"
        woken = self.queue.task(name=f"wake_{lane}")(task)
        self.queue.periodic_task(crontab(), name=f"each_minute_{lane}")(task)
        return woken  # type: ignore[no-any-return]


def _queue(settings: Settings) -> "Huey":
    """Huey loads drivers that a portal on SQLite never needs: no page waits for them, only the first wake-up."""
    from huey import PostgresHuey, RedisHuey, SqliteHuey

    address = settings.QUEUE_URL or settings.database_url
    if address.startswith("redis"):
        return RedisHuey("heard", url=address, results=False)
    if address.startswith("postgresql"):
        import psycopg

        dsn = address.replace("postgresql+psycopg://", "postgresql://")
        with psycopg.connect(dsn) as connection:
            # Of two processes that begin at once only one makes the tables; CREATE IF NOT EXISTS is not enough.
            connection.execute("SELECT pg_advisory_xact_lock(hashtext('heard queue'))")
            return PostgresHuey("heard", dsn=dsn, results=False)
    folder = Path(settings.DATA_FOLDER)
    folder.mkdir(parents=True, exist_ok=True)
    return SqliteHuey("heard", filename=str(folder / "jobs.sqlite3"), results=False)
