"""What the community keeps: members, circles and asks."""

from portal.community.models.asks import Ask, AskChoice, AskPicture, AskVote
from portal.community.models.circles import Circle, CircleMember, Confirmation
from portal.community.models.members import EntryRule, Member

__all__ = [
    "Ask", "AskChoice", "AskPicture", "AskVote", "Circle", "CircleMember", "Confirmation", "EntryRule", "Member",
]  # fmt: skip
