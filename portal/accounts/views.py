"""The front door, the sign-in pages and the legal page."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_login import login_user, logout_user

from portal.accounts.forms import ButtonForm, CodeForm, SignInForm
from portal.accounts.policies import is_signed_in
from portal.accounts.services import (
    LinkUnusable,
    SignedIn,
    request_sign_in,
    safe_path,
    sign_in,
    sign_in_by_code,
    sign_out,
)
from portal.foundation import config
from portal.foundation.access import actor, allow, anyone, limited, refusals_flashed, visitor
from portal.foundation.text import gettext as _

bp = Blueprint("accounts", __name__)

# What the browser that asked for a link remembers: its ticket, and the address that was typed.
TICKET, ASKED_FOR = "ticket", "asked_for"


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
    return _sign_in_page(SignInForm(next=safe_path(request.args.get("next", "/"))))


@bp.post("/sign-in-links")
@allow(anyone)
@limited("20 per hour; 6 per minute")
def create_sign_in_link() -> ResponseReturnValue:
    """Answer the same to everyone, known or not."""
    form = SignInForm()
    if not form.validate_on_submit():
        return _sign_in_page(form), 422
    cookie[TICKET] = request_sign_in(form.email.data or "", next_path=form.next.data or "/")
    cookie[ASKED_FOR] = form.email.data
    return _sent_page(CodeForm())


@bp.get("/sign-in-codes/new")
@allow(anyone)
def new_sign_in_code() -> ResponseReturnValue:
    """Where the code of a mail is typed, in the browser that asked for it."""
    return _sent_page(CodeForm()) if cookie.get(TICKET) else redirect(url_for("accounts.new_sign_in"), 303)


@bp.post("/sign-in-codes")
@allow(anyone)
@limited("60 per hour; 20 per minute")
def create_session_by_code() -> ResponseReturnValue:
    """Let the owner of a code in; a wrong one is counted, so it is answered by another page and not by a fault."""
    form = CodeForm()
    if not form.validate_on_submit():
        return _sent_page(form), 422
    with refusals_flashed():
        return _let_in(sign_in_by_code(cookie.get(TICKET) or "", form.code.data or ""))
    return redirect(url_for("accounts.new_sign_in_code"), 303)


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
        return _sign_in_page(form), 422
    return _let_in(signed_in)


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


def _sign_in_page(form: SignInForm) -> str:
    return render_template("accounts/new_sign_in.html", form=form, sends_mail=config.current().sends_mail)


def _sent_page(form: CodeForm) -> str:
    email = cookie.get(ASKED_FOR) or ""
    sends = config.current().sends_mail
    return render_template("accounts/sign_in_link_sent.html", form=form, email=email, sends_mail=sends)


def _let_in(signed_in: SignedIn) -> ResponseReturnValue:
    """A fresh cookie for a fresh session; nothing of what the browser held before is kept."""
    cookie.clear()
    signed_in.user.session_token = signed_in.token
    login_user(signed_in.user)
    cookie.permanent = True
    return redirect(safe_path(signed_in.next_path), 303)
