"""Tokens that are fetched with a secret and hold for a while; kept in this process only, never stored."""

import base64
import hashlib
import json
import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from portal.foundation.text import gettext as _
from portal.listening.connectors.contract import AuthFailed

_SOONER = timedelta(seconds=60)
_MOST = 200


class Tokens:
    """Tokens by what they were fetched with, each until shortly before it ends."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[str, datetime]] = {}
        self._lock = threading.Lock()

    def get(self, secret: str, now: datetime, fetch: Callable[[], tuple[str, float]]) -> str:
        """The token for a secret; `fetch` gives a new one with the seconds it holds."""
        key = _key(secret)
        with self._lock:
            held = self._held.get(key)
        if held and now < held[1] - _SOONER:
            return held[0]
        token, seconds = fetch()
        with self._lock:
            if len(self._held) >= _MOST:
                self._held.clear()
            self._held[key] = token, now + timedelta(seconds=seconds)
        return token

    def drop(self, secret: str) -> None:
        """Forget a token that the channel no longer takes."""
        with self._lock:
            self._held.pop(_key(secret), None)


def signed_token(private_key: str, claims: Mapping[str, Any], *, key_id: str | None = None) -> str:
    """A JSON Web Token (RFC 7519) signed with a PEM key: RS256 for RSA, ES256 for P-256 (RFC 7518 3.3, 3.4).

    Raises:
        AuthFailed: the key cannot be read, or is of another kind.
    """
    try:
        key = serialization.load_pem_private_key(private_key.strip().encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as problem:
        raise AuthFailed(_("The private key cannot be read; paste the whole file.")) from problem
    kind = "RS256" if isinstance(key, rsa.RSAPrivateKey) else "ES256"
    header = {"alg": kind, "typ": "JWT", **({"kid": key_id} if key_id else {})}
    said = f"{_part(header)}.{_part(claims)}"
    if isinstance(key, rsa.RSAPrivateKey):
        signature = key.sign(said.encode(), padding.PKCS1v15(), hashes.SHA256())
    elif isinstance(key, ec.EllipticCurvePrivateKey) and isinstance(key.curve, ec.SECP256R1):
        r, s = decode_dss_signature(key.sign(said.encode(), ec.ECDSA(hashes.SHA256())))
        signature = r.to_bytes(32, "big") + s.to_bytes(32, "big")
    else:
        raise AuthFailed(_("The private key is of a kind that this channel does not take."))
    return f"{said}.{_base64(signature)}"


def basic(user: str, password: str) -> str:
    """The value of an Authorization header by RFC 7617."""
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def _part(value: Mapping[str, Any]) -> str:
    return _base64(json.dumps(value, separators=(",", ":")).encode())


def _base64(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def _key(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
