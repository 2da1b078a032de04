"""For whoever is suspended and cannot sign in: the reason, and the way to another look, by the link in their mail."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.foundation.access import allow, anyone, limited, refusals_on
from portal.foundation.database import session
from portal.foundation.text import gettext as _
from portal.moderation.forms import AppealForm
from portal.moderation.models import Decision, Ruling
from portal.moderation.policies import is_shut_out_by, may_appeal
from portal.moderation.services import appeal
from portal.moderation.tokens import read_token
from portal.moderation.views import bp


@bp.get("/suspensions/<token>")
@allow(anyone)
def show_suspension(token: str) -> ResponseReturnValue:
    """Why, by whom, and what came of asking; looking at it changes nothing."""
    return _page(token, _decision(token))


@bp.post("/suspensions/<token>/appeals")
@allow(anyone)
@limited("20 per hour")
def create_suspension_appeal(token: str) -> ResponseReturnValue:
    """Ask for another look."""
    decision, form = _decision(token), AppealForm()
    assert decision.person is not None, "somebody is suspended"
    if form.validate_on_submit():
        with refusals_on(form):
            appeal(decision, words=form.words.data or "", by=decision.person)
            flash(_("A person looks at it again, and tells you."))
            return redirect(url_for("moderation.show_suspension", token=token), 303)
    return _page(token, decision, form, status=422)


def _decision(token: str) -> Decision:
    number = read_token(token)
    found = session().get(Decision, number) if number is not None else None
    if found is None or found.person is None or found.ruling is not Ruling.SUSPENDED:
        abort(404)
    return found


def _page(token: str, decision: Decision, form: AppealForm | None = None, *, status: int = 200) -> ResponseReturnValue:
    person = decision.person
    assert person is not None, "somebody is suspended"
    page = render_template(
        "moderation/show_suspension.html",
        token=token,
        decision=decision,
        appeal=decision.appeal,
        is_over=not is_shut_out_by(person, decision),
        is_suspended=not person.is_active,
        may_appeal=may_appeal(person, decision),
        form=form or AppealForm(formdata=None),
    )
    return page, status
