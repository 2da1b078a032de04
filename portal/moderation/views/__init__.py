"""The pages of moderation."""

from flask import Blueprint

bp = Blueprint("moderation", __name__)

# Each module puts its pages on the blueprint.
from portal.moderation.views import authors, colleagues, deciding, people, reports, suspended  # noqa: E402

__all__ = ["authors", "bp", "colleagues", "deciding", "people", "reports", "suspended"]
