"""WebSub (https://www.w3.org/TR/websub/): a feed's hub is asked to tell us, and what it tells is signed."""

import contextlib
import hmac
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urljoin

from portal.foundation.text import gettext as _
from portal.listening.connectors.contract import Accepted, ConnectorError, Context, Greeting, Push, PushRefused
from portal.listening.connectors.pieces import address_of, moment_of
from portal.listening.connectors.wire import call
from portal.listening.parsing import ParsedFeed

LEASE = timedelta(days=10)
_AGAIN_AFTER = timedelta(days=1)
_METHODS = ("sha1", "sha256", "sha384", "sha512")
YOUTUBE = {"youtube": "https://www.youtube.com", "youtube-hub": "https://pubsubhubbub.appspot.com/subscribe"}
_CHANNEL = re.compile(r"/feeds/videos\.xml\?channel_id=(UC[\w-]{22})")
_LINK = re.compile(r"<([^<>]+)>\s*((?:;[^,<]*)*)")


def hub_of(headers: Mapping[str, str], feed: ParsedFeed, url: str) -> tuple[str, str] | None:
    """Hub and topic by the Link header, else by the feed; None where it names no hub."""
    found: dict[str, str] = {}
    for address, rest in _LINK.findall(headers.get("link", "")):
        for name in re.findall(r"rel=\"?([^\";]+)", rest, re.IGNORECASE):
            for word in name.lower().split():
                found.setdefault(word, urljoin(url, address.strip()))
    hub = address_of(found.get("hub") or feed.hub)
    topic = address_of(found.get("self") or feed.topic) or url
    return (hub, topic) if hub else None


def hub_of_channel(ctx: Context, url: str) -> tuple[str, str] | None:
    """Hub and topic of a YouTube channel, whose feed names neither where it is asked for; None for other feeds.

    https://developers.google.com/youtube/v3/guides/push_notifications
    """
    site = ctx.bases.get("youtube", "").rstrip("/")
    found = _CHANNEL.fullmatch(url.removeprefix(site)) if site and url.startswith(site) else None
    return (ctx.base("youtube-hub"), f"{site}/xml/feeds/videos.xml?channel_id={found[1]}") if found else None


def subscribe(ctx: Context, state: Mapping[str, Any]) -> dict[str, Any]:
    """Ask the hub that the stored state names, if there is one, once a day; gives what is new to store.

    The hub may ask back before this poll is stored, so it is asked one poll after its topic was. It may also grant a
    shorter lease than it was asked for, and says so only in that question, which may change nothing here: to ask again
    each day is in time for any lease, and costs one call.
    """
    hub, topic = state.get("hub"), state.get("topic")
    asked = moment_of(state.get("subscribed_at"))
    if not hub or not topic or not ctx.callback or (asked and ctx.now - asked < _AGAIN_AFTER):
        return {}
    form = {
        "hub.callback": ctx.callback, "hub.mode": "subscribe", "hub.topic": topic, "hub.secret": ctx.push_secret,
        "hub.lease_seconds": str(int(LEASE.total_seconds())),
    }  # fmt: skip
    # Without the hub the feed is asked as before.
    with contextlib.suppress(ConnectorError):
        call(ctx, hub, form=form)
    return {"subscribed_at": ctx.now.isoformat()}


def greet(state: Mapping[str, Any], push: Push) -> Greeting:
    """Answer the hub's question whether we meant it; only for the topic that we asked for.

    Raises:
        PushRefused: we asked for no such thing.
    """
    mode, topic = push.query.get("hub.mode"), push.query.get("hub.topic")
    if mode == "denied":
        return Greeting()
    if mode != "subscribe" or not topic or topic != state.get("topic") or "hub.challenge" not in push.query:
        raise PushRefused(_("We did not ask for this."), status=404)
    return Greeting(body=push.query["hub.challenge"][:1000])


def accept(ctx: Context, push: Push) -> Accepted:
    """`X-Hub-Signature: <method>=<hex>` over the raw body, by any of the four methods.

    Raises:
        PushRefused: the signature is missing or wrong.
    """
    method, _equals, signature = push.headers.get("x-hub-signature", "").partition("=")
    if method not in _METHODS or not ctx.push_secret:
        raise PushRefused(_("The signature is missing."))
    wanted = hmac.new(ctx.push_secret.encode(), push.body, method).hexdigest()
    if not hmac.compare_digest(wanted.encode(), signature.strip().lower().encode()):
        raise PushRefused(_("The signature is wrong."))
    return Accepted(event_id=hmac.new(ctx.push_secret.encode(), push.body, "sha256").hexdigest())
