"""What every page is given: words for times, the company, the navigation and the banners."""

from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Any

from babel import Locale, dates, numbers
from flask import Flask, current_app, request, url_for
from markupsafe import Markup, escape

from portal import frame
from portal.foundation import config
from portal.foundation.access import csrf_token, reader_zone, visitor
from portal.foundation.clock import now
from portal.foundation.text import deadline as deadline_words
from portal.foundation.text import (
    excerpt,
    gettext,
    markdown_excerpt,
    ngettext,
    render_markdown,
    working_words,
)

_ = gettext

_ENGLISH = Locale("en")

# Label, endpoint and the least role that sees it, in the order of the bar.
_MEMBER_BAR = (
    ("home", "updates.show_home"),
    ("ledger", "ledger.list_ideas"),
    ("asks", "ledger.list_asks"),
    ("suggest", "ledger.new_idea"),
    ("members", "community.list_members"),
)
_STAFF_BAR = (("desk", "ledger.list_waiting_ideas"),)
_MANAGER_BAR = (
    ("review", "moderation.list_cases"),
    ("makers", "makers.list_people"),
    ("listening", "listening.list_mentions"),
    ("outbox", "updates.list_mails"),
)

# The pages of an entry that holds several; they stand in a second row while one of them is open.
_INSIDE = {
    "members": (("members", "community.list_members"), ("circles", "community.list_circles")),
    "makers": (
        ("people", "makers.list_people"),
        ("board", "makers.show_board"),
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

# Where the pages belong that no link of the bar leads to: by their endpoint, else by their stage.
_BELONGS = {
    "ledger.show_idea": "ledger",
    "ledger.show_search": "ledger",
    "ledger.show_figures": "ledger",
    "ledger.show_chain": "ledger",
    "ledger.show_ask": "asks",
    "community.new_ask": "asks",
    "community.show_circle": "members",
    "community.new_circle": "members",
    "moderation.edit_rule": "review",
    "updates.show_mail": "outbox",
    "makers": "makers",
    "invitations": "makers",
    "listening": "listening",
}


def install(app: Flask) -> None:
    """Teach the templates their filters and give each page its frame."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=False)  # type: ignore[attr-defined]
    app.jinja_env.globals.update(
        asset=frame.asset,
        head=frame.head,
        mast=frame.mast,
        foot=frame.foot,
        url_for=frame.address,
        _=gettext,
        ngettext=ngettext,
        csrf_token=csrf_token,
    )
    app.jinja_env.filters.update(
        when=when,
        clock=clock,
        day=day,
        deadline=deadline,
        moment_words=moment_words,
        markdown=markdown,
        excerpt=excerpt,
        plain_excerpt=markdown_excerpt,
        number=number,
        working=working_words,
    )
    app.context_processor(_frame)


def when(moment: datetime) -> Markup:
    """A time as people say it ("3 h ago"), with the exact one in the reader's zone on hover."""
    distance = moment - now()
    if abs(distance) < timedelta(seconds=45):
        words = _("just now")
    elif abs(distance) < timedelta(days=30):
        # By the minute, then by the quarter of an hour: no word says more, and each is worked out once.
        step = 60 if abs(distance) < timedelta(hours=6) else 900
        words = _distance(round(distance.total_seconds() / step) * step, _locale())
    else:
        words = _date(moment, _zone(), _locale())
    return _time(moment, _zone(), _locale(), words)


@lru_cache(maxsize=4096)
def _distance(seconds: int, locale: Locale) -> str:
    return dates.format_timedelta(timedelta(seconds=seconds), add_direction=True, locale=locale, threshold=1.2)


@lru_cache(maxsize=4096)
def _date(moment: datetime, zone: tzinfo, locale: Locale) -> str:
    return dates.format_date(moment.astimezone(zone), "medium", locale=locale)


@lru_cache(maxsize=8192)
def _time(moment: datetime, zone: tzinfo, locale: Locale, words: str) -> Markup:
    exact = dates.format_datetime(moment, "medium", tzinfo=zone, locale=locale)
    return Markup('<time datetime="{}" title="{}">{}</time>').format(moment.isoformat(timespec="seconds"), exact, words)


def day(moment: date | datetime) -> str:
    """A date in words; a moment is read in the reader's zone."""
    local = moment.astimezone(_zone()).date() if isinstance(moment, datetime) else moment
    return dates.format_date(local, "long", locale=_locale())


def clock(moment: datetime) -> Markup:
    """The time by the reader's clock ("14:05"), with the day in front of it on another day than today."""
    local, today = moment.astimezone(_zone()), now().astimezone(_zone()).date()
    words = local.strftime("%H:%M")
    if local.date() != today:
        words = f"{dates.format_date(local.date(), 'EEE d MMM', locale=_locale())}, {words}"
    return _time(moment, _zone(), _locale(), words)


def deadline(moment: datetime) -> str:
    """A promise in words: "Thursday 15:00" within the week, the date beyond it."""
    return deadline_words(moment, _zone())


def moment_words(moment: datetime) -> str:
    """A day and its time in the reader's zone."""
    return str(dates.format_datetime(moment, "d MMMM y, HH:mm", tzinfo=_zone(), locale=_locale()))


def number(value: float) -> str:
    """A number with the reader's own separators."""
    return numbers.format_decimal(value, locale=_locale())


def markdown(source: str) -> Markup:
    """Members' Markdown as safe HTML."""
    return Markup(render_markdown(source))  # noqa: S704 - cleaned by our own allow-list


def hours_line() -> str:
    """When the company answers, and whether it is at its desk now."""
    return _hours_line(config.current(), now().replace(second=0, microsecond=0), _locale())


@lru_cache(maxsize=16)
def _hours_line(settings: config.Settings, moment: datetime, locale: Locale) -> str:
    hours, words = settings.hours, escape(settings.BUSINESS_HOURS)
    if hours.is_open(moment):
        return _("We answer %(hours)s; open now", hours=words)
    wait = dates.format_timedelta(hours.next_opening(moment) - moment, locale=locale, threshold=1.2)
    return _("We answer %(hours)s; closed now, back in %(wait)s", hours=words, wait=wait)


def _frame() -> dict[str, Any]:
    user = visitor()
    settings = config.current()
    return {
        "company": {"name": settings.COMPANY_NAME, "is_demo": settings.DEMO, "hours_line": hours_line()},
        "me": user,
        "nav": _navigation(user),
        "banners": _banners(user),
        "lang": "en",
        "accent_css_url": f"/accent.css?of={settings.COMPANY_ACCENT[1:]}" if settings.COMPANY_ACCENT else None,
        "public_ledger": settings.PUBLIC_LEDGER,
    }


def _navigation(user: Any | None) -> list[dict[str, Any]]:
    if user is None:
        return []
    return list(_bar(current_app._get_current_object(), user.is_staff, user.is_manager, request.endpoint or ""))  # type: ignore[attr-defined]


@lru_cache(maxsize=512)
def _bar(app: Flask, is_staff: bool, is_manager: bool, here: str) -> tuple[dict[str, Any], ...]:
    """The entries of the bar with the pages inside the open one; the same for everyone with the same role."""
    bar = [*_MEMBER_BAR, *(_STAFF_BAR if is_staff else ()), *(_MANAGER_BAR if is_manager else ())]
    return tuple(_entry(app, key, endpoint, here) for key, endpoint in bar if endpoint in app.view_functions)


def _entry(app: Flask, key: str, endpoint: str, here: str) -> dict[str, Any]:
    labels = _labels()
    inside = [(name, target) for name, target in _INSIDE.get(key, ()) if target in app.view_functions]
    belongs = _BELONGS.get(here) or _BELONGS.get(here.partition(".")[0])
    is_open = belongs == key or here in {target for _name, target in inside}
    return {
        "label": labels[key],
        "url": url_for(endpoint),
        "is_current": here == endpoint,
        "is_open": is_open,
        "inside": tuple((labels[name], url_for(target), here == target) for name, target in inside) if is_open else (),
        "count": None,
    }


def _labels() -> dict[str, str]:
    return {
        "home": _("Home"),
        "ledger": _("Ledger"),
        "asks": _("Asks"),
        "circles": _("Circles"),
        "review": _("To look at"),
        "suggest": _("Suggest"),
        "members": _("Members"),
        "desk": _("Answer desk"),
        "makers": _("Makers"),
        "people": _("People"),
        "board": _("Board"),
        "lists": _("Lists"),
        "merges": _("Same person?"),
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


def _banners(user: Any | None) -> list[dict[str, Any]]:
    settings = config.current()
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


_zone = reader_zone


def _locale() -> Locale:
    return _ENGLISH
