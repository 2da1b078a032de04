"""Who answers: rules, absences, and whose promises are about to break."""

from datetime import datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import joinedload

from portal.accounts.models import Role, User
from portal.foundation import config
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.mail.outbox import OutgoingMail
from portal.ledger.models import Absence, Idea, OwnerRule, PromiseWarning, Standing, Tag, Terms, WarningLevel


def promises_near(acknowledge: datetime, decide: datetime, *, level: WarningLevel, limit: int) -> list[Idea]:
    """Suggestions whose running promise ends before these moments and of which nobody was warned, nearest first."""
    waiting = and_(Idea.standing == Standing.WAITING, Idea.acknowledge_by < acknowledge)
    heard = and_(Idea.standing == Standing.HEARD, Idea.decide_by < decide)
    found: list[Idea] = []
    # Two looks, each by its own index.
    for near, due in ((waiting, Idea.acknowledge_by), (heard, Idea.decide_by)):
        warned = (
            select(PromiseWarning.id)
            .where(PromiseWarning.idea_id == Idea.id, PromiseWarning.due == due, PromiseWarning.level == level)
            .exists()
        )
        # What was joined with another is answered there, under that one's promise.
        shown = and_(Idea.held_at.is_(None), Idea.removed_at.is_(None), Idea.merged_into_id.is_(None))
        found += session().scalars(select(Idea).where(near, shown, ~warned).order_by(due, Idea.id).limit(limit))
    return found


def has_mail(kind: str, subject_key: str) -> bool:
    """Whether this was written to the outbox before."""
    known = select(OutgoingMail.id).where(OutgoingMail.kind == kind, OutgoingMail.subject_key == subject_key)
    return session().scalar(known.limit(1)) is not None


def managers_besides(owner: User) -> list[User]:
    """Who looks after a broken promise: the managers, or where there are none the admins; never its owner."""
    for role in (Role.MANAGER, Role.ADMIN):
        people = session().scalars(
            select(User).where(User.role == role, User.suspended_at.is_(None), User.id != owner.id).order_by(User.id)
        )
        if found := list(people):
            return found
    return []


def away_today() -> dict[int, int]:
    """Who is away on this day of the company's, with who stands in: user ids."""
    today = now().astimezone(config.current().zone).date()
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
    today = now().astimezone(config.current().zone).date()
    rows = select(Absence).where(Absence.until_day >= today).order_by(Absence.from_day, Absence.id)
    return list(session().scalars(rows.limit(limit)))


def terms_in_force() -> list[Terms]:
    """What was set in the portal: the company's own terms first, then those of circles."""
    rows = select(Terms).options(joinedload(Terms.circle)).order_by(Terms.circle_id.is_not(None), Terms.id)
    return list(session().scalars(rows))
