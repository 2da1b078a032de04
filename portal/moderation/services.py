"""The verbs of moderation: report, approve, ask for a change, take out, suspend, appeal."""

from sqlalchemy import update

from portal.accounts.models import User
from portal.accounts.services import end_sessions
from portal.community.services import trust
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import insert_into, session
from portal.foundation.errors import Refusal
from portal.foundation.mail.outbox import queue_mail
from portal.foundation.text import gettext as _
from portal.foundation.text import tidy
from portal.ledger.models import Comment, Idea
from portal.ledger.services import show, take_out
from portal.moderation import mail
from portal.moderation.models import Appeal, Concern, Decision, Report, Ruling
from portal.moderation.policies import (
    may_appeal,
    may_decide,
    may_decide_comment,
    may_report,
    may_report_comment,
    may_settle,
    may_suspend,
)

Words = Idea | Comment
LIMIT = 4000


class NotYours(Refusal):
    """This person may not do this here."""


class NoReason(Refusal):
    """A no without a reason that its reader can follow."""


class NothingToDecide(Refusal):
    """It stands as it should already."""


def report(words: Words, *, concern: Concern, by: User, why: str = "") -> bool:
    """Say that words should not stand here; False when this person has said so already.

    Raises:
        NotYours: they cannot read it, or wrote it.
    """
    may = may_report(by, words) if isinstance(words, Idea) else may_report_comment(by, words)
    if not may:
        raise NotYours(_("You cannot report this."))
    statement = insert_into(Report).values(
        **_subject(words), reported_by_id=by.id, concern=concern, words=tidy(why)[:LIMIT], created_at=now()
    )
    # One statement: two presses at once are one report.
    if session().scalar(statement.on_conflict_do_nothing().returning(Report.id)) is None:
        return False
    record("words.reported", words, by=by, after={"concern": concern.value})
    return True


def approve(words: Words, *, by: User, trusts: bool = False, note: str = "") -> Decision:
    """Let others see what is held, or keep what was reported; with `trusts` nothing of its author waits any more.

    Raises:
        NotYours: not a manager who reads it, or their own words.
        NothingToDecide: it was taken out; an appeal puts that back.
    """
    _check(words, by)
    if words.removed_at is not None:
        raise NothingToDecide(_("This was taken out. Its author can ask for another look."))
    was_held = show(words, by=by)
    _settle_reports(words)
    if trusts:
        trust(_author(words), by=by)
    decision = _decide(words, Ruling.APPROVED if was_held else Ruling.KEPT, by=by, note=note)
    if was_held:
        queue_mail(mail.decision_made(decision))
    return decision


def ask_for_change(words: Words, *, reason: str, by: User, note: str = "") -> Decision:
    """Tell the author what to change before others see it; it stays held.

    Raises:
        NotYours, NoReason: nothing was changed.
        NothingToDecide: others see it already, or it was taken out.
    """
    _check(words, by)
    if words.held_at is None or words.removed_at is not None:
        raise NothingToDecide(_("A change can be asked for only while it is held."))
    decision = _decide(words, Ruling.CHANGE_ASKED, by=by, reason=_reason(reason), note=note)
    queue_mail(mail.decision_made(decision))
    return decision


def remove(words: Words, *, reason: str, by: User, note: str = "") -> Decision:
    """Take words out, with a reason that their author is told.

    Raises:
        NotYours, NoReason: nothing was changed.
        NothingToDecide: it is out already.
    """
    _check(words, by)
    told = _reason(reason)
    if not take_out(words, by=by):
        raise NothingToDecide(_("This is out already."))
    _settle_reports(words)
    decision = _decide(words, Ruling.REMOVED, by=by, reason=told, note=note)
    queue_mail(mail.decision_made(decision))
    return decision


def appeal(decision: Decision, *, words: str, by: User) -> Appeal:
    """Ask for another look at what was taken out, once.

    Raises:
        NotYours: somebody else's words, or asked already.
        NoReason: no word goes with it.
    """
    if not may_appeal(by, decision):
        raise NotYours(_("Another look can be asked for once, by the author."))
    asked = Appeal(decision=decision, words=_reason(words))
    session().add(asked)
    session().flush()
    record("decision.appealed", decision, by=by)
    return asked


def settle_appeal(asked: Appeal, *, is_upheld: bool, answer: str, by: User, note: str = "") -> Decision:
    """Put the words back, or leave them out; the author is told either way.

    Raises:
        NotYours: not a manager who reads it.
        NoReason: a no without its reason.
    """
    if not may_settle(by, asked):
        raise NotYours(_("You cannot decide about this."))
    told = tidy(answer)[:LIMIT] if is_upheld else _reason(answer)
    words = asked.decision.comment or asked.decision.idea
    assert words is not None
    if is_upheld:
        show(words, by=by)
    asked.is_upheld, asked.answer, asked.settled_by_id, asked.settled_at = is_upheld, told, by.id, now()
    ruling = Ruling.RESTORED if is_upheld else Ruling.KEPT
    decision = _decide(words, ruling, by=by, reason=told, note=note)
    queue_mail(mail.decision_made(decision))
    return decision


def suspend(person: User, *, reason: str, by: User, note: str = "") -> Decision:
    """Close the portal to someone from the next request on; they are told why.

    Raises:
        NotYours, NoReason: nothing was changed.
        NothingToDecide: they are suspended already.
    """
    _check_person(person, by)
    told = _reason(reason)
    if person.suspended_at is not None:
        raise NothingToDecide(_("%(name)s is suspended already.", name=person.name))
    person.suspended_at = now()
    end_sessions(person)
    decision = _decide(None, Ruling.SUSPENDED, person=person, by=by, reason=told, note=note)
    queue_mail(mail.decision_made(decision))
    return decision


def readmit(person: User, *, by: User, note: str = "") -> Decision:
    """Open the portal to them again.

    Raises:
        NotYours: nothing was changed.
        NothingToDecide: they are not suspended.
    """
    _check_person(person, by)
    if person.suspended_at is None:
        raise NothingToDecide(_("%(name)s is not suspended.", name=person.name))
    person.suspended_at = None
    decision = _decide(None, Ruling.READMITTED, person=person, by=by, note=note)
    queue_mail(mail.decision_made(decision))
    return decision


def _decide(
    words: Words | None, ruling: Ruling, *, by: User, person: User | None = None, reason: str = "", note: str = ""
) -> Decision:
    about = person or _author(words) if words is not None else person
    assert about is not None
    decision = Decision(
        person=about,
        idea=words if isinstance(words, Idea) else None,
        comment=words if isinstance(words, Comment) else None,
        ruling=ruling,
        reason=reason,
        staff_note=tidy(note)[:LIMIT],
        decided_by=by,
        decided_at=now(),
    )
    session().add(decision)
    session().flush()
    record("decision.made", decision, by=by, after={"ruling": ruling.value, "person": about.id, **_subject(words)})
    return decision


def _check(words: Words, by: User) -> None:
    if not (may_decide(by, words) if isinstance(words, Idea) else may_decide_comment(by, words)):
        raise NotYours(_("You cannot decide about this."))


def _check_person(person: User, by: User) -> None:
    if not may_suspend(by, person):
        raise NotYours(_("You cannot decide about this person."))


def _reason(words: str) -> str:
    told = tidy(words)[:LIMIT]
    if not told:
        raise NoReason(_("Give the reason; the one it is about reads it."))
    return told


def _author(words: Words) -> User:
    author = words.proposed_by if isinstance(words, Idea) else words.author
    assert author is not None
    return author


def _subject(words: Words | None) -> dict[str, int | None]:
    return {
        "idea_id": words.id if isinstance(words, Idea) else None,
        "comment_id": words.id if isinstance(words, Comment) else None,
    }


def _settle_reports(words: Words) -> None:
    column = Report.idea_id if isinstance(words, Idea) else Report.comment_id
    session().execute(update(Report).where(column == words.id, Report.settled_at.is_(None)).values(settled_at=now()))
