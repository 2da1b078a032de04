"""What waits for a look, and what was decided before."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, cast, func, null, or_, select, union_all
from sqlalchemy.orm import joinedload

from portal.accounts.models import User
from portal.community.trust import HeldBecause
from portal.foundation.database import session
from portal.ledger.models import Attachment, Comment, Idea
from portal.ledger.visibility import Reach, reach_of, within_circles
from portal.moderation.models import Appeal, Decision, Report

SHOWN = 50


@dataclass(frozen=True)
class Case:
    """Words that wait for a look, with everything said about them.

    Attributes:
        kind: `idea` or `comment`; with `id` it names the row.
        held: why they wait, in words; empty for what others see.
        asked_at: when its author was asked for a change, if that was the last word.
        changed_at: when its author changed the words, if they did.
        pictures: the numbers of its pictures.
    """

    kind: str
    id: int
    idea_id: int
    title: str
    words: str
    author: User
    said_at: datetime
    held: str
    asked_at: datetime | None = None
    changed_at: datetime | None = None
    pictures: tuple[int, ...] = ()
    reports: list[Report] = field(default_factory=list)


@dataclass(frozen=True)
class Queue:
    """What waits for managers: words and appeals, oldest first."""

    cases: list[Case]
    appeals: list[Appeal]


def queue_for(manager: User) -> Queue:
    """What waits for this manager: what is held or reported, and appeals, as far as they see its circle."""
    reach = reach_of(manager)
    reports = _open_reports()
    ideas, comments = _ideas(manager, reach, reports), _comments(manager, reach, reports)
    known = _beside(ideas, comments)
    cases = [_idea_case(idea, reports, known) for idea in ideas] + [
        _comment_case(comment, reports, known) for comment in comments
    ]
    return Queue(sorted(cases, key=lambda case: (case.said_at, case.kind, case.id)), _appeals(manager, reach))


def case_of(subject: Idea | Comment) -> Case:
    """One suggestion or comment as a case."""
    reports = _open_reports()
    if isinstance(subject, Idea):
        return _idea_case(subject, reports, _beside([subject], []))
    return _comment_case(subject, reports, _beside([], [subject]))


def decisions_about(subject: Idea | Comment) -> list[Decision]:
    """Everything decided about these words, newest first."""
    column = Decision.idea_id if isinstance(subject, Idea) else Decision.comment_id
    return list(
        session().scalars(select(Decision).where(column == subject.id).order_by(Decision.id.desc()).limit(SHOWN))
    )


def decisions_for(person: User) -> list[Decision]:
    """What was decided about somebody's own words, newest first."""
    statement = (
        select(Decision)
        .where(Decision.person_id == person.id)
        .options(joinedload(Decision.idea), joinedload(Decision.comment).joinedload(Comment.idea))
        .order_by(Decision.id.desc())
    )
    return list(session().scalars(statement.limit(SHOWN)))


def report_by(person: User, subject: Idea | Comment) -> Report | None:
    """What this person has reported of it already."""
    column = Report.idea_id if isinstance(subject, Idea) else Report.comment_id
    found = select(Report).where(column == subject.id, Report.reported_by_id == person.id)
    return session().scalars(found).one_or_none()


def _open_reports() -> list[Report]:
    waiting = select(Report).where(Report.settled_at.is_(None)).order_by(Report.id)
    return list(session().scalars(waiting.limit(200)))


def _ideas(manager: User, reach: Reach, reports: list[Report]) -> list[Idea]:
    reported = {report.idea_id for report in reports if report.idea_id}
    waits = or_(Idea.held_at.is_not(None), Idea.id.in_(reported))
    return list(
        session().scalars(
            select(Idea)
            .where(waits, Idea.removed_at.is_(None), within_circles(reach), Idea.proposed_by_id != manager.id)
            .order_by(Idea.id)
            .limit(SHOWN)
        )
    )


def _comments(manager: User, reach: Reach, reports: list[Report]) -> list[Comment]:
    reported = {report.comment_id for report in reports if report.comment_id}
    waits = or_(Comment.held_at.is_not(None), Comment.id.in_(reported))
    return list(
        session().scalars(
            select(Comment)
            .join(Idea, Idea.id == Comment.idea_id)
            .options(joinedload(Comment.idea))
            .where(waits, Comment.removed_at.is_(None), within_circles(reach), Comment.author_id != manager.id)
            .order_by(Comment.id)
            .limit(SHOWN)
        )
    )


def _appeals(manager: User, reach: Reach) -> list[Appeal]:
    idea = Idea
    statement = (
        select(Appeal)
        .join(Decision, Decision.id == Appeal.decision_id)
        .outerjoin(Comment, Comment.id == Decision.comment_id)
        .join(idea, or_(idea.id == Decision.idea_id, idea.id == Comment.idea_id))
        .where(Appeal.settled_at.is_(None), within_circles(reach), Decision.person_id != manager.id)
        .options(
            joinedload(Appeal.decision).joinedload(Decision.idea),
            joinedload(Appeal.decision).joinedload(Decision.comment).joinedload(Comment.idea),
        )
        .order_by(Appeal.id)
        .limit(SHOWN)
    )
    return list(session().scalars(statement))


@dataclass(frozen=True)
class _Beside:
    """What belongs to the words of a case: when a change was asked for, and the pictures of a suggestion."""

    asked: dict[tuple[str, int], datetime] = field(default_factory=dict)
    pictures: dict[int, tuple[int, ...]] = field(default_factory=dict)


def _beside(ideas: list[Idea], comments: list[Comment]) -> _Beside:
    """For all of them in one statement."""
    numbers = [idea.id for idea in ideas]
    about = or_(Decision.idea_id.in_(numbers), Decision.comment_id.in_([comment.id for comment in comments]))
    nothing: Any = cast(null(), Integer)
    asked = (
        select(
            Decision.idea_id, Decision.comment_id, func.max(Decision.decided_at).label("at"), nothing.label("number")
        )
        .where(Decision.ruling == "change-asked", about)
        .group_by(Decision.idea_id, Decision.comment_id)
    )
    pictures = select(Attachment.idea_id, nothing, cast(null(), Decision.decided_at.type), Attachment.id)
    found = _Beside()
    for row in session().execute(union_all(asked, pictures.where(Attachment.idea_id.in_(numbers)))):
        if row.number is None:
            found.asked[("idea", row.idea_id) if row.idea_id else ("comment", row.comment_id)] = row.at
        else:
            found.pictures[row.idea_id] = tuple(sorted((*found.pictures.get(row.idea_id, ()), row.number)))
    return found


def _idea_case(idea: Idea, reports: list[Report], known: _Beside) -> Case:
    return Case(
        kind="idea",
        id=idea.id,
        idea_id=idea.id,
        title=idea.title,
        words=idea.body,
        author=idea.proposed_by,
        said_at=idea.created_at,
        held=_why(idea),
        asked_at=known.asked.get(("idea", idea.id)),
        changed_at=idea.edited_at,
        pictures=known.pictures.get(idea.id, ()),
        reports=[report for report in reports if report.idea_id == idea.id],
    )


def _comment_case(comment: Comment, reports: list[Report], known: _Beside) -> Case:
    assert comment.author is not None
    return Case(
        kind="comment",
        id=comment.id,
        idea_id=comment.idea_id,
        title=comment.idea.title,
        words=comment.body,
        author=comment.author,
        said_at=comment.created_at,
        held=_why(comment),
        asked_at=known.asked.get(("comment", comment.id)),
        changed_at=comment.edited_at,
        reports=[report for report in reports if report.comment_id == comment.id],
    )


def _why(words: Idea | Comment) -> str:
    if words.held_at is None:
        return ""
    return HeldBecause(words.held_because).label if words.held_because else ""
