"""Coming in by a letter, the members, and one's own page."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.policies import is_signed_in
from portal.community.forms import ButtonForm, ProfileForm, ThanksForm
from portal.community.models import Member, Thanks
from portal.community.policies import is_thanked, may_see_members, may_thank, may_trust
from portal.community.queries import PAGE, count_members, links_of, member_of, members
from portal.community.services import end_trust, introduce, join, show_thanks, thank, trust
from portal.community.views import bp
from portal.foundation.access import actor, allow, anyone, limited, refusals_flashed, refusals_on, row_key
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
    after = request.args.get("after", 0, type=row_key)
    rows = members(actor(), after_number=after)
    return render_template(
        "community/list_members.html",
        rows=rows[:PAGE],
        more=rows[PAGE - 1].founding_number if len(rows) > PAGE else None,
        total=count_members(actor()),
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
        links="\n".join(f"{link.url} {link.label}".strip() for link in links_of(member)) if member else "",
        is_listed=bool(member and member.is_listed),
        is_named_publicly=bool(member and member.is_named_publicly),
    )
    return render_template("community/show_profile.html", form=form, member=member)


@bp.post("/profile")
@allow(is_signed_in)
def update_profile() -> ResponseReturnValue:
    """Write down what someone says about themselves."""
    form, user = ProfileForm(), actor()
    if form.validate_on_submit():
        with refusals_on(form):
            introduce(
                user,
                name=form.name.data or "",
                time_zone=form.time_zone.data or None,
                about=form.about.data or "",
                links=(form.links.data or "").splitlines(),
                is_listed=bool(form.is_listed.data),
                is_named_publicly=bool(form.is_named_publicly.data),
            )
            flash(_("Kept. This is how others see you now."))
            return redirect(url_for("community.show_profile"), 303)
    return render_template("community/show_profile.html", form=form, member=member_of(user)), 422


@bp.post("/members/<int:member_id>/thanks")
@allow(may_thank, Member)
def create_thanks(member: Member) -> ResponseReturnValue:
    """Thank a member by name."""
    form = ThanksForm()
    if form.validate_on_submit():
        with refusals_flashed():
            thank(member, words=form.words.data or "", by=actor(), form_key=form.form_key.data)
            flash(_("%(name)s reads it by mail.", name=member.user.name))
    else:
        flash(next(iter(form.words.errors), _("Write them a line or two.")), "warning")
    return redirect(url_for("ledger.show_member", member_id=member.id), 303)


@bp.post("/thanks/<int:thanks_id>/showings")
@allow(is_thanked, Thanks)
def create_showing(thanks: Thanks) -> ResponseReturnValue:
    """Let others read it on one's page (`is_shown=1`), or not."""
    if ButtonForm().validate_on_submit():
        is_shown = request.form.get("is_shown") == "1"
        show_thanks(thanks, is_shown=is_shown, by=actor())
        flash(_("It stands on your page now.") if is_shown else _("Others do not read it any more."))
    return redirect(url_for("ledger.show_member", member_id=thanks.member_id), 303)


@bp.post("/members/<int:member_id>/trusts")
@allow(may_trust, Member)
def create_trust(member: Member) -> ResponseReturnValue:
    """Let what they write go through at once (`is_trusted=1`), or look at it again as the rule says."""
    if ButtonForm().validate_on_submit():
        if request.form.get("is_trusted") == "1":
            trust(member.user, by=actor())
            flash(_("What %(name)s writes goes through at once from now on.", name=member.user.name))
        else:
            end_trust(member.user, by=actor())
            flash(_("What %(name)s writes is looked at again, as the rule says.", name=member.user.name))
    return redirect(url_for("ledger.show_member", member_id=member.id), 303)
