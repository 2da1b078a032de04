"""The stream of what was heard, and muting."""

from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from portal.accounts.forms import ButtonForm
from portal.accounts.policies import is_manager
from portal.foundation.access import actor, allow, draw_template, drawn, drawn_page, reader_zone
from portal.foundation.database import session
from portal.foundation.text import gettext as _
from portal.listening.channels import credited
from portal.listening.forms import StreamForm
from portal.listening.models import Author, Tracker
from portal.listening.policies import may_mute
from portal.listening.queries import (
    TOPIC,
    QuietSource,
    StreamFilter,
    heard_channels,
    heard_days,
    mention_stream,
    quiet_sources,
    trackers,
)
from portal.listening.services import mute_author, unmute_author
from portal.listening.views.blueprint import bp
from portal.listening.views.returning import FILTERS, stream_place
from portal.listening.views.signs import counts_of, mutable_words, sign_of, words_beside

Asked = tuple[tuple[str, str], ...]

_TONES = ("positive", "neutral", "negative")
_SAYS = ("question", "suggestion", "creation")


@bp.get("/mentions")
@allow(is_manager)
def list_mentions() -> ResponseReturnValue:
    """Everything that was heard, newest first."""
    return _drawn_page(tuple(request.args.items()), quiet_sources())


@drawn_page(TOPIC)
def _drawn_page(asked: Asked, quiet: tuple[QuietSource, ...]) -> str:
    """The page as every manager sees it; `asked` is what stands in its address."""
    given = MultiDict(asked)
    form = StreamForm(given)
    form.offer(heard_channels(), trackers())
    wanted = _wanted(form, given)
    older, newer = _place(given.get("older", "")), _place(given.get("newer", ""))
    stream = mention_stream(wanted, older_than=older, newer_than=newer)
    undo, unmute = _number(given.get("undo")), _number(given.get("unmute"))
    return render_template(
        "listening/list_mentions.html",
        form=form,
        button=ButtonForm(),
        stream=stream,
        wanted=wanted,
        author=session().get(Author, wanted.author_id) if wanted.author_id else None,
        is_filtered=any(value for value in form.data.values()) or bool(wanted.author_id),
        is_first=stream.newer_than is None,
        quiet=quiet,
        undo=session().get(Author, undo) if undo else None,
        unmute=session().get(Tracker, unmute) if unmute else None,
        mutable_words=mutable_words,
        days_url=url_for("listening.show_days", **_filters(asked)),
        sign_of=sign_of,
        words=words_beside(),
        counts_of=counts_of,
        credited=credited,
        heard_url=url_for("listening.list_mentions", **_filters(asked, without="muted")),
        muted_url=url_for("listening.list_mentions", **{**_filters(asked), "muted": "yes"}),
        everyone_url=url_for("listening.list_mentions", **_filters(asked, without="author")),
        older_url=_page_url(asked, "older", stream.older_than),
        newer_url=_page_url(asked, "newer", stream.newer_than),
    )


@bp.get("/mentions/days")
@allow(is_manager)
def show_days() -> ResponseReturnValue:
    """How many came on each day, as a part of the stream's page that may come a moment later."""
    form = StreamForm(request.args)
    form.offer((), ())
    return _drawn_days(_wanted(form, request.args))


@drawn(TOPIC)
def _drawn_days(wanted: StreamFilter) -> Markup:
    return draw_template("listening/days.html", days=heard_days(wanted, reader_zone()))


@bp.post("/authors/<int:author_id>/mutes")
@allow(may_mute, Author)
def create_mute(author: Author) -> ResponseReturnValue:
    """Hear nothing more of this account."""
    mute_author(author, by=actor())
    return redirect(url_for("listening.list_mentions", **stream_place(), undo=author.id), 303)


@bp.post("/authors/<int:author_id>/unmutes")
@allow(may_mute, Author)
def create_unmute(author: Author) -> ResponseReturnValue:
    """Hear this account again."""
    unmute_author(author, by=actor())
    flash(_("%(name)s is heard again.", name=author.name or author.handle))
    return redirect(url_for("listening.list_mentions", **stream_place()), 303)


def _wanted(form: StreamForm, given: MultiDict[str, str]) -> StreamFilter:
    return StreamFilter(
        channel=form.channel.data or None,
        kind=form.kind.data or None,
        tracker_id=_number(form.tracker.data),
        tone=form.tone.data if form.tone.data in _TONES else None,
        says=form.says.data if form.says.data in _SAYS else None,
        lang=form.lang.data or None,
        words=(form.words.data or "")[:200],
        author_id=_number(given.get("author")),
        muted=given.get("muted") == "yes",
    )


def _filters(asked: Asked, *, without: str = "") -> dict[str, Any]:
    return {name: value for name, value in asked if name in FILTERS and name != without}


def _page_url(asked: Asked, side: str, place: tuple[datetime, int] | None) -> str | None:
    if place is None:
        return None
    at, number = place
    stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%S.%f")
    return url_for("listening.list_mentions", **{**_filters(asked), side: f"{stamp}-{number}"})


def _place(words: str) -> tuple[datetime, int] | None:
    stamp, _dash, number = words.partition("-")
    try:
        return datetime.strptime(stamp, "%Y%m%dT%H%M%S.%f").replace(tzinfo=UTC), int(number[:18])
    except ValueError:
        return None


def _number(words: str | None) -> int | None:
    return int(words) if words and words.isascii() and words.isdigit() and len(words) < 10 else None
