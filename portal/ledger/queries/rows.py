"""The two-sided rows: what a member said, and what the company did about it."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import Any

from sqlalchemy import Integer, Select, Text, and_, bindparam, cast, func, literal, select
from sqlalchemy.orm import aliased

from portal.accounts.models import User
from portal.community.models import Circle, Member
from portal.foundation.clock import now
from portal.foundation.database import session, shared_alias
from portal.foundation.database.revisions import kept
from portal.ledger.models import (
    Action,
    AuthorWord,
    Idea,
    IdeaTag,
    NewDate,
    Progress,
    Response,
    ResponseKind,
    Standing,
)
from portal.ledger.queries.figures import Scope, is_late
from portal.ledger.queries.row import LedgerRow, row_of
from portal.ledger.queries.tags import tags_column
from portal.ledger.queries.unnamed import unnamed_outside
from portal.ledger.queries.voices import said_by, voices
from portal.ledger.visibility import EVERYONE, TOPIC, Reach, visible_ideas, within_circles

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
    # Those whose promise is broken now.
    is_late: bool = False
    before_id: int | None = None
    after_id: int | None = None
    # These and no others.
    ids: tuple[int, ...] | None = None

    @property
    def scope(self) -> Scope:
        """What is counted above such a page: all standings, whatever page it is."""
        return Scope(self.owner_id, self.proposed_by_id, self.circle_id, self.ask_id, self.tag_id, self.is_own)


@dataclass(frozen=True)
class LedgerPage:
    """Rows from the newest on, and the keys of the pages beside this one."""

    rows: tuple[LedgerRow, ...]
    older: int | None
    newer: int | None


def ledger_page(
    filters: LedgerFilter,
    *,
    zone: tzinfo,
    reach: Reach = EVERYONE,
    public: bool = False,
    languages: tuple[str, ...] = (),
    limit: int = PAGE,
) -> LedgerPage:
    """One page of the ledger, newest first, in one statement.

    Args:
        zone: the reader's, for the words of a promise.
        reach: what the reader may see.
        public: for people from outside: members are named only where they said so.
        languages: the reader's, the most wanted first.
    """
    found = session().execute(_statement(_shape(filters), reach), {**_values(filters), "read": limit + 1}).all()
    backwards = filters.after_id is not None and filters.before_id is None
    has_more = len(found) > limit
    # One more key than shown was read; it stands at the far end of the walk.
    shown = found[-limit:] if backwards else found[:limit]
    if not shown:
        return LedgerPage((), None, None)
    unnamed = unnamed_outside() if public else ()
    rows = _rows(tuple(shown), zone, public, unnamed, languages, now().replace(second=0, microsecond=0))
    came_from = filters.before_id is not None or filters.after_id is not None
    has_newer, has_older = (has_more, came_from) if backwards else (came_from, has_more)
    return LedgerPage(rows, rows[-1].id if has_older else None, rows[0].id if has_newer else None)


@kept(TOPIC)
def has_languages() -> bool:
    """Whether any answer stands in more than one language; until then nobody needs to be asked for theirs."""
    return session().scalar(select(Response.id).where(Response.in_languages.is_not(None)).limit(1)) is not None


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
    late: bool
    before: bool
    after: bool
    ids: bool


def _shape(filters: LedgerFilter) -> _Shape:
    return _Shape(
        filters.standing is not None,
        filters.owner_id is not None,
        filters.proposed_by_id is not None,
        filters.circle_id is not None,
        filters.ask_id is not None,
        filters.tag_id is not None,
        filters.is_own and filters.proposed_by_id is not None,
        filters.is_late,
        filters.before_id is not None,
        filters.after_id is not None and filters.before_id is None,
        filters.ids is not None,
    )


def _values(filters: LedgerFilter) -> dict[str, Any]:
    values = {
        "standing": filters.standing,
        "owner": filters.owner_id,
        "author": filters.proposed_by_id,
        "circle": filters.circle_id,
        "ask": filters.ask_id,
        "tag": filters.tag_id,
        "moment": now() if filters.is_late else None,
        "before": filters.before_id,
        "after": filters.after_id,
        "ids": filters.ids,
    }
    return {name: value for name, value in values.items() if value is not None}


def _keys(shape: _Shape, reach: Reach) -> Select[Any]:
    tagged = select(IdeaTag.idea_id).where(IdeaTag.tag_id == bindparam("tag"))
    asked = (
        # Written into the statement, so that PostgreSQL can plan once for good: planning costs more than reading.
        (shape.standing, Idea.standing == bindparam("standing", type_=Idea.standing.type, literal_execute=True)),
        (shape.owner, Idea.owner_id == bindparam("owner")),
        (shape.author, Idea.proposed_by_id == bindparam("author")),
        (shape.circle, Idea.circle_id == bindparam("circle")),
        (shape.ask, Idea.ask_id == bindparam("ask")),
        (shape.tag, Idea.id.in_(tagged)),
        (shape.late, is_late(bindparam("moment", type_=Idea.decide_by.type))),
        (shape.before, Idea.id < bindparam("before")),
        (shape.after, Idea.id > bindparam("after")),
        (shape.ids, Idea.id.in_(bindparam("ids", expanding=True))),
    )
    seen = within_circles(reach) if shape.own else visible_ideas(reach)
    if shape.own and (shape.standing or shape.late):
        # What was joined with another stands where that one stands; it is only in the whole list.
        seen = and_(seen, Idea.merged_into_id.is_(None))
    keys = select(Idea.id).where(seen, *(condition for is_asked, condition in asked if is_asked))
    keys = keys.order_by(Idea.id if shape.after else Idea.id.desc())
    return keys.limit(bindparam("read", type_=Integer, literal_execute=True))


_author, _owner, _answerer, _recorder = (
    shared_alias(User, name) for name in ("author", "owner", "answerer", "recorder")
)


@lru_cache(maxsize=256)
def _statement(shape: _Shape, reach: Reach) -> Select[Any]:
    page = _keys(shape, reach).subquery("page")
    response, decisive = aliased(Response, name="answer"), aliased(Response, name="decisive")
    progress = aliased(Progress, name="entry")
    # Whose answers stand there: those of the suggestion itself, or of the one that it was joined with.
    top = aliased(Idea, name="top") if shape.own else Idea
    answers = select(func.max(Response.id)).where(Response.idea_id == top.id).correlate(top)
    last = answers.scalar_subquery()
    # An outcome only tells what came of the answer before it, which names the action.
    standing = answers.where(Response.kind != ResponseKind.OUTCOME).scalar_subquery()
    entry = (
        select(func.max(Progress.id))
        .where(Progress.action_id == decisive.action_id)
        .correlate(decisive)
        .scalar_subquery()
    )
    found = (
        select(
            Idea.id,
            Idea.title,
            func.substr(Idea.body, 1, _READ).label("body"),
            top.standing,
            Idea.created_at,
            top.acknowledge_by,
            top.decide_by,
            top.new_date,
            # Why the promise broke, as it was said with the new date.
            select(NewDate.words)
            .where(NewDate.idea_id == top.id, NewDate.until == top.new_date)
            .order_by(NewDate.id.desc())
            .limit(1)
            .correlate(top)
            .scalar_subquery()
            .label("late_because"),
            (top.title if shape.own else literal("")).label("stands_in"),
            Idea.merged_into_id,
            Idea.held_at,
            Idea.removed_at,
            Idea.is_private,
            Circle.name.label("circle"),
            said_by(_author).label("author"),
            Idea.on_behalf_of,
            Member.is_named_publicly,
            _owner.name.label("owner"),
            response.kind,
            response.imported_as,
            func.substr(response.message, 1, _READ).label("message"),
            response.language,
            # As the text that it is kept as, so that a row can be the key of its words.
            cast(response.in_languages, Text).label("in_languages"),
            response.answered_at,
            response.after_minutes,
            _answerer.name.label("answerer"),
            Action.title.label("action"),
            progress.id.label("progress_id"),
            progress.stage,
            func.substr(progress.words, 1, _READ).label("progress_words"),
            progress.proof_url,
            cast(progress.files, Text).label("files"),
            progress.happened_on,
            progress.recorded_at,
            _recorder.name.label("recorder"),
            AuthorWord.kind.label("word"),
            AuthorWord.said_at.label("word_at"),
            voices().label("votes"),
            tags_column(page.c.id).label("tags"),
        )
        .select_from(page)
        .join(Idea, Idea.id == page.c.id)
    )
    if shape.own:
        found = found.join(top, top.id == func.coalesce(Idea.merged_into_id, Idea.id))
    return (
        found.join(_author, _author.id == Idea.proposed_by_id)
        .join(_owner, _owner.id == top.owner_id)
        .outerjoin(Circle, Circle.id == Idea.circle_id)
        .outerjoin(Member, Member.user_id == Idea.proposed_by_id)
        .outerjoin(response, response.id == last)
        .outerjoin(_answerer, _answerer.id == response.answered_by_id)
        .outerjoin(decisive, decisive.id == standing)
        .outerjoin(Action, Action.id == decisive.action_id)
        .outerjoin(progress, progress.id == entry)
        .outerjoin(_recorder, _recorder.id == progress.recorded_by_id)
        .outerjoin(AuthorWord, AuthorWord.response_id == standing)
        .order_by(Idea.id.desc())
    )


@lru_cache(maxsize=256)
def _rows(
    found: tuple[Any, ...],
    zone: tzinfo,
    public: bool,
    unnamed: tuple[str, ...],
    languages: tuple[str, ...],
    _minute: datetime,
) -> tuple[LedgerRow, ...]:
    """What was read as rows in words; the same reading within the same minute gives the same words."""
    return tuple(row_of(record, zone, public, languages, unnamed) for record in found)
