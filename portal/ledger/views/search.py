"""The search page: words in suggestions, answers, replies to them, comments and actions."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from flask import render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup, escape

from portal.accounts.policies import is_signed_in
from portal.foundation.access import actor, allow, draw_template, drawn_page, row_key
from portal.foundation.search import read_asked
from portal.foundation.text import gettext as _
from portal.foundation.text import tidy
from portal.ledger.models import Standing
from portal.ledger.queries import Hit, SearchFilter, search_page
from portal.ledger.views import bp
from portal.ledger.visibility import TOPIC, Reach, reach_of

WORDS_LIMIT = 200


@bp.get("/search")
@allow(is_signed_in)
def show_search() -> ResponseReturnValue:
    """What was found for the words in the address."""
    return _page(_asked(), reach_of(actor()))


@drawn_page(TOPIC)
def _page(asked: SearchFilter, reach: Reach) -> str:
    """The page; the same question of readers who may see the same is answered once."""
    found = _found(asked, reach) if asked.words else None
    return render_template(
        "ledger/show_search.html", asked=asked, found=found, kinds=_kinds(asked), standings=list(Standing)
    )


def _found(asked: SearchFilter, reach: Reach) -> Markup:
    page, typed = search_page(asked, reach), read_asked(asked.words)
    return draw_template(
        "ledger/search_hits.html",
        asked=asked,
        hits=page.hits,
        is_asked=bool(typed.held),
        plain_url=_url(asked, q=typed.plain) if typed.plain and read_asked(typed.plain) != typed else None,
        kinds=_badges(),
        pieces=_with_marks,
        address=_address,
        by_time_url=_url(asked, order="newest"),
        best_url=_url(asked, order=None),
        older_url=_url(asked, before=page.older) if page.older else None,
    )


def _with_marks(pieces: Iterable[tuple[str, bool]]) -> Markup:
    """Text with what was looked for marked in it."""
    html = "".join(f"<mark>{escape(text)}</mark>" if is_marked else escape(text) for text, is_marked in pieces)
    return Markup(html)  # noqa: S704 - each piece is escaped


def _address(hit: Hit) -> str:
    """The page on which a hit stands."""
    if hit.kind == "action":
        return f"/actions/{hit.subject_id}"
    if hit.kind == "comment":
        return f"/comments/{hit.subject_id}"
    place = {"response": f"#answer-{hit.subject_id}", "word": f"#word-{hit.subject_id}"}.get(hit.kind, "")
    return f"/ideas/{hit.idea_id}{place}"


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


def _badges() -> dict[str, str]:
    return {
        "idea": _("Suggestion"),
        "response": _("Answer"),
        "word": _("Reply to an answer"),
        "comment": _("Comment"),
        "action": _("Action"),
    }


def _labels() -> dict[str, str]:
    return {
        "idea": _("Suggestions"),
        "response": _("Answers"),
        "word": _("Replies to answers"),
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
