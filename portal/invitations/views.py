"""Writing letters, keeping sight of them, and the page that each of them opens."""

from typing import Any

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.consent.models import Basis
from portal.foundation import config
from portal.foundation.access import actor, allow, anyone, limited, refusals_flashed, refusals_on, row_key
from portal.foundation.clock import now
from portal.foundation.errors import Refusal
from portal.foundation.text import gettext as _
from portal.invitations.forms import InvitationForm
from portal.invitations.mail import words_of
from portal.invitations.models import Invitation, Outcome
from portal.invitations.policies import may_invite, may_withdraw
from portal.invitations.queries import (
    PAGE,
    counts_by_outcome,
    list_of_invitations,
    quotable_mentions,
    quoted_mention,
    readable_invitation,
)
from portal.invitations.services import (
    LetterClosed,
    decline,
    draft_letter,
    invite,
    never_write_again,
    obstacle,
    withdraw,
)
from portal.listening.channels import channel_name
from portal.listening.models import Mention
from portal.makers.models import Person

bp = Blueprint("invitations", __name__)


@bp.get("/people/<int:person_id>/invitations/new")
@allow(may_invite, Person)
def new_invitation(person: Person) -> ResponseReturnValue:
    """The letter beside the evidence it rests on."""
    form = InvitationForm(name=person.name)
    mentions = quotable_mentions(person)
    form.offer(mentions)
    return _form_page(person, form, mentions)


@bp.post("/people/<int:person_id>/invitations")
@allow(may_invite, Person)
def create_invitation(person: Person) -> ResponseReturnValue:
    """Put the letter in the outbox."""
    form, mentions = InvitationForm(), quotable_mentions(person)
    form.offer(mentions)
    if form.validate_on_submit():
        with refusals_on(form):
            invitation = invite(person, email=form.email.data or "", by=actor(), **_letter_of(form, mentions))
            flash(_("The letter to %(name)s is on its way.", name=invitation.name))
            return redirect(url_for("invitations.list_invitations"), 303)
    return _form_page(person, form, mentions), 422


@bp.post("/people/<int:person_id>/letter-previews")
@allow(may_invite, Person)
def create_letter_preview(person: Person) -> ResponseReturnValue:
    """The letter as it would read; nothing is written down or sent."""
    form, mentions = InvitationForm(), quotable_mentions(person)
    form.offer(mentions)
    if "HX-Request" in request.headers:
        return render_template("invitations/letter_preview.html", **_preview(form, mentions))
    return _form_page(person, form, mentions)


@bp.get("/invitations")
@allow(may_invite)
def list_invitations() -> ResponseReturnValue:
    """Every letter, and what came of it."""
    wanted = request.args.get("outcome", "")
    outcome = Outcome(wanted) if wanted in set(Outcome) else None
    rows = list_of_invitations(outcome, before_id=request.args.get("before", type=row_key))
    older = rows[PAGE - 1].invitation.id if len(rows) > PAGE else None
    return render_template(
        "invitations/list_invitations.html",
        rows=rows[:PAGE],
        older=older,
        outcome=outcome,
        counts=counts_by_outcome(),
        now=now(),
        labels=_outcome_labels(),
        grounds=_grounds(),
        tones={"open": "wait", "accepted": "good", "declined": "neutral", "withdrawn": "neutral", "expired": "neutral"},
    )


@bp.post("/invitations/<int:invitation_id>/withdrawals")
@allow(may_withdraw, Invitation)
def create_withdrawal(invitation: Invitation) -> ResponseReturnValue:
    """Take a letter back."""
    with refusals_flashed():
        withdraw(invitation, by=actor())
        flash(_("The letter to %(name)s is withdrawn; its link opens nothing any more.", name=invitation.name))
    return redirect(url_for("invitations.list_invitations"), 303)


@bp.get("/letters/<token>")
@allow(anyone)
@limited("120 per hour; 30 per minute")
def show_letter(token: str) -> ResponseReturnValue:
    """The letter, or what its reader answered; a link that is worth nothing says the same whatever the reason."""
    invitation = readable_invitation(token)
    if invitation is None:
        return _quietly(render_template("invitations/letter_closed.html"), 404)
    if invitation.accepted_at:
        return _quietly(render_template("invitations/letter_accepted.html", invitation=invitation, token=token))
    if invitation.declined_at:
        return _quietly(render_template("invitations/letter_declined.html", invitation=invitation, token=token))
    letter = words_of(invitation, quoted_mention(invitation))
    return _quietly(render_template("invitations/show_letter.html", letter=letter, token=token))


@bp.post("/letters/<token>/refusals")
@allow(anyone)
@limited("60 per hour; 20 per minute")
def create_decline(token: str) -> ResponseReturnValue:
    """No, thank you."""
    try:
        decline(token)
    except LetterClosed:
        # The page of the letter knows what came of it.
        return show_letter(token=token)
    return redirect(url_for("invitations.show_letter", token=token), 303)


@bp.get("/letters/<token>/objections")
@allow(anyone)
def new_objection(token: str) -> ResponseReturnValue:
    """A page with a button; looks nothing up, so that it tells nothing and a scanner changes nothing."""
    return _quietly(render_template("invitations/new_objection.html", token=token))


@bp.post("/letters/<token>/objections")
@allow(anyone)
def create_objection(token: str) -> ResponseReturnValue:
    """Never again: the page's button, and the one-click POST of a mail program (RFC 8058)."""
    try:
        never_write_again(token)
    except LetterClosed:
        return _quietly(render_template("invitations/letter_closed.html"), 404)
    return _quietly(render_template("invitations/objection_kept.html"))


def _form_page(person: Person, form: InvitationForm, mentions: list[Mention]) -> str:
    return render_template(
        "invitations/new_invitation.html",
        person=person,
        form=form,
        mentions=mentions,
        obstacle=obstacle(person),
        channel_name=channel_name,
        today=config.today(),
        **_preview(form, mentions),
    )


def _preview(form: InvitationForm, mentions: list[Mention]) -> dict[str, Any]:
    """The letter as far as it is written, or why it cannot be shown."""
    try:
        return {"letter": draft_letter(by=actor(), **_letter_of(form, mentions)), "problem": None}
    except Refusal as refusal:
        return {"letter": None, "problem": str(refusal)}


def _letter_of(form: InvitationForm, mentions: list[Mention]) -> dict[str, Any]:
    chosen = {str(mention.id): mention for mention in mentions}
    return {
        "name": form.name.data or "",
        "basis": Basis(form.basis.data) if form.basis.data in set(Basis) else None,
        "place": form.place.data or "",
        "obtained_on": form.obtained_on.data,
        "note": form.note.data or "",
        "quoted_mention": chosen.get(form.quoted_mention.data or ""),
    }


def _outcome_labels() -> dict[str, str]:
    return {
        "open": _("Open"),
        "accepted": _("Accepted"),
        "declined": _("Declined"),
        "withdrawn": _("Withdrawn"),
        "expired": _("Run out"),
    }


def _grounds() -> dict[str, str]:
    return {
        Basis.ASKED_US.value: _("asked us"),
        Basis.CUSTOMER.value: _("customer"),
        Basis.PUBLISHED_CONTACT.value: _("published address"),
        Basis.COMPANY_ADDRESS.value: _("company address"),
    }


def _quietly(page: str, status: int = 200) -> Response:
    """A page whose address is a secret: not for search machines, and never handed on as a referrer."""
    response = make_response(page, status)
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
