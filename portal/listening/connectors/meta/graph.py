"""What Facebook, Instagram and Threads share: calls with a proof, errors in the body, usage in the headers, pushes."""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from portal.foundation.text import gettext as _
from portal.listening.connectors import values, wire
from portal.listening.connectors.contract import (
    Accepted,
    AuthFailed,
    BadQuery,
    Context,
    Field,
    Gone,
    Greeting,
    Push,
    PushRefused,
    RateLimited,
    Transient,
)
from portal.listening.connectors.pieces import piece, pieces
from portal.listening.connectors.signatures import check_hex, same_secret
from portal.listening.connectors.walking import OVERLAP, Walk

FACEBOOK = "https://graph.facebook.com/v26.0"
THREADS = "https://graph.threads.net/v1.0"
TOKEN = Field("token", "Access token", "One that does not run out, from the app's own page.", secret=True)
APP_SECRET = Field(
    "app_secret",
    "App secret",
    "Signs our calls, and is how we know that a push comes from Meta.",
    secret=True,
    required=False,
)
_SLOW_AT, _STOP_AT = 75, 95
_AN_HOUR_S = 3600.0
# What these codes mean is generally known and was not read in a specification [unverified].
_TOKEN_CODES, _RIGHT_CODES = {102, 190, 463, 467}, {3, 10, *range(200, 300)}
_RATE_CODES, _PASSING_CODES = {4, 17, 32, 613, *range(80000, 80015)}, {1, 2}
_GONE_SUBCODE = 33


def ask(ctx: Context, path: str, params: Mapping[str, Any]) -> tuple[Any, datetime | None]:
    """One call; gives the document, and when to call again if the app has used most of what it may.

    Raises:
        ConnectorError: by the code in the error's body, whatever its status.
    """
    token, secret = ctx.secret("token"), ctx.secret("app_secret")
    signed = {**params, "access_token": token}
    if secret:
        # Proves that whoever holds the token is the app (appsecret_proof).
        signed["appsecret_proof"] = hmac.new(secret.encode(), token.encode(), hashlib.sha256).hexdigest()
    reply = wire.call(ctx, f"{ctx.base('graph')}/{path}", params=signed, accept=(400, 401, 403, 404, 429, 500))
    used, regained_s = _usage(reply.headers)
    if reply.status >= 400:
        _refuse(ctx, reply, regained_s)
    if used >= _STOP_AT:
        return reply.json(), ctx.now + timedelta(seconds=regained_s or _AN_HOUR_S)
    slower = ctx.now + timedelta(seconds=_AN_HOUR_S / 2) if used >= _SLOW_AT else None
    return reply.json(), slower


def after(answer: Any) -> str | None:
    """The cursor of the next page; the address beside it carries the token, so it is not used."""
    return values.identifier(piece(answer, "paging", "cursors", "after")) if piece(answer, "paging", "next") else None


@dataclass(slots=True)
class Below:
    """Comments that a page of posts does not show whole; they are read before the next page of posts.

    Attributes:
        mark: comments before it are known.
        waiting: posts, each with the cursor of its next page of comments.
    """

    mark: datetime
    waiting: list[tuple[str, str]]

    @classmethod
    def resume(cls, state: Mapping[str, Any], walk: Walk) -> "Below":
        """Go on from the stored state; the mark stands until a walk and all below it are through."""
        found = [pair for pair in pieces(state, "below") if isinstance(pair, list) and len(pair) == 2]
        mark = values.moment(state.get("mark")) if found or walk.more else None
        since = walk.high - OVERLAP if walk.high else walk.since
        return cls(mark or since, [(str(name), str(cursor)) for name, cursor in found])

    @property
    def state(self) -> dict[str, Any]:
        """What to store beside the state of the walk."""
        return {"below": [list(pair) for pair in self.waiting], "mark": self.mark.isoformat()}

    def note(self, answer: Any) -> None:
        """Remember the posts of a page under which there may be more that is new."""
        for post in values.objects(answer, "data"):
            comments, name = values.mapping(post, "comments"), values.identifier(post.get("id"))
            cursor = after(comments)
            if name and cursor and self._goes_on(comments):
                self.waiting.append((name, cursor))

    def ask(self, ctx: Context, parts: Mapping[str, Any]) -> tuple[str, Any, datetime | None]:
        """The next page of comments: whose they are, the answer, and when to call again as for `ask`."""
        name, cursor = self.waiting.pop(0)
        try:
            answer, pause = ask(ctx, f"{name}/comments", {**parts, "after": cursor})
        except (Gone, BadQuery):
            # The post is deleted, or the cursor forgotten; what is new under it is found again from the top.
            return name, {}, None
        following = after(answer)
        if following and self._goes_on(answer):
            self.waiting.insert(0, (name, following))
        return name, answer, pause

    def _goes_on(self, comments: Any) -> bool:
        said = (one.get("created_time") or one.get("timestamp") for one in values.objects(comments, "data"))
        moments = [moment for moment in map(values.moment, said) if moment]
        # Where the oldest come first, the new ones are at the end.
        return bool(moments) and (moments[0] < moments[-1] or moments[-1] >= self.mark)


def look_up(ctx: Context, names: Sequence[str], parts: str) -> dict[str, Mapping[str, Any] | None]:
    """Several objects by their ids, None for each that is gone or hidden.

    One that is gone makes the whole question fail, so after such a refusal each is asked for by itself.

    Raises:
        ConnectorError: nothing was learnt.
    """
    try:
        answer, _pause = ask(ctx, "", {"ids": ",".join(names), "fields": parts})
    except (Gone, BadQuery):
        return {name: _look_up_one(ctx, name, parts) for name in names}
    return {name: values.mapping(answer, name) or None for name in names}


def _look_up_one(ctx: Context, name: str, parts: str) -> Mapping[str, Any] | None:
    try:
        answer, _pause = ask(ctx, name, {"fields": parts})
    except Gone:
        return None
    return values.mapping(answer)


def greet(ctx: Context, push: Push) -> Greeting:
    """Answer `hub.mode=subscribe` with its challenge, if it knows our verify token.

    Raises:
        PushRefused: it does not.
    """
    is_asked = push.query.get("hub.mode") == "subscribe"
    if not is_asked or not same_secret(ctx.push_secret, push.query.get("hub.verify_token", "")):
        raise PushRefused(_("The verify token does not fit."))
    return Greeting(body=push.query.get("hub.challenge", "")[:500])


def accept(ctx: Context, push: Push) -> Accepted:
    """Let in what carries the app's signature over the raw bytes.

    Meta gives its pushes no id and no time, so the bytes themselves tell a repetition.

    Raises:
        PushRefused: the signature does not fit.
    """
    check_hex(ctx.secret("app_secret"), push.body, push.headers.get("x-hub-signature-256", ""), prefix="sha256=")
    return Accepted(event_id=hashlib.sha256(push.body).hexdigest(), status=200)


def _refuse(ctx: Context, reply: wire.Reply, regained_s: float) -> None:
    error = values.mapping(reply.problem(), "error")
    code = values.count(error.get("code"))
    why = str(error.get("message") or "")[:200]
    if code in _TOKEN_CODES:
        raise AuthFailed(_("Meta no longer takes this token: %(why)s", why=why))
    if code in _RATE_CODES or reply.status == 429:
        wait = wire.wait_of(reply.headers, ctx.now) or regained_s or _AN_HOUR_S
        raise RateLimited(_("Meta asks us to come back later."), retry_after=wait)
    if code in _RIGHT_CODES:
        raise AuthFailed(_("Meta says that this token may not read that: %(why)s", why=why))
    if (code == 100 and error.get("error_subcode") == _GONE_SUBCODE) or (code is None and reply.status == 404):
        raise Gone(_("It is gone, Meta says, or was never shown to this app."))
    if code == 100:
        raise BadQuery(_("Meta does not understand the question: %(why)s", why=why))
    if code in _PASSING_CODES or error.get("is_transient") is True or reply.status >= 500:
        raise Transient(_("Meta has a fault of its own just now."))
    wire.refuse(reply, ctx.now)


def _usage(headers: Mapping[str, str]) -> tuple[float, float]:
    """The highest percentage of what may be used, and the seconds until it is less where Meta estimates them."""
    highest, seconds = 0.0, 0.0
    for name in ("x-app-usage", "x-business-use-case-usage"):
        try:
            said = json.loads(headers.get(name, "null"))
        except ValueError:
            continue
        for use in values.walk(said):
            shares = (use.get("call_count"), use.get("total_cputime"), use.get("total_time"))
            highest = max([highest, *(float(share) for share in shares if isinstance(share, int | float))])
            minutes = use.get("estimated_time_to_regain_access")
            seconds = max(seconds, 60.0 * minutes if isinstance(minutes, int | float) else 0.0)
    return highest, seconds
