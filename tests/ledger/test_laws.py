"""The standing is what the record makes it, whatever happened in whatever order.

Few histories with every run of the tests, ten thousand when they are asked for; see `tests/examples.py`.
"""

import itertools
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import TextClause, bindparam, text

from portal.accounts.models import User
from portal.foundation.database import session
from portal.ledger.derived import derived_standings
from portal.ledger.models import Idea
from tests.examples import examples

IDEAS, ACTIONS = 2, 2
NUMBERS = itertools.count()
STAGES = ("planned", "under-way", "done", "dropped")
KINDS = ("acknowledgement", "question", "action", "explanation", "outcome")
WORDS = ("reply", "helped", "not-helped")


def plainly(history: list[tuple[Any, ...]], idea: int) -> str:
    """Read the history of one suggestion from its beginning, as a person would."""
    answer, opened, stages = None, False, {}
    for what, which, *rest in history:
        if what == "entry":
            stages[which] = rest[0]
        elif which != idea:
            continue
        elif what == "answer" and rest[0] != "outcome":
            answer, opened = rest, False
        elif what == "word" and answer is not None and len(answer) == 2:
            # One word to each answer.
            answer, opened = [*answer, "said"], rest[0] != "helped"
    if answer is None:
        return "waiting"
    if opened:
        return "heard"
    if answer[0] == "action":
        return {"under-way": "under-way", "done": "done", "dropped": "explained"}.get(
            stages.get(answer[1], ""), "planned"
        )
    return {"acknowledgement": "heard", "question": "asked-back", "explanation": "explained"}[answer[0]]


def _into(table: str, columns: str) -> TextClause:
    names = columns.split()
    given = ", ".join(f":{name}" for name in names)
    return text(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({given}) RETURNING id")


# Written by hand, and once: ten thousand histories are half a million statements.
IDEA = _into("idea", "title body owner_id proposed_by_id created_at acknowledge_by decide_by")
ACTION = _into("action", "title owner_id created_at")
ANSWER = _into("response", "idea_id kind message action_id answered_by_id answered_at previous_hash hash")
ENTRY = _into("progress", "action_id stage words proof_url recorded_by_id recorded_at previous_hash hash")
WORD = _into("author_word", "idea_id response_id kind words said_by_id said_at")
STANDINGS = text("SELECT id, standing FROM idea WHERE id BETWEEN :first AND :last")
WRONG = derived_standings().where(Idea.id.between(bindparam("first"), bindparam("last")))
AT = "2026-03-02 09:00:00"


class Histories(RuleBasedStateMachine):
    """Rows written straight into the tables: whatever a service would refuse can happen here too."""

    def __init__(self, people: tuple[int, int]) -> None:
        super().__init__()
        self.connection = session().connection()
        # Taken back at the end: thousands of histories in one transaction would each wade through the rows of all
        # that came before.
        self.work = self.connection.begin_nested()
        self.people = people
        given = {"title": "A zip", "owner_id": people[1], "created_at": AT}
        promised = {"body": "", "proposed_by_id": people[0], "acknowledge_by": AT, "decide_by": AT}
        self.ideas = [self.write(IDEA, **given, **promised) for _place in range(IDEAS)]
        self.actions = [self.write(ACTION, **given) for _place in range(ACTIONS)]
        self.ends = {"first": self.ideas[0], "last": self.ideas[-1]}
        self.history: list[tuple[Any, ...]] = []
        self.last: dict[int, int] = {}
        self.said: set[int] = set()

    def write(self, statement: TextClause, **values: Any) -> int:
        """Write a row down; gives its number."""
        number: int = self.connection.execute(statement, values).scalar_one()
        return number

    @rule(idea=st.integers(0, IDEAS - 1), kind=st.sampled_from(KINDS), action=st.integers(0, ACTIONS - 1))
    def answer(self, idea: int, kind: str, action: int) -> None:
        """The company answers."""
        given = {"message": "So it is.", "answered_by_id": self.people[1], "answered_at": AT}
        named = self.actions[action] if kind == "action" else None
        number = self.write(ANSWER, idea_id=self.ideas[idea], kind=kind, action_id=named, **given, **_seal())
        if kind != "outcome":
            self.last[idea] = number
        self.history.append(("answer", idea, kind, action))

    @rule(action=st.integers(0, ACTIONS - 1), stage=st.sampled_from(STAGES))
    def enter(self, action: int, stage: str) -> None:
        """An action moves on."""
        given = {"words": "So.", "proof_url": "https://x.example", "recorded_by_id": self.people[1], "recorded_at": AT}
        self.write(ENTRY, action_id=self.actions[action], stage=stage, **given, **_seal())
        self.history.append(("entry", action, stage))

    @rule(idea=st.integers(0, IDEAS - 1), kind=st.sampled_from(WORDS))
    def speak(self, idea: int, kind: str) -> None:
        """The author says something to the last answer, once."""
        if idea in self.last and self.last[idea] not in self.said:
            self.said.add(self.last[idea])
            given = {"words": "", "said_by_id": self.people[0], "said_at": AT}
            self.write(WORD, idea_id=self.ideas[idea], response_id=self.last[idea], kind=kind, **given)
        self.history.append(("word", idea, kind))

    @invariant()
    def stands_as_read_plainly(self) -> None:
        """What is stored is what a plain reading gives, after each step."""
        stored = dict(self.connection.execute(STANDINGS, self.ends).all())
        assert [stored[number] for number in self.ideas] == [plainly(self.history, place) for place in range(IDEAS)]

    def teardown(self) -> None:
        """The check that `ledger verify` makes finds nothing either."""
        try:
            assert self.connection.execute(WRONG, self.ends).all() == []
        finally:
            self.work.rollback()
        super().teardown()


def _seal() -> dict[str, str]:
    return {"previous_hash": f"p{next(NUMBERS)}", "hash": f"h{next(NUMBERS)}"}


def test_the_standing_is_what_a_plain_reading_gives(maya: User, rosa: User, db: str) -> None:
    asked = settings(deadline=None, max_examples=examples(50), stateful_step_count=12)
    people = maya.id, rosa.id
    run_state_machine_as_test(lambda: Histories(people), settings=asked)
