"""What is listened for, where, and what was heard from whom."""

from portal.listening.models.mentions import Author, Match, Mention, MentionMedia, StreamDue
from portal.listening.models.sources import (
    Health,
    ImportStatus,
    MentionImport,
    Push,
    PushStatus,
    Source,
    Tracker,
    TrackerKind,
)

__all__ = [
    "Author",
    "Health",
    "ImportStatus",
    "Match",
    "Mention",
    "MentionImport",
    "MentionMedia",
    "Push",
    "PushStatus",
    "Source",
    "StreamDue",
    "Tracker",
    "TrackerKind",
]
