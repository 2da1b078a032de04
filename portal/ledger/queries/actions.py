"""Actions: what the company does, how far it is, and which suggestions it answers."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, literal, not_, or_, select
from sqlalchemy.orm import joinedload

from portal.foundation.database import session
from portal.ledger.models import Action, ActionStage, Idea, Progress, Response
from portal.ledger.visibility import EVERYONE, Reach, visible_actions, visible_ideas

# More than this nobody reads in one list.
SHOWN = 50


@dataclass(frozen=True)
class ActionChoice:
    """An action that an answer can name."""

    id: int
    title: str
    stage: ActionStage


_RECENT = (
    select(
        Action.id,
        Action.title,
        select(Progress.stage)
        .where(Progress.action_id == Action.id)
        .order_by(Progress.id.desc())
        .limit(1)
        .correlate(Action)
        .scalar_subquery()
        .label("stage"),
    )
    .order_by(Action.id.desc())
    .limit(literal(SHOWN, literal_execute=True))
)


def fitting_actions(idea: Idea) -> Select[Any]:
    """The newest actions (id, title, stage) that may answer this suggestion; whoever answers it sees them all."""
    return _RECENT.where(_fitting(idea))


def sealed_links(reach: Reach) -> dict[str, set[int]]:
    """The answers and entries, by their chain, whose words are not for a reader with this reach."""
    answers = select(Response.id).join(Idea, Idea.id == Response.idea_id).where(not_(visible_ideas(reach)))
    entries = select(Progress.id).join(Action, Action.id == Progress.action_id).where(not_(visible_actions(reach)))
    return {
        Response.chain: set(session().scalars(answers)),
        Progress.chain: set(session().scalars(entries)),
    }


def fits(action: Action, idea: Idea) -> bool:
    """Whether this action may answer this suggestion without carrying words out of a circle."""
    return session().scalar(select(Action.id).where(Action.id == action.id, _fitting(idea))) is not None


def _fitting(idea: Idea) -> ColumnElement[bool]:
    """It answers something that everyone sees, or nothing that stands elsewhere than this suggestion does."""
    answered = select(Response.id).join(Idea, Idea.id == Response.idea_id).where(Response.action_id == Action.id)
    elsewhere = or_(Idea.circle_id.is_distinct_from(idea.circle_id), Idea.is_private != idea.is_private)
    open_to_all = answered.where(Idea.circle_id.is_(None), Idea.is_private.is_(False))
    return or_(open_to_all.exists(), not_(answered.where(elsewhere).exists()))


def latest_progress(action: Action) -> Progress | None:
    """The newest entry, read from the database."""
    return session().scalars(
        select(Progress).where(Progress.action_id == action.id).order_by(Progress.id.desc()).limit(1)
    ).one_or_none()  # fmt: skip


def action_page(action: Action, reach: Reach = EVERYONE) -> tuple[list[Progress], list[Idea]]:
    """The entries of an action in order, and the newest suggestions that it answers, as far as the reader sees them."""
    entries = session().scalars(
        select(Progress)
        .where(Progress.action_id == action.id)
        .order_by(Progress.id)
        .options(joinedload(Progress.recorded_by))
    )
    answered = select(Response.idea_id).where(Response.action_id == action.id)
    seen = select(Idea).where(Idea.id.in_(answered), visible_ideas(reach))
    ideas = session().scalars(seen.order_by(Idea.id.desc()).limit(SHOWN))
    return list(entries), list(ideas)
