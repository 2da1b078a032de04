"""Deciding about words: letting others see them, asking for a change, taking them out."""

from sqlalchemy import update

from portal.accounts.models import User
from portal.community.services import trust
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.text import gettext as _
from portal.ledger.models import AuthorWord
from portal.ledger.services import show, take_out
from portal.moderation.models import Decision, Report, Ruling, Words, author_of, column_of
from portal.moderation.policies import may_decide
from portal.moderation.queries import case_of
from portal.moderation.services.written import (
    ChangedSince,
    NothingToDecide,
    NotYours,
    hold_words,
    kept,
    reason_of,
    tell,
    write_down,
)


def approve(words: Words, *, by: User, trusts: bool = False, note: str = "", seen: str = "") -> Decision:
    """Let others see what is held, or keep what was reported; with `trusts` nothing of its author waits any more.

    Args:
        seen: `Case.seen` of what was looked at; empty where nobody looked, as in a script.

    Raises:
        NotYours: not a manager who reads it, or their own words.
        ChangedSince: its author has changed it meanwhile, or somebody else has decided.
        NothingToDecide: it was taken out; an appeal puts that back.
    """
    known = _check(words, by, seen, Ruling.APPROVED, Ruling.KEPT)
    author = author_of(words)
    if words.removed_at is not None:
        raise NothingToDecide(_("This was taken out. Its author can ask for another look."))
    if trusts and author is not None:
        trust(author, by=by)
    if known is not None:
        return known
    was_held = show(words, by=by)
    _settle_reports(words)
    decision = write_down(words, Ruling.APPROVED if was_held else Ruling.KEPT, by=by, note=note)
    if was_held:
        tell(decision)
    return decision


def ask_for_change(words: Words, *, reason: str, by: User, note: str = "", seen: str = "") -> Decision:
    """Tell the author what to change before others see it; it stays held.

    Raises:
        NotYours, NoReason, ChangedSince: nothing was changed.
        NothingToDecide: others see it already, or it was taken out.
    """
    if (known := _check(words, by, seen, Ruling.CHANGE_ASKED, reason=reason)) is not None:
        return known
    if words.held_at is None or words.removed_at is not None or isinstance(words, AuthorWord):
        raise NothingToDecide(_("A change can be asked for only while it is held, and where its author can make one."))
    decision = write_down(words, Ruling.CHANGE_ASKED, by=by, reason=reason_of(reason), note=note)
    tell(decision)
    return decision


def remove(words: Words, *, reason: str, by: User, note: str = "", seen: str = "") -> Decision:
    """Take words out, with a reason that their author is told.

    Raises:
        NotYours, NoReason, ChangedSince: nothing was changed.
        NothingToDecide: it is out already.
    """
    if (known := _check(words, by, seen, Ruling.REMOVED, reason=reason)) is not None:
        return known
    told = reason_of(reason)
    if not take_out(words, by=by):
        raise NothingToDecide(_("This is out already."))
    _settle_reports(words)
    decision = write_down(words, Ruling.REMOVED, by=by, reason=told, note=note)
    tell(decision)
    return decision


def _check(words: Words, by: User, seen: str, *rulings: Ruling, reason: str = "") -> Decision | None:
    """Hold the words as they were seen; the decision itself where the same person sent the same one twice."""
    hold_words(words)
    if not may_decide(by, words):
        raise NotYours(_("You cannot decide about this."))
    if not seen:
        return None
    case = case_of(words)
    if seen.partition("-")[0] != str(case.decided):
        last = session().get(Decision, case.decided)
        if last is not None and last.decided_by_id == by.id and last.ruling in rulings and last.reason == kept(reason):
            return last
        raise ChangedSince(_("Somebody has decided about it since you looked. See what, then decide."))
    if seen != case.seen:
        raise ChangedSince(_("Its author has changed it since you looked. Read it again, then decide."))
    return None


def _settle_reports(words: Words) -> None:
    column = getattr(Report, column_of(words))
    session().execute(update(Report).where(column == words.id, Report.settled_at.is_(None)).values(settled_at=now()))
