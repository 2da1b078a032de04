"""The signed cookie and the token of its forms, each worked out once instead of once a request."""

from functools import lru_cache
from hmac import compare_digest
from json import JSONEncoder
from time import time
from typing import Any

from flask import Flask, Request, Response, current_app, session
from flask.json.tag import TaggedJSONSerializer
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask_wtf.csrf import generate_csrf
from itsdangerous import BadData, BadSignature, Signer, TimestampSigner, URLSafeTimedSerializer
from itsdangerous.encoding import base64_encode
from werkzeug.sansio.http import parse_cookie

# What is shorter goes as it is: to pack it takes a tenth of a small request, and saves a few bytes.
_PACKED_FROM = 1_000


def own_token() -> str:
    """The token of this reader's forms; it holds for as long as their session."""
    kept = session.get("csrf_token")
    return _signed(current_app.secret_key, kept) if isinstance(kept, str) else generate_csrf()


@lru_cache(maxsize=4096)
def _signed(secret_key: str, kept: str) -> str:
    return str(URLSafeTimedSerializer(secret_key, salt="wtf-csrf-token").dumps(kept))


def is_own_token(given: str) -> bool:
    """Whether a form came with the token of this reader's session, as Flask-WTF would find; its age does not count."""
    kept = session.get("csrf_token")
    if not isinstance(kept, str):
        return False
    try:
        return compare_digest(_unsigned(current_app.secret_key, given).encode(), kept.encode())
    except BadData:
        return False


@lru_cache(maxsize=4096)
def _unsigned(secret_key: str, given: str) -> str:
    return str(URLSafeTimedSerializer(secret_key, salt="wtf-csrf-token").loads(given))


class _Signer(TimestampSigner):
    """Signs by keys that are derived once."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._derived = {key: super(_Signer, self).derive_key(key) for key in self.secret_keys}

    def derive_key(self, secret_key: str | bytes | None = None) -> bytes:
        return self._derived[secret_key or self.secret_keys[-1]]  # type: ignore[index]


class _Plain(TaggedJSONSerializer):
    """Flask's way to write what a session holds, without asking the application how."""

    _encode = JSONEncoder(separators=(",", ":")).encode

    def dumps(self, value: Any) -> str:
        return self._encode(self.tag(value))


class _Serializer(URLSafeTimedSerializer):
    """Writes what Flask's own can read."""

    _signer: Signer | None = None

    def make_signer(self, salt: str | bytes | None = None) -> Signer:
        if salt is not None:
            return super().make_signer(salt)
        if self._signer is None:
            self._signer = super().make_signer()
        return self._signer

    def dump_payload(self, obj: Any) -> bytes:
        words = self.serializer.dumps(obj).encode()
        return base64_encode(words) if len(words) < _PACKED_FROM else super().dump_payload(obj)


class Cookies(SecureCookieSessionInterface):
    """Flask's signed cookie, whose signature is checked once for each cookie instead of once a request."""

    serializer = _Plain()

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Whoever signs and reads cookies; the same for as long as the key is."""
        fallbacks = app.config["SECRET_KEY_FALLBACKS"] or ()
        return _serializer((*fallbacks, app.secret_key)) if app.secret_key else None

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
        is_usual = "Vary" not in response.headers and not app.config["SESSION_REFRESH_EACH_REQUEST"]
        signer = self.get_signing_serializer(app) if session else None
        if not is_usual or (session.modified and signer is None):
            super().save_session(app, session, response)
            return
        if session.modified and signer is not None:
            value = signer.dumps(dict(session))
            response.set_cookie(value=value, expires=self.get_expiration_time(app, session), **self._kind(app))
        if session.accessed or session.modified:
            response.headers.add("Vary", "Cookie")

    @lru_cache(maxsize=8)  # noqa: B019 - one of each application
    def _kind(self, app: Flask) -> dict[str, Any]:
        """Where the cookie goes, and under what name."""
        return {
            "key": self.get_cookie_name(app),
            "domain": self.get_cookie_domain(app),
            "path": self.get_cookie_path(app),
            "secure": self.get_cookie_secure(app),
            "httponly": self.get_cookie_httponly(app),
            "partitioned": self.get_cookie_partitioned(app),
            "samesite": self.get_cookie_samesite(app),
        }


@lru_cache(maxsize=8)
def _serializer(keys: tuple[str, ...]) -> URLSafeTimedSerializer:
    usual = SecureCookieSessionInterface
    return _Serializer(
        keys,
        salt=usual.salt,
        serializer=Cookies.serializer,
        signer=_Signer,
        signer_kwargs={"key_derivation": usual.key_derivation, "digest_method": usual.digest_method},
    )


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
