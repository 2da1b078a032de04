"""Circles as their people see them: the list, the room, entering and leaving."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.policies import is_signed_in
from portal.community.forms import ButtonForm
from portal.community.models import Circle
from portal.community.policies import has_a_seat, may_open_circle, may_run_circle
from portal.community.queries import asks_in, circle_cards, directory, events_in, lacks_manager, seats
from portal.community.seats import is_inside, seat_of
from portal.community.services import confirm_note, list_in_directory, take_seat
from portal.community.views import bp
from portal.foundation.access import actor, allow, refusals_flashed
from portal.foundation.text import gettext as _


@bp.get("/circles")
@allow(is_signed_in)
def list_circles() -> ResponseReturnValue:
    """One's own circles; for managers all of them."""
    return render_template("community/list_circles.html", cards=circle_cards(actor()))


@bp.get("/circles/<int:circle_id>")
@allow(may_open_circle, Circle)
def show_circle(circle: Circle) -> ResponseReturnValue:
    """The room for whoever is inside, its note for whoever may enter, its seats for managers."""
    reader = actor()
    inside = is_inside(reader, circle.id)
    runs = may_run_circle(reader, circle)
    return render_template(
        "community/show_circle.html",
        circle=circle,
        seat=seat_of(reader, circle.id),
        inside=inside,
        owner_inside=circle.owner is not None and is_inside(circle.owner, circle.id),
        asks=asks_in(circle) if inside else [],
        events=events_in(circle, reader) if inside else [],
        people=directory(circle, reader) if inside and not runs else seats(circle) if runs else [],
        runs=runs,
        lacks_manager=runs and lacks_manager(circle),
    )


@bp.post("/circles/<int:circle_id>/confirmations")
@allow(has_a_seat, Circle)
def create_confirmation(circle: Circle) -> ResponseReturnValue:
    """Enter: the note is confirmed as it reads now."""
    if ButtonForm().validate_on_submit():
        with refusals_flashed():
            confirm_note(circle, by=actor(), seen=request.form.get("seen", ""))
            flash(_("Welcome. What you read here stays here."))
    return redirect(url_for("community.show_circle", circle_id=circle.id), 303)


@bp.post("/circles/<int:circle_id>/departures")
@allow(has_a_seat, Circle)
def create_departure(circle: Circle) -> ResponseReturnValue:
    """Leave."""
    if ButtonForm().validate_on_submit():
        with refusals_flashed():
            take_seat(circle, actor(), by=actor())
            flash(_("You have left. Nothing of it shows to you any more."))
            warn_of_lack(circle)
            return redirect(url_for("community.list_circles"), 303)
    return redirect(url_for("community.show_circle", circle_id=circle.id), 303)


def warn_of_lack(circle: Circle) -> None:
    """Tell the manager who ended the last manager's place what waits there from now on."""
    if actor().is_manager and lacks_manager(circle):
        flash(
            _(
                "No manager is inside any more: what is held, reported or appealed against there waits until one "
                "has a place. Managers are told when something does."
            ),
            "warning",
        )


@bp.post("/circles/<int:circle_id>/listings")
@allow(has_a_seat, Circle)
def create_listing(circle: Circle) -> ResponseReturnValue:
    """Let the others find one's name in the directory, or not."""
    if ButtonForm().validate_on_submit():
        is_listed = request.form.get("is_listed") == "1"
        list_in_directory(circle, is_listed=is_listed, by=actor())
        flash(_("The others find your name here.") if is_listed else _("Your name is out of the directory."))
    return redirect(url_for("community.show_circle", circle_id=circle.id), 303)
