"""Actions: what the company does, how far it is, and which suggestions it answers."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, not_, or_, select

from portal.accounts.models import User
from portal.accounts.queries import staff
from portal.foundation import config
from portal.foundation.database import session
from portal.foundation.mail.outbox import was_queued
from portal.ledger.models import Action, ActionStage, Idea, Progress, Response, has_slipped
from portal.ledger.visibility import EVERYONE, Reach, sees_action, visible_actions, visible_ideas

# More than this nobody reads in one list.
SHOWN = 50
# The number of the newest entry of `Action`, which says how far it is.
NEWEST_ENTRY = select(func.max(Progress.id)).where(Progress.action_id == Action.id).correlate(Action).scalar_subquery()
# The mail that says that the day of an action is over.
SLIPPED = "action_slipped"
_SLIPPED_FOR = timedelta(days=14)


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


def is_for_everyone(action: Action) -> bool:
    """Whether this action answers something that every member sees."""
    return session().scalar(select(Action.id).where(Action.id == action.id, visible_actions(EVERYONE))) is not None


def who_could_do(action: Action) -> list[User]:
    """The staff who could do it instead, by name: whoever sees what it answers."""
    others = [person for person in staff() if person.id != action.owner_id]
    return others if is_for_everyone(action) else [person for person in others if sees_action(person, action)]


@dataclass(frozen=True)
class ActionRow:
    """One action in a list: how far it is, since when, and how many suggestions it answers for this reader.

    Attributes:
        newest: the number of its newest entry, by which the list is ordered.
    """

    id: int
    title: str
    owner: str
    target_date: date | None
    stage: ActionStage
    moved_at: datetime
    ideas: int
    newest: int

    @property
    def is_late(self) -> bool:
        """Whether its day is over and it is neither done nor dropped."""
        return has_slipped(self.target_date, self.stage)


def actions_page(
    reach: Reach, *, stage: ActionStage | None = None, before: int | None = None
) -> tuple[list[ActionRow], int | None]:
    """What the company does, whatever moved last first, fifty at a time; and the key of the page after this one.

    Args:
        stage: only what has come so far.
        before: the entry that the page before this one ended with.
    """
    answered = (
        select(func.count(Response.idea_id.distinct()))
        .join(Idea, Idea.id == Response.idea_id)
        .where(Response.action_id == Action.id, visible_ideas(reach))
        .correlate(Action)
        .scalar_subquery()
    )
    columns = (Action.id, Action.title, User.name, Action.target_date, Progress.stage, Progress.recorded_at, answered)
    found = (
        select(*columns, Progress.id)
        .join(User, User.id == Action.owner_id)
        .join(Progress, Progress.id == NEWEST_ENTRY)
        .where(visible_actions(reach))
        .order_by(Progress.id.desc())
        .limit(SHOWN + 1)
    )
    if stage is not None:
        found = found.where(Progress.stage == stage)
    if before is not None:
        found = found.where(Progress.id < before)
    rows = [ActionRow(*row) for row in session().execute(found)]
    return rows[:SHOWN], rows[SHOWN - 1].newest if len(rows) > SHOWN else None


def latest_progress(action: Action) -> Progress | None:
    """The newest entry, read from the database."""
    return session().scalars(
        select(Progress).where(Progress.action_id == action.id).order_by(Progress.id.desc()).limit(1)
    ).one_or_none()  # fmt: skip


def slipped_actions(*, limit: int) -> list[Action]:
    """What is neither done nor dropped, though its day is over, and of which nobody was told; the oldest day first.

    A day that has been over for weeks is on the pages as late, and no news any more.
    """
    told = was_queued(SLIPPED, "action", Action.id, Action.target_date)
    recent = Action.target_date >= config.today() - _SLIPPED_FOR
    return list(session().scalars(_slipped(limit).where(recent, ~told)))


def slipped_of(person: User, *, limit: int = 20) -> list[Action]:
    """What somebody does and that is neither done nor dropped, though its day is over; the oldest day first."""
    return list(session().scalars(_slipped(limit).where(Action.owner_id == person.id)))


def _slipped(limit: int) -> Select[Action]:
    found = select(Action).join(Progress, Progress.id == NEWEST_ENTRY)
    open_ones = Progress.stage.in_((ActionStage.PLANNED, ActionStage.UNDER_WAY))
    late = found.where(Action.target_date < config.today(), open_ones)
    return late.order_by(Action.target_date, Action.id).limit(limit)


def action_page(action: Action, reach: Reach = EVERYONE) -> tuple[list[Progress], list[Idea]]:
    """The entries of an action in order, and the newest suggestions that it answers, as far as the reader sees them."""
    session().refresh(action, ["progress"])
    answered = select(Response.idea_id).where(Response.action_id == action.id)
    seen = select(Idea).where(Idea.id.in_(answered), visible_ideas(reach))
    ideas = session().scalars(seen.order_by(Idea.id.desc()).limit(SHOWN))
    return action.progress, list(ideas)
