"""What came of reports and was not told yet, and to whom."""

from datetime import timedelta
from typing import Any

from sqlalchemy import Select, func, select

from portal.foundation.clock import now
from portal.foundation.database import session
from portal.moderation.models import Report
from portal.moderation.queries.reports import SHOWN
from portal.updates.queries.announced import was_announced

# So long the first of several is kept back: whoever looks at one thing mostly looks at more.
TOGETHER = timedelta(hours=1)
# What was looked at longer ago is read on the page.
LATEST = timedelta(days=14)


def untold_reporters() -> list[int]:
    """Whoever reported what was looked at a while ago and heard nothing of it, by id."""
    settled = _untold(Report.reported_by_id).group_by(Report.reported_by_id)
    ripe = settled.having(func.min(Report.settled_at) <= now() - TOGETHER)
    return list(session().scalars(ripe.order_by(Report.reported_by_id)))


def untold_reports(user_id: int) -> list[int]:
    """What this person reported and was looked at without a word to them, by the numbers of the reports.

    No more than are read at once; the others are told next.
    """
    theirs = _untold(Report.id).where(Report.reported_by_id == user_id)
    return list(session().scalars(theirs.order_by(Report.id).limit(SHOWN)))


def _untold(column: Any) -> Select[Any]:
    return select(column).where(Report.settled_at > now() - LATEST, ~was_announced("reported", Report.id))
