"""What waits for a look: words that are held or reported, and appeals."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, cast, func, literal, null, select, union_all
from sqlalchemy.orm import joinedload

from portal.accounts.models import User
from portal.community.models import Circle
from portal.community.trust import HeldBecause
from portal.foundation.database import session
from portal.ledger.models import Attachment, AuthorWord, Comment, Idea
from portal.ledger.visibility import Reach, reach_of, within_circles
from portal.moderation.models import (
    Appeal,
    Decision,
    Report,
    Ruling,
    Words,
    author_of,
    column_for,
    column_of,
    idea_of,
    kind_of,
)
from portal.moderation.queries.appeals import appeals_for, for_others, waiting_appeals
from portal.moderation.queries.subjects import WRITTEN_BY, with_idea, wrote
from portal.moderation.queries.unseen import UnseenRoom, count_unseen, unseen_rooms

SHOWN = 50
MOST_REPORTS = 200


@dataclass(frozen=True)
class Case:
    """Words that wait for a look, with everything said about them.

    Attributes:
        kind: `idea`, `comment` or `word` (of an author to an answer); with `id` it names the row.
        author: who wrote them; None for what was brought in from elsewhere, under the name `said_by`.
        held: why they wait, in words, and `held_at` since when; empty and None for what others see.
        decided: the number of the last decision about it; 0 where there is none.
        asked_at: when its author was last asked for a change.
        changed_at: when its author changed the words, if they did.
        pictures: the numbers of its pictures.
    """

    kind: str
    id: int
    idea_id: int
    circle_id: int | None
    title: str
    words: str
    author: User | None
    said_by: str
    said_at: datetime
    held: str
    held_at: datetime | None = None
    decided: int = 0
    asked_at: datetime | None = None
    changed_at: datetime | None = None
    pictures: tuple[int, ...] = ()
    reports: list[Report] = field(default_factory=list)

    @property
    def is_with_author(self) -> bool:
        """Whether a change was asked for that has not come; what is changed while it is held waits from then on."""
        return self.held_at is not None and self.asked_at is not None and self.asked_at >= self.held_at

    @property
    def seen(self) -> str:
        """What its reader has seen, in short: the last decision, and then other words or pictures are another."""
        said = "\n".join((self.title if self.kind == "idea" else "", self.words, *map(str, self.pictures)))
        return f"{self.decided}-{hashlib.sha256(said.encode()).hexdigest()}"


@dataclass(frozen=True)
class Queue:
    """What waits for managers: words and appeals, oldest first; and what waits in circles where nobody can look.

    Attributes:
        with_authors: what waits for a change by its author.
        for_others: the numbers of the appeals to which somebody else has to say no, since this manager decided before.
    """

    cases: list[Case]
    appeals: list[Appeal]
    unseen: list[UnseenRoom]
    with_authors: list[Case] = field(default_factory=list)
    for_others: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Waiting:
    """How much waits for one manager: words that are held, reports, appeals, and what nobody inside can decide."""

    held: int
    reports: int
    appeals: int
    unseen: int

    @property
    def total(self) -> int:
        """All of it."""
        return self.held + self.reports + self.appeals + self.unseen


def queue_for(manager: User) -> Queue:
    """What waits for this manager: what is held or reported, and appeals, as far as they see its circle."""
    reach = reach_of(manager)
    waiting = _reported(select(Report), manager, reach).order_by(Report.id).limit(MOST_REPORTS)
    reports = list(session().scalars(waiting))
    found = [words for kind in WRITTEN_BY for words in _waiting(kind, manager, reach, reports)]
    known = _beside(found, unseen_rooms(manager, reach))
    cases = [_case(words, reports, known) for words in found]
    cases.sort(key=lambda case: case.said_at)
    appeals, others = appeals_for(manager, reach, limit=SHOWN)
    return Queue(
        cases=[case for case in cases if not case.is_with_author],
        appeals=appeals,
        unseen=sorted(known.unseen, key=lambda room: room.name),
        with_authors=[case for case in cases if case.is_with_author],
        for_others=others,
    )


def count_waiting(manager: User) -> Waiting:
    """How much waits for this manager, in one statement; they do not look at their own words."""
    reach = reach_of(manager)
    count = select(func.count())
    held = [
        _others(count.select_from(kind), kind, manager, reach).where(kind.held_at.is_not(None), ~_is_with_author(kind))
        for kind in WRITTEN_BY
    ]
    reports = _reported(count.select_from(Report), manager, reach)
    appeals = count.select_from(waiting_appeals(manager, reach).where(~for_others(manager)).subquery("appeals"))
    counts = (*held, reports, appeals, count_unseen(manager, reach))
    found = select(*(each.scalar_subquery() for each in counts))
    *each, reported, asked, unseen = session().execute(found).one()
    return Waiting(held=sum(each), reports=reported, appeals=asked, unseen=unseen)


def _others(found: Select[Any], kind: Any, manager: User, reach: Reach) -> Select[Any]:
    """Of one kind of words, what somebody else wrote where this manager sees it, and is not out; on `Idea`."""
    if kind is not Idea:
        found = found.join(Idea, Idea.id == kind.idea_id)
    return found.where(kind.removed_at.is_(None), within_circles(reach), WRITTEN_BY[kind].is_distinct_from(manager.id))


def _is_with_author(kind: Any) -> ColumnElement[bool]:
    """The same as `Case.is_with_author` for held rows."""
    column = getattr(Decision, column_for(kind))
    asked = (column == kind.id, Decision.ruling == Ruling.CHANGE_ASKED, Decision.decided_at >= kind.held_at)
    return select(Decision.id).where(*asked).exists()


def case_of(words: Words) -> Case:
    """What somebody wrote as a case."""
    column = getattr(Report, column_of(words))
    open_ones = select(Report).where(column == words.id, Report.settled_at.is_(None)).order_by(Report.id).limit(SHOWN)
    return _case(words, list(session().scalars(open_ones)), _beside([words]))


def _reported(found: Select[Any], manager: User, reach: Reach) -> Select[Any]:
    """The open reports of what somebody else wrote where this manager sees it."""
    is_open = (Report.settled_at.is_(None), within_circles(reach), wrote(Report).is_distinct_from(manager.id))
    return with_idea(found, Report).where(*is_open)


def _waiting(kind: Any, manager: User, reach: Reach, reports: list[Report]) -> list[Words]:
    """What is held or reported of one kind of words; what is with its author stands in nobody's way."""
    held = select(kind.id).where(kind.held_at.is_not(None)).correlate(None)
    reported = select(getattr(Report, column_for(kind))).where(Report.id.in_([report.id for report in reports]))
    found = _others(select(kind), kind, manager, reach)
    if kind is not Idea:
        found = found.options(joinedload(kind.idea, innerjoin=True))
    # By their numbers: for one or the other SQLite would look through everything.
    waiting = found.where(kind.id.in_(union_all(held, reported)))
    return list(session().scalars(waiting.order_by(_is_with_author(kind), kind.id).limit(SHOWN)))


@dataclass(frozen=True)
class _Beside:
    """What belongs to the words of a case: the last decision, when a change was asked for, and its pictures.

    `unseen` belongs to none of them: the circles in which something waits where nobody can look.
    """

    decided: dict[tuple[str, int], int] = field(default_factory=dict)
    asked: dict[tuple[str, int], datetime | None] = field(default_factory=dict)
    pictures: dict[int, tuple[int, ...]] = field(default_factory=dict)
    unseen: list[UnseenRoom] = field(default_factory=list)


def _beside(found_words: Sequence[Words], unseen: Select[Any] | None = None) -> _Beside:
    """For all of them in one statement."""
    numbers: dict[str, list[int]] = defaultdict(list)
    for words in found_words:
        numbers[kind_of(words)].append(words.id)
    columns = {kind: getattr(Decision, f"{kind}_id") for kind in numbers}
    never, nowhere = (cast(null(), kind) for kind in (Decision.decided_at.type, Circle.name.type))
    asked_at = func.max(case((Decision.ruling == Ruling.CHANGE_ASKED, Decision.decided_at)))
    parts: list[Select[Any]] = [
        select(
            literal(kind).label("what"), column.label("of"), func.max(Decision.id).label("number"),
            asked_at.label("at"), nowhere.label("room"),
        ).where(column.in_(numbers[kind])).group_by(column)
        for kind, column in columns.items()
    ]  # fmt: skip
    if numbers["idea"]:
        pictures = select(literal("picture"), Attachment.idea_id, Attachment.id, never, nowhere)
        parts.append(pictures.where(Attachment.idea_id.in_(numbers["idea"])))
    if unseen is not None:
        rooms = unseen.subquery("rooms")
        room = literal("room").label("what"), rooms.c.circle_id.label("of")
        parts.append(select(*room, rooms.c.number, never, rooms.c.name.label("room")))
    found = _Beside()
    for row in session().execute(union_all(*parts)):
        if row.what == "room":
            found.unseen.append(UnseenRoom(row.of, row.room, row.number))
        elif row.what == "picture":
            found.pictures[row.of] = tuple(sorted((*found.pictures.get(row.of, ()), row.number)))
        else:
            found.decided[row.what, row.of] = row.number
            found.asked[row.what, row.of] = row.at
    return found


def _case(words: Words, reports: list[Report], known: _Beside) -> Case:
    kind = kind_of(words)
    author, idea = author_of(words), idea_of(words)
    body = words.words if isinstance(words, AuthorWord) else words.body
    column = column_of(words)
    return Case(
        kind=kind,
        id=words.id,
        idea_id=idea.id,
        circle_id=idea.circle_id,
        title=idea.title,
        words=body,
        author=author,
        said_by=author.name if author is not None else words.author_name if isinstance(words, Comment) else "",
        said_at=words.said_at if isinstance(words, AuthorWord) else words.created_at,
        held=HeldBecause(words.held_because).label if words.held_at and words.held_because else "",
        held_at=words.held_at,
        decided=known.decided.get((kind, words.id), 0),
        asked_at=known.asked.get((kind, words.id)),
        changed_at=None if isinstance(words, AuthorWord) else words.edited_at,
        pictures=known.pictures.get(words.id, ()) if isinstance(words, Idea) else (),
        reports=[report for report in reports if getattr(report, column) == words.id],
    )
