"""An answer as it was typed, and how it is given."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete

from portal.accounts.models import User
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.mail.outbox import queue_mail
from portal.foundation.text import gettext as _
from portal.foundation.text import ngettext
from portal.ledger import mail
from portal.ledger.models import Action, ActionStage, AnswerDraft, Idea, ProofFile, Response, ResponseKind
from portal.ledger.queries import answer_draft_of, is_for_everyone, people_told
from portal.ledger.services.actions import start_action
from portal.ledger.services.answers import respond
from portal.ledger.services.proofs import forget_proofs
from portal.ledger.services.refusals import NoAction, NotYours, RepeatedWords
from portal.ledger.visibility import sees


@dataclass(frozen=True)
class Typed:
    """An answer as staff typed it; not yet looked at.

    Attributes:
        language: in which language `message` is, where other versions stand beside it.
        in_languages: the same words in other languages, by code.
        action_id: the action that it names; None opens a new one of the fields below.
        owner_id: who does the new action; None for whoever gives the answer.
        repeats: words that were given before are given again on purpose.
        files: what shows that the new action is as far as it says; kept by `proofs_kept`.
    """

    kind: ResponseKind | None
    message: str = ""
    language: str | None = None
    in_languages: Mapping[str, str] | None = None
    action_id: int | None = None
    title: str = ""
    owner_id: int | None = None
    target_date: date | None = None
    stage: ActionStage = ActionStage.PLANNED
    words: str = ""
    proof_url: str = ""
    happened_on: date | None = None
    repeats: bool = False
    files: tuple[ProofFile, ...] = ()

    @property
    def opens_action(self) -> bool:
        """Whether a new action comes with it."""
        return self.kind is ResponseKind.ACTION and self.action_id is None


def give(idea: Idea, typed: Typed, *, by: User, is_quiet: bool = False, seen: int | None = None) -> Response:
    """Put an answer on the record, and open its action where it has a new one; the writer's draft is done with.

    Args:
        seen: the newest answer that its writer has read; see `respond`.

    Raises:
        RepeatedWords: these very words were given to others, and nobody says that it is on purpose.
        NoAction: no kind was chosen, or the action is gone.
        NotYours: whoever is to do the new action does not see what it answers.
        Refusal: see `start_action` and `respond`.
    """
    if typed.kind is None:
        raise NoAction(_("Choose what kind of answer this is."))
    check_repeats(idea, typed, by)
    action = None
    if typed.opens_action:
        action = start_action(
            title=typed.title,
            owner=_who_does(idea, typed, by),
            stage=typed.stage,
            words=typed.words,
            by=by,
            target_date=typed.target_date,
            proof_url=typed.proof_url,
            happened_on=typed.happened_on,
            files=typed.files,
        )
    elif typed.kind is ResponseKind.ACTION:
        action = session().get(Action, typed.action_id)
    given = respond(
        idea,
        kind=typed.kind,
        message=typed.message,
        by=by,
        action=action,
        language=typed.language,
        in_languages=typed.in_languages,
        is_quiet=is_quiet,
        seen=seen,
    )
    if action is not None and typed.opens_action and action.owner_id != by.id and not action.has_ended:
        queue_mail(mail.action_handed_over(action, by=by, at=now(), is_open=is_for_everyone(action), is_new=True))
    known = answer_draft_of(idea, by)
    if known is not None:
        forget_besides(typed.files if typed.opens_action else (), known)
    mine = (AnswerDraft.idea_id == idea.id, AnswerDraft.written_by_id == by.id)
    session().execute(delete(AnswerDraft).where(*mine).execution_options(synchronize_session=False))
    return given


def _who_does(idea: Idea, typed: Typed, by: User) -> User:
    """Whoever is named for the new action, or the writer of the answer."""
    named = session().get(User, typed.owner_id) if typed.owner_id else None
    if named is None or named.id == by.id:
        return by
    if not could_do(named, idea):
        raise NotYours(_("%(name)s does not see what this answers. Choose someone else.", name=named.name))
    return named


def could_do(person: User, idea: Idea) -> bool:
    """Whether somebody could do what answers this: of the company, and sees it."""
    return person.is_staff and sees(person, idea)


def forget_besides(files: Iterable[ProofFile], draft: AnswerDraft) -> None:
    """Take away the files of a draft that go no further."""
    going = set(files)
    forget_proofs(file for file in draft.proof_files if file not in going)


def check_repeats(idea: Idea, typed: Typed, by: User) -> None:
    """Point out words that were given before.

    Raises:
        RepeatedWords: an explanation in these very words was given to others, and nobody says that it is on purpose.
    """
    if typed.kind is not ResponseKind.EXPLANATION or typed.repeats:
        return
    mine, all_of_us = people_told(typed.message, by=by, besides=idea)
    if not all_of_us:
        return
    if mine == all_of_us:
        words = ngettext(
            "You gave this answer word for word to %(num)s person. Say what is different here, or give it again.",
            "You gave this answer word for word to %(num)s people. Say what is different here, or give it again.",
            mine,
        )
    else:
        words = ngettext(
            "%(num)s person got this answer here word for word. Say what is different here, or give it again.",
            "%(num)s people got this answer here word for word. Say what is different here, or give it again.",
            all_of_us,
        )
    raise RepeatedWords(words)
