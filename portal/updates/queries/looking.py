"""What waits for a manager's look and was not told yet."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select

from portal.accounts.models import Role, User
from portal.accounts.queries import active_managers
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.moderation.models import Appeal
from portal.moderation.queries import Case, Unseen, queue_for, unseen_by_managers
from portal.updates.models import Announcement

# So long the first of several is kept back, so that what follows at once is told with it.
GATHERED = timedelta(minutes=10)
# What still waits after this is told once more.
AGAIN = timedelta(days=1)


@dataclass(frozen=True)
class Look:
    """One thing that waits for a look.

    Attributes:
        key: what it is told under; what is told once more has another.
        since: from when on it waits.
        case: held or reported words, or `appeal` against a decision, or what is `unseen` by every manager of its
            circle; one of the three.
    """

    key: str
    since: datetime
    case: Case | None = None
    appeal: Appeal | None = None
    unseen: Unseen | None = None


def lookers() -> list[User]:
    """Managers first, then admins: an admin is told of what no manager sees."""
    people = select(User).where(active_managers())
    return sorted(session().scalars(people), key=lambda person: (person.role is Role.ADMIN, person.id))


def untold_looks(person: User) -> list[Look]:
    """What waits for this person and was not told yet, oldest first; nothing while all of it is quite new."""
    queue, moment = queue_for(person), now()
    found = [look for case in queue.cases for look in _looks(case)]
    found += [
        Look(f"look:appeal:{asked.id}", asked.created_at, appeal=asked)
        for asked in queue.appeals
        if asked.id not in queue.for_others
    ]
    found += [Look(f"look:unseen:{one.what}:{one.id}", one.since, unseen=one) for one in unseen_by_managers(person)]
    found = [replace(look, key=f"{look.key}:again") if look.since <= moment - AGAIN else look for look in found]
    told = select(Announcement.subject_key).where(Announcement.subject_key.in_([look.key for look in found]))
    known = set(session().scalars(told))
    waiting = [look for look in found if look.key not in known]
    if all(look.since > moment - GATHERED for look in waiting):
        return []
    return sorted(waiting, key=lambda look: (look.since, look.key))


def _looks(case: Case) -> list[Look]:
    held = []
    if case.held_at is not None:
        # Held again, or changed as was asked, it is another: something was decided in between.
        held = [Look(f"look:{case.kind}:{case.id}:{case.decided}", case.held_at, case)]
    return held + [Look(f"look:report:{report.id}", report.created_at, case) for report in case.reports]
