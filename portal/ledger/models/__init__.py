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

__all__ = [
    "DECISIONS", "OPEN", "SILENT", "Action", "ActionStage", "AppendOnly", "Comment", "Idea", "Progress", "Response",
    "ResponseKind", "Standing", "Vote", "Wording",
]  # fmt: skip
