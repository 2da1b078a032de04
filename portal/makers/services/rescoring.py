"""Scoring everyone anew in the background: a part at a time, by as many workers as there are."""

from datetime import timedelta

from sqlalchemy import or_, select, update

from portal.foundation.clock import now
from portal.foundation.database import session
from portal.makers.models import Person, RescoringPart
from portal.makers.queries.proof import open_part
from portal.makers.services.rating import score_these

LEASE = timedelta(minutes=10)


def claim_part() -> int | None:
    """Take the next part that nobody works on; None if there is none. A worker that goes away loses it again."""
    while (part := open_part()) is not None:
        free = or_(RescoringPart.lease_until.is_(None), RescoringPart.lease_until < now())
        taken = session().execute(
            update(RescoringPart)
            .where(RescoringPart.id == part.id, RescoringPart.done_at.is_(None), free)
            .values(lease_until=now() + LEASE)
            .execution_options(synchronize_session=False)
        )
        if taken.rowcount:  # type: ignore[attr-defined]
            return part.id
        session().expire_all()
    return None


def score_part(part_id: int) -> int:
    """Score the people of a part and mark it done in one transaction; says how many people.

    A part that was replaced by a newer rescoring, or done by someone else, is left alone.
    """
    part = session().get(RescoringPart, part_id, with_for_update=True)
    if part is None or part.done_at is not None:
        return 0
    between = Person.id.between(part.first_person_id, part.last_person_id)
    people = list(session().scalars(select(Person.id).where(between).order_by(Person.id)))
    score_these(people)
    part.done_at = now()
    return len(people)
