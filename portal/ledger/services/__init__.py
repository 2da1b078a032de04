"""The verbs of the ledger: suggest, stand behind, answer, act, hand over."""

from portal.ledger.services.actions import record_progress, start_action
from portal.ledger.services.answers import respond
from portal.ledger.services.comments import comment, reword, reword_comment
from portal.ledger.services.ideas import hand_over, suggest, take_back_vote, vote
from portal.ledger.services.imports import Brought, bring_over
from portal.ledger.services.refusals import (
    AlreadyAnswered,
    NoAction,
    NobodyToAnswer,
    NoReason,
    NotHere,
    NothingNew,
    NothingToSee,
    NoTitle,
    NotYours,
    NoWords,
    TooLong,
)

__all__ = [
    "AlreadyAnswered", "Brought", "NoAction", "NoReason", "NoTitle", "NoWords", "NobodyToAnswer", "NotHere",
    "NotYours", "NothingNew", "NothingToSee", "TooLong", "bring_over", "comment", "hand_over", "record_progress",
    "respond", "reword", "reword_comment", "start_action", "suggest", "take_back_vote", "vote",
]  # fmt: skip
