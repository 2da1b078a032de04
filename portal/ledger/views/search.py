"""The search page: words in suggestions, answers, comments and actions."""

from typing import Any
from urllib.parse import urlencode

from flask import render_template, request
from flask.typing import ResponseReturnValue

from portal.accounts.policies import is_signed_in
from portal.foundation.access import actor, allow
from portal.foundation.text import gettext as _
from portal.foundation.text import tidy
from portal.ledger.models import Standing
from portal.ledger.queries import SearchFilter, search_page
from portal.ledger.views import bp
from portal.ledger.views.record import row_key

WORDS_LIMIT = 200


@bp.get("/search")
@allow(is_signed_in)
def show_search() -> ResponseReturnValue:
    """What was found for the words in the address."""
    asked = _asked()
    page = search_page(asked, actor())
    return render_template(
        "ledger/show_search.html",
        asked=asked,
        page=page,
        kinds=_kinds(asked),
        standings=list(Standing),
        labels=_labels(),
        by_time_url=_url(asked, order="newest"),
        best_url=_url(asked, order=None),
        older_url=_url(asked, before=page.older) if page.older else None,
    )


def _asked() -> SearchFilter:
    given = request.args
    standing, kind = given.get("standing", ""), given.get("kind", "")
    return SearchFilter(
        words=tidy(given.get("q"))[:WORDS_LIMIT],
        kind=kind if kind in _labels() else None,
        standing=Standing(standing) if standing in set(Standing) else None,
        by_time=given.get("order") == "newest",
        before=given.get("before", type=row_key),
    )


def _labels() -> dict[str, str]:
    return {
        "idea": _("Suggestions"),
        "response": _("Answers"),
        "comment": _("Comments"),
        "action": _("Actions"),
    }


def _kinds(asked: SearchFilter) -> list[dict[str, Any]]:
    every = {"label": _("Everything"), "url": _url(asked, kind=None), "is_current": asked.kind is None}
    return [every] + [
        {"label": label, "url": _url(asked, kind=kind), "is_current": asked.kind == kind}
        for kind, label in _labels().items()
    ]


def _url(asked: SearchFilter, **more: Any) -> str:
    kept = {
        "q": asked.words,
        "kind": asked.kind,
        "standing": asked.standing.value if asked.standing else None,
        "order": "newest" if asked.by_time else None,
    }
    given = {name: value for name, value in {**kept, **more}.items() if value}
    return f"/search?{urlencode(given)}" if given else "/search"
