"""What the home page shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from portal.accounts.languages import words_for
from portal.accounts.models import User
from portal.accounts.queries import active_staff
from portal.community.models import EntryRule, Member
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.text import gettext as _
from portal.foundation.text import markdown_excerpt
from portal.invitations.models import Invitation
from portal.ledger.models import (
    Action,
    AuthorWord,
    Comment,
    Idea,
    Progress,
    Response,
    ResponseKind,
    Standing,
    WordKind,
)
from portal.ledger.queries import IN_THREAD
from portal.ledger.queries.voices import said_by
from portal.ledger.visibility import EVERYONE, Reach, own_ideas, visible_ideas
from portal.listening.models import Mention, Source, Tracker
from portal.updates.models import Notice

_READ = 600
# So long something done is a moment of its own.
_FRESH = timedelta(days=14)


@dataclass(frozen=True)
class News:
    """One answer or step, as a line of news.

    Attributes:
        label: what it is, such as `Explained` or `Done`.
        is_theirs: whether the suggestion is the reader's own.
        tells_of_action: whether it is an action or a step of one, not a comment beside it or what came of it.
        has_helped: whether its author said already that it helped.
    """

    idea_id: int
    title: str
    by: str
    at: datetime
    label: str
    words: str
    standing: Standing
    is_theirs: bool
    tells_of_action: bool = False
    has_helped: bool = False


@dataclass(frozen=True)
class FirstSteps:
    """What has been done once, so that the page can name the next step."""

    has_tracker: bool
    has_source: bool
    has_mention: bool
    has_colleague: bool
    has_invitation: bool
    has_member: bool
    has_idea: bool
    has_rule: bool


def news_of(user: User, reach: Reach = EVERYONE, *, languages: Sequence[str] = (), limit: int = 6) -> list[News]:
    """What this person was told, newest first, in one statement.

    Args:
        languages: the reader's, the most wanted first.
    """
    answerer, recorder, speaker, author = aliased(User), aliased(User), aliased(User), aliased(User)
    rows = session().execute(
        select(
            Idea.id,
            Idea.title,
            Idea.standing,
            Idea.proposed_by_id,
            Response.kind,
            Response.answered_at,
            func.substr(Response.message, 1, _READ).label("message"),
            Response.language,
            Response.in_languages,
            answerer.name.label("answerer"),
            Progress.stage,
            Progress.recorded_at,
            func.substr(Progress.words, 1, _READ).label("progress_words"),
            Action.title.label("action"),
            recorder.name.label("recorder"),
            Comment.created_at.label("commented_at"),
            func.substr(Comment.body, 1, _READ).label("comment"),
            speaker.name.label("speaker"),
            Idea.created_at,
            func.substr(Idea.body, 1, _READ).label("body"),
            said_by(author).label("author"),
            exists().where(AuthorWord.idea_id == Idea.id, AuthorWord.kind == WordKind.HELPED).label("has_helped"),
        )
        .select_from(Notice)
        .join(Idea, Idea.id == Notice.idea_id)
        .outerjoin(Response, Response.id == Notice.response_id)
        .outerjoin(answerer, answerer.id == Response.answered_by_id)
        .outerjoin(Progress, Progress.id == Notice.progress_id)
        .outerjoin(recorder, recorder.id == Progress.recorded_by_id)
        .outerjoin(Action, Action.id == func.coalesce(Response.action_id, Progress.action_id))
        .join(author, author.id == Idea.proposed_by_id)
        .outerjoin(Comment, Comment.id == Notice.comment_id)
        .outerjoin(speaker, speaker.id == Comment.author_id)
        .where(
            Notice.user_id == user.id,
            or_(Comment.id.is_(None), IN_THREAD),
            or_(visible_ideas(reach), own_ideas(user, reach)),
        )
        .order_by(Notice.id.desc())
        .limit(limit)
    )
    return [
        News(
            idea_id=row.id,
            title=row.title,
            by=row.answerer or row.recorder or row.speaker or row.author,
            at=row.answered_at or row.recorded_at or row.commented_at or row.created_at,
            label=_label(row),
            words=markdown_excerpt(_words(row, languages), 160) or row.action or "",
            standing=row.standing,
            is_theirs=row.proposed_by_id == user.id,
            tells_of_action=row.stage is not None or row.kind is ResponseKind.ACTION,
            has_helped=row.has_helped,
        )
        for row in rows
    ]


def _label(row: Any) -> str:
    if row.kind or row.stage:
        return str((row.kind or row.stage).label)
    return _("Comment") if row.commented_at else _("Names you")


def _words(row: Any, languages: Sequence[str]) -> str:
    if row.kind or row.stage:
        said = words_for(languages, row.message or "", row.language, row.in_languages)[0]
        return said or row.progress_words or ""
    return (row.comment if row.commented_at else row.body) or ""


def shipped(news: list[News]) -> News | None:
    """The newest suggestion among these that is done, of the reader's own if there is one, for two weeks."""
    done = [item for item in news if item.standing is Standing.DONE and item.tells_of_action]
    fresh = [item for item in done if item.at > now() - _FRESH]
    return next((item for item in fresh if item.is_theirs), next(iter(fresh), None))


def answered_lately(reach: Reach = EVERYONE, *, limit: int = 5) -> list[News]:
    """The company's newest actions and explanations, newest first, in one statement."""
    is_answer = Response.kind != ResponseKind.ACKNOWLEDGEMENT, Response.imported_as.is_(None), visible_ideas(reach)
    return _answers(*is_answer, limit=limit)


def asked_back(user: User, *, languages: Sequence[str] = (), limit: int = 3) -> list[News]:
    """What this person was asked about their own suggestions and has not answered yet, in one statement."""
    later = aliased(Response)
    is_newest = ~exists().where(later.idea_id == Idea.id, later.kind == ResponseKind.QUESTION, later.id > Response.id)
    waits = Idea.standing == Standing.ASKED_BACK, Response.kind == ResponseKind.QUESTION, is_newest
    is_theirs = Idea.proposed_by_id == user.id, Idea.merged_into_id.is_(None), Idea.removed_at.is_(None)
    return _answers(*is_theirs, *waits, languages=languages, limit=limit)


def _answers(*conditions: Any, limit: int, languages: Sequence[str] = ()) -> list[News]:
    rows = session().execute(
        select(
            Idea.id,
            Idea.title,
            Idea.standing,
            Response.kind,
            Response.answered_at,
            func.substr(Response.message, 1, _READ).label("message"),
            Response.language,
            Response.in_languages,
            User.name.label("answerer"),
            Action.title.label("action"),
        )
        .select_from(Response)
        .join(Idea, Idea.id == Response.idea_id)
        .join(User, User.id == Response.answered_by_id)
        .outerjoin(Action, Action.id == Response.action_id)
        .where(*conditions)
        .order_by(Response.id.desc())
        .limit(limit)
    )
    return [
        News(
            idea_id=row.id,
            title=row.title,
            by=row.answerer,
            at=row.answered_at,
            label=row.kind.label,
            words=markdown_excerpt(words_for(languages, row.message or "", row.language, row.in_languages)[0], 160)
            or row.action
            or "",
            standing=row.standing,
            is_theirs=False,
        )
        for row in rows
    ]


def first_steps() -> FirstSteps:
    """Which of the first steps this company has taken, in one statement."""
    answers = aliased(User)
    pair = select(User.id).join(answers, and_(active_staff(answers), answers.id > User.id)).where(active_staff())
    keys: tuple[Any, ...] = (Tracker.id, Source.id, Mention.id)
    later: tuple[Any, ...] = (Invitation.id, Member.id, Idea.id, EntryRule.id)
    asked = (*(select(key) for key in keys), pair, *(select(key) for key in later))
    row = session().execute(select(*(exists(each) for each in asked))).one()
    return FirstSteps(*(bool(found) for found in row))
