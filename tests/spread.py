"""Which tests stay together in one process of a run, and which begin first."""

from pathlib import Path
from typing import Any

from xdist.scheduler import LoadFileScheduling

FOLDER = Path(__file__).parent
# What takes longest comes first, so that no process is left with it at the end, and what waits for a browser beside
# what works. A test named by itself is a piece of its own; the rest of its file shares what it has set up.
FIRST = (
    "browser/test_walk.py::test_from_a_mention_to_an_answer[sqlite]",
    "browser/test_walk.py::test_from_a_mention_to_an_answer[postgresql]",
    "demo",
    "browser",
    "architecture",
    "faults",
    "listening",
    "shared",
)


def piece_of(nodeid: str) -> str:
    """The piece of work that a test belongs to."""
    inside = nodeid.removeprefix(f"{FOLDER.name}/")
    if inside in FIRST:
        return inside
    file = inside.split("::", 1)[0]
    # These walk through one town, which takes a while to build.
    return "browser" if file.startswith("browser/") else file


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
