"""What the community keeps: members, circles, asks and events."""

from portal.community.models.asks import Ask, AskChoice, AskPicture, AskVote
from portal.community.models.circles import Circle, CircleMember, Confirmation
from portal.community.models.events import REMINDED_BEFORE, Event, Rsvp
from portal.community.models.members import EntryRule, FormerName, Member, MemberLink, Thanks

__all__ = [
    "REMINDED_BEFORE", "Ask", "AskChoice", "AskPicture", "AskVote", "Circle", "CircleMember", "Confirmation",
    "EntryRule", "Event", "FormerName", "Member", "MemberLink", "Rsvp", "Thanks",
]  # fmt: skip
