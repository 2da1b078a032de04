"""What a report or a decision is about: which words, beside which suggestion, and whose; or which person."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, true
from sqlalchemy.orm import joinedload

from portal.accounts.models import Role, User
from portal.foundation.database import shared_alias
from portal.ledger.models import AuthorWord, Comment, Idea
from portal.ledger.visibility import Reach, within_circles
from portal.moderation.models import Decision, Report

# Each kind of words, and who wrote them.
WRITTEN_BY: dict[Any, Any] = {
    Idea: Idea.proposed_by_id, Comment: Comment.author_id, AuthorWord: AuthorWord.said_by_id,
}  # fmt: skip
# Whoever a decision is about.
ABOUT = shared_alias(User)


def with_idea(found: Select[Any], about: type[Report] | type[Decision], *, is_outer: bool = False) -> Select[Any]:
    """With the suggestion that a report or a decision is about, or stands beside.

    Args:
        is_outer: decisions about people stay in, which have none.
    """
    return (
        found.outerjoin(Comment, Comment.id == about.comment_id)
        .outerjoin(AuthorWord, AuthorWord.id == about.word_id)
        .join(Idea, Idea.id == func.coalesce(about.idea_id, Comment.idea_id, AuthorWord.idea_id), isouter=is_outer)
    )


def wrote(about: type[Report] | type[Decision]) -> ColumnElement[Any]:
    """Whose words a report or a decision is about; NULL for what was brought in from elsewhere."""
    # What is said to an answer is said by the author of the suggestion.
    return case((about.comment_id.is_not(None), Comment.author_id), else_=Idea.proposed_by_id)


def words_along(about: type[Report] | type[Decision]) -> tuple[Any, ...]:
    """The options that load the words too, and the suggestion that they stand beside."""
    # What joins inside of an outer join SQLite puts together first, for every suggestion that there is.
    people = (joinedload(Idea.owner, innerjoin=False), joinedload(Idea.proposed_by, innerjoin=False))
    return (
        joinedload(about.idea).options(*people),
        joinedload(about.comment).joinedload(Comment.idea).options(*people),
        joinedload(about.word).joinedload(AuthorWord.idea).options(*people),
        joinedload(about.word).joinedload(AuthorWord.said_by, innerjoin=False),
    )


def with_subject(found: Select[Any]) -> Select[Any]:
    """With the suggestion that a decision is about, or stands beside, and with `ABOUT`."""
    return with_idea(found.outerjoin(ABOUT, ABOUT.id == Decision.person_id), Decision, is_outer=True)


def for_manager(found: Select[Any], manager: User, reach: Reach) -> Select[Any]:
    """The decisions where this manager may decide, each `with_subject`; nothing about themselves."""
    is_about_person = and_(Decision.idea_id.is_(None), Decision.comment_id.is_(None), Decision.word_id.is_(None))
    theirs = true() if manager.is_admin else ABOUT.role == Role.MEMBER
    return with_subject(found).where(
        Decision.person_id.is_distinct_from(manager.id),
        or_(and_(is_about_person, theirs), and_(Idea.id.is_not(None), within_circles(reach))),
    )
