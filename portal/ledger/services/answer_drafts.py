"""Answers that are kept as drafts, and published later, alone or with others."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import update

from portal.accounts.models import User
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import insert_into, session
from portal.foundation.errors import Refusal
from portal.foundation.text import MARKDOWN_LIMIT, tidy
from portal.foundation.text import gettext as _
from portal.ledger.chain import hold_ledger
from portal.ledger.models import Action, AnswerDraft, Idea, Response, ResponseKind
from portal.ledger.policies import may_publish_draft, may_respond
from portal.ledger.queries import answer_draft_of, fits, latest_response
from portal.ledger.services.actions import check_progress
from portal.ledger.services.answers import check_answer
from portal.ledger.services.giving import Typed, check_repeats, could_do, forget_besides, give
from portal.ledger.services.proofs import forget_proofs
from portal.ledger.services.refusals import (
    TITLE_LIMIT,
    URL_LIMIT,
    AlreadyPublished,
    AnsweredMeanwhile,
    NoAction,
    NotYours,
    check_action_title,
)


def keep_answer_draft(idea: Idea, typed: Typed, *, by: User) -> AnswerDraft | None:
    """Keep an answer in private, in place of what its writer kept before; without a word it is dropped.

    It need not be complete: `problem` says why it could not be published as it is.

    Raises:
        NotYours: this person may not answer here.
    """
    if not may_respond(by, idea):
        raise NotYours(_("Someone else of the company answers this: nobody answers their own suggestion."))
    message, title, words = tidy(typed.message)[:MARKDOWN_LIMIT], tidy(typed.title)[:TITLE_LIMIT], tidy(typed.words)
    known = answer_draft_of(idea, by)
    if not (message or title or words or typed.in_languages or typed.files):
        if known is not None:
            drop_answer_draft(known, by=by)
        return None
    if known is not None:
        forget_besides(typed.files, known)
    action = session().get(Action, typed.action_id) if typed.action_id else None
    if action is None or not fits(action, idea):
        # One that stands elsewhere is not even named here.
        typed = replace(typed, action_id=None)
    person = session().get(User, typed.owner_id) if typed.owner_id else None
    if person is None or not could_do(person, idea):
        typed = replace(typed, owner_id=None)
    values = {
        "kind": typed.kind,
        "message": message,
        "language": typed.language if typed.in_languages else None,
        "in_languages": dict(typed.in_languages) if typed.in_languages else None,
        "action_id": typed.action_id,
        "title": title,
        "action_owner_id": typed.owner_id,
        "target_date": typed.target_date,
        "stage": typed.stage,
        "words": words[:MARKDOWN_LIMIT],
        "proof_url": tidy(typed.proof_url)[:URL_LIMIT],
        "happened_on": typed.happened_on,
        "repeats": typed.repeats,
        "files": [file.row for file in typed.files] or None,
        "problem": _problem(idea, typed, by)[:500],
        "changed_at": now(),
    }
    statement = insert_into(AnswerDraft).values(idea_id=idea.id, written_by_id=by.id, **values)
    session().execute(statement.on_conflict_do_update(index_elements=["idea_id", "written_by_id"], set_=values))
    record("answer_draft.kept", idea, by=by)
    return answer_draft_of(idea, by)


def drop_answer_draft(draft: AnswerDraft, *, by: User) -> None:
    """Throw a draft away.

    Raises:
        NotYours: somebody else's, and not a manager.
    """
    if not may_publish_draft(by, draft):
        raise NotYours(_("This draft is %(name)s’s.", name=draft.written_by.name))
    forget_proofs(draft.proof_files)
    record("answer_draft.dropped", draft.idea, by=by, before={"written_by": draft.written_by_id})
    session().delete(draft)
    session().flush()


def publish_drafts(
    drafts: Iterable[AnswerDraft], *, by: User, is_quiet: bool = False
) -> tuple[list[Response], list[AnswerDraft]]:
    """Put drafts on the record, each for itself: one that is refused stays, with the reason as its `problem`.

    Each is the answer of whoever wrote it. Members hear of them when `updates` next reads the ledger; whoever is
    behind several of them gets one mail.

    Args:
        is_quiet: nobody is told by mail, now or later; it stands on the pages.

    Returns:
        What stands on the record now, and what stayed a draft.
    """
    given: list[Response] = []
    left: list[AnswerDraft] = []
    for draft in drafts:
        number, reason = draft.id, ""
        try:
            with session().begin_nested():
                given.append(_publish(draft, by=by, is_quiet=is_quiet))
        except AlreadyPublished:
            continue
        except Refusal as refusal:
            reason = str(refusal)[:500]
        if reason:
            session().execute(update(AnswerDraft).where(AnswerDraft.id == number).values(problem=reason))
            session().refresh(draft)
            left.append(draft)
    return given, left


def typed_of(draft: AnswerDraft) -> Typed:
    """A draft as it was typed."""
    return Typed(
        kind=draft.kind,
        message=draft.message,
        language=draft.language,
        in_languages=draft.in_languages,
        action_id=draft.action_id,
        title=draft.title,
        owner_id=draft.action_owner_id,
        target_date=draft.target_date,
        stage=draft.stage,
        words=draft.words,
        proof_url=draft.proof_url,
        happened_on=draft.happened_on,
        repeats=draft.repeats,
        files=draft.proof_files,
    )


def _publish(draft: AnswerDraft, *, by: User, is_quiet: bool) -> Response:
    idea, writer, number = draft.idea, draft.written_by, draft.id
    if not may_publish_draft(by, draft):
        raise NotYours(_("%(name)s publishes this, or a manager.", name=writer.name))
    # Two who press at once: the second looks when the first has written.
    hold_ledger()
    if session().get(AnswerDraft, number, populate_existing=True) is None:
        raise AlreadyPublished(_("It is on the record already."))
    last = latest_response(idea)
    if last is not None and last.answered_at > draft.changed_at and last.kind is not ResponseKind.ACKNOWLEDGEMENT:
        name = last.answered_by.name
        raise AnsweredMeanwhile(
            _("%(name)s answered after this was written. Open it, read that, and keep yours anew.", name=name)
        )
    answer = give(idea, typed_of(draft), by=writer, is_quiet=is_quiet)
    session().expunge(draft)
    record("answer_draft.published", idea, by=by, after={"response": answer.id, "is_quiet": is_quiet})
    return answer


def _problem(idea: Idea, typed: Typed, by: User) -> str:
    """Why this could not be published as it is, as far as its words say; empty if it could."""
    try:
        if typed.kind is None:
            raise NoAction(_("Choose what kind of answer this is."))
        check_repeats(idea, typed, by)
        named = typed.kind is ResponseKind.ACTION
        check_answer(
            typed.kind,
            tidy(typed.message),
            names_action=named,
            in_languages=typed.in_languages,
            language=typed.language,
        )
        if typed.opens_action:
            check_action_title(typed.title)
            proof = tidy(typed.proof_url), typed.happened_on
            check_progress(typed.stage, tidy(typed.words), *proof, has_files=bool(typed.files))
    except Refusal as refusal:
        return str(refusal)
    return ""
