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
    figures,
    ideas,
    pictures,
    public,
    search,
    suggesting,
    wording,
    words,
)

__all__ = [
    "actions", "answering", "answers", "asks", "bp", "comments", "figures", "ideas", "pictures", "public", "search",
    "suggesting", "wording", "words",
]  # fmt: skip
