"""LinkedIn: what happens around the company's own page, pulled and pushed."""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from portal.foundation.text import gettext as _
from portal.listening.connectors import values, wire
from portal.listening.connectors.contract import (
    Accepted,
    Budget,
    Caps,
    CheckResult,
    Connector,
    ConnectorError,
    Context,
    Field,
    Greeting,
    Heard,
    PollResult,
    Push,
    PushRefused,
    Raw,
)
from portal.listening.connectors.linkedin.items import CHANNEL, normalise_item, raw_items, says_something
from portal.listening.connectors.pieces import piece
from portal.listening.connectors.signatures import check_hex
from portal.listening.connectors.walking import Item, Walk

_PAGE = 50
_AGAIN = 5
# Notifications are kept for sixty days.
_KEPT = timedelta(days=60)
_ACTIONS = "List(SHARE_MENTION,COMMENT,SHARE,COMMENT_EDIT,COMMENT_DELETE,ADMIN_COMMENT)"
_CHALLENGE = re.compile(r"[\w-]{1,100}\Z")


class LinkedIn(Connector):
    """Notifications of one page; there is no search of public posts."""

    key = CHANNEL
    caps = Caps(
        channel_name="LinkedIn",
        about="Comments, shares and mentions of your own page.",
        modes=frozenset({"poll", "webhook"}),
        base_urls={"api": "https://api.linkedin.com"},
        min_interval_s=600,
        page_size=_PAGE,
        needs_approval="LinkedIn must approve the app (Community Management API), and you must administer the page.",
        # The periods of the official table were not read [unverified]; a day is the shortest a table could ask for.
        retention_days=1,
        keeps_pictures=False,
        deletion_signal="push",
        matching="local",
        recheck_days=1,
    )
    fields = (
        Field("organization", "The page's number", "As in urn:li:organization:12345."),
        Field("token", "Access token", "With the scope rw_organization_admin.", secret=True),
        Field("client_secret", "Client secret", "Answers LinkedIn's challenge and checks what it sends.", secret=True,
              required=False),
        Field("version", "Version", "YYYYMM; each lives for about a year.", default="202611", max_length=6),
    )  # fmt: skip

    def check(self, ctx: Context) -> CheckResult:
        """Ask for one notification."""
        try:
            _ask(ctx, start=0, count=1).json()
        except ConnectorError as error:
            return CheckResult(ok=False, sentence=str(error))
        return CheckResult(ok=True, sentence=_("LinkedIn lets this token read the page."), title="LinkedIn")

    def poll(self, ctx: Context, state: Mapping[str, Any], budget: Budget) -> PollResult:
        """Fetch one page of notifications, newest first."""
        walk = Walk.resume(state, ctx.now, look_back=_KEPT)
        start = int(walk.page or 0)
        reply = _ask(ctx, start=start, count=_PAGE)
        raws = raw_items(reply.json())
        items = [_item(raw) for raw in raws]
        moments = [item.at for item in items if item.at]
        is_through = len(raws) < _PAGE or (bool(moments) and min(moments) < walk.since)
        # What is deleted meanwhile moves the rest up, so a few of this page are asked for again with the next.
        fresh = walk.take(items, None if is_through else start + _PAGE - _AGAIN)
        said = tuple(raw for raw in fresh if says_something(raw))
        return PollResult(items=said, state=walk.state, more=walk.more, quota=wire.quota_of(reply.headers, ctx.now))

    def unwrap(self, document: Any) -> Sequence[Raw]:
        """The notifications of an answer or a push, without likes."""
        return [raw for raw in raw_items(document) if says_something(raw)]

    def normalise(self, raw: Raw, ctx: Context) -> Heard:
        """A comment, a share, a mention, or that a comment is gone."""
        return normalise_item(raw)

    def greet(self, ctx: Context, state: Mapping[str, Any], push: Push) -> Greeting:
        """Answer the challenge that LinkedIn repeats every two hours, within three seconds."""
        challenge, secret = push.query.get("challengeCode", ""), ctx.secret("client_secret")
        if not secret or not _CHALLENGE.match(challenge):
            raise PushRefused(_("The challenge cannot be answered."))
        answer = hmac.new(secret.encode(), challenge.encode(), hashlib.sha256).hexdigest()
        body = json.dumps({"challengeCode": challenge, "challengeResponse": answer})
        return Greeting(body=body, content_type="application/json")

    def accept(self, ctx: Context, state: Mapping[str, Any], push: Push) -> Accepted:
        """Check `X-LI-Signature`: hex HMAC-SHA256 over `hmacsha256=` and the body."""
        given = push.headers.get("x-li-signature", "").removeprefix("hmacsha256=")
        check_hex(ctx.secret("client_secret"), push.body, given, before=b"hmacsha256=")
        return Accepted(event_id=hashlib.sha256(push.body).hexdigest(), status=200)


def _item(raw: Raw) -> Item:
    words = f"{raw.get('action')}{piece(raw, 'decoratedGeneratedActivity')}"
    return Item(str(raw.get("notificationId")), values.moment(raw.get("lastModifiedAt")), raw, words)


def _ask(ctx: Context, *, start: int, count: int) -> wire.Reply:
    """One page; the parameters of the finder were not read in full [unverified]."""
    urn = f"urn:li:organization:{ctx.setting('organization').rpartition(':')[2]}"
    headers = {
        "Authorization": f"Bearer {ctx.secret('token')}",
        "LinkedIn-Version": ctx.setting("version") or "202611",
        "X-Restli-Protocol-Version": "2.0.0",
    }
    # Rest.li wants its lists and brackets as they stand, so the query is written out by hand.
    query = f"q=criteria&actions={_ACTIONS}&organizationalEntity={values.in_path(urn)}&start={start}&count={count}"
    return wire.call(ctx, f"{ctx.base('api')}/rest/organizationalEntityNotifications?{query}", headers=headers)
