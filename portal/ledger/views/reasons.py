"""The company's list of reasons: words that an explanation can begin with."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.policies import is_staff
from portal.foundation.access import actor, allow, refusals_on
from portal.foundation.database import hold
from portal.foundation.text import gettext as _
from portal.ledger.forms import ReasonForm
from portal.ledger.models import Reason
from portal.ledger.policies import may_keep_reason
from portal.ledger.queries import company_reasons
from portal.ledger.services import add_reason, change_reason, remove_reason
from portal.ledger.views import bp


@bp.get("/reasons")
@allow(is_staff)
def list_reasons() -> ResponseReturnValue:
    """The list, and the form for one more."""
    return _page(ReasonForm(formdata=None))


@bp.post("/reasons")
@allow(is_staff)
def create_reason() -> ResponseReturnValue:
    """Put one on the list."""
    form = ReasonForm()
    if form.validate_on_submit():
        with refusals_on(form):
            add_reason(title=form.title.data or "", words=form.words.data or "", by=actor())
            return _back(_("It is on the list."))
    return _page(form, status=422)


@bp.get("/reasons/<int:reason_id>/edit")
@allow(may_keep_reason, Reason)
def edit_reason(reason: Reason) -> ResponseReturnValue:
    """One reason, to be worded anew."""
    return render_template("ledger/edit_reason.html", reason=reason, form=_stands(reason))


@bp.post("/reasons/<int:reason_id>/changes")
@allow(may_keep_reason, Reason)
def create_reason_change(reason: Reason) -> ResponseReturnValue:
    """Word it anew."""
    form = ReasonForm()
    if form.validate_on_submit():
        # Of two who send at once, the second is compared with what the first wrote.
        hold(reason)
        changed = form.changed_since(_stands(reason))
        if changed:
            return render_template("ledger/edit_reason.html", reason=reason, form=form, changed=changed), 409
        with refusals_on(form):
            change_reason(reason, title=form.title.data or "", words=form.words.data or "", by=actor())
            return _back(_("Changed. Answers that began with it stay as they were given."))
    return render_template("ledger/edit_reason.html", reason=reason, form=form), 422


@bp.post("/reasons/<int:reason_id>/removals")
@allow(may_keep_reason, Reason)
def create_reason_removal(reason: Reason) -> ResponseReturnValue:
    """Take it from the list."""
    remove_reason(reason, by=actor())
    return _back(_("It is off the list."))


def _stands(reason: Reason) -> ReasonForm:
    return ReasonForm(formdata=None, title=reason.title, words=reason.words).note_seen()


def _back(words: str) -> ResponseReturnValue:
    flash(words)
    return redirect(url_for("ledger.list_reasons"), 303)


def _page(form: ReasonForm, status: int = 200) -> ResponseReturnValue:
    return render_template("ledger/list_reasons.html", reasons=company_reasons(), form=form), status
