"""Suggesting: one field first, a preview, and the promise before and after."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.policies import is_signed_in
from portal.foundation.access import actor, allow, limited, reader_zone
from portal.foundation.clock import now
from portal.foundation.errors import Refusal
from portal.foundation.text import deadline, tidy
from portal.foundation.text import gettext as _
from portal.ledger.forms import IdeaForm
from portal.ledger.promises import acknowledge_by, decide_by, first_name
from portal.ledger.queries import next_owner
from portal.ledger.services import suggest
from portal.ledger.views import bp


@bp.get("/ideas/new")
@allow(is_signed_in)
def new_idea() -> ResponseReturnValue:
    """The form, with the promise that sending it starts."""
    return _show_form(IdeaForm())


@bp.post("/idea-previews")
@allow(is_signed_in)
def create_preview() -> ResponseReturnValue:
    """The words as they will stand; nothing is kept."""
    form = IdeaForm()
    words = {"title": tidy(form.title.data), "body": tidy(form.body.data)}
    if request.headers.get("HX-Request"):
        return render_template("ledger/preview.html", preview=words)
    return _show_form(form, preview=words)


@bp.post("/ideas")
@allow(is_signed_in)
@limited("60 per hour")
def create_idea() -> ResponseReturnValue:
    """Put the suggestion on the ledger."""
    form = IdeaForm()
    if form.validate_on_submit():
        try:
            idea = suggest(
                title=form.title.data or "", body=form.body.data or "", by=actor(), form_key=form.form_key.data
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


def _show_form(form: IdeaForm, *, preview: dict[str, str] | None = None, status: int = 200) -> ResponseReturnValue:
    moment, zone = now(), reader_zone()
    page = render_template(
        "ledger/new_idea.html",
        form=form,
        preview=preview,
        owner=next_owner(actor()),
        acknowledge=deadline(acknowledge_by(moment), zone),
        decide=deadline(decide_by(moment), zone),
    )
    return page, status
