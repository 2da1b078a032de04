"""Scoring people whose mentions changed, in batches that keep memory flat."""

import os
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from portal.consent.queries import objected_accounts
from portal.foundation.audit import AuditEntry, record
from portal.foundation.clock import now
from portal.foundation.database import among, session, transaction
from portal.foundation.jobs import Beside
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
from portal.makers.scoring.lines import Line, Voice, pack, score_lines
from portal.makers.scoring.weights import Weights
from portal.makers.services.writing import write_scores

# A transaction of this size holds the one writer of SQLite for about a second.
PEOPLE_AT_ONCE = 5_000
BATCH = 1_000
MOST_AT_A_TIME = 500_000
# Stages that follow from what an account is, and end with it.
_KNOWN_BY_ACCOUNT = (Stage.OWN_STAFF, Stage.BOT)


@dataclass(frozen=True, slots=True)
class _Light:
    """What all people of one run are read by."""

    at: datetime
    weights: Weights


class ScoringBeside(AbstractContextManager["ScoringBeside"]):
    """A process that scores while this one asks for what comes next; it starts with the first work worth it."""

    def __init__(self) -> None:
        self._beside: Beside | None = None
        self._handed: list[Voice] = []
        self.is_worth_it = (os.cpu_count() or 1) > 1

    def __exit__(self, *error: object) -> None:
        if self._beside is not None:
            self._beside.__exit__(*error)
        self._beside = None

    def hand_over(self, voices: list[Voice], light: _Light) -> None:
        """Let it score these; what it was given before was collected."""
        self._handed = voices
        if self._beside is None:
            self._beside = Beside("portal.makers.scoring.lines")
        self._beside.hand_over(pack(voices, at=light.at, weights=light.weights))

    def collect(self, light: _Light) -> list[Line]:
        """The lines of what was handed over; if the process is gone, they are made here."""
        lines: list[Line] | None = self._beside.collect() if self._beside else None
        if lines is None:
            self.__exit__()
            lines = score_lines(self._handed, at=light.at, weights=light.weights)
        return lines


def score_everyone_due() -> int:
    """Score all people who are due, in transactions of their own, on two cores; says how many.

    Who is due is asked once for many: each question goes through all accounts there are.
    """
    done = 0
    with ScoringBeside() as beside:
        while True:
            with transaction():
                people = people_to_score(MOST_AT_A_TIME)
            for first in range(0, len(people), PEOPLE_AT_ONCE):
                with transaction():
                    score_these(people[first : first + PEOPLE_AT_ONCE], beside=beside)
            done += len(people)
            if len(people) < MOST_AT_A_TIME:
                return done


def score_people(
    limit: int = PEOPLE_AT_ONCE, *, at: datetime | None = None, beside: ScoringBeside | None = None
) -> int:
    """Score at most this many of the people who are due, and say how many; 0 means that all scores are fresh.

    The brand's own accounts, bots and people who objected to being tracked get no score; those who were still
    being watched move to the stage that says why.

    Args:
        limit: people in this transaction.
        at: the moment to score for; by default that of the newest mention of an old archive, else now.
        beside: shares the work where it is more than a batch.
    """
    people = people_to_score(limit)
    score_these(people, at=at, beside=beside)
    return len(people)


def score_these(people: Sequence[int], *, at: datetime | None = None, beside: ScoringBeside | None = None) -> None:
    """Score these people with the weights in use, whether they are due or not."""
    if not people:
        return
    light = _Light(at or scoring_moment(), weights_in_use())
    brand = brand_accounts()
    batches = [people[first : first + BATCH] for first in range(0, len(people), BATCH)]
    if beside is None or not beside.is_worth_it or len(batches) == 1:
        for batch in batches:
            voices = _voices_of(batch, light, brand)
            _write(batch, score_lines(voices, at=light.at, weights=light.weights), light)
        return
    # While the other process scores a batch, the one before it is written here and the next one is read.
    waiting: Sequence[int] = ()
    for batch in batches:
        voices = _voices_of(batch, light, brand)
        lines = beside.collect(light) if waiting else []
        beside.hand_over(voices, light)
        if waiting:
            _write(waiting, lines, light)
        waiting = batch
    _write(waiting, beside.collect(light), light)


def _voices_of(people: Sequence[int], light: _Light, brand: tuple[set[int], set[str]]) -> list[Voice]:
    # First the mark, then the reading: a mention that arrives in between makes its author due again.
    seen = select(Author.revision).where(Author.id == PersonAuthor.author_id).scalar_subquery()
    _execute(update(PersonAuthor).where(among(PersonAuthor.person_id, people)).values(scored_revision=seen))
    accounts = accounts_of(people)
    kept_out = _keep_out(accounts)
    read = {person_id: found for person_id, found in accounts.items() if person_id not in kept_out}
    return [(person, read[person].followers, acts) for person, acts in acts_of(read, at=light.at, brand=brand)]


def _write(people: Sequence[int], lines: Sequence[Line], light: _Light) -> None:
    silent = sorted(set(people).difference(line[0] for line in lines))
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
