"""The verbs of moderation: report, approve, ask for a change, take out, suspend, appeal."""

from sqlalchemy import select, update

from portal.accounts.models import User
from portal.accounts.services import end_sessions, take_from_admin
from portal.community.services import give_back_all, trust
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import hold, insert_into, session
from portal.foundation.errors import Refusal
from portal.foundation.mail.outbox import queue_mail
from portal.foundation.text import gettext as _
from portal.foundation.text import tidy
from portal.ledger.chain import hold_ledger
from portal.ledger.models import AuthorWord, Comment, Idea
from portal.ledger.services import show, take_out
from portal.moderation import mail
from portal.moderation.models import (
    Appeal,
    Concern,
    Decision,
    Report,
    Ruling,
    Words,
    author_of,
    column_of,
    subject_of,
)
from portal.moderation.policies import may_appeal, may_decide, may_report, may_settle, may_suspend
from portal.moderation.queries import case_of

LIMIT = 4000


class NotYours(Refusal):
    """This person may not do this here."""


class NoReason(Refusal):
    """A no without a reason that its reader can follow."""


class NothingToDecide(Refusal):
    """It stands as it should already."""


class ChangedSince(Refusal):
    """The words are not those that were looked at."""


def report(words: Words, *, concern: Concern, by: User, why: str = "") -> bool:
    """Say that words should not stand here; False when this person has said so already.

    Raises:
        NotYours: they cannot read it, or wrote it.
    """
    if not may_report(by, words):
        raise NotYours(_("You cannot report this."))
    statement = insert_into(Report).values(
        **subject_of(words), reported_by_id=by.id, concern=concern, words=tidy(why)[:LIMIT], created_at=now()
    )
    # One statement: two presses at once are one report.
    if session().scalar(statement.on_conflict_do_nothing().returning(Report.id)) is None:
        return False
    record("words.reported", words, by=by, after={"concern": concern.value})
    return True


def approve(words: Words, *, by: User, trusts: bool = False, note: str = "", seen: str = "") -> Decision:
    """Let others see what is held, or keep what was reported; with `trusts` nothing of its author waits any more.

    Args:
        seen: `Case.seen` of what was looked at; empty where nobody looked, as in a script.

    Raises:
        NotYours: not a manager who reads it, or their own words.
        ChangedSince: its author has changed it meanwhile.
        NothingToDecide: it was taken out; an appeal puts that back.
    """
    _check(words, by, seen)
    if words.removed_at is not None:
        raise NothingToDecide(_("This was taken out. Its author can ask for another look."))
    was_held = show(words, by=by)
    _settle_reports(words)
    author = author_of(words)
    if trusts and author is not None:
        trust(author, by=by)
    decision = _decide(words, Ruling.APPROVED if was_held else Ruling.KEPT, by=by, note=note)
    if was_held:
        _tell(decision)
    return decision


def ask_for_change(words: Words, *, reason: str, by: User, note: str = "", seen: str = "") -> Decision:
    """Tell the author what to change before others see it; it stays held.

    Raises:
        NotYours, NoReason, ChangedSince: nothing was changed.
        NothingToDecide: others see it already, or it was taken out.
    """
    _check(words, by, seen)
    if words.held_at is None or words.removed_at is not None or isinstance(words, AuthorWord):
        raise NothingToDecide(_("A change can be asked for only while it is held, and where its author can make one."))
    decision = _decide(words, Ruling.CHANGE_ASKED, by=by, reason=_reason(reason), note=note)
    _tell(decision)
    return decision


def remove(words: Words, *, reason: str, by: User, note: str = "", seen: str = "") -> Decision:
    """Take words out, with a reason that their author is told.

    Raises:
        NotYours, NoReason, ChangedSince: nothing was changed.
        NothingToDecide: it is out already.
    """
    _check(words, by, seen)
    told = _reason(reason)
    if not take_out(words, by=by):
        raise NothingToDecide(_("This is out already."))
    _settle_reports(words)
    decision = _decide(words, Ruling.REMOVED, by=by, reason=told, note=note)
    _tell(decision)
    return decision


def appeal(decision: Decision, *, words: str, by: User) -> Appeal:
    """Ask for another look at what was taken out, once; the same words sent twice are one appeal.

    Raises:
        NotYours: somebody else's words, or asked already in other words.
        NoReason: no word goes with it.
    """
    # Of two presses at once the second finds what the first has asked.
    session().execute(select(Decision.id).where(Decision.id == decision.id).with_for_update())
    session().expire(decision, ["appeal"])
    known = decision.appeal
    if known is not None and decision.person_id == by.id and known.words == tidy(words)[:LIMIT]:
        return known
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
    words = asked.decision.words
    if words is not None:
        # Of two who decide at once, the second finds it settled.
        _hold(words)
        session().refresh(asked)
    if words is None or not may_settle(by, asked):
        raise NotYours(_("You cannot decide about this."))
    told = tidy(answer)[:LIMIT] if is_upheld else _reason(answer)
    if is_upheld:
        show(words, by=by)
    asked.is_upheld, asked.answer, asked.settled_by_id, asked.settled_at = is_upheld, told, by.id, now()
    ruling = Ruling.RESTORED if is_upheld else Ruling.STAYS_OUT
    decision = _decide(words, ruling, by=by, reason=told, note=note)
    _tell(decision, asked=asked.words)
    return decision


def suspend(person: User, *, reason: str, by: User, note: str = "") -> Decision:
    """Close the portal to someone from the next request on; they are told why, and others get their places.

    Raises:
        NotYours, NoReason: nothing was changed.
        NothingToDecide: they are suspended already.
        LastAdmin: `by` is no admin any more.
    """
    _check_person(person, by)
    told = _reason(reason)
    if person.suspended_at is not None:
        raise NothingToDecide(_("%(name)s is suspended already.", name=person.name))
    moment = now()
    if person.is_admin:
        take_from_admin(person, by=by, suspended_at=moment)
    # First, since nobody who is shut out can give a place back.
    give_back_all(None, person, by=by)
    person.suspended_at = moment
    end_sessions(person)
    decision = _decide(None, Ruling.SUSPENDED, person=person, by=by, reason=told, note=note)
    _tell(decision)
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
    _tell(decision)
    return decision


def _decide(
    words: Words | None, ruling: Ruling, *, by: User, person: User | None = None, reason: str = "", note: str = ""
) -> Decision:
    about = author_of(words) if words is not None else person
    decision = Decision(
        person=about,
        idea=words if isinstance(words, Idea) else None,
        comment=words if isinstance(words, Comment) else None,
        word=words if isinstance(words, AuthorWord) else None,
        ruling=ruling,
        reason=reason,
        staff_note=tidy(note)[:LIMIT],
        decided_by=by,
        decided_at=now(),
    )
    session().add(decision)
    session().flush()
    told = {"ruling": ruling.value, "person": about.id if about else None, **subject_of(words)}
    record("decision.made", decision, by=by, after=told)
    return decision


def _check(words: Words, by: User, seen: str = "") -> None:
    _hold(words)
    if not may_decide(by, words):
        raise NotYours(_("You cannot decide about this."))
    if seen and seen != case_of(words).seen:
        raise ChangedSince(_("Its author has changed it since you looked. Read it again, then decide."))


def _check_person(person: User, by: User) -> None:
    if not may_suspend(by, person):
        raise NotYours(_("You cannot decide about this person."))


def _reason(words: str) -> str:
    told = tidy(words)[:LIMIT]
    if not told:
        raise NoReason(_("Give the reason; the one it is about reads it."))
    return told


def _hold(words: Words) -> None:
    """Decide alone, about the words as they are now."""
    if isinstance(words, Idea):
        # Before any row is written, as everyone does who writes to the record.
        hold_ledger()
    hold(words)


def _tell(decision: Decision, *, asked: str = "") -> None:
    # Words that were brought in from elsewhere have nobody here to tell.
    if decision.person is not None:
        queue_mail(mail.decision_made(decision, asked=asked))


def _settle_reports(words: Words) -> None:
    column = getattr(Report, column_of(words))
    session().execute(update(Report).where(column == words.id, Report.settled_at.is_(None)).values(settled_at=now()))
