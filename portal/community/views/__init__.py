"""The pages of the community."""

from flask import Blueprint

bp = Blueprint("community", __name__)

# Each module puts its pages on the blueprint.
from portal.community.views import asks, circles, events, hosting, members, pictures, running  # noqa: E402

__all__ = ["asks", "bp", "circles", "events", "hosting", "members", "pictures", "running"]
