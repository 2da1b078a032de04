"""A signed word in the address of a mail: it names something for one purpose alone, and nobody can make one up."""

import hashlib
from typing import Any

from itsdangerous import BadData, URLSafeSerializer

from portal.foundation import config


def sign(named: Any, *, purpose: str) -> str:
    """The token that names this, as JSON; it never runs out by itself.

    Args:
        purpose: what it is good for, in words of its own; a token of another purpose is none.
    """
    return str(_serializer(purpose).dumps(named))


def signed(token: str, *, purpose: str) -> Any:
    """What a token names; None for one that is not ours, or not for this."""
    try:
        return _serializer(purpose).loads(token)
    except BadData:
        return None


def _serializer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(
        config.current().SECRET_KEY,
        salt=purpose,
        signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256},
    )
