"""What is listened for."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.policies import is_manager
from portal.foundation.access import actor, allow
from portal.foundation.errors import Refusal
from portal.foundation.text import gettext as _
from portal.listening.forms import TrackerForm
from portal.listening.matching import QueryError
from portal.listening.models import Tracker
from portal.listening.policies import may_run
from portal.listening.services import add_tracker, pause_tracker, resume_tracker
from portal.listening.views.blueprint import bp
from portal.listening.views.sources import sources_page


@bp.post("/trackers")
@allow(is_manager)
def create_tracker() -> ResponseReturnValue:
    """Listen for something new."""
    form = TrackerForm(prefix="tracker")
    pointer = None
    if form.validate_on_submit():
        try:
            tracker = add_tracker(name=form.name.data or "", query=form.query.data or "", by=actor())
        except QueryError as problem:
            pointer = problem.position
            form.query.errors = [problem.sentence]
        except Refusal as refusal:
            form.query.errors = [str(refusal)]
        else:
            flash(_("Listening for “%(name)s”. What was heard before is being looked through.", name=tracker.name))
            return redirect(url_for("listening.list_sources", _anchor="trackers"), 303)
    return sources_page(tracker_form=form, pointer=pointer), 422


@bp.post("/trackers/<int:tracker_id>/pauses")
@allow(may_run, Tracker)
def create_tracker_pause(tracker: Tracker) -> ResponseReturnValue:
    """Stop listening for this."""
    pause_tracker(tracker, by=actor())
    flash(_("“%(name)s” is paused; what it found stays.", name=tracker.name))
    return redirect(url_for("listening.list_sources", _anchor="trackers"), 303)


@bp.post("/trackers/<int:tracker_id>/resumptions")
@allow(may_run, Tracker)
def create_tracker_resumption(tracker: Tracker) -> ResponseReturnValue:
    """Listen for this again."""
    resume_tracker(tracker, by=actor())
    flash(_("Listening for “%(name)s” again.", name=tracker.name))
    return redirect(url_for("listening.list_sources", _anchor="trackers"), 303)
