"""Links, codes and sessions: how people come in, and go."""

import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from string import digits
from urllib.parse import urlsplit

from sqlalchemy import delete, update

from portal.accounts import mail
from portal.accounts.models import Session, SignInLink, User
from portal.accounts.queries import count_open_links, live_session, user_by_email, user_of_session
from portal.accounts.services.people import BadAddress, clean_address
from portal.foundation import config
from portal.foundation.audit import record
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.errors import Refusal
from portal.foundation.mail.outbox import queue_mail
from portal.foundation.text import gettext as _

LINK_LIFE = timedelta(minutes=10)
SESSION_LIFE = timedelta(days=30)
SECRETS_KEPT = timedelta(days=30)
# So many links of one person are good at a time: nobody floods a mailbox by asking, from wherever they ask.
LINKS_AT_ONCE = 6
# So often a code may be tried; it has eight digits.
CODE_TRIES = 5
CODE_DIGITS = 8


class LinkUnusable(Refusal):
    """The link was used, ran out, or never was."""


class WrongCode(Refusal):
    """Not the code of the newest mail, or it was tried too often, or too late."""


@dataclass(frozen=True)
class SignedIn:
    """A fresh session: the user, the secret for the cookie, and where they wanted to go."""

    user: User
    token: str
    next_path: str


def send_sign_in_link(user: User, *, next_path: str = "/", ticket: str = "") -> str:
    """Mail a link to this user and return its secret, which is kept only as a hash.

    Args:
        ticket: the secret of the browser that asked; with one, the mail carries a code for that browser as well, and
            the codes of earlier mails are worth nothing any more.
    """
    secret, code = secrets.token_urlsafe(32), f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
    link = SignInLink(
        user_id=user.id,
        secret_hash=hash_secret(secret),
        next_path=safe_path(next_path),
        expires_at=now() + LINK_LIFE,
    )
    if ticket:
        session().execute(update(SignInLink).where(SignInLink.user_id == user.id).values(code_hash=None))
        link.ticket_hash, link.code_hash = hash_secret(ticket), _hash_code(ticket, code)
    session().add(link)
    session().flush()
    queue_mail(mail.sign_in_link(user, secret=secret, link_id=link.id, code=code if ticket else ""))
    return secret


def request_sign_in(email: str, *, next_path: str) -> str:
    """Mail a link if the address belongs to an active user; say nothing either way.

    Returns:
        The ticket of the browser that asked, for `sign_in_by_code`; a stranger's is worth nothing.
    """
    user, ticket = _user_of(email), secrets.token_urlsafe(32)
    if user is not None and user.is_active and count_open_links(user) < LINKS_AT_ONCE:
        send_sign_in_link(user, next_path=next_path, ticket=ticket)
    else:
        # The same work for a stranger, so that the time taken tells nothing.
        hash_secret(secret := secrets.token_urlsafe(32))
        stranger = User(email="stranger@example.com", name="")
        mail.sign_in_link(stranger, secret=secret, link_id=0, code="0" * CODE_DIGITS)
    return ticket


def _user_of(email: str) -> User | None:
    """Whoever has this address, however it is written; None for what is none."""
    try:
        return user_by_email(clean_address(email))
    except BadAddress:
        return None


def make_link(user: User) -> str:
    """A link secret that is shown instead of mailed, for an admin at the command line."""
    secret = secrets.token_urlsafe(32)
    session().add(SignInLink(user_id=user.id, secret_hash=hash_secret(secret), expires_at=now() + LINK_LIFE))
    return secret


def sign_in(secret: str) -> SignedIn:
    """Use a link up and open a session.

    Raises:
        LinkUnusable: the link was used, ran out, or never was.
    """
    moment = now()
    # One conditional update decides who uses the link, even if two presses come at once.
    used = (
        session()
        .scalars(
            update(SignInLink)
            .where(
                SignInLink.secret_hash == hash_secret(secret),
                SignInLink.used_at.is_(None),
                SignInLink.expires_at > moment,
            )
            .values(used_at=moment)
            .returning(SignInLink)
        )
        .one_or_none()
    )
    return _open_session(used)


def sign_in_by_code(ticket: str, typed: str) -> SignedIn:
    """Use a link up by the code that stands beside it in the mail, and open a session.

    Each try counts, right or wrong, so whoever asks has to commit a refusal too.

    Raises:
        WrongCode: it is not the code of this browser's newest mail, or was tried too often, or too late.
    """
    moment = now()
    tried = (
        session()
        .scalars(
            update(SignInLink)
            .where(
                SignInLink.ticket_hash == hash_secret(ticket),
                SignInLink.code_hash.is_not(None),
                SignInLink.used_at.is_(None),
                SignInLink.expires_at > moment,
                SignInLink.tries < CODE_TRIES,
            )
            .values(tries=SignInLink.tries + 1)
            .returning(SignInLink)
        )
        .one_or_none()
    )
    given = _hash_code(ticket, "".join(mark for mark in unicodedata.normalize("NFKC", typed) if mark in digits))
    if tried is None or not hmac.compare_digest(tried.code_hash or "", given):
        raise WrongCode(_("That is not the code of the newest mail, or it was tried too often. Ask for a new one."))
    tried.used_at = moment
    return _open_session(tried)


def _open_session(used: SignInLink | None) -> SignedIn:
    user = session().get(User, used.user_id) if used else None
    if used is None or user is None or not user.is_active:
        raise LinkUnusable(_("This link was used already or has run out. Ask for a new one; it takes a moment."))
    token = secrets.token_urlsafe(32)
    opened = Session(user_id=user.id, token_hash=hash_secret(token), expires_at=now() + SESSION_LIFE)
    session().add(opened)
    record("user.signed_in", user, by=user)
    return SignedIn(user, token, used.next_path)


def user_of_token(token: str) -> User | None:
    """The user whose browser holds this session secret, while the session lives."""
    if not token:
        return None
    user = user_of_session(hash_secret(token))
    if user is not None:
        user.session_token = token
    return user


def sign_out(user: User) -> None:
    """End the session that this request came with."""
    if user.session_token:
        found = live_session(hash_secret(user.session_token))
        if found is not None:
            found.ended_at = now()
            record("user.signed_out", user, by=user)


def hash_secret(secret: str) -> str:
    """What the database keeps of a 256-bit secret; a slow hash adds nothing to that much chance."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _hash_code(ticket: str, code: str) -> str:
    """A code is short, so what is kept of it is worth nothing without the browser's ticket and the house's secret."""
    secret = config.current().SECRET_KEY.encode()
    return hmac.digest(secret, f"heard: sign-in code {ticket} {code}".encode("utf-8", "replace"), hashlib.sha256).hex()


def safe_path(target: str) -> str:
    """A path on this portal, rebuilt from its parsed parts; anything else becomes the front page."""
    if not target or any(ord(mark) < 33 or mark == "\\" for mark in target) or len(target) > 400:
        return "/"
    parts = urlsplit(target)
    if parts.scheme or parts.netloc or not parts.path.startswith("/") or parts.path.startswith("//"):
        return "/"
    return parts.path + (f"?{parts.query}" if parts.query else "")


def forget_old_secrets() -> int:
    """Remove the links and sessions that ran out over thirty days ago, and say how many; the audit stays."""
    before = now() - SECRETS_KEPT
    gone = [session().execute(delete(table).where(table.expires_at < before)) for table in (SignInLink, Session)]
    return sum(result.rowcount for result in gone)  # type: ignore[attr-defined]
