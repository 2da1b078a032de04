"""Who works here: the staff, what each is here for, and what waits for each."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field

from portal.accounts.models import User
from portal.accounts.policies import is_admin, is_manager
from portal.accounts.services import add_colleague, give_role
from portal.foundation.access import actor, allow, refusals_flashed, refusals_on
from portal.foundation.text import gettext as _
from portal.moderation.forms import ColleagueForm, RoleForm
from portal.moderation.policies import may_give_role
from portal.moderation.queries import colleagues
from portal.moderation.views import bp


@bp.get("/people-here")
@allow(is_manager)
def list_colleagues() -> ResponseReturnValue:
    """Everyone on the staff."""
    return _page(ColleagueForm())


@bp.post("/people-here")
@allow(is_admin)
def create_colleague() -> ResponseReturnValue:
    """Make someone one of the staff."""
    form = ColleagueForm()
    if form.validate_on_submit():
        with refusals_on(form):
            added = add_colleague(
                email=form.email.data or "", name=form.name.data or "", role=form.role.data, by=actor()
            )
            flash(_("%(name)s is one of you now, and is told by mail how to come in.", name=added.name))
            return redirect(url_for("moderation.list_colleagues"), 303)
    return _page(form), 422


@bp.post("/people-here/<int:user_id>/roles")
@allow(may_give_role, User)
def create_role(user: User) -> ResponseReturnValue:
    """Give a colleague another role."""
    form = RoleForm()
    if form.validate_on_submit():
        with refusals_flashed():
            give_role(user, form.role.data, by=actor())
            flash(
                _("%(name)s is here as %(role)s now, and signs in anew.", name=user.name, role=user.role.word.lower())
            )
    return redirect(url_for("moderation.list_colleagues"), 303)


def _page(form: ColleagueForm) -> str:
    rows = colleagues(actor())
    roles = {user.id: _role_field(user) for user, _waiting in rows}
    return render_template("moderation/list_colleagues.html", rows=rows, form=form, roles=roles)


def _role_field(user: User) -> Field:
    """The choice of a role for one of many on a page."""
    field = RoleForm(formdata=None, role=user.role).role
    field.id = f"role-{user.id}"
    field.label.field_id = field.id
    return field
