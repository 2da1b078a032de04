"""Events as the staff runs them: planning, changing, calling off, who came, and thanks."""

from collections.abc import Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.models import User
from portal.accounts.policies import is_staff
from portal.community.forms import ButtonForm, CancellationForm, EventForm, EventThanksForm
from portal.community.models import Circle, Event
from portal.community.policies import may_run_event
from portal.community.queries import circles_to_speak_in, staff_for
from portal.community.services import (
    cancel_event,
    change_event,
    give_back,
    mark_came,
    plan_event,
    thank_people,
)
from portal.community.views import bp
from portal.foundation.access import actor, allow, reader_zone, refusals_flashed, refusals_on, row_key
from portal.foundation.database import hold, session
from portal.foundation.text import gettext as _
from portal.foundation.text import ngettext


@bp.get("/events/new")
@allow(is_staff)
def new_event() -> ResponseReturnValue:
    """The form of a new event."""
    form = _form()
    form.host.data, form.time_zone.data = actor().id, reader_zone().key
    form.circle.data = request.args.get("circle", 0, type=int)
    return _page(form)


@bp.post("/events")
@allow(is_staff)
def create_event() -> ResponseReturnValue:
    """Plan it."""
    form = _form()
    if form.validate_on_submit():
        circle = session().get(Circle, form.circle.data) if form.circle.data else None
        with refusals_on(form):
            event = plan_event(circle=circle, form_key=form.form_key.data, **_planned(form))
            flash(_("It is planned. Those whom it is for hear of it by mail."))
            return _to_page(event)
    return _page(form, status=422)


@bp.get("/events/<int:event_id>/edit")
@allow(may_run_event, Event)
def edit_event(event: Event) -> ResponseReturnValue:
    """What is planned, to be changed, until it begins."""
    if event.has_begun or event.is_cancelled:
        return _to_page(event)
    return _page(_stands(event), event)


@bp.post("/events/<int:event_id>")
@allow(may_run_event, Event)
def update_event(event: Event) -> ResponseReturnValue:
    """Change it."""
    form = _form(event)
    if form.validate_on_submit():
        # Of two who send at once, the second is compared with what the first wrote.
        hold(event)
        changed = form.changed_since(_stands(event))
        if changed:
            return _page(form, event, changed=changed, status=409)
        version = event.version
        with refusals_on(form):
            change_event(event, **_planned(form, event))
            flash(_("Kept. Everyone who comes or waits is told.") if event.version > version else _("Kept."))
            return _to_page(event)
    return _page(form, event, status=422)


@bp.get("/events/<int:event_id>/cancellations/new")
@allow(may_run_event, Event)
def new_cancellation(event: Event) -> ResponseReturnValue:
    """Why it is called off, until it begins."""
    if event.has_begun or event.is_cancelled:
        return _to_page(event)
    return render_template("community/new_cancellation.html", event=event, form=CancellationForm())


@bp.post("/events/<int:event_id>/cancellations")
@allow(may_run_event, Event)
def create_cancellation(event: Event) -> ResponseReturnValue:
    """Call it off."""
    form = CancellationForm()
    if form.validate_on_submit():
        with refusals_on(form):
            cancel_event(event, why=form.why.data or "", by=actor())
            flash(_("It is called off. Everyone who wanted to come is told."))
            return _to_page(event)
    return render_template("community/new_cancellation.html", event=event, form=form), 422


@bp.post("/events/<int:event_id>/removals")
@allow(may_run_event, Event)
def create_removal(event: Event) -> ResponseReturnValue:
    """Take somebody off the list; they are told, and the next one comes in."""
    person = session().get(User, request.form.get("user", 0, type=row_key))
    if ButtonForm().validate_on_submit() and person is not None:
        with refusals_flashed():
            give_back(event, person, by=actor())
            flash(_("%(name)s is off the list, and is told.", name=person.name))
    return _to_page(event)


@bp.post("/events/<int:event_id>/attendances")
@allow(may_run_event, Event)
def create_attendance(event: Event) -> ResponseReturnValue:
    """Mark who came."""
    if ButtonForm().validate_on_submit():
        with refusals_flashed():
            count = mark_came(event, request.form.getlist("came", type=row_key), by=actor())
            flash(ngettext("Kept: %(num)s person came.", "Kept: %(num)s people came.", count))
    return _to_page(event)


@bp.get("/events/<int:event_id>/thanks/new")
@allow(may_run_event, Event)
def new_event_thanks(event: Event) -> ResponseReturnValue:
    """A few words to those who came, once, after it has ended."""
    if not event.is_over or event.is_cancelled or event.thanked_at is not None:
        return _to_page(event)
    return render_template("community/new_event_thanks.html", event=event, form=EventThanksForm())


@bp.post("/events/<int:event_id>/thanks")
@allow(may_run_event, Event)
def create_event_thanks(event: Event) -> ResponseReturnValue:
    """Thank them, once."""
    form = EventThanksForm()
    if form.validate_on_submit():
        with refusals_on(form):
            thank_people(event, words=form.words.data or "", by=actor())
            flash(_("Your thanks go to everyone who came."))
            return _to_page(event)
    return render_template("community/new_event_thanks.html", event=event, form=form), 422


def _to_page(event: Event) -> ResponseReturnValue:
    return redirect(url_for("community.show_event", event_id=event.id), 303)


def _planned(form: EventForm, event: Event | None = None) -> dict[str, Any]:
    """What the form says, in the words of the services."""
    return {
        **{name: form[name].data or "" for name in ("title", "about", "place", "link")},
        **form.times(event),
        "time_zone": form.time_zone.data,
        "places": form.places.data,
        "host": session().get_one(User, form.host.data),
        "by": actor(),
    }


def _form(event: Event | None = None, **given: Any) -> EventForm:
    """With the circles that this person is inside of, and the staff who could be there for it."""
    if event is None:
        return EventForm(**given).offer(circles_to_speak_in(actor()), staff_for(None))
    return EventForm(**given).offer([event.circle] if event.circle else [], staff_for(event.circle, holder=event.host))


def _stands(event: Event) -> EventForm:
    """What is planned now."""
    return _form(event, formdata=None).show(event)


def _page(
    form: EventForm, event: Event | None = None, *, changed: Sequence[tuple[str, str]] = (), status: int = 200
) -> ResponseReturnValue:
    return render_template("community/edit_event.html", form=form, event=event, changed=changed), status
