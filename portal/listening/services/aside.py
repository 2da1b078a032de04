"""Reading a batch in a process of its own while the one before it is stored, so that two cores share the work."""

import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import IO

import structlog
from pydantic_core import from_json, to_json

from portal.foundation.config import ROOT
from portal.listening.drafts import MentionDraft
from portal.listening.judgements import LearnedModel
from portal.listening.services.learned import words_of
from portal.listening.signals.child import ReadRow, pack_models

_WAIT_S = 10


class ReadingAside:
    """The process; one batch at a time is with it. A context manager.

    Args:
        models: what was learned and is switched on, with its weights.

    If it goes away, `collect` gives None and the caller reads by itself: nothing is lost but time.
    """

    def __init__(self, models: Sequence[LearnedModel]) -> None:
        # The same interpreter and our own code; no word of a person is on the command line.
        self._process = subprocess.Popen(
            [sys.executable, "-m", "portal.listening.signals.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
        )
        self._tell(pack_models({row.signal.value: (row.weights, row.classes) for row in models}))

    def __enter__(self) -> "ReadingAside":
        return self

    def __exit__(self, *_error: object) -> None:
        with suppress(BrokenPipeError):
            self._stream(self._process.stdin).close()
        self._stream(self._process.stdout).close()
        try:
            self._process.wait(_WAIT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def hand_over(self, drafts: Sequence[MentionDraft]) -> None:
        """Let the process read these; the last batch was collected before."""
        given = [(words_of(draft.title, draft.text, draft.kind), draft.lang, draft.kind) for draft in drafts]
        self._tell(to_json(given) + b"\n")

    def collect(self) -> list[ReadRow] | None:
        """What it read in the last batch, in its order; None if the process is gone."""
        line = self._stream(self._process.stdout).readline()
        if not line:
            structlog.get_logger().warning("reading_process_gone", code=self._process.poll())
            return None
        return [(row[0], row[1], row[2], row[3], row[4], row[5]) for row in from_json(line)]

    def _tell(self, line: bytes) -> None:
        stream = self._stream(self._process.stdin)
        try:
            stream.write(line)
            stream.flush()
        except BrokenPipeError:
            # It is gone; whoever collects is told.
            return

    @staticmethod
    def _stream(pipe: IO[bytes] | None) -> IO[bytes]:
        assert pipe is not None
        return pipe
