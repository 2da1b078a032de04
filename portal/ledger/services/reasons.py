"""The company's list of reasons: words that an explanation can begin with."""

from portal.accounts.models import User
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.text import gettext as _
from portal.foundation.text import tidy
from portal.ledger.models import Reason
from portal.ledger.queries import company_reasons
from portal.ledger.services.refusals import NoTitle, NotYours, NoWords, TooLong, TooMany

REASON_TITLE = 80
REASON_WORDS = 2_000
REASONS = 40


def add_reason(*, title: str, words: str, by: User) -> Reason:
    """Put words on the list.

    Raises:
        NotYours: not staff.
        NoTitle: the title is empty or too long.
        NoWords: there are no words.
        TooLong: more than 2,000 characters.
        TooMany: the list is full.
    """
    if len(company_reasons()) >= REASONS:
        raise TooMany(_("The list holds %(limit)s reasons; more than that nobody reads.", limit=REASONS))
    reason = Reason(changed_by_id=by.id)
    _write(reason, title, words, by)
    session().add(reason)
    session().flush()
    record("reason.added", reason, by=by, after={"title": reason.title})
    return reason


def change_reason(reason: Reason, *, title: str, words: str, by: User) -> None:
    """Word a reason anew; answers that began with it stay as they were given.

    Raises:
        NotYours, NoTitle, NoWords, TooLong: see `add_reason`.
    """
    before = reason.title
    _write(reason, title, words, by)
    session().flush()
    record("reason.changed", reason, by=by, before={"title": before}, after={"title": reason.title})


def remove_reason(reason: Reason, *, by: User) -> None:
    """Take a reason from the list.

    Raises:
        NotYours: not staff.
    """
    _check_staff(by)
    record("reason.removed", reason, by=by, before={"title": reason.title})
    session().delete(reason)
    session().flush()


def _write(reason: Reason, title: str, words: str, by: User) -> None:
    _check_staff(by)
    line, start = " ".join(tidy(title).split()), tidy(words)
    if not 0 < len(line) <= REASON_TITLE:
        raise NoTitle(_("Give it a title of at most %(limit)s characters.", limit=REASON_TITLE))
    if not start:
        raise NoWords(_("Write the words that an explanation begins with."))
    if len(start) > REASON_WORDS:
        raise TooLong(_("A beginning has at most %(limit)s characters.", limit=REASON_WORDS))
    reason.title, reason.words, reason.changed_at, reason.changed_by_id = line, start, now(), by.id


def _check_staff(by: User) -> None:
    if not (by.is_active and by.is_staff):
        raise NotYours(_("Only the company's own people keep this list."))
