"""The outbox: every mail as it arrives, or would arrive."""

import re
from email import message_from_bytes, policy

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal.accounts.policies import is_manager
from portal.foundation import config
from portal.foundation.access import PAGE_POLICY, actor, allow, refusals_flashed, row_key
from portal.foundation.mail.delivery import compose
from portal.foundation.mail.outbox import OutgoingMail
from portal.foundation.text import gettext as _
from portal.updates.forms import ButtonForm
from portal.updates.policies import hidden_doors, may_read_mail, may_try_mail
from portal.updates.queries import mail_counts, mail_page
from portal.updates.services import try_again
from portal.updates.views import bp

STATUSES = ("pending", "sending", "sent", "failed", "suppressed")
# A stranger's words could stand in a mail: it may show its own styles and nothing else.
MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox"
)
_SHOWN = (
    "From",
    "Reply-To",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "Auto-Submitted",
)


@bp.get("/outbox")
@allow(is_manager)
def list_mails() -> ResponseReturnValue:
    """What went out, what waits, and what failed."""
    asked = request.args.get("status")
    status = asked if asked in STATUSES else None
    page = mail_page(status=status, before_id=request.args.get("before", type=row_key))
    return render_template("updates/list_mails.html", page=page, counts=mail_counts(), status=status)


@bp.get("/outbox/<int:outgoing_mail_id>")
@allow(may_read_mail, OutgoingMail)
def show_mail(outgoing_mail: OutgoingMail) -> ResponseReturnValue:
    """Headers, plain part and HTML part of one mail."""
    page = make_response(
        render_template(
            "updates/show_mail.html",
            mail=outgoing_mail,
            headers=[(name, _hide(outgoing_mail, words)) for name, words in _headers(outgoing_mail)],
            text=_hide(outgoing_mail, outgoing_mail.text),
            is_redacted=_hide(outgoing_mail, outgoing_mail.text) != outgoing_mail.text,
            may_try=may_try_mail(actor(), outgoing_mail),
        )
    )
    page.headers["Content-Security-Policy"] = f"{PAGE_POLICY}; frame-src 'self'"
    return page


@bp.get("/outbox/<int:outgoing_mail_id>/html")
@allow(may_read_mail, OutgoingMail)
def show_mail_html(outgoing_mail: OutgoingMail) -> ResponseReturnValue:
    """The HTML part alone, for the frame on the page."""
    page = Response(_hide(outgoing_mail, outgoing_mail.html), mimetype="text/html")
    page.headers["Content-Security-Policy"] = MAIL_POLICY
    return page


@bp.post("/outbox/<int:outgoing_mail_id>/tries")
@allow(may_read_mail, OutgoingMail)
def create_try(outgoing_mail: OutgoingMail) -> ResponseReturnValue:
    """Put a mail that failed back into the queue."""
    if ButtonForm().validate_on_submit():
        with refusals_flashed():
            try_again(outgoing_mail, by=actor())
            flash(_("It is back in the queue."))
    return redirect(url_for("updates.show_mail", outgoing_mail_id=outgoing_mail.id), 303)


def _headers(mail: OutgoingMail) -> list[tuple[str, str]]:
    """The headers as they go over the wire, decoded."""
    written = message_from_bytes(compose(mail).as_bytes(), policy=policy.default)
    return [(name, str(written[name])) for name in _SHOWN if name in written]


def _hide(mail: OutgoingMail, words: str) -> str:
    """Cut out the keys that are for the reader of the mail alone: the ends of addresses, and the code of a sign-in."""
    doors = hidden_doors(actor(), is_sending=config.current().sends_mail)
    if not doors:
        return words
    words = re.sub(rf"/({'|'.join(doors)})/[\w.~-]+", r"/\1/…", words)
    return re.sub(r"\b\d{4} \d{4}\b", "…", words) if mail.kind == "sign_in" else words
