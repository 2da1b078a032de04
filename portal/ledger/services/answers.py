"""What the company says: one answer after the other, none ever changed."""

from collections.abc import Mapping

from portal.accounts.languages import LANGUAGES, language_name
from portal.accounts.models import User
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.text import gettext as _
from portal.foundation.text import tidy
from portal.ledger.chain import append_to_chain, hold_ledger
from portal.ledger.models import DECISIONS, OPEN, Action, Idea, Response, ResponseKind, Standing
from portal.ledger.policies import may_respond
from portal.ledger.promises import promise_for
from portal.ledger.queries import clock_at, company_reasons, fits, latest_response
from portal.ledger.reasons import gives_a_reason, own_words
from portal.ledger.services.indexing import index_now
from portal.ledger.services.naming import keep_names
from portal.ledger.services.promises import let_clock_run
from portal.ledger.services.refusals import (
    AlreadyAnswered,
    AnsweredElsewhere,
    AnsweredMeanwhile,
    NoAction,
    NoReason,
    NothingNew,
    NotYours,
    UnknownLanguage,
    check_length,
)

# Beside the words that were first written.
LANGUAGES_BESIDE = 5


def respond(
    idea: Idea,
    *,
    kind: ResponseKind,
    message: str,
    by: User,
    action: Action | None = None,
    language: str | None = None,
    in_languages: Mapping[str, str] | None = None,
    is_quiet: bool = False,
    seen: int | None = None,
) -> Response:
    """Add the company's next answer; the earlier ones stay as written.

    The idea's standing follows by itself. Members hear of it when `updates` next reads the ledger.

    Args:
        message: Markdown. A question needs words; an explanation needs at least one full sentence.
        action: what the company does; given with the kind `action` and with no other.
        language: in which language the message is; needed where others stand beside it.
        in_languages: the same words in one to five other languages, by code.
        is_quiet: nobody is told by mail, now or later; it stands on the pages of those behind it.
        seen: the number of the newest answer that its writer has read, 0 for none; None where nobody looked.

    Raises:
        NotYours: not staff, or the author.
        NoReason: an explanation without a reason, a question without words.
        NoAction: the kind and the action do not fit.
        UnknownLanguage: a language that is not offered, twice the same, or a version without its words.
        AlreadyAnswered: an acknowledgement after an action or an explanation.
        NothingNew: the last answer says exactly this already.
        AnsweredElsewhere: it was joined with another suggestion.
        AnsweredMeanwhile: there is a newer answer than `seen`.
        TooLong: the message is too long.
    """
    words = tidy(message)
    if not may_respond(by, idea):
        raise NotYours(_("Someone else of the company answers this: nobody answers their own suggestion."))
    others = {code: said for code, text in (in_languages or {}).items() if (said := tidy(text))}
    check_answer(kind, words, names_action=action is not None, in_languages=others, language=language)
    if action is not None and not fits(action, idea):
        raise NoAction(_("That action belongs to another circle. Open one for this suggestion."))
    # Two staff who answer at once: the second looks when the first has written.
    hold_ledger()
    last = latest_response(idea)
    if last is not None and _says_the_same(last, kind, words, action):
        raise NothingNew(_("The last answer already says this."))
    if last is not None and seen is not None and last.id > seen:
        name = last.answered_by.name
        theirs = _("%(name)s answered since you opened this page. Read that first; yours is still here.", name=name)
        yours = _("You gave another answer since you opened this page. Read it first; this one is still here.")
        raise AnsweredMeanwhile(yours if last.answered_by_id == by.id else theirs)
    session().refresh(idea, ["standing", "acknowledge_by", "decide_by", "new_date", "merged_into_id"])
    if idea.merged_into_id is not None:
        raise AnsweredElsewhere(_("This was joined with another suggestion. Give the answer there; it is for both."))
    is_open = idea.standing in OPEN
    _check_order(kind, is_open=is_open)

    moment = now()
    promise, clock = promise_for(idea.circle_id), clock_at(idea, moment)
    if kind is ResponseKind.QUESTION and not is_open:
        # Asking back opens it again, and a new promise begins with the reply.
        idea.decide_by = promise.decide_by(moment)
    elif kind is not ResponseKind.QUESTION and idea.standing is Standing.ASKED_BACK and clock.asked_at:
        # The company goes on without the reply: the clock stood still until now.
        let_clock_run(idea, since=clock.asked_at, until=moment)
    if kind in DECISIONS or idea.standing is Standing.WAITING:
        # What was said instead of a broken promise is kept; another word beside it keeps no decision.
        idea.new_date = None
    answer = append_to_chain(
        Response(
            idea=idea,
            idea_id=idea.id,
            kind=kind,
            message=words,
            action=action,
            action_id=action.id if action else None,
            answered_by=by,
            answered_by_id=by.id,
            answered_at=moment,
            after_minutes=promise.working_minutes(clock.ran),
            acknowledge_by=idea.acknowledge_by if last is None else None,
            decide_by=idea.decide_by if is_open and kind in DECISIONS else None,
            language=language if others else None,
            in_languages=others or None,
            is_quiet=is_quiet,
        )
    )
    record("idea.answered", idea, by=by, after={"response": answer.id, "kind": kind.value})
    keep_names(answer, by=by)
    index_now("response", answer.id)
    return answer


def _check_order(kind: ResponseKind, *, is_open: bool) -> None:
    if kind is ResponseKind.ACKNOWLEDGEMENT and not is_open:
        raise AlreadyAnswered(_("This has its answer already. Add an action or an explanation, or ask back."))
    if kind is ResponseKind.OUTCOME and is_open:
        raise NoAction(_("What came of it can be told once there is an action or an explanation."))


def _says_the_same(last: Response, kind: ResponseKind, words: str, action: Action | None) -> bool:
    if (last.kind, last.message) != (kind, words):
        return False
    # A form sent twice would open a second action of the same name.
    return action is None or (last.action is not None and last.action.title == action.title)


def check_answer(
    kind: ResponseKind,
    words: str,
    *,
    names_action: bool,
    in_languages: Mapping[str, str] | None = None,
    language: str | None = None,
) -> None:
    """What an answer must be, whatever it answers.

    Raises:
        NoReason, NoAction, UnknownLanguage, TooLong: see `respond`.
    """
    check_length(words)
    if (kind is ResponseKind.ACTION) != names_action:
        raise NoAction(_("Name the action that the company takes: an existing one or a new one."))
    if kind is ResponseKind.QUESTION and not words:
        raise NoReason(_("Write your question."))
    if kind is ResponseKind.OUTCOME and not gives_a_reason(words):
        raise NoReason(_("Tell in at least one full sentence what came of it."))
    if kind is ResponseKind.EXPLANATION:
        _check_reason(words)
    if in_languages:
        _check_languages(kind, words, in_languages, language)


def _check_reason(words: str) -> None:
    if not gives_a_reason(words):
        raise NoReason(_("An explanation needs its reason: at least one full sentence that the author can follow."))
    starts = [reason.words for reason in company_reasons()]
    if not gives_a_reason(own_words(words, starts)):
        raise NoReason(
            _("These are words that you give to everyone. Add a full sentence of your own: what is true here.")
        )


def _check_languages(kind: ResponseKind, words: str, others: Mapping[str, str], language: str | None) -> None:
    if language not in LANGUAGES or language in others or any(code not in LANGUAGES for code in others):
        raise UnknownLanguage(_("Choose another language for each version."))
    if len(others) > LANGUAGES_BESIDE:
        raise UnknownLanguage(_("An answer stands in at most %(limit)s other languages.", limit=LANGUAGES_BESIDE))
    if not words:
        raise UnknownLanguage(_("Write your answer first; the other languages stand beside it."))
    for code, said in others.items():
        check_length(said)
        if kind in (ResponseKind.EXPLANATION, ResponseKind.OUTCOME) and not gives_a_reason(said):
            raise NoReason(_("The version in %(language)s needs its full sentence too.", language=language_name(code)))
