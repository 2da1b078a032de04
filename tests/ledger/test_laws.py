"""The standing is what the record makes it, whatever happened in whatever order.

Few histories with every run of the tests, ten thousand when they are asked for; see `tests/examples.py`.
"""

import itertools
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import insert, select

from portal.accounts.models import User
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.ledger.chain import derived_standings
from portal.ledger.models import Action, AuthorWord, Idea, Progress, Response
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


class Histories(RuleBasedStateMachine):
    """Rows written straight into the tables: whatever a service would refuse can happen here too."""

    def __init__(self, people: tuple[int, int]) -> None:
        super().__init__()
        # Taken back at the end: thousands of histories in one transaction would each wade through the rows of all
        # that came before.
        self.work = session().begin_nested()
        self.people = people
        given = {"title": "A zip", "owner_id": people[1], "created_at": now()}
        promised = {"proposed_by_id": people[0], "acknowledge_by": now(), "decide_by": now()}
        new_idea, new_action = insert(Idea).values(**given, **promised), insert(Action).values(**given)
        self.ideas = [session().execute(new_idea.returning(Idea.id)).scalar_one() for _place in range(IDEAS)]
        self.actions = [session().execute(new_action.returning(Action.id)).scalar_one() for _place in range(ACTIONS)]
        self.history: list[tuple[Any, ...]] = []
        self.last: dict[int, int] = {}
        self.said: set[int] = set()

    @rule(idea=st.integers(0, IDEAS - 1), kind=st.sampled_from(KINDS), action=st.integers(0, ACTIONS - 1))
    def answer(self, idea: int, kind: str, action: int) -> None:
        """The company answers."""
        values = {"idea_id": self.ideas[idea], "kind": kind, "message": "So it is."}
        values["action_id"] = self.actions[action] if kind == "action" else None
        given = {"answered_by_id": self.people[1], "answered_at": now(), "after_minutes": 1}
        number = session().scalar(insert(Response).values(**values, **given, **_seal()).returning(Response.id))
        if kind != "outcome" and number is not None:
            self.last[idea] = number
        self.history.append(("answer", idea, kind, action))

    @rule(action=st.integers(0, ACTIONS - 1), stage=st.sampled_from(STAGES))
    def enter(self, action: int, stage: str) -> None:
        """An action moves on."""
        values = {"action_id": self.actions[action], "stage": stage, "words": "So.", "proof_url": "https://x.example"}
        given = {"recorded_by_id": self.people[1], "recorded_at": now()}
        session().execute(insert(Progress).values(**values, **given, **_seal()))
        self.history.append(("entry", action, stage))

    @rule(idea=st.integers(0, IDEAS - 1), kind=st.sampled_from(WORDS))
    def speak(self, idea: int, kind: str) -> None:
        """The author says something to the last answer, once."""
        if idea in self.last and self.last[idea] not in self.said:
            self.said.add(self.last[idea])
            values = {"idea_id": self.ideas[idea], "response_id": self.last[idea], "kind": kind, "words": ""}
            session().execute(insert(AuthorWord).values(**values, said_by_id=self.people[0], said_at=now()))
        self.history.append(("word", idea, kind))

    @invariant()
    def stands_as_read_plainly(self) -> None:
        """What is stored is what a plain reading gives, after each step."""
        stored = dict(session().execute(select(Idea.id, Idea.standing).where(Idea.id.in_(self.ideas))).all())
        plain = [plainly(self.history, place) for place in range(IDEAS)]
        assert [stored[number].value for number in self.ideas] == plain

    def teardown(self) -> None:
        """The check that `ledger verify` makes finds nothing either."""
        try:
            assert session().execute(derived_standings().where(Idea.id.in_(self.ideas))).all() == []
        finally:
            self.work.rollback()
        super().teardown()


def _seal() -> dict[str, str]:
    return {"previous_hash": f"p{next(NUMBERS)}", "hash": f"h{next(NUMBERS)}"}


def test_the_standing_is_what_a_plain_reading_gives(maya: User, rosa: User, db: str) -> None:
    asked = settings(deadline=None, max_examples=examples(50), stateful_step_count=12)
    people = maya.id, rosa.id
    run_state_machine_as_test(lambda: Histories(people), settings=asked)
