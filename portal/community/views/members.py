"""Coming in by a letter, the members, and one's own page."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.policies import is_signed_in
from portal.community.forms import ProfileForm
from portal.community.policies import may_see_members
from portal.community.queries import PAGE, count_members, member_of, members
from portal.community.services import introduce, join
from portal.community.views import bp
from portal.foundation.access import actor, allow, anyone, limited
from portal.foundation.errors import Refusal
from portal.foundation.text import gettext as _
from portal.invitations.services import LetterClosed


@bp.post("/letters/<token>/acceptances")
@allow(anyone)
@limited("20 per hour; 6 per minute")
def create_acceptance(token: str) -> ResponseReturnValue:
    """Yes: become a member and have the sign-in link mailed; the page of the letter says what happens next."""
    try:
        join(token)
    except LetterClosed:
        return render_template("invitations/letter_closed.html"), 404
    return redirect(url_for("invitations.show_letter", token=token), 303)


@bp.get("/members")
@allow(may_see_members)
def list_members() -> ResponseReturnValue:
    """Everyone who came in, in the order in which they came."""
    after = min(max(request.args.get("after", 0, type=int), 0), 2**31 - 1)
    rows = members(after_number=after)
    return render_template(
        "community/list_members.html",
        rows=rows[:PAGE],
        more=rows[PAGE - 1].founding_number if len(rows) > PAGE else None,
        total=count_members(),
    )


@bp.get("/profile")
@allow(is_signed_in)
def show_profile() -> ResponseReturnValue:
    """One's own page."""
    user = actor()
    member = member_of(user)
    form = ProfileForm(
        name=user.name,
        time_zone=user.time_zone or "",
        about=member.about if member else "",
        is_named_publicly=bool(member and member.is_named_publicly),
    )
    return render_template("community/show_profile.html", form=form, member=member)


@bp.post("/profile")
@allow(is_signed_in)
def update_profile() -> ResponseReturnValue:
    """Write down what someone says about themselves."""
    form, user = ProfileForm(), actor()
    if form.validate_on_submit():
        try:
            introduce(
                user,
                name=form.name.data or "",
                time_zone=form.time_zone.data or None,
                about=form.about.data or "",
                is_named_publicly=bool(form.is_named_publicly.data),
            )
        except Refusal as refusal:
            form.form_errors.append(str(refusal))
        else:
            flash(_("Kept. This is how others see you now."))
            return redirect(url_for("community.show_profile"), 303)
    return render_template("community/show_profile.html", form=form, member=member_of(user)), 422
