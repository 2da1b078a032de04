"""The pages of updates."""

from flask import Blueprint

bp = Blueprint("updates", __name__)

# Each module puts its pages on the blueprint.
from portal.updates.views import choices, home, outbox, unsubscribe  # noqa: E402

__all__ = ["bp", "choices", "home", "outbox", "unsubscribe"]
