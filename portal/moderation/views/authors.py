"""What was decided about one's own words, and asking for another look."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.policies import is_signed_in
from portal.foundation.access import actor, allow, refusals_on
from portal.foundation.text import gettext as _
from portal.moderation.forms import AppealForm
from portal.moderation.models import Decision
from portal.moderation.policies import may_appeal, may_read_decision
from portal.moderation.queries import appeal_behind, decisions_for
from portal.moderation.services import appeal
from portal.moderation.views import bp


@bp.get("/decisions")
@allow(is_signed_in)
def list_decisions() -> ResponseReturnValue:
    """Everything decided about the reader's own words."""
    return render_template("moderation/list_decisions.html", decisions=decisions_for(actor()))


@bp.get("/decisions/<int:decision_id>")
@allow(may_read_decision, Decision)
def show_decision(decision: Decision) -> ResponseReturnValue:
    """One decision, its reason, and the way to another look."""
    return _page(decision)


@bp.post("/decisions/<int:decision_id>/appeals")
@allow(may_read_decision, Decision)
def create_appeal(decision: Decision) -> ResponseReturnValue:
    """Ask for another look."""
    form = AppealForm()
    if form.validate_on_submit():
        with refusals_on(form):
            appeal(decision, words=form.words.data or "", by=actor())
            flash(_("A person looks at it again, and tells you."))
            return redirect(url_for("moderation.show_decision", decision_id=decision.id), 303)
    return _page(decision, form, status=422)


def _page(decision: Decision, form: AppealForm | None = None, *, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "moderation/show_decision.html",
        decision=decision,
        appeal=appeal_behind(decision),
        may_appeal=may_appeal(actor(), decision),
        form=form or AppealForm(formdata=None),
    )
    return page, status
