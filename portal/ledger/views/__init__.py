"""The pages of the ledger."""

from flask import Blueprint

bp = Blueprint("ledger", __name__)

# Each module puts its pages on the blueprint.
from portal.ledger.views import actions, answers, asks, comments, ideas, public, search, suggesting, wording  # noqa: E402

__all__ = ["actions", "answers", "asks", "bp", "comments", "ideas", "public", "search", "suggesting", "wording"]
