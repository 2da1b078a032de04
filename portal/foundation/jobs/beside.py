"""A module of ours in a process of its own, so that two cores share one job."""

import subprocess
import sys
from contextlib import suppress
from typing import IO, Any, Self

import structlog
from pydantic_core import from_json, to_json

from portal.foundation.config import ROOT

log = structlog.get_logger()


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
