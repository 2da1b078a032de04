"""Scores into the database, a batch in two statements."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from portal.foundation.database import as_arrays, session, unnested
from portal.makers.scoring.lines import COLUMNS, Line

_TYPES = {
    "person_id": "bigint", "version": "int", "total": "float8", "create": "float8", "persist": "float8",
    "love": "float8", "advise": "float8", "reach": "float8", "is_critic": "bool", "mentions": "int",
    "contributions": "json", "months": "json", "best": "json", "day": "date", "scored_at": "timestamptz",
}  # fmt: skip
assert tuple(_TYPES) == (*COLUMNS, "day", "scored_at")
_NAMES = ", ".join(f'"{name}"' for name in _TYPES)
_ON_KNOWN_DAY = "ON CONFLICT (person_id, day) DO UPDATE SET " + ", ".join(
    f'"{name}" = excluded."{name}"' for name in _TYPES if name not in {"person_id", "day"}
)
_SQLITE_SCORE = f"INSERT INTO score ({_NAMES}) VALUES ({', '.join('?' * len(_TYPES))}) {_ON_KNOWN_DAY}"  # noqa: S608 - only names of our own
_SQLITE_PERSON = "UPDATE person SET score = ?, is_critic = ?, scored_at = ? WHERE id = ?"
_POSTGRES_SCORE = f"INSERT INTO score ({_NAMES}) SELECT * FROM {unnested(_TYPES.values())} {_ON_KNOWN_DAY}"  # noqa: S608
_MARK_TYPES = ("bigint", "int")
_SQLITE_MARK = "UPDATE person_author SET scored_revision = ? WHERE author_id = ?"
_POSTGRES_MARK = (
    "UPDATE person_author SET scored_revision = new.revision "  # noqa: S608
    f"FROM {unnested(_MARK_TYPES)} AS new(id, revision) WHERE author_id = new.id"
)
_PERSON_TYPES = ("float8", "bool", "timestamptz", "bigint")
_POSTGRES_PERSON = (
    "UPDATE person SET score = new.score, is_critic = new.is_critic, scored_at = new.at "  # noqa: S608
    f"FROM {unnested(_PERSON_TYPES)} AS new(score, is_critic, at, id) WHERE person.id = new.id"
)


def mark_scored(revisions: Sequence[tuple[int, int]]) -> None:
    """Remember for each account the revision that the score has seen.

    Args:
        revisions: (id of the account, revision).
    """
    connection = session().connection()
    if revisions and connection.dialect.name == "sqlite":
        connection.exec_driver_sql(_SQLITE_MARK, [(revision, number) for number, revision in revisions])
    elif revisions:
        connection.exec_driver_sql(_POSTGRES_MARK, tuple(as_arrays(revisions, _MARK_TYPES)))


def write_scores(lines: Sequence[Line], silent: Sequence[int], *, at: datetime, moment: datetime) -> None:
    """Store the scores of a day in place of those of the same day, and what they mean for the ranking.

    In the driver's own words, for a first scoring writes hundreds of thousands of rows.

    Args:
        lines: of those who have a score.
        silent: those who have none; they stand at 0.
        at: the moment the scores are for; moment: when they were made.
    """
    connection = session().connection()
    is_sqlite = connection.dialect.name == "sqlite"
    # As SQLAlchemy writes a moment into SQLite.
    made_at = moment.isoformat(" ", "microseconds")[: 26 if is_sqlite else None]
    day = at.date().isoformat()
    scores = [(*line, day, made_at) for line in lines]
    people: list[tuple[Any, ...]] = [(line[2], line[8], made_at, line[0]) for line in lines]
    people += [(0.0, False, made_at, person_id) for person_id in silent]
    if is_sqlite:
        if scores:
            connection.exec_driver_sql(_SQLITE_SCORE, scores)
        connection.exec_driver_sql(_SQLITE_PERSON, people)
    else:
        if scores:
            connection.exec_driver_sql(_POSTGRES_SCORE, tuple(as_arrays(scores, _TYPES.values())))
        connection.exec_driver_sql(_POSTGRES_PERSON, tuple(as_arrays(people, _PERSON_TYPES)))
