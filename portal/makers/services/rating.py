"""Scoring people whose mentions changed, in batches that keep memory flat.

Nobody waits while people are read and their scores are made; then, in a transaction of its own, is stored what still
holds. Whoever was scored, merged or split in between is left for whoever comes next.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from portal.consent.queries import objected_accounts
from portal.foundation.audit import AuditEntry, record
from portal.foundation.clock import now
from portal.foundation.database import among, looking, raised_once, session, transaction
from portal.makers.models import Person, Score, Stage
from portal.makers.queries.acts import (
    Accounts,
    accounts_of,
    acts_of,
    brand_accounts,
    people_to_score,
    scoring_moment,
    seen_now,
)
from portal.makers.queries.proof import weights_in_use
from portal.makers.scoring.lines import Line, score_lines
from portal.makers.scoring.weights import Weights
from portal.makers.services.sharing import share_out, side_by_side
from portal.makers.services.writing import mark_scored, write_scores

# A transaction of this size holds the one writer of SQLite for less than a second.
PEOPLE_AT_ONCE = 5_000
BATCH = 1_000
FEW_AT_ONCE = 250
WORTH_A_PROCESS = 3
MOST_AT_A_TIME = 500_000
# Stages that follow from what an account is, and end with it.
_KNOWN_BY_ACCOUNT = (Stage.OWN_STAFF, Stage.BOT)


@dataclass(frozen=True, slots=True)
class _Light:
    """What all people of one run are read by."""

    at: datetime
    weights: Weights
    brand: tuple[set[int], set[str]]


@dataclass(frozen=True, slots=True)
class _Batch:
    """Some people as they were found, and the lines of those who said something."""

    accounts: Mapping[int, Accounts]
    lines: Sequence[Line]


def score_everyone_due() -> int:
    """Score all people who are due, in transactions of their own, on all cores; says how many.

    Who is due is asked once for many: each question goes through all accounts there are.
    """
    done = 0
    while True:
        with looking():
            people = people_to_score(MOST_AT_A_TIME)
        parts = list(_parts(people, PEOPLE_AT_ONCE))
        if len(parts) < WORTH_A_PROCESS:
            # While the database reads or writes one part, another one is scored.
            side_by_side(list(_parts(people, FEW_AT_ONCE)), score_apart)
        else:
            share_out(parts, score_apart, worth=WORTH_A_PROCESS)
        done += len(people)
        if len(people) < MOST_AT_A_TIME:
            return done


def score_people(limit: int = PEOPLE_AT_ONCE, *, at: datetime | None = None) -> int:
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
    """Score these people with the weights in use, whether they are due or not, in the caller's transaction."""
    if people:
        light = _light(at)
        for batch in _parts(people, BATCH):
            found = _look_at(batch, light)
            _write(found, _unchanged(found), light)


def score_apart(people: Sequence[int]) -> None:
    """Score these people; others may write until all is ready to be stored, in one transaction.

    Args:
        people: those for one transaction, held in memory with their scores.
    """
    with looking():
        light = _light(None)
        batches = [_look_at(batch, light) for batch in _parts(people, BATCH)]
    with transaction():
        still = [_unchanged(found) for found in batches]
        # Asked when nobody else can score these people any more: whoever scores them anew comes after us.
        if weights_in_use().version != light.weights.version:
            return
        for found, unchanged in zip(batches, still, strict=True):
            _write(found, unchanged, light)


def _parts(people: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for first in range(0, len(people), size):
        yield people[first : first + size]


def _light(at: datetime | None) -> _Light:
    return _Light(at or scoring_moment(), weights_in_use(), brand_accounts())


def _look_at(people: Sequence[int], light: _Light) -> _Batch:
    # First the revisions, then the mentions: one that arrives in between makes its author due again.
    accounts = accounts_of(people)
    read = {person_id: each for person_id, each in accounts.items() if not (each.is_brand or each.is_bot)}
    voices = ((person, read[person].followers, acts) for person, acts in acts_of(read, at=light.at, brand=light.brand))
    return _Batch(accounts, score_lines(voices, at=light.at, weights=light.weights))


def _unchanged(found: _Batch) -> list[int]:
    """Those who have the same accounts as when they were looked at, and whom nobody has scored since."""
    seen = seen_now(found.accounts)
    return [
        person_id
        for person_id, each in found.accounts.items()
        if seen.get(person_id, {}) == {number: before for number, (before, _revision) in each.seen.items()}
    ]


def _write(found: _Batch, people: Collection[int], light: _Light) -> None:
    if not people:
        return
    accounts = {person_id: found.accounts[person_id] for person_id in people}
    with raised_once(session().connection(), "person_author", "score", "person"):
        mark_scored([
            (number, revision)
            for each in accounts.values()
            for number, (before, revision) in each.seen.items()
            if before != revision
        ])  # fmt: skip
        scored = accounts.keys() - _keep_out(accounts)
        lines = [line for line in found.lines if line[0] in scored]
        silent = sorted(accounts.keys() - {line[0] for line in lines})
        if silent:
            _execute(delete(Score).where(Score.day == light.at.date(), among(Score.person_id, silent)))
        write_scores(lines, silent, at=light.at, moment=now())


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
    kept = select(Person.id, Person.stage).where(
        among(Person.id, accounts), Person.stage.in_([*_KNOWN_BY_ACCOUNT, Stage.OBJECTED])
    )
    aside = {row.id: row.stage for row in session().execute(kept)}
    unexplained = [each for each, stage in aside.items() if stage in _KNOWN_BY_ACCOUNT and each not in why]
    return (aside.keys() | why.keys()).difference(_let_back(unexplained))


def _let_back(people: Sequence[int]) -> set[int]:
    """Put those who were set aside for an account that says so no longer back to where they stood; says who.

    Whom a person put there stays there.
    """
    if not people:
        return set()
    moves = (
        select(AuditEntry)
        .where(
            AuditEntry.subject_table == Person.__tablename__,
            among(AuditEntry.subject_id, people),
            AuditEntry.verb == "person.moved",
        )
        .order_by(AuditEntry.id)
    )
    newest = {move.subject_id: move for move in session().scalars(moves)}
    free = set()
    for person in session().scalars(select(Person).where(among(Person.id, people)).order_by(Person.id)):
        move = newest.get(person.id)
        if move is not None and (move.by_id is not None or (move.after or {}).get("stage") != person.stage.value):
            continue
        # Without a move they were set aside as they were first heard of.
        before = Stage((move.before or {}).get("stage", Stage.WATCHING)) if move else Stage.WATCHING
        record("person.moved", person, by=None, before={"stage": person.stage.value}, after={"stage": before.value})
        person.stage = before
        free.add(person.id)
    session().flush()
    return free


def _execute(statement: Any) -> None:
    # Rows that are already loaded are not searched through; nobody holds any while people are scored.
    session().execute(statement, execution_options={"synchronize_session": False})
