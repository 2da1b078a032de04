"""Trustpilot: the reviews of one business, public or with the private module, polled and pushed."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from portal.foundation.text import gettext as _
from portal.listening.connectors import values, wire
from portal.listening.connectors.contract import (
    Accepted,
    BadQuery,
    Budget,
    Caps,
    CheckResult,
    Connector,
    ConnectorError,
    Context,
    Field,
    Heard,
    PollResult,
    Push,
    PushRefused,
    Raw,
)
from portal.listening.connectors.pieces import piece
from portal.listening.connectors.signatures import same_secret
from portal.listening.connectors.trustpilot.items import CHANNEL, normalise_item, pushed_items, raw_items
from portal.listening.connectors.walking import Item, Walk

_PAGE = 100


class Trustpilot(Connector):
    """Reviews newest first, walked down by page."""

    key = CHANNEL
    caps = Caps(
        channel_name="Trustpilot",
        about=(
            "Reviews of your business, with a key of Trustpilot's. For pushes, give Trustpilot the address below "
            "with ?key= and the secret behind it."
        ),
        modes=frozenset({"poll", "webhook"}),
        base_urls={"api": "https://api.trustpilot.com"},
        min_interval_s=1800,
        retention_days=730,
        keeps_pictures=False,
        deletion_signal="push",
        matching="local",
        recheck_days=1,
    )
    fields = (
        Field("business", "Domain or id", "The domain Trustpilot lists you under, or the number of the business unit."),
        Field("key", "API key", secret=True),
    )

    def check(self, ctx: Context) -> CheckResult:
        """Find the business, which is the settings' id from then on."""
        try:
            unit = _unit(ctx)
        except ConnectorError as error:
            return CheckResult(ok=False, sentence=str(error))
        title = ctx.setting("business")
        return CheckResult(
            ok=True, sentence=_("Trustpilot knows this business."), title=title, config={**ctx.config, "business": unit}
        )

    def poll(self, ctx: Context, state: Mapping[str, Any], budget: Budget) -> PollResult:
        """Fetch one page of reviews."""
        walk = Walk.resume(state, ctx.now, look_back=timedelta(days=365))
        page = int(walk.page or 1)
        unit = str(state.get("unit") or _unit(ctx))
        params = {"perPage": _PAGE, "page": page, "orderBy": "createdat.desc"}
        reply = _ask(ctx, f"/v1/business-units/{values.in_path(unit)}/reviews", params)
        items = [_item(raw) for raw in raw_items(reply.json())]
        moments = [item.at for item in items if item.at]
        is_through = len(items) < _PAGE or (bool(moments) and min(moments) < walk.since)
        fresh = walk.take(items, None if is_through else page + 1)
        state = {**walk.state, "unit": unit}
        return PollResult(items=fresh, state=state, more=walk.more, quota=wire.quota_of(reply.headers, ctx.now))

    def unwrap(self, document: Any) -> Sequence[Raw]:
        """The reviews of an answer or of a push."""
        return pushed_items(document) if piece(document, "events") else raw_items(document)

    def normalise(self, raw: Raw, ctx: Context) -> Heard:
        """A review, or that it is gone."""
        return normalise_item(raw)

    def accept(self, ctx: Context, state: Mapping[str, Any], push: Push) -> Accepted:
        """Let in what knows the secret of our address; Trustpilot's own signature was not read [unverified].

        The address to give to Trustpilot ends in `?key=` and this source's push secret.
        """
        if not same_secret(ctx.push_secret, push.query.get("key", "")):
            raise PushRefused(_("The secret of this address does not fit."))
        return Accepted(event_id=hashlib.sha256(push.body).hexdigest(), status=200)


def _item(raw: Raw) -> Item:
    words = f"{raw.get('title')}\n{raw.get('text')}\n{raw.get('stars')}\n{raw.get('status')}"
    return Item(str(raw.get("id")), values.moment(raw.get("createdAt")), raw, words)


def _unit(ctx: Context) -> str:
    """The id of the business: what is set, or what Trustpilot finds for the domain."""
    given = ctx.setting("business")
    if len(given) == 24 and all(letter in "0123456789abcdef" for letter in given.lower()):
        return given
    reply = _ask(ctx, "/v1/business-units/find", {"name": given}, accept=(404,))
    found = values.identifier(piece(reply.json(), "id")) if reply.status == 200 else None
    if found is None:
        raise BadQuery(_("Trustpilot knows no business called “%(name)s”.", name=given[:80]))
    return found


def _ask(ctx: Context, path: str, params: Mapping[str, Any], accept: tuple[int, ...] = ()) -> wire.Reply:
    # The key may go into the query or the header; the header is not logged.
    return wire.call(ctx, ctx.base("api") + path, params=params, headers={"apikey": ctx.secret("key")}, accept=accept)
