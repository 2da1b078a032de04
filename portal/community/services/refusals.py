"""What the community refuses."""

from portal.foundation.errors import Refusal


class NoName(Refusal):
    """A circle, an ask or an event without a name, or with one that is too long."""


class UnknownPeople(Refusal):
    """Lines that name nobody, or more than one."""


class NoSeat(Refusal):
    """No place in this circle."""


class NotStaff(Refusal):
    """Only someone of the company can do this."""


class BadTimes(Refusal):
    """Times that do not follow each other, or lie in the past."""


class NoSummary(Refusal):
    """An ask cannot be closed without what was heard and what comes of it."""


class NotOpen(Refusal):
    """An ask that takes no answers now."""


class AlreadyChosen(Refusal):
    """One voice each in a poll."""


class TooMany(Refusal):
    """More pictures than one question takes."""


class NotAChoice(Refusal):
    """Fewer than two choices, or one that stands in another poll."""
