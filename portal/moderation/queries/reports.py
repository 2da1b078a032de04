"""What somebody reported, and what came of it, as far as it is theirs to know."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select

from portal.accounts.models import User
from portal.foundation.database import session
from portal.ledger.visibility import reach_of, sees, within_circles
from portal.moderation.models import Report, Words, column_of, idea_of, kind_of
from portal.moderation.queries.subjects import with_idea, words_along

SHOWN = 50


@dataclass(frozen=True)
class Reported:
    """One report of somebody, and what came of it; who wrote the words and who looked is no part of it.

    Attributes:
        kind: `idea`, `comment` or `word` (of an author to an answer).
        title: of the suggestion that it is, or stands beside; empty where that is out of their sight by now.
        circle_id: the circle that it stands in, if it stands in one.
        is_out: it was taken out; otherwise it stays, once somebody has looked.
    """

    report: Report
    kind: str
    idea_id: int
    title: str
    circle_id: int | None
    is_out: bool


def report_by(person: User, words: Words) -> Report | None:
    """What this person has reported of it already."""
    found = select(Report).where(getattr(Report, column_of(words)) == words.id, Report.reported_by_id == person.id)
    return session().scalars(found).one_or_none()


def reported_by(person: User, *, numbers: list[int] | None = None) -> list[Reported]:
    """What this person reported, newest first; nothing of a circle that they are outside of.

    Args:
        numbers: only these reports.
    """
    found: Select[Any] = with_idea(select(Report), Report).where(
        Report.reported_by_id == person.id, within_circles(reach_of(person))
    )
    if numbers is not None:
        found = found.where(Report.id.in_(numbers))
    rows = session().scalars(found.options(*words_along(Report)).order_by(Report.id.desc()).limit(SHOWN))
    return [_reported(person, report, report.about) for report in rows]


def _reported(person: User, report: Report, words: Words) -> Reported:
    idea, is_out = idea_of(words), words.removed_at is not None
    return Reported(
        report=report,
        kind=kind_of(words),
        idea_id=idea.id,
        # What went out with its title is not said again.
        title=idea.title if sees(person, idea) and not (words is idea and is_out) else "",
        circle_id=idea.circle_id,
        is_out=is_out,
    )
