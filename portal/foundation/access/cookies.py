"""The signed cookie and the token of its forms, each worked out once instead of once a request."""

from functools import lru_cache
from time import time
from typing import Any

from flask import Flask, Request, Response, current_app, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask_wtf.csrf import generate_csrf
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.sansio.http import parse_cookie


def own_token() -> str:
    """The token of this reader's forms; it holds for as long as their session."""
    kept = session.get("csrf_token")
    return _signed(current_app.secret_key, kept) if isinstance(kept, str) else generate_csrf()


@lru_cache(maxsize=4096)
def _signed(secret_key: str, kept: str) -> str:
    return str(URLSafeTimedSerializer(secret_key, salt="wtf-csrf-token").dumps(kept))


class Cookies(SecureCookieSessionInterface):
    """Flask's signed cookie, whose signature is checked once for each cookie instead of once a request."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """What the cookie holds; nothing, when it was not signed by us or has run out."""
        header = request.environ.get("HTTP_COOKIE")
        found = _opened(self, app, header) if header else None
        if found is None:
            return super().open_session(app, request)
        held, signed_at = found
        is_fresh = 0 <= time() - signed_at <= app.permanent_session_lifetime.total_seconds()
        return self.session_class(held if is_fresh else None)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Send the cookie when something in it changed; whoever looked into it made the answer depend on it."""
        if session.modified or app.config["SESSION_REFRESH_EACH_REQUEST"] or "Vary" in response.headers:
            super().save_session(app, session, response)
        elif session.accessed:
            response.headers.add("Vary", "Cookie")


@lru_cache(maxsize=4096)
def _opened(cookies: Cookies, app: Flask, header: str) -> tuple[dict[str, Any], float] | None:
    """What a cookie holds and when it was signed; None for one that Flask had better look at itself."""
    signer, value = cookies.get_signing_serializer(app), parse_cookie(header).get(cookies.get_cookie_name(app))
    try:
        held, signed_at = signer.loads(value, return_timestamp=True) if signer and value else (None, None)
    except BadSignature:
        return None
    # Lists, such as messages for the next page, may be changed in place.
    if signed_at is None or not isinstance(held, dict):
        return None
    is_plain = all(isinstance(part, str | bool) for part in held.values())
    return (held, signed_at.timestamp()) if is_plain else None
