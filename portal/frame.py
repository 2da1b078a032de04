"""The parts of the frame around every page that are the same for many requests, each drawn once."""

import json
from datetime import datetime
from functools import lru_cache
from secrets import token_hex
from typing import Any

from flask import Flask, current_app, get_template_attribute, has_request_context, request, session, url_for
from markupsafe import Markup, escape

from portal.foundation import config
from portal.foundation.access import csrf_token, own, reader_of_page, visitor
from portal.foundation.clock import now
from portal.foundation.text import distance_words, gettext, language
from portal.ledger.promises import OpeningHours, opening_hours

_ = gettext

# Where the reader's token belongs in a mast that was drawn for them before.
_TOKEN = token_hex(16)

BUILT = config.ROOT / "static" / "built"

# Label, endpoint and the least role that sees it, in the order of the bar.
_MEMBER_BAR = (
    ("home", "updates.show_home"), ("ledger", "ledger.list_ideas"), ("asks", "ledger.list_asks"),
    ("suggest", "ledger.new_idea"), ("members", "community.list_members"),
)  # fmt: skip
_STAFF_BAR = (("desk", "ledger.list_waiting_ideas"),)
_MANAGER_BAR = (
    ("review", "moderation.list_cases"), ("makers", "makers.list_people"), ("listening", "listening.list_mentions"),
    ("outbox", "updates.list_mails"),
)  # fmt: skip

# The pages of an entry that holds several; they stand in a second row while one of them is open.
_INSIDE = {
    "ledger": (("rows", "ledger.list_ideas"), ("actions", "ledger.list_actions"), ("figures", "ledger.show_figures")),
    "asks": (("asks", "ledger.list_asks"), ("events", "community.list_events")),
    "members": (("members", "community.list_members"), ("circles", "community.list_circles")),
    "makers": (
        ("people", "makers.list_people"),
        ("board", "makers.show_board"),
        ("critics", "makers.list_critics"),
        ("hours", "makers.show_hours"),
        ("lists", "makers.list_saved_lists"),
        ("invitations", "invitations.list_invitations"),
        ("merges", "makers.list_merges"),
        ("proof", "makers.show_proof"),
    ),
    "listening": (
        ("mentions", "listening.list_mentions"),
        ("trackers", "listening.list_trackers"),
        ("sources", "listening.list_sources"),
        ("imports", "listening.list_imports"),
        ("readings", "listening.list_readings"),
    ),
}

# The pages that no link of the bar leads to, those of refused forms too: by their place in the bar, their stage and
# the page of the second row that they stand behind, which stays marked while they are open.
_PAGES = {
    ("ledger", "ledger", "ledger.list_ideas"): (
        "show_idea show_search create_response create_answer_preview create_hand_over create_new_date create_reply "
        "create_verdict create_comment new_merge create_merge"
    ),
    ("ledger", "ledger", "ledger.list_actions"): (
        "show_action create_progress new_links create_links create_link_search"
    ),
    ("ledger", "ledger", "ledger.show_figures"): "show_chain",
    ("desk", "ledger", ""): (
        "list_answer_drafts list_reasons edit_reason show_answering create_terms create_fall_back "
        "create_tag_rule create_absence create_reason create_reason_change"
    ),
    ("asks", "ledger", "ledger.list_asks"): "show_ask",
    ("members", "ledger", "community.list_members"): "show_member",
    ("asks", "community", "ledger.list_asks"): "new_ask create_ask edit_ask update_ask edit_summary create_summary",
    ("asks", "community", "community.list_events"): (
        "show_event new_event create_event edit_event update_event new_cancellation create_cancellation "
        "new_event_thanks create_event_thanks"
    ),
    ("members", "community", "community.list_circles"): (
        "show_circle new_circle create_circle edit_circle update_circle edit_seats create_seats"
    ),
    ("review", "moderation", ""): (
        "edit_rule list_all_decisions new_decision create_decision new_comment_decision create_comment_decision "
        "new_word_decision create_word_decision create_outcome update_rule new_suspension create_suspension"
    ),
    ("desk", "moderation", ""): "list_colleagues create_colleague",
    ("outbox", "updates", ""): "show_mail",
    ("suggest", "ledger", ""): "create_idea create_preview list_similar_ideas create_case",
    ("makers", "makers", "makers.list_people"): "show_person list_evidence show_plan show_comparison",
    ("makers", "makers", "makers.show_board"): "show_table",
    ("makers", "makers", "makers.list_saved_lists"): "show_saved_list",
}
_PLACED = {f"{stage}.{view}": (key, row) for (key, stage, row), views in _PAGES.items() for view in views.split()}
# Where pages belong: by their endpoint, else by their stage.
_BELONGS = {page: key for page, (key, _row) in _PLACED.items()}
_BELONGS |= {"makers": "makers", "invitations": "makers", "listening": "listening"}
_BEHIND = {page: row for page, (_key, row) in _PLACED.items() if row}


def asset(name: str) -> str:
    """The address of a built file, by its logical name such as `shared/app.css`."""
    return "/static/" + str(_manifest(_stamp())[name])


def head(accent_css_url: str | None = None) -> Markup:
    """What stands in the head of every page; the same for everyone until the files are built anew."""
    return _head(current_app._get_current_object(), _stamp(), accent_css_url)  # type: ignore[attr-defined]


@lru_cache(maxsize=8)
def _head(app: Flask, _stamp: float, accent_css_url: str | None) -> Markup:
    return Markup(app.jinja_env.get_template("shared/head.html").render(accent_css_url=accent_css_url))  # noqa: S704 - a template


@own
def mast() -> str:
    """The top of a page, drawn once for each reader and place in the bar."""
    reader = visitor()
    name, alike = (reader.name, reader.alike) if reader else ("", None)
    drawn = _mast(
        current_app._get_current_object(),  # type: ignore[attr-defined]
        config.current(),
        hours_line(),
        language(),
        request.script_root,
        request.endpoint or "",
        name,
        alike,
    )
    return drawn.replace(_TOKEN, csrf_token()) if reader else drawn


@lru_cache(maxsize=1024)
def _mast(
    app: Flask,
    settings: config.Settings,
    line: str,
    _language: object,
    _root: str,
    here: str,
    name: str,
    alike: Any,
) -> str:
    return app.jinja_env.get_template("shared/mast.html").render(
        csrf=_TOKEN,
        name=name,
        company={"name": settings.COMPANY_NAME, "hours_line": line},
        nav=_bar(alike, here),
        banners=_banners(settings, alike),
    )


@own
def flashes() -> str:
    """What the last request had to say to this reader."""
    return str(get_template_attribute("shared/components.html", "flashes")()) if "_flashes" in session else ""


def banners() -> list[dict[str, Any]]:
    """What stands above a page that has no bar."""
    return _banners(config.current(), reader_of_page())


def foot() -> Markup:
    """The end of a page."""
    return _foot(current_app._get_current_object(), language())  # type: ignore[attr-defined]


@lru_cache(maxsize=32)
def _foot(app: Flask, _language: object) -> Markup:
    return Markup(app.jinja_env.get_template("shared/foot.html").render())  # noqa: S704 - a template


def address(endpoint: str, **values: Any) -> str:
    """The address of a page; the `url_for` of the templates. Numbers are put into one that was worked out once."""
    plain = all(type(value) is int and name[0] != "_" for name, value in values.items())
    if not plain or endpoint[0] == "." or not has_request_context():
        return url_for(endpoint, **values)
    pattern = _address(current_app._get_current_object(), request.script_root, endpoint, tuple(values))  # type: ignore[attr-defined]
    return pattern.format(**values)


# Stands for a number, less its place among them, while an address is worked out; no path of a portal holds it.
_ANY_NUMBER = 7_654_321_098


@lru_cache(maxsize=1024)
def _address(_app: Flask, _root: str, endpoint: str, names: tuple[str, ...]) -> str:
    stands_for: dict[str, Any] = {name: _ANY_NUMBER - place for place, name in enumerate(names)}
    # Braces of an address are written as %7B and %7D.
    pattern = url_for(endpoint, **stands_for)
    for name, number in stands_for.items():
        pattern = pattern.replace(str(number), f"{{{name}}}")
    return pattern


def hours_line() -> str:
    """When the company answers, and whether it is at its desk now."""
    return _hours_line(opening_hours(), now().replace(second=0, microsecond=0))


@lru_cache(maxsize=16)
def _hours_line(opening: OpeningHours, moment: datetime) -> str:
    hours, words = opening.calendar, escape(opening.spoken)
    if hours.is_open(moment):
        return _("We answer %(hours)s; open now", hours=words)
    wait = distance_words(hours.next_opening(moment) - moment)
    return _("We answer %(hours)s; closed now, back in %(wait)s", hours=words, wait=wait)


def _bar(user: Any | None, here: str) -> list[dict[str, Any]]:
    """The entries of the bar with the pages inside the open one; the same for everyone with the same role."""
    if user is None:
        return []
    bar = [*_MEMBER_BAR, *(_STAFF_BAR if user.is_staff else ()), *(_MANAGER_BAR if user.is_manager else ())]
    return [_entry(key, endpoint, here) for key, endpoint in bar if endpoint in current_app.view_functions]


def _entry(key: str, endpoint: str, here: str) -> dict[str, Any]:
    labels = _labels()
    inside = [(name, target) for name, target in _INSIDE.get(key, ()) if target in current_app.view_functions]
    belongs = _BELONGS.get(here) or _BELONGS.get(here.partition(".")[0])
    is_open = belongs == key or here in {target for _name, target in inside}
    return {
        "label": labels[key],
        "url": url_for(endpoint),
        "is_current": here == endpoint,
        "is_open": is_open,
        "inside": tuple(_link(labels[name], target, here) for name, target in inside) if is_open else (),
        "count": None,
    }


def _link(label: str, target: str, here: str) -> tuple[str, str, str]:
    """A page of the second row, and what `aria-current` says: it is this page, or the one this page stands behind."""
    return label, url_for(target), "page" if here == target else "true" if _BEHIND.get(here) == target else ""


def _labels() -> dict[str, str]:
    return {
        "home": _("Home"),
        "ledger": _("Ledger"),
        "rows": _("Suggestions"),
        "actions": _("What is being done"),
        "figures": _("Figures"),
        "asks": _("Asks"),
        "circles": _("Circles"),
        "events": _("Events"),
        "review": _("To look at"),
        "suggest": _("Suggest"),
        "members": _("Members"),
        "desk": _("Answer desk"),
        "makers": _("Makers"),
        "people": _("People"),
        "board": _("Board"),
        "critics": _("Critics who care"),
        "lists": _("Lists"),
        "merges": _("Same person?"),
        "hours": _("Where and when"),
        "proof": _("Was the score right?"),
        "invitations": _("Invitations"),
        "listening": _("Listening"),
        "mentions": _("Mentions"),
        "trackers": _("Trackers"),
        "sources": _("Sources"),
        "imports": _("Files"),
        "readings": _("How they are read"),
        "outbox": _("Outbox"),
    }


def _banners(settings: config.Settings, user: Any | None) -> list[dict[str, Any]]:
    banners: list[dict[str, Any]] = []
    if settings.DEMO:
        banners.append({"kind": "demo", "text": _("Demonstration: every person and word here is invented.")})
    if user is not None and user.is_staff and not settings.sends_mail:
        banners.append(
            {
                "kind": "warning",
                "text": _("No mail server is set, so nothing is being sent. Mails wait in the outbox."),
                "url": url_for("updates.list_mails") if user.is_manager else None,
                "link_label": _("Read them there"),
            }
        )
    return banners


def _stamp() -> float:
    try:
        return (BUILT / "manifest.json").stat().st_mtime
    except FileNotFoundError as problem:
        raise RuntimeError("The styles are not built yet: run bin/assets.") from problem


@lru_cache(maxsize=2)
def _manifest(_stamp: float) -> dict[str, str]:
    return dict(json.loads((BUILT / "manifest.json").read_text("utf-8")))
