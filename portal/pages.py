"""What every page is given: words for times, the company, the navigation and the banners."""

import json
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Any

from babel import Locale, dates, numbers
from flask import Flask, current_app, has_request_context, request, url_for
from markupsafe import Markup, escape

from portal.foundation import config
from portal.foundation.access import HOLE, csrf_token, reader_zone, visitor
from portal.foundation.clock import now
from portal.foundation.text import deadline as deadline_words
from portal.foundation.text import (
    excerpt,
    gettext,
    language,
    markdown_excerpt,
    ngettext,
    render_markdown,
    working_words,
)

_ = gettext

_ENGLISH = Locale("en")
BUILT = config.ROOT / "static" / "built"

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
    ("makers", "makers.list_people"),
    ("invitations", "invitations.list_invitations"),
    ("circles", "community.list_circles"),
    ("review", "moderation.list_cases"),
    ("mentions", "listening.list_mentions"),
    ("sources", "listening.list_sources"),
    ("imports", "listening.list_imports"),
    ("outbox", "updates.list_mails"),
)


def install(app: Flask) -> None:
    """Teach the templates their filters and give each page its frame."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=False)  # type: ignore[attr-defined]
    app.jinja_env.globals.update(
        asset=asset,
        head=head,
        mast=mast,
        foot=foot,
        url_for=address,
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


def asset(name: str) -> str:
    """The address of a built file, by its logical name such as `shared/app.css`."""
    return "/static/" + str(_manifest(_stamp())[name])


def head(accent_css_url: str | None = None) -> Markup:
    """What stands in the head of every page; the same for everyone until the files are built anew."""
    return _head(current_app._get_current_object(), _stamp(), accent_css_url)  # type: ignore[attr-defined]


@lru_cache(maxsize=8)
def _head(app: Flask, _stamp: float, accent_css_url: str | None) -> Markup:
    return Markup(app.jinja_env.get_template("shared/head.html").render(accent_css_url=accent_css_url))  # noqa: S704 - a template


def mast(company: dict[str, Any], name: str | None, nav: list[dict[str, Any]], banners: list[dict[str, Any]]) -> Markup:
    """The top of a page, drawn once for each reader and place in the bar."""
    key = tuple(company.items()), tuple(map(_items, nav)), tuple(map(_items, banners))
    drawn = _mast(current_app._get_current_object(), language(), name, *key)  # type: ignore[attr-defined]
    return Markup(drawn.replace(HOLE, csrf_token()) if name else drawn)  # noqa: S704 - a template


def _items(entry: dict[str, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple(entry.items())


@lru_cache(maxsize=1024)
def _mast(app: Flask, _language: object, name: str | None, company: Any, nav: Any, banners: Any) -> str:
    return app.jinja_env.get_template("shared/mast.html").render(
        csrf=HOLE,
        name=name,
        company=dict(company),
        nav=[dict(entry) for entry in nav],
        banners=[dict(entry) for entry in banners],
    )


def foot() -> Markup:
    """The end of a page."""
    return _foot(current_app._get_current_object(), language())  # type: ignore[attr-defined]


@lru_cache(maxsize=32)
def _foot(app: Flask, _language: object) -> Markup:
    return Markup(app.jinja_env.get_template("shared/foot.html").render())  # noqa: S704 - a template


def address(endpoint: str, **values: Any) -> str:
    """The address of a page, worked out once for each row; the `url_for` of the templates."""
    plain = all(type(value) is int and name[0] != "_" for name, value in values.items())
    if not plain or endpoint[0] == "." or not has_request_context():
        return url_for(endpoint, **values)
    return _address(current_app._get_current_object(), request.script_root, endpoint, tuple(values.items()))  # type: ignore[attr-defined]


@lru_cache(maxsize=8192)
def _address(_app: Flask, _root: str, endpoint: str, values: tuple[tuple[str, Any], ...]) -> str:
    return url_for(endpoint, **dict(values))


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
    return [
        {"label": label, "url": url, "is_current": request.endpoint == endpoint, "count": None}
        for label, url, endpoint in _bar(current_app._get_current_object(), user.is_staff, user.is_manager)  # type: ignore[attr-defined]
    ]


@lru_cache(maxsize=16)
def _bar(app: Flask, is_staff: bool, is_manager: bool) -> list[tuple[str, str, str]]:
    """Label, address and endpoint of each entry; the same for everyone with the same role."""
    bar = [*_MEMBER_BAR, *(_STAFF_BAR if is_staff else ()), *(_MANAGER_BAR if is_manager else ())]
    labels = _labels()
    return [(labels[key], url_for(endpoint), endpoint) for key, endpoint in bar if endpoint in app.view_functions]


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
        "invitations": _("Invitations"),
        "mentions": _("Mentions"),
        "sources": _("Sources"),
        "imports": _("Imports"),
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


def _stamp() -> float:
    try:
        return (BUILT / "manifest.json").stat().st_mtime
    except FileNotFoundError as problem:
        raise RuntimeError("The styles are not built yet: run bin/assets.") from problem


@lru_cache(maxsize=2)
def _manifest(_stamp: float) -> dict[str, str]:
    return dict(json.loads((BUILT / "manifest.json").read_text("utf-8")))
