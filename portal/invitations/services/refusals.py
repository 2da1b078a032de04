"""What can stand against a letter, each in a sentence for whoever asked."""

from portal.foundation.errors import Refusal


class NoBasis(Refusal):
    """Nothing says why we may write to them."""


class SaidNo(Refusal):
    """They asked never to be contacted or tracked."""


class OneOfUs(Refusal):
    """They work for the company."""


class NotAPerson(Refusal):
    """A program, not a person."""


class AlreadyMember(Refusal):
    """They are in."""


class AlreadyInvited(Refusal):
    """A letter to them is open."""


class AlreadyDeclined(Refusal):
    """They declined, and have not asked since."""


class NothingPersonal(Refusal):
    """The note is empty or less than a sentence."""


class CannotBeMailed(Refusal):
    """A name or a note with marks that would change the mail around it."""


class NotTheirWords(Refusal):
    """The quoted mention was written by somebody else."""


class TooManyToday(Refusal):
    """This writer's letters of a day are used up."""


class LetterClosed(Refusal):
    """The link leads nowhere: made up, run out, or withdrawn."""
