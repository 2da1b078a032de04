"""The way back to somebody who is suspended: a signed word for their one decision, good for this purpose alone."""

import hashlib

from itsdangerous import BadData, URLSafeSerializer

from portal.foundation import config

_SUSPENSION = "heard: another look at a suspension"


def write_token(decision_id: int) -> str:
    """The token that stands in the mail about a suspension; it runs out when that is lifted."""
    return str(_serializer().dumps(decision_id))


def read_token(token: str) -> int | None:
    """The decision that a token names; None for one that is not ours, or not for this."""
    try:
        named = _serializer().loads(token)
    except BadData:
        return None
    return named if isinstance(named, int) and not isinstance(named, bool) else None


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(
        config.current().SECRET_KEY,
        salt=_SUSPENSION,
        signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256},
    )
