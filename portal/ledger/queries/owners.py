"""Who answers: rules, absences, and whose promises are about to break."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import joinedload

from portal.accounts.models import User
from portal.foundation import config
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.ledger.models import (
    Absence,
    Idea,
    OwnerRule,
    PromiseWarning,
    Standing,
    Tag,
    Terms,
    WarningLevel,
)

# The standings in which a promise runs.
RUNNING = (Standing.WAITING, Standing.HEARD)


def promises_near(
    acknowledge: datetime,
    decide: datetime,
    *,
    level: WarningLevel,
    limit: int,
    came_before: datetime | None = None,
    due_after: datetime | None = None,
) -> list[tuple[Idea, datetime]]:
    """Suggestions whose running promise ends before these moments and of which nobody was warned, nearest first.

    A new date that was given for a broken promise is one too, as near as a first word, and runs in its place.

    Args:
        came_before: what waits for its first word counts only if it came before this.
        due_after: leave out what is due before this.

    Returns:
        Each with the moment that nears or is over.
    """
    # Said already to be late, and until when: a reply that puts the promise off is no news of that.
    first = or_(Idea.new_date.is_(None), Idea.new_date < now())
    waiting = and_(Idea.standing == Standing.WAITING, Idea.acknowledge_by < acknowledge, first)
    if came_before is not None:
        waiting = and_(waiting, Idea.created_at < came_before)
    heard = and_(Idea.standing == Standing.HEARD, Idea.decide_by < decide, first)
    moved = and_(Idea.new_date.is_not(None), Idea.new_date < acknowledge, Idea.standing.in_(RUNNING))
    found: list[tuple[Idea, datetime]] = []
    # Three looks, each by its own index.
    looks: tuple[tuple[ColumnElement[bool], Any], ...] = (
        (waiting, Idea.acknowledge_by), (heard, Idea.decide_by), (moved, Idea.new_date),
    )  # fmt: skip
    for near, due in looks:
        warned = (
            select(PromiseWarning.id)
            .where(PromiseWarning.idea_id == Idea.id, PromiseWarning.due == due, PromiseWarning.level == level)
            .exists()
        )
        # What was joined with another is answered there, under that one's promise.
        shown = and_(Idea.held_at.is_(None), Idea.removed_at.is_(None), Idea.merged_into_id.is_(None))
        if due_after is not None:
            shown = and_(shown, due > due_after)
        rows = session().execute(select(Idea, due).where(near, shown, ~warned).order_by(due, Idea.id).limit(limit))
        found += [(row[0], row[1]) for row in rows]
    return found


def away_today() -> dict[int, int]:
    """Who is away on this day of the company's, with who stands in: user ids."""
    today = config.today()
    rows = session().execute(
        select(Absence.user_id, Absence.stand_in_id)
        .where(Absence.from_day <= today, Absence.until_day >= today)
        .order_by(Absence.id)
    )
    return {row.user_id: row.stand_in_id for row in rows}


def stand_in_for(person: int, away: dict[int, int]) -> int | None:
    """Who takes what is new for somebody: themselves, or who stands in; None where everyone in turn is away."""
    seen = set()
    while person in away:
        if person in seen:
            return None
        seen.add(person)
        person = away[person]
    return person


def rule_owners() -> dict[str, int]:
    """Who answers what carries a tag, by the tag's key; the empty tag names the fall-back person."""
    rows = session().execute(select(OwnerRule.tag, OwnerRule.owner_id))
    return {row.tag: row.owner_id for row in rows}


def owner_rules() -> list[OwnerRule]:
    """Every rule, the fall-back first."""
    return list(session().scalars(select(OwnerRule).order_by(OwnerRule.tag)))


def tag_rules() -> list[tuple[OwnerRule, str]]:
    """Every rule by tag, with the name of its tag, by that name."""
    rows = select(OwnerRule, Tag.name).join(Tag, Tag.key == OwnerRule.tag).order_by(Tag.key)
    return [(row.OwnerRule, row.name) for row in session().execute(rows)]


def absences_to_come(*, limit: int = 50) -> list[Absence]:
    """Who is away now and later, the next first."""
    today = config.today()
    rows = select(Absence).where(Absence.until_day >= today).order_by(Absence.from_day, Absence.id)
    return list(session().scalars(rows.limit(limit)))


def absence_within(person: User, from_day: date, until_day: date) -> Absence | None:
    """When they are away already on one of these days; the first of them."""
    rows = select(Absence).where(
        Absence.user_id == person.id, Absence.from_day <= until_day, Absence.until_day >= from_day
    )
    return session().scalars(rows.order_by(Absence.from_day, Absence.id).limit(1)).one_or_none()


def absences_around(person: User) -> list[Absence]:
    """Their own absence today, and those in which they stand in."""
    today = config.today()
    theirs = or_(Absence.user_id == person.id, Absence.stand_in_id == person.id)
    rows = select(Absence).where(theirs, Absence.from_day <= today, Absence.until_day >= today)
    return list(session().scalars(rows.order_by(Absence.until_day, Absence.id)))


def terms_in_force() -> list[Terms]:
    """What was set in the portal: the company's own terms first, then those of circles."""
    rows = select(Terms).options(joinedload(Terms.circle)).order_by(Terms.circle_id.is_not(None), Terms.id)
    return list(session().scalars(rows))
