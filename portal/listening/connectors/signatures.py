"""Is a push what it claims to be: signatures over the raw bytes, compared in constant time."""

import base64
import binascii
import hashlib
import hmac
from datetime import UTC, datetime, timedelta

from portal.foundation.text import gettext as _
from portal.listening.connectors.contract import PushRefused

TOLERANCE = timedelta(minutes=5)


def check_hex(secret: str, body: bytes, given: str, *, prefix: str = "", before: bytes = b"") -> None:
    """Check a hex HMAC-SHA256 over `before` and the body, such as Meta's `sha256=…`.

    Raises:
        PushRefused: there is no secret here, no signature there, or they do not fit.
    """
    _need(secret)
    expected = prefix + hmac.new(secret.encode(), before + body, hashlib.sha256).hexdigest()
    if not _same(expected, given):
        raise PushRefused(_("The signature does not fit."))


def check_standard(secret: str, body: bytes, *, event_id: str, stamp: str, given: str, now: datetime) -> None:
    """Check a Standard Webhooks signature: base64 HMAC-SHA256 over `id.timestamp.body`, any of several `v1,…`.

    https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md

    Raises:
        PushRefused: a part is missing, the time is more than five minutes off, or no signature fits.
    """
    _need(secret)
    if not event_id or len(event_id) > 255 or not stamp.isascii() or not stamp.isdigit() or len(stamp) > 12:
        raise PushRefused(_("The push carries no id or time."), status=400)
    if abs(now - datetime.fromtimestamp(int(stamp), UTC)) > TOLERANCE:
        raise PushRefused(_("The push is too old, or its clock is wrong."))
    said = event_id.encode() + b"." + stamp.encode() + b"." + body
    expected = "v1," + base64.b64encode(hmac.new(_raw(secret), said, hashlib.sha256).digest()).decode()
    # Every candidate is compared, so that time does not tell which one was close.
    fitting = [_same(expected, candidate) for candidate in given.split()[:10]]
    if True not in fitting:
        raise PushRefused(_("The signature does not fit."))


def same_secret(secret: str, given: str) -> bool:
    """Whether someone knows a secret; an empty one is known by nobody."""
    return bool(secret) and _same(secret, given)


def _raw(secret: str) -> bytes:
    """The key: base64 behind `whsec_` or bare, as the libraries read it; what is no base64 is taken as it stands."""
    plain = secret.removeprefix("whsec_")
    try:
        return base64.b64decode(plain, validate=True)
    except (ValueError, binascii.Error):
        return plain.encode()


def _need(secret: str) -> None:
    if not secret:
        raise PushRefused(_("This source has no secret yet, so nothing can be let in."), status=503)


def _same(expected: str, given: str) -> bool:
    return hmac.compare_digest(expected.encode(), given.strip().encode("utf-8", "replace"))
