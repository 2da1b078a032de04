"""The pages of makers: the shortlist, a person, and what stands behind a score."""

from portal.makers.views import merging
from portal.makers.views.pages import bp

__all__ = ["bp", "merging"]
