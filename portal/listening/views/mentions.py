"""The stream of what was heard, and muting."""

from datetime import UTC, datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.forms import ButtonForm
from portal.accounts.policies import is_manager
from portal.foundation.access import actor, allow
from portal.foundation.database import session
from portal.foundation.text import gettext as _
from portal.listening.forms import StreamForm
from portal.listening.models import Author
from portal.listening.policies import may_mute
from portal.listening.queries import StreamFilter, heard_channels, mention_stream, trackers
from portal.listening.services import mute_author, unmute_author
from portal.listening.views.blueprint import bp
from portal.listening.views.signs import counts_of, signs_of


@bp.get("/mentions")
@allow(is_manager)
def list_mentions() -> ResponseReturnValue:
    """Everything that was heard, newest first."""
    form = StreamForm(request.args)
    form.offer(heard_channels(), trackers())
    wanted = StreamFilter(
        channel=form.channel.data or None,
        kind=form.kind.data or None,
        tracker_id=_number(form.tracker.data),
        words=(form.words.data or "")[:200],
        author_id=_number(request.args.get("author")),
        muted=request.args.get("muted") == "yes",
    )
    stream = mention_stream(wanted, older_than=_place(request.args.get("older", "")))
    undo = _number(request.args.get("undo"))
    return render_template(
        "listening/list_mentions.html",
        form=form,
        button=ButtonForm(),
        stream=stream,
        wanted=wanted,
        is_filtered=any(value for value in form.data.values()) or bool(wanted.author_id),
        is_first="older" not in request.args,
        undo=session().get(Author, undo) if undo else None,
        signs_of=signs_of,
        counts_of=counts_of,
        older_url=_older_url(stream.older_than),
    )


@bp.post("/authors/<int:author_id>/mutes")
@allow(may_mute, Author)
def create_mute(author: Author) -> ResponseReturnValue:
    """Hear nothing more of this account."""
    mute_author(author, by=actor())
    return redirect(url_for("listening.list_mentions", undo=author.id), 303)


@bp.post("/authors/<int:author_id>/unmutes")
@allow(may_mute, Author)
def create_unmute(author: Author) -> ResponseReturnValue:
    """Hear this account again."""
    unmute_author(author, by=actor())
    flash(_("%(name)s is heard again.", name=author.name or author.handle))
    return redirect(url_for("listening.list_mentions"), 303)


def _older_url(place: tuple[datetime, int] | None) -> str | None:
    if place is None:
        return None
    at, number = place
    values: dict[str, Any] = {name: value for name, value in request.args.items() if name not in {"older", "undo"}}
    stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%S.%f")
    return url_for("listening.list_mentions", **{**values, "older": f"{stamp}-{number}"})


def _place(words: str) -> tuple[datetime, int] | None:
    stamp, _dash, number = words.partition("-")
    try:
        return datetime.strptime(stamp, "%Y%m%dT%H%M%S.%f").replace(tzinfo=UTC), int(number[:18])
    except ValueError:
        return None


def _number(words: str | None) -> int | None:
    return int(words) if words and words.isascii() and words.isdigit() and len(words) < 10 else None
