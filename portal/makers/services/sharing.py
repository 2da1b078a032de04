"""A list of chunks done on all cores: by processes beside, or by threads where the work is the database's."""

import os
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Thread
from typing import TypeAlias

from pydantic_core import to_json

from portal.foundation import config
from portal.foundation.database import database
from portal.foundation.jobs import Beside

Chunk: TypeAlias = Sequence[int]

MOST_BESIDE = 3


def side_by_side(chunks: Sequence[Chunk], work: Callable[[Chunk], object]) -> None:
    """Do each chunk once, in transactions of its own, by threads: much of the work is that of the database's server.

    SQLite has none, and one writer: there the chunks are done one after the other.
    """
    threads = _how_many(len(chunks), 1) if database.engine.dialect.name == "postgresql" else 0
    if not threads:
        for chunk in chunks:
            work(chunk)
        return
    with ThreadPoolExecutor(threads + 1) as pool:
        # Collected, since what went wrong in a thread is raised only then.
        list(pool.map(work, chunks))


def share_out(chunks: Sequence[Chunk], work: Callable[[Chunk], object], *, worth: int) -> None:
    """Score each chunk of people once, in transactions of their own; whoever is free takes the next.

    What a process beside does not bring to its end is done here.

    Args:
        chunks: ids of people.
        work: does a chunk in this process, as `portal.makers.services.beside` does in its own.
        worth: from so many chunks on a process repays its start, which takes more than a second of CPU.
    """
    waiting = deque(chunks)
    with ExitStack() as stack:
        threads = [
            Thread(target=_hand_on, args=(stack.enter_context(_process()), waiting))
            for _ in range(_how_many(len(chunks), worth))
        ]
        for thread in threads:
            thread.start()
        try:
            _take(waiting, work)
        except BaseException:
            waiting.clear()
            raise
        finally:
            for thread in threads:
                thread.join()
        _take(waiting, work)


def _how_many(chunks: int, worth: int) -> int:
    """How many processes are worth their start; none where nobody else can reach the database."""
    if database.shared_address() is None:
        return 0
    return max(0, min((os.cpu_count() or 1) - 1, MOST_BESIDE, chunks // worth))


def _process() -> Beside:
    # By the pipe: neither the settings nor the address with its password stand on a command line.
    settings = config.current().model_dump(mode="json", exclude_unset=True)
    return Beside("portal.makers.services.beside", to_json([settings, database.shared_address()]))


def _take(waiting: deque[Chunk], work: Callable[[Chunk], object]) -> None:
    while waiting:
        try:
            chunk = waiting.popleft()
        except IndexError:
            return
        work(chunk)


def _hand_on(beside: Beside, waiting: deque[Chunk]) -> None:
    while waiting:
        try:
            chunk = waiting.popleft()
        except IndexError:
            return
        is_done = False
        try:
            beside.hand_over(chunk)
            is_done = beside.collect() is not None
        finally:
            if not is_done:
                waiting.append(chunk)
        if not is_done:
            return
