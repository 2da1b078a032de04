"""What every page is given: words for times, its reader, the company."""

from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Any

from flask import Flask
from markupsafe import Markup

from portal import frame
from portal.accounts.languages import language_name
from portal.foundation import config
from portal.foundation.access import csrf_token, reader_number, reader_of_page, reader_zone
from portal.foundation.clock import now
from portal.foundation.text import (
    clock_words,
    date_words,
    distance_words,
    excerpt,
    gettext,
    grouped,
    leaf_words,
    markdown_excerpt,
    moment_words,
    ngettext,
    render_markdown,
    span_words,
    working_words,
)
from portal.foundation.text import deadline as deadline_words
from portal.moderation.queries import change_asked_of

_ = gettext


def install(app: Flask) -> None:
    """Teach the templates their filters and give each page its frame."""
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=False)  # type: ignore[attr-defined]
    app.jinja_env.globals.update(
        asset=frame.asset,
        head=frame.head,
        mast=frame.mast,
        banners=frame.banners,
        hours_line=frame.hours_line,
        flashes=frame.flashes,
        reader_number=reader_number,
        foot=frame.foot,
        url_for=frame.address,
        _=gettext,
        ngettext=ngettext,
        csrf_token=csrf_token,
        change_asked_of=change_asked_of,
    )
    app.jinja_env.filters.update(
        when=when,
        clock=clock,
        day=day,
        leaf=leaf,
        deadline=deadline,
        exact=exact,
        span=span,
        markdown=markdown,
        excerpt=excerpt,
        plain_excerpt=markdown_excerpt,
        number=grouped,
        working=working_words,
        language_name=language_name,
    )
    app.context_processor(_frame)


def when(moment: datetime) -> Markup:
    """A time as people say it ("3 hours ago"), with the exact one in the reader's zone on hover."""
    distance = moment - now()
    if abs(distance) < timedelta(seconds=45):
        words = _("just now")
    elif abs(distance) < timedelta(days=30):
        # By the minute, then by the quarter of an hour: no word says more, and each is worked out once.
        step = 60 if abs(distance) < timedelta(hours=6) else 900
        words = _distance(round(distance.total_seconds() / step) * step)
    else:
        words = date_words(moment.astimezone(_zone()).date())
    return _time(moment, _zone(), words)


@lru_cache(maxsize=4096)
def _distance(seconds: int) -> str:
    return distance_words(timedelta(seconds=seconds), with_direction=True)


@lru_cache(maxsize=8192)
def _time(moment: datetime, zone: tzinfo, words: str) -> Markup:
    exact = moment_words(moment, zone)
    return Markup('<time datetime="{}" title="{}">{}</time>').format(moment.isoformat(timespec="seconds"), exact, words)


def day(moment: date | datetime) -> str:
    """A date in words; a moment is read in the reader's zone."""
    return date_words(moment.astimezone(_zone()).date() if isinstance(moment, datetime) else moment)


def leaf(moment: datetime) -> list[str]:
    """The month and the day, as they stand on the leaf of a calendar in the reader's zone."""
    return leaf_words(moment, _zone())


def clock(moment: datetime) -> Markup:
    """The time by the reader's clock ("14:05"), with the day in front of it on another day than today."""
    return _time(moment, _zone(), clock_words(moment, _zone()))


def deadline(moment: datetime) -> str:
    """A promise in words: "Thursday 15:00" within the week, the date beyond it."""
    return deadline_words(moment, _zone())


def exact(moment: datetime) -> str:
    """A day and its time in the reader's zone."""
    return moment_words(moment, _zone())


def span(start: datetime, end: datetime) -> str:
    """From when until when, in the reader's zone."""
    return span_words(start, end, _zone())


def markdown(source: str, names: tuple[tuple[str, str], ...] = ()) -> Markup:
    """Members' Markdown as safe HTML."""
    return Markup(render_markdown(source, names))  # noqa: S704 - cleaned by our own allow-list


def _frame() -> dict[str, Any]:
    settings = config.current()
    return {
        "company": {"name": settings.COMPANY_NAME},
        "me": reader_of_page(),
        # Beside Flask-WTF's own, which signs anew each time and knows nothing of pages that are shared.
        "csrf_token": csrf_token,
        "lang": "en",
        "accent_css_url": f"/accent.css?of={settings.COMPANY_ACCENT[1:]}" if settings.COMPANY_ACCENT else None,
        "public_ledger": settings.PUBLIC_LEDGER,
    }


_zone = reader_zone
