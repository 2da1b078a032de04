"""The pages of listening."""

from portal.listening.views import hooks, imports, mentions, pictures, readings, sources, trackers
from portal.listening.views.blueprint import bp

__all__ = ["bp", "hooks", "imports", "mentions", "pictures", "readings", "sources", "trackers"]
