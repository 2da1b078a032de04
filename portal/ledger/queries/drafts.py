"""Answers that wait as drafts, and the reasons that an explanation can begin with."""

from sqlalchemy import case, func, select
from sqlalchemy.orm import joinedload

from portal.accounts.models import User
from portal.foundation.database import session
from portal.ledger.models import Action, AnswerDraft, Idea, Reason
from portal.ledger.visibility import Reach, visible_ideas

DRAFTS_SHOWN = 50


def answer_draft_of(idea: Idea, writer: User) -> AnswerDraft | None:
    """What somebody has kept as an answer to a suggestion, read from the database."""
    mine = select(AnswerDraft).where(AnswerDraft.idea_id == idea.id, AnswerDraft.written_by_id == writer.id)
    return session().scalars(mine.execution_options(populate_existing=True)).one_or_none()


def answer_drafts_on(idea: Idea) -> list[AnswerDraft]:
    """Everything that the staff has kept as an answer to a suggestion, the newest first."""
    found = select(AnswerDraft).where(AnswerDraft.idea_id == idea.id)
    return list(session().scalars(found.order_by(AnswerDraft.changed_at.desc(), AnswerDraft.id)))


def answer_drafts(staff: User, reach: Reach) -> list[AnswerDraft]:
    """Drafts on what this person of the staff sees: their own first, the newest first, at most fifty.

    Those on their own suggestions are left out, since they read the answer when it is given.
    """
    found = (
        select(AnswerDraft)
        .join(Idea, Idea.id == AnswerDraft.idea_id)
        .where(visible_ideas(reach), Idea.proposed_by_id != staff.id)
        .options(
            joinedload(AnswerDraft.idea, innerjoin=True),
            joinedload(AnswerDraft.action).joinedload(Action.owner, innerjoin=False),
        )
        .order_by(
            case((AnswerDraft.written_by_id == staff.id, 0), else_=1), AnswerDraft.changed_at.desc(), AnswerDraft.id
        )
    )
    return list(session().scalars(found.limit(DRAFTS_SHOWN)))


def count_answer_drafts(staff: User, reach: Reach) -> int:
    """How many drafts of their own this person could publish."""
    mine = select(func.count()).select_from(AnswerDraft).join(Idea, Idea.id == AnswerDraft.idea_id)
    return session().scalar(mine.where(visible_ideas(reach), AnswerDraft.written_by_id == staff.id)) or 0


def company_reasons() -> list[Reason]:
    """The company's list, by title."""
    return list(session().scalars(select(Reason).order_by(func.lower(Reason.title), Reason.id)))
