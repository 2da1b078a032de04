"""Suggesting: one field first, a preview, and the promise before and after."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.policies import is_signed_in
from portal.community.models import Ask, Circle
from portal.community.policies import may_read_ask
from portal.community.queries import circles_to_speak_in
from portal.foundation.access import actor, allow, limited, reader_zone
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.errors import Refusal
from portal.foundation.text import deadline, tidy
from portal.foundation.text import gettext as _
from portal.ledger.forms import EVERYONE, IdeaForm
from portal.ledger.promises import acknowledge_by, decide_by, first_name
from portal.ledger.queries import next_owner
from portal.ledger.services import suggest
from portal.ledger.views import bp
from portal.ledger.views.record import row_key


@bp.get("/ideas/new")
@allow(is_signed_in)
def new_idea() -> ResponseReturnValue:
    """The form, with the promise that sending it starts."""
    form = _form()
    form.ask.data = request.args.get("ask", type=row_key)
    form.circle.data = request.args.get("circle", EVERYONE, type=row_key)
    return _show_form(form)


@bp.post("/idea-previews")
@allow(is_signed_in)
def create_preview() -> ResponseReturnValue:
    """The words as they will stand; nothing is kept."""
    form = _form()
    words = {"title": tidy(form.title.data), "body": tidy(form.body.data)}
    if request.headers.get("HX-Request"):
        return render_template("ledger/preview.html", preview=words)
    return _show_form(form, preview=words)


@bp.post("/ideas")
@allow(is_signed_in)
@limited("60 per hour")
def create_idea() -> ResponseReturnValue:
    """Put the suggestion on the ledger."""
    form = _form()
    if form.validate_on_submit():
        try:
            idea = suggest(
                title=form.title.data or "",
                body=form.body.data or "",
                by=actor(),
                form_key=form.form_key.data,
                circle=_circle(form),
                ask=_ask(form),
            )
        except Refusal as refusal:
            form.form_errors.append(str(refusal))
        else:
            flash(
                _(
                    "Your suggestion is on the ledger. %(name)s will answer by %(when)s.",
                    name=first_name(idea.owner.name),
                    when=deadline(idea.acknowledge_by, reader_zone()),
                )
            )
            return redirect(url_for("ledger.show_idea", idea_id=idea.id), 303)
    return _show_form(form, status=422)


def _form() -> IdeaForm:
    return IdeaForm().offer(circles_to_speak_in(actor()))


def _ask(form: IdeaForm) -> Ask | None:
    """The question that this answers; one that is not put to the reader is not there for them."""
    if not form.ask.data:
        return None
    ask = session().get(Ask, form.ask.data)
    if ask is None or not may_read_ask(actor(), ask):
        abort(404)
    return ask


def _circle(form: IdeaForm) -> Circle | None:
    """The circle that was chosen among those on offer."""
    return next((circle for circle in circles_to_speak_in(actor()) if circle.id == form.circle.data), None)


def _show_form(form: IdeaForm, *, preview: dict[str, str] | None = None, status: int = 200) -> ResponseReturnValue:
    moment, zone = now(), reader_zone()
    ask = _ask(form)
    circle = ask.circle if ask else _circle(form)
    page = render_template(
        "ledger/new_idea.html",
        form=form,
        preview=preview,
        ask=ask,
        circle=circle,
        owner=next_owner(actor(), circle=circle, ask=ask),
        acknowledge=deadline(acknowledge_by(moment), zone),
        decide=deadline(decide_by(moment), zone),
    )
    return page, status
