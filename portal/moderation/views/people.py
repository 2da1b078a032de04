"""Suspending someone, and letting them in again."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.models import User
from portal.foundation.access import actor, allow, refusals_flashed, refusals_on
from portal.foundation.text import gettext as _
from portal.moderation.forms import ReadmissionForm, ReasonForm
from portal.moderation.policies import may_suspend
from portal.moderation.queries import decisions_page, is_for_others, open_appeal_of
from portal.moderation.services import readmit, suspend
from portal.moderation.views import bp


@bp.get("/people-here/<int:user_id>/suspensions/new")
@allow(may_suspend, User)
def new_suspension(user: User) -> ResponseReturnValue:
    """What was decided about them before, and the form."""
    return _page(user)


@bp.post("/people-here/<int:user_id>/suspensions")
@allow(may_suspend, User)
def create_suspension(user: User) -> ResponseReturnValue:
    """Suspend them."""
    form = ReasonForm()
    if form.validate_on_submit():
        with refusals_on(form):
            suspend(user, reason=form.reason.data or "", note=form.note.data or "", by=actor())
            flash(_("%(name)s cannot sign in any more, and is told why.", name=user.name))
            return redirect(url_for("moderation.list_cases"), 303)
    return _page(user, form=form), 422


@bp.post("/people-here/<int:user_id>/readmissions")
@allow(may_suspend, User)
def create_readmission(user: User) -> ResponseReturnValue:
    """Let them in again."""
    form = ReadmissionForm()
    if form.validate_on_submit():
        with refusals_flashed():
            readmit(user, words=form.words.data or "", note=form.note.data or "", by=actor())
            flash(_("%(name)s can sign in again, and is told.", name=user.name))
        return redirect(url_for("moderation.new_suspension", user_id=user.id), 303)
    return _page(user, readmission=form), 422


def _page(user: User, *, form: ReasonForm | None = None, readmission: ReadmissionForm | None = None) -> str:
    appeal = open_appeal_of(user)
    return render_template(
        "moderation/new_suspension.html",
        person=user,
        form=form or ReasonForm(formdata=None),
        readmission=readmission or ReadmissionForm(formdata=None),
        decisions=decisions_page(actor(), person=user).decisions,
        appeal=appeal,
        is_for_others=appeal is not None and is_for_others(appeal, actor()),
    )
