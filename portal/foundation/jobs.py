"""The worker's timetable: sweeps over rows that are due, woken by huey, lost by no crash.

A sweep asks the database what is due and does it; running it twice does nothing twice. Each committed
request wakes the worker, and once a minute it wakes by itself, so a lost wake-up costs a minute at most.
"""

import gc
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from operator import attrgetter
from pathlib import Path
from threading import Event, Lock, Thread
from time import monotonic, sleep
from typing import IO, TYPE_CHECKING, Any, Self

import structlog
from pydantic_core import from_json, to_json

from portal.foundation.clock import now
from portal.foundation.config import ROOT, Settings
from portal.foundation.database import ReadOnly, database, looking, transaction
from portal.foundation.database.checkpoints import Checkpoints

if TYPE_CHECKING:
    from huey import Huey

log = structlog.get_logger()

Sweep = Callable[[], Any]
# For so many seconds after a look a lane rests. A look at nothing takes 30 to 50 ms of CPU: where many people write at
# once, and each wakes the worker, it would take a core of its own from them.
REST_S = {"mail": 1.0, "heavy": 3.0, "listening": 3.0}
LANES = tuple(REST_S)
# Whatever changes within so long wakes the worker together; it rests for longer anyway. To wake it and to be woken
# takes 2 ms of CPU.
_PAUSE_S = 0.25


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


class Beside:
    """A module of ours in a process of its own, a line of JSON each way, so that two cores share one job.

    One piece of work is with it at a time: what is handed over has to be collected before the next. A context manager.

    Args:
        module: has a `main` that answers each line until there are no more.
        first: a line that it is told at the start, if it wants one.

    If it goes away, `collect` gives None and the caller does the work by itself: nothing is lost but time.
    """

    _WAIT_S = 10

    def __init__(self, module: str, first: bytes | None = None) -> None:
        # The same interpreter and our own code; no word of a person is on the command line.
        self._process = subprocess.Popen(  # noqa: S603 - modules are named in our own code
            [sys.executable, "-m", module], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
        )
        self._module = module
        if first is not None:
            self._tell(first)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        with suppress(BrokenPipeError):
            self._stream(self._process.stdin).close()
        self._stream(self._process.stdout).close()
        try:
            self._process.wait(self._WAIT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def hand_over(self, work: Any) -> None:
        """Let the process work on this; what it was given before was collected."""
        self._tell(to_json(work))

    def collect(self) -> Any:
        """Its answer; None if the process is gone."""
        line = self._stream(self._process.stdout).readline()
        if not line:
            log.warning("process_beside_gone", module=self._module, code=self._process.poll())
            return None
        return from_json(line)

    def _tell(self, line: bytes) -> None:
        stream = self._stream(self._process.stdin)
        try:
            stream.write(line + b"\n")
            stream.flush()
        except BrokenPipeError:
            # It is gone; whoever collects is told.
            return

    @staticmethod
    def _stream(pipe: IO[bytes] | None) -> IO[bytes]:
        assert pipe is not None
        return pipe


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
