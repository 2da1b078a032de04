"""The pages of makers: the shortlist, a person, what stands behind a score, merges, and whether it was right."""

from portal.makers.views import hours, lists, merging, pages, proof, shortlist
from portal.makers.views.blueprint import bp

__all__ = ["bp", "hours", "lists", "merging", "pages", "proof", "shortlist"]
