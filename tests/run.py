"""What the processes of one run of the tests share: a folder, and whatever only one of them has to make."""

import atexit
import fcntl
import functools
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jinja2 import FileSystemBytecodeCache

# Whoever starts the others hands its folder on to them.
_NAME = "FOLDER_OF_TESTS"


@functools.cache
def run_folder() -> Path:
    """The folder of this run; it goes when the process ends that made it."""
    if _NAME not in os.environ:
        os.environ[_NAME] = folder = tempfile.mkdtemp(prefix="heard-tests-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(os.environ[_NAME])


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
