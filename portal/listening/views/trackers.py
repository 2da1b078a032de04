"""What is listened for: the trackers, what each would find, and the words that are left out."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.policies import is_manager
from portal.foundation.access import actor, allow, refusals_flashed, refusals_on
from portal.foundation.database import session
from portal.foundation.text import gettext as _
from portal.listening.forms import MuteForm, TrackerForm
from portal.listening.matching import QueryError
from portal.listening.models import Mention, Tracker, TrackerKind
from portal.listening.policies import may_mute_words, may_run
from portal.listening.queries import match_counts, trackers
from portal.listening.services import (
    add_tracker,
    change_tracker,
    mute_words,
    pause_tracker,
    preview_tracker,
    remove_tracker,
    resume_tracker,
)
from portal.listening.views.blueprint import bp
from portal.listening.views.marking import marked
from portal.listening.views.returning import stream_place


@bp.get("/trackers")
@allow(is_manager)
def list_trackers() -> ResponseReturnValue:
    """Every tracker with what it found, and the muted words."""
    return render_template(
        "listening/list_trackers.html", trackers=trackers(), muted=trackers(muted=True), counts=match_counts()
    )


@bp.get("/trackers/new")
@allow(is_manager)
def new_tracker() -> ResponseReturnValue:
    """An empty question, with a look at what it would find."""
    return _tracker_page(TrackerForm(None))


@bp.get("/trackers/preview")
@allow(is_manager)
def show_preview() -> ResponseReturnValue:
    """What a query would find, as a part of the page that is being typed on."""
    return render_template(
        "listening/preview.html", **_preview(request.args.get("query", ""), request.args.get("kind"))
    )


@bp.post("/trackers")
@allow(is_manager)
def create_tracker() -> ResponseReturnValue:
    """Listen for something new."""
    form = TrackerForm()
    if "preview" in request.form:
        return _tracker_page(form)
    if form.validate_on_submit():
        with refusals_on(form.query):
            tracker = add_tracker(
                name=form.name.data or "", query=form.query.data or "", kind=TrackerKind(form.kind.data), by=actor()
            )
            flash(_("Listening for “%(name)s”. What was heard before is being looked through.", name=tracker.name))
            return redirect(url_for("listening.list_trackers"), 303)
    return _tracker_page(form), 422


@bp.get("/trackers/<int:tracker_id>")
@allow(may_run, Tracker)
def show_tracker(tracker: Tracker) -> ResponseReturnValue:
    """One tracker, to be put differently."""
    return _tracker_page(TrackerForm(None, obj=tracker), tracker)


@bp.post("/trackers/<int:tracker_id>")
@allow(may_run, Tracker)
def create_tracker_change(tracker: Tracker) -> ResponseReturnValue:
    """Put the question differently."""
    form = TrackerForm()
    if "preview" in request.form:
        return _tracker_page(form, tracker)
    if form.validate_on_submit():
        with refusals_on(form.query):
            change_tracker(
                tracker,
                name=form.name.data or "",
                query=form.query.data or "",
                kind=TrackerKind(form.kind.data),
                by=actor(),
            )
            flash(_("“%(name)s” is saved; everything stored is looked through with it.", name=tracker.name))
            return redirect(url_for("listening.list_trackers"), 303)
    return _tracker_page(form, tracker), 422


@bp.post("/trackers/<int:tracker_id>/pauses")
@allow(may_run, Tracker)
def create_tracker_pause(tracker: Tracker) -> ResponseReturnValue:
    """Stop listening for this."""
    pause_tracker(tracker, by=actor())
    flash(_("“%(name)s” is paused; what it found stays.", name=tracker.name))
    return redirect(url_for("listening.list_trackers"), 303)


@bp.post("/trackers/<int:tracker_id>/resumptions")
@allow(may_run, Tracker)
def create_tracker_resumption(tracker: Tracker) -> ResponseReturnValue:
    """Listen for this again."""
    resume_tracker(tracker, by=actor())
    flash(_("Listening for “%(name)s” again.", name=tracker.name))
    return redirect(url_for("listening.list_trackers"), 303)


@bp.post("/trackers/<int:tracker_id>/removals")
@allow(may_run, Tracker)
def create_tracker_removal(tracker: Tracker) -> ResponseReturnValue:
    """Forget a tracker, or hear muted words again; the mentions stay."""
    name, was_mute = tracker.name, tracker.kind == TrackerKind.MUTED
    remove_tracker(tracker, by=actor())
    if was_mute:
        flash(_("Mentions with “%(name)s” are in the stream again.", name=name))
        return redirect(url_for("listening.list_mentions", **stream_place()), 303)
    flash(_("“%(name)s” is removed; the mentions that it found stay.", name=name))
    return redirect(url_for("listening.list_trackers"), 303)


@bp.post("/mentions/<int:mention_id>/word-mutes")
@allow(may_mute_words, Mention)
def create_word_mute(mention: Mention) -> ResponseReturnValue:
    """Leave out whatever holds these words, this mention first of all."""
    form = MuteForm()
    if not form.validate_on_submit():
        flash(_("Write the words that nobody needs to read."), "error")
        return redirect(url_for("listening.list_mentions", **stream_place()), 303)
    with refusals_flashed():
        tracker = mute_words(form.words.data or "", by=actor())
        session().flush()
        return redirect(url_for("listening.list_mentions", **stream_place(), unmute=tracker.id), 303)
    return redirect(url_for("listening.list_mentions", **stream_place()), 303)


def _tracker_page(form: TrackerForm, tracker: Tracker | None = None) -> str:
    return render_template(
        "listening/show_tracker.html",
        form=form,
        tracker=tracker,
        counts=match_counts() if tracker else {},
        **_preview(form.query.data or "", form.kind.data),
    )


def _preview(query: str, kind: str | None) -> dict[str, Any]:
    """What the preview shows: what is found, or at which character the query goes wrong."""
    blank: dict[str, Any] = {"preview": None, "problem": None, "query": " ".join(query.split()), "marked": marked}
    if not blank["query"]:
        return blank
    known = {each.value for each in TrackerKind}
    try:
        found = preview_tracker(query, kind=TrackerKind(kind) if kind in known else TrackerKind.BRAND)
    except QueryError as problem:
        return {**blank, "problem": problem}
    return {**blank, "preview": found}
