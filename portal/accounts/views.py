"""The front door, the sign-in pages and the legal page."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_login import login_user, logout_user

from portal.accounts.forms import ButtonForm, SignInForm
from portal.accounts.policies import is_signed_in
from portal.accounts.services import LinkUnusable, request_sign_in, safe_path, sign_in, sign_out
from portal.foundation import config
from portal.foundation.access import actor, allow, anyone, limited, visitor
from portal.foundation.text import gettext as _

bp = Blueprint("accounts", __name__)


@bp.get("/")
@allow(anyone)
def show_front() -> ResponseReturnValue:
    """Send people where they belong."""
    if visitor() is None:
        return redirect(url_for("accounts.new_sign_in"), 303)
    return redirect(url_for("updates.show_home"), 303)


@bp.get("/sign-in")
@allow(anyone)
def new_sign_in() -> ResponseReturnValue:
    """The one field that lets people in."""
    form = SignInForm(next=safe_path(request.args.get("next", "/")))
    return render_template("accounts/new_sign_in.html", form=form)


@bp.post("/sign-in-links")
@allow(anyone)
@limited("20 per hour; 6 per minute")
def create_sign_in_link() -> ResponseReturnValue:
    """Answer the same to everyone, known or not."""
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("accounts/new_sign_in.html", form=form), 422
    request_sign_in(form.email.data or "", next_path=form.next.data or "/")
    return render_template("accounts/sign_in_link_sent.html", email=form.email.data)


@bp.get("/sign-in/<secret>")
@allow(anyone)
def show_sign_in_link(secret: str) -> ResponseReturnValue:
    """A page with a button, so that a mail scanner's visit changes nothing."""
    return render_template("accounts/show_sign_in_link.html", form=ButtonForm(), secret=secret)


@bp.post("/sign-in/<secret>/sessions")
@allow(anyone)
@limited("60 per hour; 20 per minute")
def create_session(secret: str) -> ResponseReturnValue:
    """Use the link up and let its owner in."""
    try:
        signed_in = sign_in(secret)
    except LinkUnusable as refusal:
        form = SignInForm()
        form.email.errors = [str(refusal)]
        return render_template("accounts/new_sign_in.html", form=form), 422
    cookie.clear()
    signed_in.user.session_token = signed_in.token
    login_user(signed_in.user)
    cookie.permanent = True
    return redirect(safe_path(signed_in.next_path), 303)


@bp.post("/sign-out")
@allow(is_signed_in)
def end_session() -> ResponseReturnValue:
    """End this session in the database, not only in the browser."""
    sign_out(actor())
    logout_user()
    cookie.clear()
    flash(_("You are signed out."))
    return redirect(url_for("accounts.new_sign_in"), 303)


@bp.get("/accent.css")
@allow(anyone)
def show_accent() -> ResponseReturnValue:
    """The company's colour; the styles derive every other one from it."""
    accent = config.current().COMPANY_ACCENT
    styles = f":root {{ --accent: {accent}; }}\n" if accent else ""
    return styles, {"Content-Type": "text/css; charset=utf-8", "Cache-Control": "public, max-age=3600"}


@bp.get("/legal")
@allow(anyone)
def show_legal() -> ResponseReturnValue:
    """What is kept about whom, and who answers for it."""
    return render_template("accounts/show_legal.html", address=config.current().COMPANY_ADDRESS)
