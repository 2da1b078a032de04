"""The standing is what the record makes it, whatever happened in whatever order."""

import itertools
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select

from portal.accounts.models import User
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.ledger.chain import derived_standings
from portal.ledger.models import Action, AuthorWord, Idea, Progress, Response

IDEAS, ACTIONS = 2, 2
NUMBERS = itertools.count()
STAGES = ("planned", "under-way", "done", "dropped")
KINDS = ("acknowledgement", "question", "action", "explanation", "outcome")
HAPPENED = st.one_of(
    st.tuples(st.just("answer"), st.integers(0, IDEAS - 1), st.sampled_from(KINDS), st.integers(0, ACTIONS - 1)),
    st.tuples(st.just("entry"), st.integers(0, ACTIONS - 1), st.sampled_from(STAGES)),
    st.tuples(st.just("word"), st.integers(0, IDEAS - 1), st.sampled_from(["reply", "helped", "not-helped"])),
)


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


class _Record:
    """Rows written straight into the tables: whatever a service would refuse can happen here too."""

    def __init__(self, maya: User, rosa: User) -> None:
        self.people = maya.id, rosa.id
        given = {"title": "A zip", "owner_id": rosa.id, "created_at": now()}
        promised = {"proposed_by_id": maya.id, "acknowledge_by": now(), "decide_by": now()}
        new_idea, new_action = insert(Idea).values(**given, **promised), insert(Action).values(**given)
        self.ideas = [session().execute(new_idea.returning(Idea.id)).scalar_one() for _place in range(IDEAS)]
        self.actions = [session().execute(new_action.returning(Action.id)).scalar_one() for _place in range(ACTIONS)]
        self.last: dict[int, int] = {}
        self.said: set[int] = set()

    def write(self, what: str, which: int, *rest: Any) -> None:
        sealed = {"previous_hash": f"p{next(NUMBERS)}", "hash": f"h{next(NUMBERS)}"}
        if what == "entry":
            values = {
                "action_id": self.actions[which],
                "stage": rest[0],
                "words": "So.",
                "proof_url": "https://x.example",
            }
            session().execute(
                insert(Progress).values(**values, **sealed, recorded_by_id=self.people[1], recorded_at=now())
            )
        elif what == "answer":
            action = self.actions[rest[1]] if rest[0] == "action" else None
            values = {"idea_id": self.ideas[which], "kind": rest[0], "message": "So it is.", "action_id": action}
            number = session().scalar(
                insert(Response)
                .values(**values, **sealed, answered_by_id=self.people[1], answered_at=now(), after_minutes=1)
                .returning(Response.id)
            )
            if rest[0] != "outcome" and number is not None:
                self.last[which] = number
        elif which in self.last and self.last[which] not in self.said:
            self.said.add(self.last[which])
            values = {"idea_id": self.ideas[which], "response_id": self.last[which], "kind": rest[0], "words": ""}
            session().execute(insert(AuthorWord).values(**values, said_by_id=self.people[0], said_at=now()))


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.lists(HAPPENED, max_size=12))
def test_the_standing_is_what_a_plain_reading_gives(
    history: list[tuple[Any, ...]], maya: User, rosa: User, db: str
) -> None:
    record = _Record(maya, rosa)
    for happened in history:
        record.write(*happened)

    stored = dict(session().execute(select(Idea.id, Idea.standing).where(Idea.id.in_(record.ideas))).all())
    assert [stored[number].value for number in record.ideas] == [plainly(history, place) for place in range(IDEAS)]
    assert session().execute(derived_standings().where(Idea.id.in_(record.ideas))).all() == []
