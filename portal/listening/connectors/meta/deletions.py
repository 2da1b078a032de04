"""Meta's data deletion requests: somebody removed an app, so what is known of them here goes too.

https://developers.facebook.com/docs/development/create-an-app/app-dashboard/data-deletion-callback
"""

import base64
import binascii
import hashlib
import hmac
import json
from urllib.parse import parse_qs

from portal.foundation.text import gettext as _
from portal.listening.connectors.contract import (
    Accepted,
    Connector,
    Context,
    Deletion,
    Greeting,
    Heard,
    Push,
    PushRefused,
    Raw,
)
from portal.listening.connectors.meta import graph
from portal.listening.connectors.pieces import id_of, piece

_FORM = b"signed_request="
_OF = "deletion_of"


def accept(ctx: Context, push: Push) -> Accepted:
    """Let in a push, or a request to delete, which is answered with where its progress is told and a code.

    Raises:
        PushRefused: the signature does not fit.
    """
    if not push.body.startswith(_FORM):
        return graph.accept(ctx, push)
    user = _user_of(ctx, push.body)
    code = hmac.new(ctx.push_secret.encode(), user.encode(), hashlib.sha256).hexdigest()[:20]
    answer = {"url": f"{ctx.callback}?deletion={code}", "confirmation_code": code}
    event = hashlib.sha256(push.body).hexdigest()
    body = json.dumps(answer)
    return Accepted(event_id=event, is_duty=True, status=200, body=body, content_type="application/json")


def greet(ctx: Context, push: Push) -> Greeting:
    """Meta's handshake, or the page that a person is led to after a request to delete.

    Raises:
        PushRefused: the verify token does not fit.
    """
    if push.query.get("deletion"):
        return Greeting(body=_("What this account said is removed from this portal; it takes a few minutes at most."))
    return graph.greet(ctx, push)


def unpack(connector: Connector, ctx: Context, push: Push) -> list[Raw]:
    """The items of a push, or whose data is to be deleted."""
    if push.body.startswith(_FORM):
        return [{_OF: _user_of(ctx, push.body)}]
    return list(connector.read(push.body))


def deletion_of(raw: Raw, channel: str) -> Heard | None:
    """The end of all that an account said, if that is what an item says."""
    user = id_of(raw.get(_OF))
    return Deletion(channel=channel, author_id=user) if user else None


def _user_of(ctx: Context, body: bytes) -> str:
    signed = "".join(parse_qs(body.decode("utf-8", "replace")).get("signed_request", []))
    signature, _dot, payload = signed.partition(".")
    secret = ctx.secret("app_secret")
    wanted = hmac.new(secret.encode(), payload.encode(), hashlib.sha256).digest()
    given = _decoded(signature)
    if not secret or not hmac.compare_digest(wanted, given):
        raise PushRefused(_("The signature does not fit."))
    try:
        document = json.loads(_decoded(payload))
    except (ValueError, RecursionError) as problem:
        raise PushRefused(_("The request cannot be read."), status=400) from problem
    user = id_of(piece(document, "user_id"))
    if not user:
        raise PushRefused(_("The request names nobody."), status=400)
    return user


def _decoded(words: str) -> bytes:
    """Base64 for addresses, without its padding; empty for what is none."""
    try:
        return base64.urlsafe_b64decode(words + "=" * (-len(words) % 4))
    except (ValueError, binascii.Error):
        return b""
