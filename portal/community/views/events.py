"""Events as members see them: what is to come, one event with its one button, and its calendar file."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.policies import is_signed_in
from portal.community.calendar import FILE_NAME, Method, calendar_file, when_words
from portal.community.forms import ButtonForm
from portal.community.models import Event
from portal.community.policies import may_come, may_run_event, may_see_event
from portal.community.queries import EVENTS_SHOWN, card_of, events_gone, events_to_come, people_of_event
from portal.community.services import give_back, take_place
from portal.community.views import bp
from portal.foundation.access import actor, allow, reader_zone, refusals_flashed, time_key, time_key_of
from portal.foundation.text import gettext as _


@bp.get("/events")
@allow(is_signed_in)
def list_events() -> ResponseReturnValue:
    """What the reader can come to, or what has been (`past=1`)."""
    is_past = request.args.get("past") == "1"
    start = request.args.get("from", type=time_key)
    cards = events_gone(actor(), before=start) if is_past else events_to_come(actor(), after=start)
    last = cards[EVENTS_SHOWN - 1].event if len(cards) > EVENTS_SHOWN else None
    more = time_key_of(last.starts_at, last.id) if last else None
    return render_template("community/list_events.html", cards=cards[:EVENTS_SHOWN], is_past=is_past, more=more)


@bp.get("/events/<int:event_id>")
@allow(may_see_event, Event)
def show_event(event: Event) -> ResponseReturnValue:
    """One event: when, where, who is there for it, and whether the reader comes."""
    reader = actor()
    return render_template(
        "community/show_event.html",
        event=event,
        card=card_of(event, reader),
        when=when_words(event, reader_zone()),
        may_come=may_come(reader, event),
        may_run=may_run_event(reader, event),
        people=people_of_event(event) if reader.is_staff else [],
    )


@bp.get("/events/<int:event_id>/calendar.ics")
@allow(may_see_event, Event)
def show_calendar_file(event: Event) -> ResponseReturnValue:
    """The event for one's own calendar; the address of a call is in it for those with a place."""
    reader = actor()
    card = card_of(event, reader)
    mine = card.mine if card.has_place else None
    method = Method.CANCEL if event.is_cancelled else Method.PUBLISH
    words = calendar_file(event, method, mine=mine, shows_link=reader.is_staff or card.has_place)
    file = Response(words, mimetype="text/calendar")
    file.headers["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return file


@bp.post("/events/<int:event_id>/places")
@allow(may_see_event, Event)
def create_place(event: Event) -> ResponseReturnValue:
    """Take a place, or a turn on the waiting list."""
    if ButtonForm().validate_on_submit():
        with refusals_flashed():
            rsvp = take_place(event, by=actor())
            waits = _("You are on the waiting list. A mail tells you as soon as a place is yours.")
            flash(_("You have a place. A mail brings it to your calendar.") if rsvp.has_place else waits)
    return redirect(url_for("community.show_event", event_id=event.id), 303)


@bp.post("/events/<int:event_id>/returns")
@allow(may_see_event, Event)
def create_return(event: Event) -> ResponseReturnValue:
    """Give one's place back, or leave the waiting list."""
    if ButtonForm().validate_on_submit():
        with refusals_flashed():
            had_place = give_back(event, actor(), by=actor())
            thanks = _("Thank you for saying so. Somebody else can come now.")
            flash(thanks if had_place else _("You are off the waiting list. Thank you for saying so."))
    return redirect(url_for("community.show_event", event_id=event.id), 303)
