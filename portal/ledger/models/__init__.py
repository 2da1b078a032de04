"""What the ledger keeps: ideas, votes and comments, and the company's answers and actions."""

from portal.ledger.models.answers import (
    DECISIONS,
    Action,
    ActionStage,
    AppendOnly,
    Progress,
    Response,
    ResponseKind,
)
from portal.ledger.models.comments import SILENT, Comment, Wording
from portal.ledger.models.ideas import OPEN, Idea, Standing, Vote
from portal.ledger.models.words import AuthorWord, WordKind

__all__ = [
    "DECISIONS", "OPEN", "SILENT", "Action", "ActionStage", "AppendOnly", "AuthorWord", "Comment", "Idea", "Progress",
    "Response", "ResponseKind", "Standing", "Vote", "WordKind", "Wording",
]  # fmt: skip
