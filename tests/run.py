"""What the processes of one run of the tests share: a folder, and whatever only one of them has to make."""

import atexit
import fcntl
import functools
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from jinja2 import FileSystemBytecodeCache

# Whoever starts the others hands its folder on to them.
_NAME = "FOLDER_OF_TESTS"
_PREFIX = "heard-tests-"
# PostgreSQL makes 800 files for each database of the tests, and a disk takes ten times as long for them as memory does.
_IN_MEMORY, _ROOM_NEEDED = Path("/dev/shm"), 6 << 30
_ALIVE = "alive.lock"


@functools.cache
def run_folder() -> Path:
    """The folder of this run; it goes when the process ends that made it."""
    if _NAME not in os.environ:
        place = Path(tempfile.gettempdir()) if "TMPDIR" in os.environ else roomiest(_IN_MEMORY)
        clear_away(place)
        os.environ[_NAME] = folder = tempfile.mkdtemp(prefix=_PREFIX, dir=place)
        _hold(Path(folder))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(os.environ[_NAME])


def roomiest(memory: Path) -> Path:
    """The folder that is kept in memory, where there is plenty of it; or that for temporary files."""
    with suppress(OSError, TypeError):
        left = re.search(r"^MemAvailable: +(\d+) kB$", Path("/proc/meminfo").read_text(), re.MULTILINE)
        room = min(shutil.disk_usage(memory).free, int(left[1]) << 10)  # type: ignore[index]
        if room >= _ROOM_NEEDED and os.access(memory, os.W_OK):
            return memory
    return Path(tempfile.gettempdir())


def clear_away(place: Path) -> None:
    """Take away what runs that were killed have left there: whatever no process holds any more."""
    for left in place.glob(f"{_PREFIX}*/{_ALIVE}"):
        with suppress(OSError), left.open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(left.parent, ignore_errors=True)


def _hold(folder: Path) -> None:
    made = folder / "making"
    # Open until the last process ends that was forked from this one; nobody finds it before it is held.
    held = made.open("w")
    fcntl.flock(held, fcntl.LOCK_EX)
    made.rename(folder / _ALIVE)
    atexit.register(held.close)


@contextmanager
def one_at_a_time(work: str) -> Iterator[None]:
    """Let no other process of this run do the same work meanwhile."""
    with (run_folder() / f"{work}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            # Whoever was forked meanwhile has the file too, and the lock with it.
            fcntl.flock(file, fcntl.LOCK_UN)


def compiled_templates(run: Path) -> FileSystemBytecodeCache:
    """Where the processes of one run keep compiled templates for each other."""
    folder = run / "templates"
    folder.mkdir(exist_ok=True)
    return FileSystemBytecodeCache(str(folder))
