"""What the company says: one answer after the other, none ever changed."""

from portal.accounts.models import User
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.text import gettext as _
from portal.foundation.text import tidy
from portal.ledger.chain import append_to_chain, hold_ledger
from portal.ledger.models import DECISIONS, OPEN, Action, Idea, Response, ResponseKind, Standing
from portal.ledger.policies import may_respond
from portal.ledger.promises import gives_a_reason, promise_for
from portal.ledger.queries import clock_at, fits, latest_response
from portal.ledger.services.indexing import index_now
from portal.ledger.services.refusals import AlreadyAnswered, NoAction, NoReason, NothingNew, NotYours, check_length


def respond(idea: Idea, *, kind: ResponseKind, message: str, by: User, action: Action | None = None) -> Response:
    """Add the company's next answer; the earlier ones stay as written.

    The idea's standing follows by itself. Members hear of it when `updates` next reads the ledger.

    Args:
        message: Markdown. A question needs words; an explanation needs at least one full sentence.
        action: what the company does; given with the kind `action` and with no other.

    Raises:
        NotYours: not staff, or the author.
        NoReason: an explanation without a reason, a question without words.
        NoAction: the kind and the action do not fit.
        AlreadyAnswered: an acknowledgement after an action or an explanation.
        NothingNew: the last answer says exactly this already.
        TooLong: the message is too long.
    """
    words = tidy(message)
    if not may_respond(by, idea):
        raise NotYours(_("Someone else of the company answers this: nobody answers their own suggestion."))
    _check_answer(kind, words, action)
    if action is not None and not fits(action, idea):
        raise NoAction(_("That action belongs to another circle. Open one for this suggestion."))
    # Two staff who answer at once: the second looks when the first has written.
    hold_ledger()
    last = latest_response(idea)
    if last is not None and _says_the_same(last, kind, words, action):
        raise NothingNew(_("The last answer already says this."))
    session().refresh(idea, ["standing", "acknowledge_by", "decide_by"])
    is_open = idea.standing in OPEN
    if kind is ResponseKind.ACKNOWLEDGEMENT and not is_open:
        raise AlreadyAnswered(_("This has its answer already. Add an action or an explanation, or ask back."))
    if kind is ResponseKind.OUTCOME and is_open:
        raise NoAction(_("What came of it can be told once there is an action or an explanation."))

    moment = now()
    promise, clock = promise_for(idea.circle_id), clock_at(idea, moment)
    if kind is ResponseKind.QUESTION and not is_open:
        # Asking back opens it again, and a new promise begins with the reply.
        idea.decide_by = promise.decide_by(moment)
    elif kind is not ResponseKind.QUESTION and idea.standing is Standing.ASKED_BACK and clock.asked_at:
        # The company goes on without the reply: the clock stood still until now.
        idea.decide_by = promise.after_pause(idea.decide_by, clock.asked_at, moment)
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
        )
    )
    record("idea.answered", idea, by=by, after={"response": answer.id, "kind": kind.value})
    index_now("response", answer.id)
    return answer


def _says_the_same(last: Response, kind: ResponseKind, words: str, action: Action | None) -> bool:
    if (last.kind, last.message) != (kind, words):
        return False
    # A form sent twice would open a second action of the same name.
    return action is None or (last.action is not None and last.action.title == action.title)


def _check_answer(kind: ResponseKind, words: str, action: Action | None) -> None:
    check_length(words)
    if (kind is ResponseKind.ACTION) != (action is not None):
        raise NoAction(_("Name the action that the company takes: an existing one or a new one."))
    if kind is ResponseKind.QUESTION and not words:
        raise NoReason(_("Write your question."))
    if kind is ResponseKind.OUTCOME and not gives_a_reason(words):
        raise NoReason(_("Tell in at least one full sentence what came of it."))
    if kind is ResponseKind.EXPLANATION and not gives_a_reason(words):
        raise NoReason(_("An explanation needs its reason: at least one full sentence that the author can follow."))
