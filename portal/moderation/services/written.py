"""What every decision has in common: its refusals, its reason, the row, and the mail."""

from portal.accounts.models import User
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import hold, session
from portal.foundation.errors import Refusal
from portal.foundation.mail.outbox import queue_mail
from portal.foundation.text import gettext as _
from portal.foundation.text import tidy
from portal.ledger.chain import hold_ledger
from portal.ledger.models import AuthorWord, Comment, Idea
from portal.moderation import mail
from portal.moderation.models import Appeal, Decision, Ruling, Words, author_of, subject_of

LIMIT = 4000


class NotYours(Refusal):
    """This person may not do this here."""


class NoReason(Refusal):
    """A no without a reason that its reader can follow."""


class NothingToDecide(Refusal):
    """It stands as it should already."""


class ChangedSince(Refusal):
    """The words are not those that were looked at."""


def write_down(
    words: Words | None, ruling: Ruling, *, by: User, person: User | None = None, reason: str = "", note: str = ""
) -> Decision:
    """Keep what was decided, with its row in the audit; about words, or about a person where there are none."""
    about = author_of(words) if words is not None else person
    decision = Decision(
        person=about,
        idea=words if isinstance(words, Idea) else None,
        comment=words if isinstance(words, Comment) else None,
        word=words if isinstance(words, AuthorWord) else None,
        ruling=ruling,
        reason=reason,
        staff_note=kept(note),
        decided_by=by,
        decided_at=now(),
    )
    session().add(decision)
    session().flush()
    told = {"ruling": ruling.value, "person": about.id if about else None, **subject_of(words)}
    record("decision.made", decision, by=by, after=told)
    return decision


def kept(words: str) -> str:
    """The words as they are kept; the forms take no more."""
    return tidy(words)[:LIMIT]


def reason_of(words: str) -> str:
    """A reason as it is kept.

    Raises:
        NoReason: there is none.
    """
    told = kept(words)
    if not told:
        raise NoReason(_("Give the reason; the one it is about reads it."), about="reason")
    return told


def tell(decision: Decision, *, asked: str = "") -> None:
    """Queue the mail to whoever it is about; `asked` are the words in which they asked for another look."""
    # Words that were brought in from elsewhere have nobody here to tell.
    if decision.person is not None:
        queue_mail(mail.decision_made(decision, asked=asked))


def settle(asked: Appeal, *, is_upheld: bool, answer: str, by: User) -> None:
    """End an appeal, with the words in which it is answered."""
    asked.is_upheld, asked.answer, asked.settled_by, asked.settled_at = is_upheld, answer, by, now()


def hold_words(words: Words) -> None:
    """Decide alone, about the words as they are now."""
    if isinstance(words, Idea):
        # Before any row is written, as everyone does who writes to the record.
        hold_ledger()
    hold(words)
