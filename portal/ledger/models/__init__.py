"""What the ledger keeps: ideas and votes, and the company's answers and actions."""

from portal.ledger.models.answers import (
    DECISIONS,
    Action,
    ActionStage,
    AppendOnly,
    Progress,
    Response,
    ResponseKind,
)
from portal.ledger.models.ideas import OPEN, Idea, Standing, Vote

__all__ = [
    "DECISIONS", "OPEN", "Action", "ActionStage", "AppendOnly", "Idea", "Progress", "Response", "ResponseKind",
    "Standing", "Vote",
]  # fmt: skip
