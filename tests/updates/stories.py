"""Suggestions and answers as the tests of telling need them."""

from typing import Any

from sqlalchemy import select

from portal.accounts.models import User
from portal.foundation.database import end_work, session, transaction
from portal.foundation.mail.outbox import OutgoingMail
from portal.ledger.models import Action, ActionStage, Idea, Progress, Response, ResponseKind
from portal.ledger.services import record_progress, respond, start_action, vote
from portal.updates.models import Notice
from tests.factories import make_idea

REASON = "The resin would crack in the first **hard** frost."


def suggestion(by: User, *supporters: User, **given: Any) -> Idea:
    """A suggestion with people behind it."""
    idea = make_idea(proposed_by=by, **given)
    for supporter in supporters:
        vote(idea, supporter)
    session().commit()
    return idea


def explanation(idea: Idea, by: User, message: str = REASON) -> Response:
    """A no with its reason."""
    answer = respond(_here(Idea, idea), kind=ResponseKind.EXPLANATION, message=message, by=_here(User, by))
    session().commit()
    return answer


def question(idea: Idea, by: User, message: str) -> Response:
    """Something that the company asks the author back."""
    answer = respond(_here(Idea, idea), kind=ResponseKind.QUESTION, message=message, by=_here(User, by))
    session().commit()
    return answer


def action_for(idea: Idea, by: User, message: str = "We start in spring.", **given: Any) -> Action:
    """A new action that answers a suggestion."""
    by = _here(User, by)
    values: dict[str, Any] = {"title": "A dimmer in the next lamp", "owner": by, "stage": ActionStage.PLANNED, "by": by}
    action = start_action(**{**values, **given})
    answer_with(idea, action, by, message)
    return action


def answer_with(idea: Idea, action: Action, by: User, message: str = "We start in spring.") -> Response:
    """An action that is there already answers this suggestion too."""
    answer = respond(
        _here(Idea, idea),
        kind=ResponseKind.ACTION,
        message=message,
        by=_here(User, by),
        action=_here(Action, action),
    )
    session().commit()
    return answer


def step(action: Action, by: User, **given: Any) -> Progress:
    """A new entry of an action."""
    words = "The first board is soldered."
    values: dict[str, Any] = {"stage": ActionStage.UNDER_WAY, "words": words, "by": _here(User, by)}
    entry = record_progress(_here(Action, action), **{**values, **given})
    session().commit()
    return entry


def _here(kind: type[Any], row: Any) -> Any:
    """The row as the session at hand knows it; a request may have ended the one it came from."""
    return session().get_one(kind, row.id)


def mails(kind: str | None = None) -> list[OutgoingMail]:
    """The outbox, without the mails to staff about their work."""
    end_work(commit=False)
    with transaction() as work:
        rows = work.scalars(select(OutgoingMail).where(OutgoingMail.kind.in_(["answer", "progress", "comment"])))
        return sorted((row for row in rows if kind in {None, row.kind}), key=lambda row: (row.recipient, row.id))


def recipients(kind: str | None = None) -> list[str]:
    """Whose mails are in the outbox, by the name before the @."""
    return [row.recipient.partition("@")[0] for row in mails(kind)]


def notices() -> list[tuple[int, str]]:
    """Who was told of what."""
    end_work(commit=False)
    with transaction() as work:
        rows = work.execute(select(Notice.user_id, Notice.subject_key).order_by(Notice.user_id, Notice.id))
        return [(row[0], row[1]) for row in rows]
