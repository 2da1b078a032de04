"""What people say beside a suggestion, in threads of one level, and the words that stood there before."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, literal, or_, select, union_all
from sqlalchemy.orm import aliased

from portal.accounts.models import Role, User
from portal.foundation.database import session, shared_alias
from portal.ledger.models import Comment, Idea, Wording

THREADS = 25
# So many replies stand under a comment on the page of the suggestion; the page of the thread has the rest.
REPLIES = 10
REPLIES_ON_A_PAGE = 50


@dataclass(frozen=True)
class CommentRow:
    """One comment as it is shown; `more` counts the replies that are not."""

    id: int
    author_id: int | None
    said_by: str
    is_staff: bool
    is_case: bool
    body: str
    created_at: datetime
    edited_at: datetime | None
    more: int = 0
    replies: tuple["CommentRow", ...] = field(default=())


@dataclass(frozen=True)
class CommentsPage:
    """Threads, oldest first.

    Attributes:
        earlier: the key of the page before this one.
        count: all comments beside the suggestion, replies too.
    """

    threads: tuple[CommentRow, ...]
    earlier: int | None
    count: int


# What is held or was taken out stands in no thread and no count, and neither does a reply to it.
_is_shown = and_(Comment.held_at.is_(None), Comment.removed_at.is_(None))
_above = shared_alias(Comment, "above")
_above_is_shown = (
    select(_above.id)
    .where(_above.id == Comment.parent_id, _above.held_at.is_(None), _above.removed_at.is_(None))
    .correlate(Comment)
    .exists()
)
IN_THREAD = and_(_is_shown, or_(Comment.parent_id.is_(None), _above_is_shown))
_SHOWN: tuple[Any, ...] = (
    Comment.id,
    Comment.author_id,
    Comment.parent_id,
    Comment.author_name,
    User.name,
    User.role,
    Comment.is_case,
    Comment.body,
    Comment.created_at,
    Comment.edited_at,
)


def _statement(*, before: bool) -> Select[Any]:
    """The newest threads of a suggestion with their first replies, in one statement."""
    top = select(Comment.id).where(Comment.idea_id == bindparam("idea"), Comment.parent_id.is_(None), _is_shown)
    if before:
        top = top.where(Comment.id < bindparam("before"))
    threads = top.order_by(Comment.id.desc()).limit(THREADS + 1).cte("threads")
    reply = aliased(Comment, name="reply")
    replies = (
        select(
            reply.id,
            func.row_number().over(partition_by=reply.parent_id, order_by=reply.id).label("place"),
            func.count().over(partition_by=reply.parent_id).label("many"),
        )
        .where(reply.parent_id.in_(select(threads.c.id)), reply.held_at.is_(None), reply.removed_at.is_(None))
        .subquery("replies")
    )
    shown = union_all(
        select(threads.c.id, literal(0).label("many")),
        select(replies.c.id, replies.c.many).where(replies.c.place <= REPLIES),
    ).subquery("shown")
    count = select(func.count()).where(Comment.idea_id == bindparam("idea"), IN_THREAD).scalar_subquery()
    return (
        select(*_SHOWN, shown.c.many, count.label("total"))
        .select_from(shown)
        .join(Comment, Comment.id == shown.c.id)
        .outerjoin(User, User.id == Comment.author_id)
        .order_by(Comment.id)
    )


_NEWEST, _EARLIER = _statement(before=False), _statement(before=True)


def comments_of(idea: Idea, *, before_id: int | None = None) -> CommentsPage:
    """The newest threads beside a suggestion, or those before one, in one statement."""
    values = {"idea": idea.id} | ({"before": before_id} if before_id else {})
    found = session().execute(_EARLIER if before_id else _NEWEST, values).all()
    if not found:
        return CommentsPage((), None, 0)
    replies: dict[int, list[Any]] = defaultdict(list)
    for row in found:
        if row.parent_id is not None:
            replies[row.parent_id].append(row)
    top = [row for row in found if row.parent_id is None]
    threads = tuple(_row(row, replies[row.id]) for row in top[-THREADS:])
    return CommentsPage(threads, threads[0].id if len(top) > THREADS else None, found[0].total)


def thread_of(said: Comment, *, after_id: int = 0) -> tuple[CommentRow, list[CommentRow], int | None]:
    """A comment, a page of the replies to it, oldest first, and the key of the next page.

    Args:
        said: that comment, or one of the replies; it stands there even while it is held.
    """
    statement = select(*_SHOWN).outerjoin(User, User.id == Comment.author_id).order_by(Comment.id)
    first = session().execute(statement.where(Comment.id == (said.parent_id or said.id))).one()
    found = session().execute(
        statement.where(Comment.parent_id == first.id, or_(_is_shown, Comment.id == said.id), Comment.id > after_id)
        .limit(REPLIES_ON_A_PAGE + 1)
    ).all()  # fmt: skip
    replies = [_row(row) for row in found[:REPLIES_ON_A_PAGE]]
    return _row(first), replies, replies[-1].id if len(found) > REPLIES_ON_A_PAGE else None


def wordings_of(subject: Idea | Comment, reader: User) -> list[Wording]:
    """What a suggestion or a comment said before, newest first, at most fifty.

    What was held while it stood there is for its author and the managers alone.
    """
    column = Wording.idea_id if isinstance(subject, Idea) else Wording.comment_id
    author = subject.proposed_by_id if isinstance(subject, Idea) else subject.author_id
    statement = select(Wording).where(column == subject.id).order_by(Wording.id.desc()).limit(50)
    if not (reader.is_manager or reader.id == author):
        statement = statement.where(Wording.was_shown)
    return list(session().scalars(statement))


def _row(found: Any, replies: list[Any] | None = None) -> CommentRow:
    replies = replies or []
    return CommentRow(
        id=found.id,
        author_id=found.author_id,
        said_by=found.name or found.author_name,
        is_staff=found.role is not None and found.role is not Role.MEMBER,
        is_case=found.is_case,
        body=found.body,
        created_at=found.created_at,
        edited_at=found.edited_at,
        more=replies[0].many - len(replies) if replies else 0,
        replies=tuple(_row(reply) for reply in replies),
    )
