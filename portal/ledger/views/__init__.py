"""The pages of the ledger."""

from flask import Blueprint

bp = Blueprint("ledger", __name__)

# Each module puts its pages on the blueprint.
from portal.ledger.views import (  # noqa: E402
    actions,
    answering,
    answers,
    asks,
    comments,
    drafts,
    figures,
    ideas,
    keeping,
    linking,
    members,
    merging,
    naming,
    pictures,
    public,
    reasons,
    search,
    suggesting,
    tags,
    wording,
    words,
)

__all__ = [
    "actions", "answering", "answers", "asks", "bp", "comments", "drafts", "figures", "ideas", "keeping", "linking",
    "members", "merging", "naming", "pictures", "public", "reasons", "search", "suggesting", "tags", "wording",
    "words",
]  # fmt: skip
