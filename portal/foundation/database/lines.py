"""Connections for single statements, which are not asked from the pool and given back each time."""

import os
from functools import lru_cache
from time import monotonic

from sqlalchemy import Engine, PoolProxiedConnection, QueuePool, event

from portal.foundation.database import engines

# So many may lie idle; whoever finds none has one from the pool.
_KEPT = 4


class Lines:
    """Connections of one engine on which each statement is a transaction of its own, so that none leaves a trace.

    To have one from the pool and to give it back takes longer than a small statement does.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine, self._process = engine, os.getpid()
        # A database in memory has a connection for each thread, which is no other's.
        self._kept = _KEPT if isinstance(engine.pool, QueuePool) else 0
        self._idle: list[tuple[PoolProxiedConnection, float]] = []
        event.listen(engine, "engine_disposed", lambda _engine: self._forget())

    def take(self) -> PoolProxiedConnection:
        """A connection that is nobody else's until it is given back, or closed after a fault."""
        try:
            line, used_at = self._idle.pop()
        except IndexError:
            return self._engine.raw_connection()
        if monotonic() - used_at < engines.IDLE_S:
            return line
        # The pool looks whether its server is still there.
        line.close()
        return self._engine.raw_connection()

    def give(self, line: PoolProxiedConnection) -> None:
        """Let somebody else have it."""
        if len(self._idle) < self._kept:
            self._idle.append((line, monotonic()))
        else:
            line.close()

    def _forget(self) -> None:
        while self._idle:
            line, _used_at = self._idle.pop()
            # The pool that it came from has closed its own, those of another process excepted.
            if self._process == os.getpid():
                line.detach()
                line.close()


@lru_cache(maxsize=8)
def lines(engine: Engine) -> Lines:
    """The same for all statements of an engine."""
    return Lines(engine)
