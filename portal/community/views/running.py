"""What managers do with circles: make, change, fill and close them."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.models import User
from portal.accounts.policies import is_manager
from portal.community.forms import ButtonForm, CircleForm, PeopleForm
from portal.community.models import Circle
from portal.community.policies import may_run_circle
from portal.community.queries import staff_for
from portal.community.services import change_circle, close_circle, make_circle, seat_people, take_seat
from portal.community.views import bp
from portal.community.views.circles import warn_of_lack
from portal.foundation.access import actor, allow, refusals_flashed, refusals_on, row_key
from portal.foundation.database import hold, session
from portal.foundation.text import gettext as _
from portal.foundation.text import ngettext


@bp.get("/circles/new")
@allow(is_manager)
def new_circle() -> ResponseReturnValue:
    """The form of a new circle."""
    return render_template("community/edit_circle.html", form=CircleForm().offer(staff_for(None)), circle=None)


@bp.post("/circles")
@allow(is_manager)
def create_circle() -> ResponseReturnValue:
    """Make it."""
    form = CircleForm().offer(staff_for(None))
    if form.validate_on_submit():
        with refusals_on(form):
            circle = make_circle(
                name=form.name.data or "",
                about=form.about.data or "",
                note=form.note.data or "",
                owner=_owner(form),
                by=actor(),
                form_key=form.form_key.data,
            )
            flash(_("The circle is there. Now give people a place in it."))
            return redirect(url_for("community.edit_seats", circle_id=circle.id), 303)
    return render_template("community/edit_circle.html", form=form, circle=None), 422


@bp.get("/circles/<int:circle_id>/edit")
@allow(may_run_circle, Circle)
def edit_circle(circle: Circle) -> ResponseReturnValue:
    """What it is, to be changed."""
    return render_template("community/edit_circle.html", form=_stands(circle), circle=circle)


@bp.post("/circles/<int:circle_id>")
@allow(may_run_circle, Circle)
def update_circle(circle: Circle) -> ResponseReturnValue:
    """Change it."""
    form = CircleForm().offer(staff_for(None, holder=circle.owner))
    if form.validate_on_submit():
        # Of two who send at once, the second is compared with what the first wrote.
        hold(circle)
        changed = form.changed_since(_stands(circle))
        if changed:
            return render_template("community/edit_circle.html", form=form, circle=circle, changed=changed), 409
        with refusals_on(form):
            asks_anew = change_circle(
                circle,
                name=form.name.data or "",
                about=form.about.data or "",
                note=form.note.data or "",
                owner=_owner(form),
                by=actor(),
            )
            told = _("Kept. Everyone confirms the new words before anything shows to them again, and is told by mail.")
            flash(told if asks_anew else _("Kept."))
            return redirect(url_for("community.show_circle", circle_id=circle.id), 303)
    return render_template("community/edit_circle.html", form=form, circle=circle), 422


@bp.get("/circles/<int:circle_id>/seats/edit")
@allow(may_run_circle, Circle)
def edit_seats(circle: Circle) -> ResponseReturnValue:
    """Whom to give a place."""
    return render_template("community/edit_seats.html", form=PeopleForm(), circle=circle)


@bp.post("/circles/<int:circle_id>/seats")
@allow(may_run_circle, Circle)
def create_seats(circle: Circle) -> ResponseReturnValue:
    """Give people a place."""
    form = PeopleForm()
    if form.validate_on_submit():
        with refusals_on(form.people):
            seated = seat_people(circle, (form.people.data or "").splitlines(), by=actor())
            one = "%(num)s person has a place and is told."
            told = ngettext(one, "%(num)s people have a place and are told.", len(seated))
            flash(
                told if seated else _("They have their place already; whoever is not in yet confirms the note first.")
            )
            return redirect(url_for("community.show_circle", circle_id=circle.id), 303)
    return render_template("community/edit_seats.html", form=form, circle=circle), 422


@bp.post("/circles/<int:circle_id>/ended-seats")
@allow(may_run_circle, Circle)
def create_ended_seat(circle: Circle) -> ResponseReturnValue:
    """Take someone's place."""
    person = session().get(User, request.form.get("user", 0, type=row_key))
    if ButtonForm().validate_on_submit() and person is not None:
        with refusals_flashed():
            take_seat(circle, person, by=actor())
            flash(_("%(name)s has no place here any more.", name=person.name))
            if person.is_manager:
                warn_of_lack(circle)
    return redirect(url_for("community.show_circle", circle_id=circle.id), 303)


@bp.post("/circles/<int:circle_id>/closures")
@allow(may_run_circle, Circle)
def create_closure(circle: Circle) -> ResponseReturnValue:
    """Close it to everything new (`is_closed=1`), or open it again."""
    if ButtonForm().validate_on_submit():
        is_closed = request.form.get("is_closed") == "1"
        close_circle(circle, is_closed=is_closed, by=actor())
        flash(_("Nothing new is asked, planned or suggested there any more.") if is_closed else _("It is open again."))
    return redirect(url_for("community.show_circle", circle_id=circle.id), 303)


def _stands(circle: Circle) -> CircleForm:
    return CircleForm(formdata=None).offer(staff_for(None, holder=circle.owner)).show(circle)


def _owner(form: CircleForm) -> User | None:
    return session().get(User, form.owner.data) if form.owner.data else None
