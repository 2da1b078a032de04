"""Several processes for one run: the tests are found once, and whoever is free takes the next piece."""

import multiprocessing
import re
import sys
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

import pytest

from tests.postgres import server_for_all

FOLDER = Path(__file__).parent
# What takes longest comes first, so that no process is left with it at the end, and what waits for a browser beside
# what works.
FIRST = (
    "browser/test_walk.py::test_from_a_mention_to_an_answer[sqlite]",
    "browser",
    "demo",
    "architecture",
    "faults",
    "listening",
    "shared",
)
# These go together: a browser, and a parent with everything loaded that processes are forked from, are started once for
# each of the two. A test named by itself leaves its file, whose others share what they have set up.
TOGETHER = {
    "browser/test_walk.py::test_from_a_mention_to_an_answer[sqlite]": "commands",
    "faults/test_killed_listener.py": "commands",
    "faults/test_killed_worker.py": "commands",
    "listening/test_commands.py": "commands",
    "shared/test_scripts.py": "browser",
}
ALONE = set(TOGETHER.values())
# So few processes keep two cores busy only if no two of them wait at once: one does all that waits, and starts both.
FEW = 3
# What a process asks of one kind of database it puts into SQL once, so each keeps to one: the first to what needs none,
# which comes with all that waits.
KINDS = ("", "sqlite", "postgresql")
_fork = multiprocessing.get_context("fork")


def piece_of(nodeid: str, count: int) -> str:
    """The piece of work that a test belongs to among so many processes: its file, or what stays together with it."""
    inside = nodeid.removeprefix(f"{FOLDER.name}/")
    file = inside.split("::", 1)[0]
    # Most of these walk through one town, which takes a while to build.
    alone = "browser" if file.startswith("browser/") else file
    piece = TOGETHER.get(inside) or TOGETHER.get(file, alone)
    return "browser" if piece in ALONE and count <= FEW else piece


def place_of(nodeid: str) -> int:
    """Its place in the order, from the longest down."""
    inside = nodeid.removeprefix(f"{FOLDER.name}/")
    names = (inside, inside.split("::", 1)[0], inside.split("/", 1)[0])
    return next((FIRST.index(name) for name in names if name in FIRST), len(FIRST))


def kind_of(nodeid: str, piece: str) -> str:
    """The kind of database that all of its piece is for, if it is for one."""
    found = re.search(r"\b(sqlite|postgresql)\b", nodeid.partition("[")[2])
    return found[0] if found and piece not in ALONE else ""


class Pieces:
    """All tests of a run in pieces, each of which is taken by one process."""

    def __init__(self, items: list[pytest.Item], count: int) -> None:
        found: dict[str, dict[str, list[pytest.Item]]] = {kind: {} for kind in KINDS}
        for item in items:
            piece = piece_of(item.nodeid, count)
            found[kind_of(item.nodeid, piece)].setdefault(piece, []).append(item)
        self._pieces = [list(pieces.values()) for pieces in found.values()]
        self._taken = _fork.Array("i", len(KINDS))

    def take(self, home: int) -> Iterator[pytest.Item]:
        """Piece after piece of one kind; when none of it is left, of that of which most are."""
        while True:
            with self._taken.get_lock():
                left = [len(pieces) - taken for pieces, taken in zip(self._pieces, self._taken, strict=True)]
                kind = home if left[home] else left.index(max(left))
                number = self._taken[kind]
                self._taken[kind] += bool(left[kind])
            if not left[kind]:
                return
            yield from self._pieces[kind][number]

    def drop(self) -> None:
        """Let nobody take another one."""
        with self._taken.get_lock():
            self._taken[:] = [len(pieces) for pieces in self._pieces]


class Worker:
    """A process that is forked when everything is known, and tells this one how each of its tests went."""

    def __init__(self, session: pytest.Session, pieces: Pieces, number: int) -> None:
        self.says, says = _fork.Pipe(duplex=False)
        self.process = _fork.Process(target=_work, args=(session, pieces.take(number % len(KINDS)), says))
        self.process.start()
        # The other end is the child's alone, so that its death is the end of what it says.
        says.close()
        self._at = ""

    def listen(self, config: pytest.Config) -> bool:
        """Pass on what it says next; whether it will say more."""
        try:
            said = self.says.recv()
        except EOFError:
            self.process.join()
            if self._at:
                words = f"The process of this test ended with {self.process.exitcode}."
                report = pytest.TestReport(self._at, (self._at, None, self._at), {}, "failed", words, "call")
                config.hook.pytest_runtest_logreport(report=report)
            return False
        if isinstance(said, str):
            self._at = said
        else:
            report = config.hook.pytest_report_from_serializable(config=config, data=said)
            config.hook.pytest_runtest_logreport(report=report)
        return True


def pytest_addoption(parser: pytest.Parser) -> None:
    """For bin/test, which knows the cores of the machine."""
    parser.addoption("--processes", type=int, default=1, help="share the tests out among so many processes")


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """Run the tests in several processes, where that is asked for."""
    count = session.config.getoption("processes")
    if count == 1 or session.testsfailed or session.config.option.collectonly:
        return None
    pieces = Pieces(session.items, count)
    is_asked = any("postgresql" in item.nodeid for item in session.items)
    with server_for_all() if is_asked else nullcontext():
        workers = {worker.says: worker for worker in [Worker(session, pieces, number) for number in range(count)]}
    try:
        while workers:
            for said in wait(workers):
                if not workers[said].listen(session.config):  # type: ignore[index]
                    del workers[said]  # type: ignore[arg-type]
            if session.shouldfail:
                pieces.drop()
    except KeyboardInterrupt:
        for worker in workers.values():
            worker.process.join()
        raise
    if session.shouldfail:
        raise session.Failed(session.shouldfail)
    return True


def _work(session: pytest.Session, items: Iterator[pytest.Item], says: Connection) -> None:
    config = session.config
    config.pluginmanager.unregister(name="terminalreporter")
    config.pluginmanager.register(Teller(config, says))
    # What is printed during a test goes to a file, which nobody else shall write to.
    capture: Any = config.pluginmanager.getplugin("capturemanager")
    capture.stop_global_capturing()
    capture.start_global_capturing()
    capture.suspend_global_capture()
    item = next(items, None)
    try:
        while item is not None:
            following = next(items, None)
            says.send(item.nodeid)
            config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            item = following
        says.send("")
    except KeyboardInterrupt:
        # What this process started ends with it: a portal, a browser, which may have heard of it already.
        with suppress(Exception):
            config.hook.pytest_sessionfinish(session=session, exitstatus=pytest.ExitCode.INTERRUPTED)
        sys.exit(1)


class Teller:
    """Sends on how the tests of this process went."""

    def __init__(self, config: pytest.Config, says: Connection) -> None:
        self._config, self._says = config, says

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """What shows: how it went, and whatever failed before it or after it."""
        if report.when == "call" or not report.passed:
            self._says.send(self._config.hook.pytest_report_to_serializable(config=self._config, report=report))
