"""Asking for another look, and ending it."""

from portal.accounts.models import User
from portal.foundation.audit import record
from portal.foundation.database import hold, session
from portal.foundation.errors import Refusal
from portal.foundation.text import gettext as _
from portal.ledger.services import show
from portal.moderation.models import Appeal, Decision, Ruling
from portal.moderation.policies import may_appeal, may_settle
from portal.moderation.queries import is_for_others
from portal.moderation.services.written import NotYours, hold_words, kept, reason_of, settle, tell, write_down


class SomebodyElse(Refusal):
    """A no to an appeal is never said by the one whom it is against, while there is somebody else."""


def appeal(decision: Decision, *, words: str, by: User) -> Appeal:
    """Ask for another look at what was taken out, or at a suspension, once; sent twice it is one appeal.

    Raises:
        NotYours: somebody else's words, or asked already in other words.
        NoReason: no word goes with it.
    """
    # Of two presses at once the second finds what the first has asked.
    hold(decision)
    known = decision.appeal
    if known is not None and decision.person_id == by.id and known.words == kept(words):
        return known
    if not may_appeal(by, decision):
        raise NotYours(_("Another look can be asked for once, by the author."))
    asked = Appeal(decision=decision, words=reason_of(words))
    session().add(asked)
    session().flush()
    record("decision.appealed", decision, by=by)
    return asked


def settle_appeal(asked: Appeal, *, is_upheld: bool, answer: str, by: User) -> Decision:
    """Put the words back or let the person in again, or leave it as it is; they are told either way.

    Raises:
        NotYours: not a manager who reads it, or it is settled.
        SomebodyElse: a no by the one who decided before, while another may look.
        NoReason: a no without its reason.
    """
    words, person = asked.decision.words, asked.decision.person
    assert person is not None, "only people ask for another look"
    # Of two who decide at once, the second finds it settled.
    if words is not None:
        hold_words(words)
    else:
        hold(person)
    session().refresh(asked)
    if not may_settle(by, asked):
        raise NotYours(_("You cannot decide about this."))
    if not is_upheld and is_for_others(asked, by):
        raise SomebodyElse(
            _("You decided about this before, so a no is for somebody else to say. You can take it back.")
        )
    told = kept(answer) if is_upheld else reason_of(answer)
    settle(asked, is_upheld=is_upheld, answer=told, by=by)
    ruling = Ruling.STAYS_OUT
    if is_upheld and words is not None:
        show(words, by=by)
        ruling = Ruling.RESTORED
    elif is_upheld:
        person.suspended_at, ruling = None, Ruling.READMITTED
    decision = write_down(words, ruling, person=person, by=by, reason=told)
    tell(decision, asked=asked.words)
    return decision
