"""The pages of moderation."""

from flask import Blueprint

bp = Blueprint("moderation", __name__)

# Each module puts its pages on the blueprint.
from portal.moderation.views import authors, deciding, people, reports  # noqa: E402

__all__ = ["authors", "bp", "deciding", "people", "reports"]
