"""What the forms beside a suggestion offer to whoever answers it, read in one statement."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, cast, literal, null, select, union_all

from portal.accounts.models import User
from portal.accounts.queries import active_staff
from portal.community.seats import people_inside
from portal.foundation.database import session
from portal.ledger.models import ActionStage, Idea, Reason
from portal.ledger.queries.actions import ActionChoice, fitting_actions
from portal.ledger.queries.tags import seen_tags
from portal.ledger.visibility import Reach


@dataclass(frozen=True)
class Choices:
    """What an answer can name, and who else could give it.

    Attributes:
        actions: the newest actions that may answer this suggestion, the newest first.
        reasons: (id, title) of the company's list, by title.
        people: (id, name) of the staff who could answer, by name.
        tags: (id, name) of those that everyone of the staff knows who sees this suggestion, by name.
    """

    actions: tuple[ActionChoice, ...]
    reasons: tuple[tuple[int, str], ...]
    people: tuple[tuple[int, str], ...]
    tags: tuple[tuple[int, str], ...]


def choices_for(idea: Idea) -> Choices:
    """What the forms of this suggestion offer."""
    people = select(literal("person").label("what"), User.id, User.name, _no_words).where(active_staff())
    if idea.circle_id is not None:
        people = people.where(User.id.in_(people_inside(idea.circle_id)))
    actions = fitting_actions(idea).subquery("actions")
    room = Reach(circles=frozenset({idea.circle_id} if idea.circle_id else ()), is_staff=True)
    tags = seen_tags(room).subquery("tags")
    rows = session().execute(
        union_all(
            select(literal("action"), actions.c.id, actions.c.title, cast(actions.c.stage, String)),
            select(literal("reason"), Reason.id, Reason.title, _no_words),
            select(literal("tag"), tags.c.id, tags.c.name, _no_words),
            people,
        )
    )
    found: dict[str, list[Any]] = {"action": [], "reason": [], "tag": [], "person": []}
    for what, number, name, stage in rows:
        found[what].append((number, name, stage))
    return Choices(
        actions=tuple(
            ActionChoice(number, title, ActionStage(stage) if stage else ActionStage.PLANNED)
            for number, title, stage in sorted(found["action"], reverse=True)
        ),
        reasons=_by_name(found["reason"]),
        people=_by_name(found["person"]),
        tags=_by_name(found["tag"]),
    )


_no_words: Any = cast(null(), String)


def _by_name(rows: list[Any]) -> tuple[tuple[int, str], ...]:
    return tuple(sorted(((number, name) for number, name, _none in rows), key=lambda row: (row[1].casefold(), row[0])))
