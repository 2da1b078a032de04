"""The doors at which channels tell us: a handshake by GET, a signed push by POST; no cookie, no page."""

from flask import request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from portal.foundation.access import allow, anyone, limited
from portal.listening.connectors.contract import Push, PushRefused
from portal.listening.services.pushes import greet, let_in
from portal.listening.views.blueprint import bp

MAX_BODY_BYTES = 256 << 10
# A feed that is pushed as a whole is as large as one that is fetched.
MAX_FEED_BYTES = 1 << 20


@bp.get("/hooks/<token>")
@allow(anyone)
@limited("600 per minute")
def show_push_greeting(token: str) -> ResponseReturnValue:
    """Answer a channel's handshake; changes nothing."""
    try:
        greeting = greet(token, _push(b""))
    except PushRefused as refusal:
        return _plain(str(refusal), refusal.status)
    return _plain(greeting.body, greeting.status, greeting.content_type)


@bp.post("/hooks/<token>")
@allow(anyone)
@limited("1200 per minute")
def create_push(token: str) -> ResponseReturnValue:
    """Take in what a channel tells, and read it later."""
    is_feed = "xml" in (request.content_type or "") or "rfc822" in (request.content_type or "")
    request.max_content_length = MAX_FEED_BYTES if is_feed else MAX_BODY_BYTES
    try:
        accepted = let_in(token, _push(request.get_data(cache=False)))
    except RequestEntityTooLarge:
        return _plain("Too large.", 413)
    except PushRefused as refusal:
        return _plain(str(refusal), refusal.status)
    return _plain(accepted.body, accepted.status, accepted.content_type)


def _push(body: bytes) -> Push:
    headers = {name.lower(): value for name, value in request.headers.items()}
    return Push(headers=headers, query=request.args.to_dict(), body=body)


def _plain(words: str, status: int, content_type: str = "text/plain; charset=utf-8") -> ResponseReturnValue:
    return words, status, {"Content-Type": content_type}
