"""Actions: what the company does, how far it is, and which suggestions it answers."""

from dataclasses import dataclass

from sqlalchemy import literal, select
from sqlalchemy.orm import joinedload

from portal.foundation.database import session
from portal.ledger.models import Action, ActionStage, Idea, Progress, Response

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
        .scalar_subquery(),
    )
    .order_by(Action.id.desc())
    .limit(literal(SHOWN, literal_execute=True))
)


def recent_actions() -> list[ActionChoice]:
    """The newest actions with their stage, to choose from."""
    rows = session().execute(_RECENT)
    return [ActionChoice(number, title, found or ActionStage.PLANNED) for number, title, found in rows]


def latest_progress(action: Action) -> Progress | None:
    """The newest entry, read from the database."""
    return session().scalars(
        select(Progress).where(Progress.action_id == action.id).order_by(Progress.id.desc()).limit(1)
    ).one_or_none()  # fmt: skip


def action_page(action: Action) -> tuple[list[Progress], list[Idea]]:
    """The entries of an action in order, and the newest suggestions that it answers."""
    entries = session().scalars(
        select(Progress)
        .where(Progress.action_id == action.id)
        .order_by(Progress.id)
        .options(joinedload(Progress.recorded_by))
    )
    answered = select(Response.idea_id).where(Response.action_id == action.id)
    ideas = session().scalars(select(Idea).where(Idea.id.in_(answered)).order_by(Idea.id.desc()).limit(SHOWN))
    return list(entries), list(ideas)
