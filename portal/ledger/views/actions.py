"""One action of the company, with everything that happened to it."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.policies import is_staff
from portal.foundation.access import actor, allow, refusals_on
from portal.foundation.text import gettext as _
from portal.ledger.forms import ProgressForm
from portal.ledger.models import Action
from portal.ledger.policies import may_follow_action, may_record_progress
from portal.ledger.queries import action_page
from portal.ledger.services import record_progress
from portal.ledger.views import bp
from portal.ledger.visibility import reach_of


@bp.get("/actions/<int:action_id>")
@allow(may_follow_action, Action)
def show_action(action: Action) -> ResponseReturnValue:
    """What the company does, how far it is, and for whom."""
    entries, ideas = action_page(action, reach_of(actor()))
    # The door has asked already whether they may see it.
    form = ProgressForm() if is_staff(actor()) else None
    if form is not None and entries:
        form.stage.data = entries[-1].stage
    return render_template("ledger/show_action.html", action=action, entries=entries, ideas=ideas, form=form)


@bp.post("/actions/<int:action_id>/progress")
@allow(may_record_progress, Action)
def create_progress(action: Action) -> ResponseReturnValue:
    """Add the next entry."""
    form = ProgressForm()
    if form.validate_on_submit():
        with refusals_on(form):
            record_progress(
                action,
                stage=form.stage.data,
                words=form.words.data or "",
                by=actor(),
                proof_url=form.proof_url.data or "",
                happened_on=form.happened_on.data,
                target_date=form.target_date.data,
            )
            flash(_("It is on the record. Everyone behind this will hear of it."))
            return redirect(url_for("ledger.show_action", action_id=action.id), 303)
    entries, ideas = action_page(action, reach_of(actor()))
    return render_template("ledger/show_action.html", action=action, entries=entries, ideas=ideas, form=form), 422
