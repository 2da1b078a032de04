"""Which tests stay together in one process of a run, and which begin first."""

from pathlib import Path
from typing import Any

from xdist.scheduler import LoadFileScheduling

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


def piece_of(nodeid: str) -> str:
    """The piece of work that a test belongs to."""
    inside = nodeid.removeprefix(f"{FOLDER.name}/")
    file = inside.split("::", 1)[0]
    # Most of these walk through one town, which takes a while to build.
    alone = "browser" if file.startswith("browser/") else file
    return TOGETHER.get(inside) or TOGETHER.get(file, alone)


def place_of(nodeid: str) -> int:
    """Its place in the order, from the longest down."""
    inside = nodeid.removeprefix(f"{FOLDER.name}/")
    names = (inside, inside.split("::", 1)[0], inside.split("/", 1)[0])
    return next((FIRST.index(name) for name in names if name in FIRST), len(FIRST))


class Spread(LoadFileScheduling):
    """A file stays in one process, and so does what `piece_of` keeps together."""

    def _split_scope(self, nodeid: str) -> str:
        return piece_of(nodeid)


def spread(config: Any, log: Any) -> Spread:
    """For xdist, when a run has several processes."""
    return Spread(config, log)
