"""The pages of listening."""

from portal.listening.views import imports, mentions, sources, trackers
from portal.listening.views.blueprint import bp

__all__ = ["bp", "imports", "mentions", "sources", "trackers"]
