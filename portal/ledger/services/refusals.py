"""What the ledger refuses, and the limit that every text has."""

from portal.foundation.errors import Refusal
from portal.foundation.text import MARKDOWN_LIMIT, tidy
from portal.foundation.text import gettext as _

TITLE_LIMIT = 160
URL_LIMIT = 2000


class NoTitle(Refusal):
    """Words without a title, or a title that is too long."""


class TooLong(Refusal):
    """More words than a page can hold."""


class NobodyToAnswer(Refusal):
    """The portal has no staff, so nobody could keep the promise."""


class NotYours(Refusal):
    """This person may not do this here."""


class NotHere(Refusal):
    """A circle or an ask that is closed, or not open to this person."""


class NothingNew(Refusal):
    """The record says exactly this already."""


class NoWords(Refusal):
    """A comment that says nothing."""


class TooMany(Refusal):
    """More of something than there is room for."""


class NoReason(Refusal):
    """A no, or a question, without a sentence."""


class NothingToSee(Refusal):
    """A done without proof, a drop without a sentence of why, a proof that is no link."""


class NoAction(Refusal):
    """A yes that names no action, or another answer that names one."""


class AnsweredElsewhere(Refusal):
    """It was joined with another suggestion, whose page has the answers of both."""


class NothingAsked(Refusal):
    """A word of the author to which nothing calls."""


class SaidAlready(Refusal):
    """The author said whether this answer helped."""


class NotLate(Refusal):
    """A new date for a promise that holds, or one that is past."""


class UnreadableHours(Refusal):
    """Business hours, closed days or holidays that nobody can count by."""


class BadAbsence(Refusal):
    """An absence that ends before it begins, or in which nobody else stands in."""


class AlreadyAnswered(Refusal):
    """An acknowledgement that would take an answer back."""


class AnsweredMeanwhile(Refusal):
    """Somebody answered, or wrote the next entry, since the writer of another read what stands there."""


class RepeatedWords(Refusal):
    """An explanation that was given to others word for word."""


class AlreadyPublished(Refusal):
    """A draft that somebody published a moment ago."""


class UnknownLanguage(Refusal):
    """A language that is not offered, or that stands there already."""


def check_action_title(title: str) -> str:
    """What the company does, as it is kept: one line.

    Raises:
        NoTitle: it is empty, or longer than 160 characters.
    """
    line = " ".join(tidy(title).split())
    if not 0 < len(line) <= TITLE_LIMIT:
        raise NoTitle(_("Say in one line what the company does, in at most %(limit)s characters.", limit=TITLE_LIMIT))
    return line


def check_title(title: str) -> str:
    """The title as it is kept: one line.

    Raises:
        NoTitle: it is empty, or longer than 160 characters.
    """
    line = " ".join(tidy(title).split())
    if not 0 < len(line) <= TITLE_LIMIT:
        raise NoTitle(_("Give it a title of at most %(limit)s characters.", limit=TITLE_LIMIT))
    return line


def check_length(words: str) -> None:
    """Refuse what no page could show.

    Raises:
        TooLong: more than 20,000 characters.
    """
    if len(words) > MARKDOWN_LIMIT:
        raise TooLong(_("That is longer than 20,000 characters. Shorten it, or link to the rest."))
