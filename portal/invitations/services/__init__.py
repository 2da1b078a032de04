"""Asking people in, and what they say to it."""

from portal.invitations.services.answers import accept, decline, never_write_again
from portal.invitations.services.letters import draft_letter, invite, withdraw
from portal.invitations.services.refusals import (
    AlreadyDeclined,
    AlreadyInvited,
    AlreadyMember,
    CannotBeMailed,
    LetterClosed,
    NoBasis,
    NotAPerson,
    NothingPersonal,
    NotTheirWords,
    OneOfUs,
    SaidNo,
    TooManyToday,
)
from portal.invitations.services.rules import LETTERS_A_DAY, NOTE_LIMIT, obstacle

__all__ = [
    "LETTERS_A_DAY",
    "NOTE_LIMIT",
    "AlreadyDeclined",
    "AlreadyInvited",
    "AlreadyMember",
    "CannotBeMailed",
    "LetterClosed",
    "NoBasis",
    "NotAPerson",
    "NotTheirWords",
    "NothingPersonal",
    "OneOfUs",
    "SaidNo",
    "TooManyToday",
    "accept",
    "decline",
    "draft_letter",
    "invite",
    "never_write_again",
    "obstacle",
    "withdraw",
]
