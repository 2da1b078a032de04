"""The web process, which shares connections out evenly with its like, so that nobody waits behind more than others.

A connection that is kept open stays with the process that took it. Where one has eleven and the other five, as is usual
where chance decides (SO_REUSEPORT), those of the eleven wait twice as long, though both processes work all the time.
"""

import os
from mmap import mmap
from time import monotonic, sleep
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

from portal.foundation.database.engines import map_files

# Memory that all processes see, made before the first fork: the number of each, and how many connections it has.
_PLACES = 64
_shared = memoryview(mmap(-1, _PLACES * 16)).cast("q")
_PAUSE_S = 0.0005
# Whoever has not looked for so long looks at another connection.
_ANOTHER_S = 0.01


class EvenWorker(ThreadWorker):  # type: ignore[misc]
    """Gunicorn's process with threads; it takes a connection when no other has fewer, or none of those takes it.

    Attributes:
        patience_s: for so long a connection is left to somebody who has fewer, in seconds.
    """

    # With both of its threads at work, a process comes to look at its port after 20 to 40 ms.
    patience_s = 0.1

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._place = 2 * (self.age % _PLACES)
        self._looked_at = self._left_at = 0.0

    def init_process(self) -> None:
        """Begin to serve."""
        map_files()
        super().init_process()

    def notify(self) -> None:
        """Say that it lives, and how many connections it has; it does so at each turn of its loop."""
        super().notify()
        _shared[self._place], _shared[self._place + 1] = os.getpid(), self.nr_conns

    def accept(self, listener: Any) -> None:
        """Take a connection, or leave it: whoever leaves one is asked again at once, as long as nobody took it."""
        moment = monotonic()
        if moment - self._looked_at > _ANOTHER_S:
            self._left_at = moment
        self._looked_at = moment
        if moment - self._left_at < self.patience_s and self._has_more():
            sleep(_PAUSE_S)
            return
        super().accept(listener)
        self._looked_at = 0.0
        _shared[self._place + 1] = self.nr_conns

    def _has_more(self) -> bool:
        """Whether another process that lives has fewer connections than this one."""
        for place in range(0, 2 * _PLACES, 2):
            if _shared[place] and place != self._place and _shared[place + 1] < self.nr_conns:
                if _lives(_shared[place]):
                    return True
                _shared[place] = 0
        return False


def _lives(number: int) -> bool:
    try:
        os.kill(number, 0)
    except OSError:
        return False
    return True
