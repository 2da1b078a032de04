"""What happened to one suggestion, as far as its clock goes, and what its author said."""

import re
import unicodedata
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from portal.accounts.models import User
from portal.foundation.database import session
from portal.foundation.search import SearchEntry, matches_all, stems
from portal.foundation.text import tidy
from portal.ledger.clocks import Clock, Happened, clock_of
from portal.ledger.models import (
    DECISIONS,
    AuthorWord,
    Idea,
    IdeaMerge,
    Progress,
    Response,
    ResponseKind,
    Standing,
    WordKind,
)

# So many words are looked for, and so many different answers that begin with the same ones are compared.
_TELLING = 12
_COMPARED = 200
# Marks that end a sentence, where one ends.
_ENDS = re.compile(r"\s*[.!?…。！？]+(?=\s|$)")


def clock_at(idea: Idea, moment: datetime) -> Clock:
    """How the clock of a suggestion ran until this moment, read from its record."""
    answers = session().execute(
        select(Response.answered_at, Response.kind).where(
            Response.idea_id == idea.id, Response.kind != ResponseKind.OUTCOME
        )
    )
    words = session().execute(
        select(AuthorWord.said_at, AuthorWord.kind).where(
            AuthorWord.idea_id == idea.id, AuthorWord.kind != WordKind.HELPED
        )
    )
    joined = session().execute(select(IdeaMerge.merged_at, IdeaMerge.undone_at).where(IdeaMerge.source_id == idea.id))
    # A word that came in the same moment answers what was said before it.
    rows = [(at, 0, _happened(kind.value)) for at, kind in answers] + [
        (at, 1, _happened(kind.value)) for at, kind in words
    ]
    for merged_at, undone_at in joined:
        rows += [(merged_at, 2, Happened.JOINED), *([(undone_at, 2, Happened.PARTED)] if undone_at else [])]
    return clock_of(idea.created_at, [(at, what) for at, _place, what in sorted(rows)], moment)


def _happened(what: str) -> Happened:
    return {
        ResponseKind.QUESTION.value: Happened.QUESTION,
        WordKind.REPLY.value: Happened.REPLY,
        WordKind.NOT_HELPED.value: Happened.REOPENED,
    }.get(what, Happened.ANSWER)


def standing_response(idea: Idea) -> Response | None:
    """The answer that gives a suggestion its standing: the newest that is more than an outcome."""
    return session().scalars(
        select(Response)
        .where(Response.idea_id == idea.id, Response.kind != ResponseKind.OUTCOME)
        .order_by(Response.id.desc())
        .limit(1)
    ).one_or_none()  # fmt: skip


def word_on(response: Response) -> AuthorWord | None:
    """What the author said to an answer, if they did."""
    return session().scalars(select(AuthorWord).where(AuthorWord.response_id == response.id)).one_or_none()


def people_told(message: str, *, by: User, besides: Idea) -> tuple[int, int]:
    """How many authors of other suggestions got these words: from this person, and from anybody here.

    Letter case, spaces and the marks that end a sentence make no other words of them.
    """
    typed = stems(tidy(message))
    if not typed:
        return 0, 0
    # The longest are the rarest. An answer begins with its message, its other languages follow.
    telling = sorted(set(typed), key=lambda stem: (-len(stem), stem))[:_TELLING]
    said = f"{' '.join(typed)} "
    begins = func.substr(SearchEntry.body + " ", 1, len(said)) == said
    holds = SearchEntry.id.in_(matches_all(telling)), SearchEntry.kind == "response", begins
    other = Response.id.in_(select(SearchEntry.subject_id).where(*holds)), Response.idea_id != besides.id
    kept = session().scalars(select(Response.message).where(*other).distinct().limit(_COMPARED))
    wanted = _plain(message)
    same = [words for words in kept if _plain(words) == wanted]
    if not same:
        return 0, 0
    theirs = case((Response.answered_by_id == by.id, Idea.proposed_by_id))
    told = select(func.count(theirs.distinct()), func.count(Idea.proposed_by_id.distinct()))
    behind = told.join_from(Response, Idea, Response.idea_id == Idea.id)
    mine, all_of_us = session().execute(behind.where(*other, Response.message.in_(same))).one()
    return mine, all_of_us


def _plain(words: str) -> str:
    """Words as they are compared: without letter case, the width of spaces, and the marks that end a sentence."""
    return " ".join(_ENDS.sub("", unicodedata.normalize("NFC", tidy(words)).casefold()).split())


def to_ask_whether_it_helped(
    settled_before: datetime, *, not_before: datetime, was_asked: ColumnElement[bool], limit: int
) -> list[Response]:
    """Answers that settled a suggestion at least so long ago and of which its author said nothing yet, oldest first.

    Args:
        settled_before: an action counts from its newest entry, an explanation from its answer.
        not_before: what was settled before this moment is left in peace.
        was_asked: what holds of an answer that its author was asked about.
    """
    later = aliased(Response)
    newer = select(later.id).where(
        later.idea_id == Response.idea_id, later.id > Response.id, later.kind != ResponseKind.OUTCOME
    )
    moved = select(Progress.id).where(Progress.action_id == Response.action_id, Progress.recorded_at > settled_before)
    said = select(AuthorWord.id).where(AuthorWord.response_id == Response.id)
    # An action takes its time: its answer may be much older than its end.
    ended = Response.action_id.in_(select(Progress.action_id).where(Progress.recorded_at >= not_before))
    return list(
        session().scalars(
            select(Response)
            .join(Idea, Idea.id == Response.idea_id)
            .join(User, User.id == Idea.proposed_by_id)
            .where(
                Response.answered_at <= settled_before,
                or_(Response.answered_at >= not_before, ended),
                Response.kind.in_(DECISIONS),
                Response.imported_as.is_(None),
                Idea.standing.in_((Standing.DONE, Standing.EXPLAINED)),
                Idea.held_at.is_(None),
                Idea.removed_at.is_(None),
                # What was joined with another is answered there.
                Idea.merged_into_id.is_(None),
                User.suspended_at.is_(None),
                ~newer.exists(),
                ~moved.exists(),
                ~said.exists(),
                ~was_asked,
            )
            .options(joinedload(Response.idea, innerjoin=True))
            .order_by(Response.id)
            .limit(limit)
        )
    )
