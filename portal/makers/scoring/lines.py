"""Many people scored at once, as the lines that are stored."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from pydantic_core import to_json

from portal.makers.scoring.reading import Act, score
from portal.makers.scoring.weights import Weights

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
