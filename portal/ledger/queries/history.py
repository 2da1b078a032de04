"""What happened to one suggestion, as far as its clock goes, and what its author said."""

from datetime import datetime

from sqlalchemy import select

from portal.foundation.database import session
from portal.ledger.models import AuthorWord, Idea, Response, ResponseKind, WordKind
from portal.ledger.promises import Clock, Happened, clock_of


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
    # A word that came in the same moment answers what was said before it.
    rows = sorted([(at, 0, kind.value) for at, kind in answers] + [(at, 1, kind.value) for at, kind in words])
    return clock_of(idea.created_at, [(at, _happened(what)) for at, _place, what in rows], moment)


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
