"""Scoring people whose mentions changed, in batches that keep memory flat."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select, update

from portal.consent.queries import objected_accounts
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import insert_into, session
from portal.listening.models import Author
from portal.makers.models import Person, PersonAuthor, Score, Stage
from portal.makers.queries.acts import (
    Accounts,
    accounts_of,
    acts_of,
    brand_accounts,
    people_to_score,
    scoring_moment,
)
from portal.makers.queries.proof import weights_in_use
from portal.makers.scoring.reading import Reading, score
from portal.makers.scoring.weights import Weights

BATCH = 1_000


@dataclass(frozen=True, slots=True)
class _Light:
    """What all people of one run are read by."""

    at: datetime
    brand: tuple[set[int], set[str]]
    weights: Weights


def score_people(limit: int = 5_000, *, at: datetime | None = None) -> int:
    """Score at most this many of the people who are due, and say how many; 0 means that all scores are fresh.

    The brand's own accounts, bots and people who objected to being tracked get no score; those who were still
    being watched move to the stage that says why.

    Args:
        limit: people in this transaction.
        at: the moment to score for; by default that of the newest mention of an old archive, else now.
    """
    people = people_to_score(limit)
    score_these(people, at=at)
    return len(people)


def score_these(people: Sequence[int], *, at: datetime | None = None) -> None:
    """Score these people with the weights in use, whether they are due or not."""
    if people:
        light = _Light(at or scoring_moment(), brand_accounts(), weights_in_use())
        for first in range(0, len(people), BATCH):
            _score_batch(people[first : first + BATCH], light)


def _score_batch(people: Sequence[int], light: _Light) -> None:
    # First the mark, then the reading: a mention that arrives in between makes its author due again.
    seen = select(Author.revision).where(Author.id == PersonAuthor.author_id).scalar_subquery()
    _execute(update(PersonAuthor).where(PersonAuthor.person_id.in_(people)).values(scored_revision=seen))
    accounts = accounts_of(people)
    kept_out = _keep_out(accounts)
    read = {person_id: found for person_id, found in accounts.items() if person_id not in kept_out}
    rows = []
    moment = now()
    for person_id, acts in acts_of(read, at=light.at, brand=light.brand):
        followers = read[person_id].followers
        reading = score(acts, at=light.at, followers=followers, weights=light.weights)
        rows.append(_row(person_id, reading, light.at, moment))
    _write(people, rows, day=light.at, moment=moment)


def _keep_out(accounts: Mapping[int, Accounts]) -> set[int]:
    """Those who must not be ranked; a person still being watched moves to the stage that says why."""
    objected = objected_accounts([pair for each in accounts.values() for pair in each.pairs])
    why: dict[int, Stage] = {}
    for person_id, each in accounts.items():
        if objected and not objected.isdisjoint(each.pairs):
            why[person_id] = Stage.OBJECTED
        elif each.is_brand:
            why[person_id] = Stage.OWN_STAFF
        elif each.is_bot:
            why[person_id] = Stage.BOT
    if why:
        open_stages = [Stage.WATCHING, Stage.SHORTLISTED]
        moving = select(Person).where(Person.id.in_(why), Person.stage.in_(open_stages)).order_by(Person.id)
        for person in session().scalars(moving):
            record(
                "person.moved",
                person,
                by=None,
                before={"stage": person.stage.value},
                after={"stage": why[person.id].value},
            )
            person.stage = why[person.id]
        session().flush()
    kept = select(Person.id).where(
        Person.id.in_(accounts), Person.stage.in_([Stage.OWN_STAFF, Stage.BOT, Stage.OBJECTED])
    )
    return set(session().scalars(kept)) | set(why)


def _row(person_id: int, reading: Reading, at: datetime, moment: datetime) -> dict[str, Any]:
    return {
        "person_id": person_id,
        "day": at.date(),
        "scored_at": moment,
        "version": reading.version,
        "total": reading.total,
        **reading.bars._asdict(),
        "is_critic": reading.is_critic,
        "mentions": len(reading.contributions),
        "contributions": reading.contributions,
        "months": reading.months,
        "best": reading.best,
    }


def _write(people: Sequence[int], rows: list[dict[str, Any]], *, day: datetime, moment: datetime) -> None:
    silent = set(people).difference(row["person_id"] for row in rows)
    if silent:
        _execute(delete(Score).where(Score.day == day.date(), Score.person_id.in_(silent)))
    if rows:
        fresh = insert_into(Score)
        kept = {name: fresh.excluded[name] for name in rows[0] if name not in {"person_id", "day"}}
        session().connection().execute(
            fresh.on_conflict_do_update(index_elements=["person_id", "day"], set_=kept), rows
        )
    today = (Score.person_id == Person.id) & (Score.day == day.date())
    values: dict[str, ColumnElement[Any]] = {
        "score": func.coalesce(select(Score.total).where(today).scalar_subquery(), 0.0),
        "is_critic": func.coalesce(select(Score.is_critic).where(today).scalar_subquery(), False),
    }
    _execute(update(Person).where(Person.id.in_(people)).values(**values, scored_at=moment))


def _execute(statement: Any) -> None:
    # Rows that are already loaded are not searched through; nobody holds any while people are scored.
    session().execute(statement, execution_options={"synchronize_session": False})
