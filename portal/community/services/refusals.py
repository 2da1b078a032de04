"""What the community refuses."""

from portal.foundation.errors import Refusal


class NoName(Refusal):
    """A circle, an ask or an event without a name, or with one that is too long."""


class UnknownPeople(Refusal):
    """Lines that name nobody, or more than one."""


class NoSeat(Refusal):
    """No place in this circle."""


class NoteChanged(Refusal):
    """What they are about to confirm is not what they have read."""


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


class BadAddress(Refusal):
    """An address that no browser opens, or one that is not what it seems."""


class TooFewPlaces(Refusal):
    """More people have a place already."""


class NoPlace(Refusal):
    """An event that takes nobody now, or a place that is not there to give back."""


class NobodyCame(Refusal):
    """Nobody is marked as having come."""


class NoWords(Refusal):
    """Something that is told to people needs words of substance."""
