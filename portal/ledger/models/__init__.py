"""What the ledger keeps: ideas, votes and comments, and the company's answers and actions."""

from portal.ledger.models.answers import (
    DECISIONS,
    Action,
    ActionStage,
    AppendOnly,
    Progress,
    Response,
    ResponseKind,
    has_slipped,
)
from portal.ledger.models.beside import Attachment, DraftPicture, IdeaDraft, IdeaMerge, IdeaTag, Tag
from portal.ledger.models.comments import SILENT, Comment, Naming, Wording
from portal.ledger.models.drafts import AnswerDraft, Reason
from portal.ledger.models.ideas import OPEN, Idea, Standing, Vote, beside_title, repeats
from portal.ledger.models.openings import Opening
from portal.ledger.models.promises import Absence, NewDate, OwnerRule, PromiseWarning, Terms, WarningLevel
from portal.ledger.models.proofs import LinkKind, ProofFile, ProofLink, read_link
from portal.ledger.models.words import AuthorWord, WordKind

__all__ = [
    "DECISIONS",
    "OPEN",
    "SILENT",
    "Absence",
    "Action",
    "ActionStage",
    "AnswerDraft",
    "AppendOnly",
    "Attachment",
    "AuthorWord",
    "Comment",
    "DraftPicture",
    "Idea",
    "IdeaDraft",
    "IdeaMerge",
    "IdeaTag",
    "LinkKind",
    "Naming",
    "NewDate",
    "Opening",
    "OwnerRule",
    "Progress",
    "PromiseWarning",
    "ProofFile",
    "ProofLink",
    "Reason",
    "Response",
    "ResponseKind",
    "Standing",
    "Tag",
    "Terms",
    "Vote",
    "WarningLevel",
    "WordKind",
    "Wording",
    "beside_title",
    "has_slipped",
    "read_link",
    "repeats",
]  # fmt: skip
