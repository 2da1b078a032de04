"""Sending the outbox over SMTP, one claimed mail at a time, with a limit on every wait."""

import smtplib
import ssl
from collections.abc import Callable
from datetime import timedelta
from email.charset import QP, Charset
from email.mime.text import MIMEText
from typing import Any

import structlog
from flask import Flask
from flask_mail import Connection, Mail, Message

from portal.foundation import config
from portal.foundation.clock import now
from portal.foundation.database import transaction
from portal.foundation.mail.line import EncryptedLine, Line
from portal.foundation.mail.outbox import (
    FAILED,
    GIVE_UP_AFTER,
    PENDING,
    SENT,
    SUPPRESSED,
    Claimed,
    OutgoingMail,
    claim_next,
    settle,
)

log = structlog.get_logger()
mail = Mail()

_NOT_REACHED = (OSError, smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError, smtplib.SMTPHeloError)


# The longest line that every server takes, in bytes and without its end (RFC 5321, 4.5.3.1.6).
_LONGEST_LINE = 998


class Letter(Message):
    """flask-mail's message, whose lines are never longer than a server takes."""

    def _mimetext(self, text: str | None, subtype: str = "plain") -> MIMEText:
        words, charset = text or "", Charset("utf-8")
        if any(len(line.encode()) > _LONGEST_LINE for line in words.split("\n")):
            # A paragraph is one line, and so is all of an HTML page between two of its own.
            charset.body_encoding = QP
        return MIMEText(words, subtype, charset)  # type: ignore[arg-type]  # its stubs know names only


class PatientConnection(Connection):
    """flask-mail's connection on a line that never outlasts the lease, with a checked certificate."""

    def configure_host(self) -> smtplib.SMTP | smtplib.SMTP_SSL:
        """Open the connection that the settings ask for."""
        settings = config.current()
        context = ssl.create_default_context()
        address: dict[str, Any] = {
            "host": settings.MAIL_SERVER,
            "port": settings.MAIL_PORT,
            "timeout": settings.MAIL_TIMEOUT,
        }
        host = EncryptedLine(**address, context=context) if settings.MAIL_USE_SSL else Line(**address)
        try:
            if settings.MAIL_USE_TLS:
                host.starttls(context=context)
            host.ehlo_or_helo_if_needed()
            if settings.MAIL_USERNAME:
                host.login(settings.MAIL_USERNAME, settings.MAIL_PASSWORD)
        except BaseException:
            host.close()
            raise
        return host

    def begin_mail(self) -> None:
        """Give the next mail the whole time again."""
        if isinstance(self.host, Line | EncryptedLine):
            self.host.begin()

    def __exit__(self, *problem: object) -> None:
        """Say goodbye, or just leave when the line is already dead."""
        try:
            if self.host is not None:
                self.host.quit()
        except (smtplib.SMTPException, OSError):
            log.info("smtp_line_was_dead")


def install(app: Flask) -> None:
    """Hand the mail settings to flask-mail."""
    settings = config.current()
    app.config.update(
        MAIL_SERVER=settings.MAIL_SERVER or "localhost",
        MAIL_PORT=settings.MAIL_PORT,
        MAIL_DEFAULT_SENDER=settings.MAIL_SENDER or None,
        MAIL_SUPPRESS_SEND=False,
    )
    mail.init_app(app)


def deliver_due(may_send: Callable[[OutgoingMail], bool], *, limit: int = 500) -> int:
    """Send what is due, at most `limit` mails; returns how many the server took.

    Args:
        may_send: asked again for each mail just before it leaves, so that an objection wins at once.
        limit: bounds one run, so that other work gets its turn.
    """
    if not config.current().sends_mail:
        return 0
    sent = 0
    connection: PatientConnection | None = None
    try:
        for _ in range(limit):
            with transaction():
                claimed = claim_next()
                allowed = claimed is not None and may_send(claimed.mail)
            if claimed is None:
                break
            if not allowed:
                _settle(claimed, SUPPRESSED)
                continue
            try:
                if connection is None:
                    # The time of this mail runs from here, so that the greeting counts too.
                    connection = PatientConnection(mail).__enter__()
                else:
                    connection.begin_mail()
            except (*_NOT_REACHED, smtplib.SMTPException) as problem:
                _settle(claimed, PENDING, f"The mail server did not answer: {problem}", _wait(claimed))
                connection = None
                break
            if _send(connection, claimed):
                sent += 1
            else:
                connection.__exit__()
                connection = None
    finally:
        if connection is not None:
            connection.__exit__()
    return sent


def compose(row: OutgoingMail) -> Letter:
    """The mail as it goes over the wire: text and HTML of equal content, never more than one recipient."""
    settings = config.current()
    headers = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    if row.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{row.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    letter = Letter(
        subject=row.subject,
        recipients=[(row.recipient_name, row.recipient)],
        body=row.text,
        html=row.html,
        sender=_sender(),
        reply_to=settings.MAIL_REPLY_TO or None,
        extra_headers=headers,
    )
    # Set afterwards, since the constructor would join the two and lose a name with a comma in it.
    letter.sender = (row.from_name or settings.COMPANY_NAME, _sender())
    letter.msgId = row.message_id
    letter.date = row.created_at.timestamp()  # type: ignore[assignment]
    if row.attachment is not None:
        file = row.attachment
        letter.attach(file["name"], file["content_type"], file["text"].encode())
    return letter


def _sender() -> str:
    return config.current().MAIL_SENDER or "portal@localhost"


def _send(connection: PatientConnection, claimed: Claimed) -> bool:
    """Hand one mail over; False when the line should be opened anew."""
    if claimed.mail.lease_until is not None and now() >= claimed.mail.lease_until:
        # This sender slept through its lease: the mail belongs to another by now.
        return False
    try:
        connection.send(compose(claimed.mail))
    except smtplib.SMTPResponseException as problem:
        words = f"{problem.smtp_code} {_words(problem.smtp_error)}"
        _settle_refusal(claimed, problem.smtp_code, words)
        return False
    except smtplib.SMTPRecipientsRefused as problem:
        code, answer = next(iter(problem.recipients.values()))
        _settle_refusal(claimed, code, f"{code} {_words(answer)}")
        return False
    except (*_NOT_REACHED, smtplib.SMTPException) as problem:
        _settle_or_give_up(claimed, f"The line broke: {problem}")
        return False
    except Exception as problem:
        # A mail that cannot be composed must not hold up the others.
        _settle(claimed, FAILED, f"This mail could not be written: {problem}")
        return False
    _settle(claimed, SENT)
    return True


def _settle_refusal(claimed: Claimed, code: int, words: str) -> None:
    # 530 asks for the sign-in that the settings lack: that is about us, not about this mail.
    if 500 <= code < 600 and code != 530:
        _settle(claimed, FAILED, words)
    else:
        _settle_or_give_up(claimed, words)


def _settle_or_give_up(claimed: Claimed, words: str) -> None:
    """Try again later, unless that has gone on for too long."""
    if now() - claimed.mail.created_at > GIVE_UP_AFTER:
        _settle(claimed, FAILED, words)
    else:
        _settle(claimed, PENDING, words, _wait(claimed))


def _settle(claimed: Claimed, status: str, error: str | None = None, retry_in: timedelta | None = None) -> None:
    with transaction():
        kept = settle(claimed, status, error=_clean(error), retry_in=retry_in)
    log.info("mail_settled", mail=claimed.mail.id, status=status if kept else "lease lost", tries=claimed.mail.tries)


def _clean(error: str | None) -> str | None:
    """A stranger's words as one short line that any database takes."""
    return "".join(mark if mark.isprintable() else " " for mark in error)[:500] if error else None


def _wait(claimed: Claimed) -> timedelta:
    """Half a minute, doubled with each try, four hours at most."""
    return min(timedelta(seconds=30 << min(claimed.mail.tries - 1, 12)), timedelta(hours=4))


def _words(answer: bytes | str) -> str:
    return answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
