"""The two-sided rows: what a member said, and what the company did about it."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import Any

from babel import dates
from sqlalchemy import Integer, Select, bindparam, func, select
from sqlalchemy.orm import aliased

from portal.accounts.models import User
from portal.community.models import Circle, Member
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.text import gettext as _
from portal.foundation.text import markdown_excerpt, working_words
from portal.ledger.models import Action, ActionStage, Idea, IdeaTag, Progress, Response, ResponseKind, Standing, Vote
from portal.ledger.promises import is_overdue, promise_words
from portal.ledger.queries.tags import Tags, read_tags, tags_column
from portal.ledger.visibility import EVERYONE, Reach, visible_ideas, within_circles

PAGE = 20
# More is never shown in a row, so more is never read.
_READ = 600


@dataclass(frozen=True)
class LedgerFilter:
    """What a page of the ledger shows; ids are keys: pages begin after or before them."""

    standing: Standing | None = None
    owner_id: int | None = None
    proposed_by_id: int | None = None
    circle_id: int | None = None
    ask_id: int | None = None
    tag_id: int | None = None
    # Somebody reads their own: what is held or removed stands there too.
    is_own: bool = False
    before_id: int | None = None
    after_id: int | None = None


@dataclass(frozen=True)
class LedgerRow:
    """One row, as the macro `ledger_row` draws it; `votes` counts the author's own voice too."""

    id: int
    url: str
    title: str
    words: str
    said_by: str
    said_at: datetime
    standing: str
    standing_label: str
    votes: int
    is_overdue: bool
    promise: str
    answer_words: str
    answered_by: str
    answered_at: datetime | None
    kind_label: str
    took: str
    proof_url: str
    proof_label: str
    circle: str = ""
    notice: str = ""
    tags: Tags = ()


@dataclass(frozen=True)
class LedgerPage:
    """Rows from the newest on, and the keys of the pages beside this one."""

    rows: tuple[LedgerRow, ...]
    older: int | None
    newer: int | None


def ledger_page(
    filters: LedgerFilter, *, zone: tzinfo, reach: Reach = EVERYONE, public: bool = False, limit: int = PAGE
) -> LedgerPage:
    """One page of the ledger, newest first, in one statement.

    Args:
        zone: the reader's, for the words of a promise.
        reach: what the reader may see.
        public: for people from outside: members are named only where they said so.
    """
    found = session().execute(_statement(_shape(filters), reach), {**_values(filters), "read": limit + 1}).all()
    backwards = filters.after_id is not None and filters.before_id is None
    has_more = len(found) > limit
    # One more key than shown was read; it stands at the far end of the walk.
    shown = found[-limit:] if backwards else found[:limit]
    if not shown:
        return LedgerPage((), None, None)
    rows = _rows(tuple(shown), zone, public, now().replace(second=0, microsecond=0))
    came_from = filters.before_id is not None or filters.after_id is not None
    has_newer, has_older = (has_more, came_from) if backwards else (came_from, has_more)
    return LedgerPage(rows, rows[-1].id if has_older else None, rows[0].id if has_newer else None)


@dataclass(frozen=True)
class _Shape:
    """Which of the filters are set: each shape is one statement, built once."""

    standing: bool
    owner: bool
    author: bool
    circle: bool
    ask: bool
    tag: bool
    own: bool
    before: bool
    after: bool


def _shape(filters: LedgerFilter) -> _Shape:
    return _Shape(
        filters.standing is not None,
        filters.owner_id is not None,
        filters.proposed_by_id is not None,
        filters.circle_id is not None,
        filters.ask_id is not None,
        filters.tag_id is not None,
        filters.is_own and filters.proposed_by_id is not None,
        filters.before_id is not None,
        filters.after_id is not None and filters.before_id is None,
    )


def _values(filters: LedgerFilter) -> dict[str, Any]:
    values = {
        "standing": filters.standing,
        "owner": filters.owner_id,
        "author": filters.proposed_by_id,
        "circle": filters.circle_id,
        "ask": filters.ask_id,
        "tag": filters.tag_id,
        "before": filters.before_id,
        "after": filters.after_id,
    }
    return {name: value for name, value in values.items() if value is not None}


def _keys(shape: _Shape, reach: Reach) -> Select[Any]:
    # Written into the statement, so that PostgreSQL can plan once for good: planning costs more than reading.
    keys = select(Idea.id).where(within_circles(reach) if shape.own else visible_ideas(reach))
    if shape.standing:
        keys = keys.where(Idea.standing == bindparam("standing", type_=Idea.standing.type, literal_execute=True))
    if shape.owner:
        keys = keys.where(Idea.owner_id == bindparam("owner"))
    if shape.author:
        keys = keys.where(Idea.proposed_by_id == bindparam("author"))
    if shape.circle:
        keys = keys.where(Idea.circle_id == bindparam("circle"))
    if shape.ask:
        keys = keys.where(Idea.ask_id == bindparam("ask"))
    if shape.tag:
        keys = keys.where(Idea.id.in_(select(IdeaTag.idea_id).where(IdeaTag.tag_id == bindparam("tag"))))
    if shape.before:
        keys = keys.where(Idea.id < bindparam("before"))
    if shape.after:
        keys = keys.where(Idea.id > bindparam("after"))
    keys = keys.order_by(Idea.id if shape.after else Idea.id.desc())
    return keys.limit(bindparam("read", type_=Integer, literal_execute=True))


_author, _owner, _answerer, _recorder = (
    aliased(User, name=name) for name in ("author", "owner", "answerer", "recorder")
)


@lru_cache(maxsize=256)
def _statement(shape: _Shape, reach: Reach) -> Select[Any]:
    page = _keys(shape, reach).subquery("page")
    response, progress = aliased(Response, name="answer"), aliased(Progress, name="entry")
    last = select(func.max(Response.id)).where(Response.idea_id == page.c.id).correlate(page).scalar_subquery()
    entry = (
        select(func.max(Progress.id))
        .where(Progress.action_id == response.action_id)
        .correlate(response)
        .scalar_subquery()
    )
    votes = select(func.count()).where(Vote.idea_id == page.c.id).correlate(page).scalar_subquery()
    return (
        select(
            Idea.id,
            Idea.title,
            func.substr(Idea.body, 1, _READ).label("body"),
            Idea.standing,
            Idea.imported_votes,
            Idea.created_at,
            Idea.acknowledge_by,
            Idea.decide_by,
            Idea.new_date,
            Idea.held_at,
            Idea.removed_at,
            Idea.is_private,
            Circle.name.label("circle"),
            func.coalesce(func.nullif(Idea.on_behalf_of, ""), _author.name).label("author"),
            Member.is_named_publicly,
            _owner.name.label("owner"),
            response.kind,
            response.imported_as,
            func.substr(response.message, 1, _READ).label("message"),
            response.answered_at,
            response.after_minutes,
            _answerer.name.label("answerer"),
            Action.title.label("action"),
            progress.stage,
            func.substr(progress.words, 1, _READ).label("progress_words"),
            progress.proof_url,
            progress.happened_on,
            progress.recorded_at,
            _recorder.name.label("recorder"),
            votes.label("votes"),
            tags_column(page.c.id).label("tags"),
        )
        .select_from(page)
        .join(Idea, Idea.id == page.c.id)
        .join(_author, _author.id == Idea.proposed_by_id)
        .join(_owner, _owner.id == Idea.owner_id)
        .outerjoin(Circle, Circle.id == Idea.circle_id)
        .outerjoin(Member, Member.user_id == Idea.proposed_by_id)
        .outerjoin(response, response.id == last)
        .outerjoin(_answerer, _answerer.id == response.answered_by_id)
        .outerjoin(Action, Action.id == response.action_id)
        .outerjoin(progress, progress.id == entry)
        .outerjoin(_recorder, _recorder.id == progress.recorded_by_id)
        .order_by(Idea.id.desc())
    )


@lru_cache(maxsize=256)
def _rows(found: tuple[Any, ...], zone: tzinfo, public: bool, _minute: datetime) -> tuple[LedgerRow, ...]:
    """What was read as rows in words; the same reading within the same minute gives the same words."""
    return tuple(_row(record, zone, public) for record in found)


def _row(found: Any, zone: tzinfo, public: bool) -> LedgerRow:
    late = is_overdue(found.standing, found.acknowledge_by, found.decide_by, now())
    named = found.is_named_publicly or not public
    answered_by, answered_at, words = found.answerer or "", found.answered_at, found.message or ""
    # What an action came to later is the newer word of the company.
    if found.progress_words and found.recorded_at > found.answered_at:
        answered_by, answered_at, words = found.recorder, found.recorded_at, found.progress_words
    return LedgerRow(
        id=found.id,
        url=f"#idea-{found.id}" if public else f"/ideas/{found.id}",
        title=found.title,
        words=markdown_excerpt(found.body),
        said_by=found.author if named else _("A member"),
        said_at=found.created_at,
        standing=found.standing.value,
        standing_label=found.standing.label,
        votes=found.votes + found.imported_votes + 1,
        is_overdue=late,
        promise=promise_words(found.standing, found.owner, found.acknowledge_by, found.decide_by, zone, found.new_date),
        answer_words=markdown_excerpt(words) or _wordless(found),
        answered_by=answered_by,
        answered_at=answered_at,
        kind_label=_kind_label(found),
        took=working_words(found.after_minutes) if found.after_minutes is not None else "",
        proof_url=found.proof_url or "",
        proof_label=found.action if found.proof_url else "",
        circle=found.circle or "",
        notice=_notice(found),
        # They are the company's own words for its own order.
        tags=() if public else read_tags(found.tags),
    )


def _notice(found: Any) -> str:
    """Why not everybody sees this."""
    if found.removed_at:
        return _("Taken out: only you and the company see this.")
    if found.held_at:
        return _("Someone of the company reads it first; until then only you see it.")
    return _("For the company’s eyes alone.") if found.is_private else ""


def _wordless(found: Any) -> str:
    """What stands there when an answer came without words: the action itself, or that it was read."""
    if found.kind is None:
        return ""
    if found.imported_as:
        return _("%(word)s, without recorded words", word=found.imported_as)
    return found.action or _("Read, and on the desk.")


def _kind_label(found: Any) -> str:
    if found.kind is None:
        return ""
    if found.kind is not ResponseKind.ACTION:
        return str(found.kind.label)
    if found.stage is ActionStage.DONE and found.happened_on:
        return _("Done on %(day)s", day=dates.format_date(found.happened_on, "medium", locale="en"))
    return str((found.stage or ActionStage.PLANNED).label)
