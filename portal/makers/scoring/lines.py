"""Many people scored at once, as the lines that are stored; also by a process of its own, a line of JSON each way.

What it is handed is as `pack` makes it; its answer is the lines that `score_lines` makes.
"""

import gc
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from pydantic_core import from_json, to_json

from portal.makers.scoring.reading import Act, Addressee, score
from portal.makers.scoring.weights import WEIGHTS, Weights

# A person, their followers, and what they said.
Voice: TypeAlias = tuple[int, int, Sequence[Act]]
# In the order of `COLUMNS`.
Line: TypeAlias = tuple[Any, ...]

COLUMNS = (
    "person_id", "version", "total", "create", "persist", "love", "advise", "reach", "is_critic", "mentions",
    "contributions", "months", "best",
)  # fmt: skip


def score_lines(voices: Iterable[Voice], *, at: datetime, weights: Weights) -> list[Line]:
    """One line for each person; contributions, months and the best mentions are JSON already."""
    lines = []
    for person_id, followers, acts in voices:
        reading = score(acts, at=at, followers=followers, weights=weights)
        lines.append(
            (
                person_id,
                reading.version,
                reading.total,
                *reading.bars,
                reading.is_critic,
                len(reading.contributions),
                to_json(reading.contributions).decode(),
                to_json(reading.months).decode(),
                to_json(reading.best).decode(),
            )
        )
    return lines


def pack(voices: Sequence[Voice], *, at: datetime, weights: Weights) -> Any:
    """What the process is handed; tables of weights differ in their shares and version only."""
    return at.isoformat(), weights.version, dict(weights.shares), voices


def main() -> None:
    """Score until there is no more input, which is when whoever asks is done or gone."""
    gc.freeze()
    for line in sys.stdin.buffer:
        moment, version, shares, given = from_json(line)
        weights = WEIGHTS.with_shares(shares, version=version)
        voices = [(person, followers, list(map(_act, acts))) for person, followers, acts in given]
        lines = score_lines(voices, at=datetime.fromisoformat(moment), weights=weights)
        sys.stdout.buffer.write(to_json(lines) + b"\n")
        sys.stdout.buffer.flush()


def _act(cells: list[Any]) -> Act:
    cells[3] = datetime.fromisoformat(cells[3])
    cells[11] = Addressee(cells[11])
    return Act._make(cells)


if __name__ == "__main__":
    main()
