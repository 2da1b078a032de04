"""Yelp: the newest review excerpts of chosen businesses."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from portal.foundation.text import gettext as _
from portal.listening.connectors import values, wire
from portal.listening.connectors.contract import (
    AuthFailed,
    BadQuery,
    Budget,
    Caps,
    CheckResult,
    Connector,
    ConnectorError,
    Context,
    Deletion,
    Field,
    Heard,
    PollResult,
    QuotaGone,
    Raw,
)
from portal.listening.connectors.pieces import piece
from portal.listening.connectors.questions import lines_of
from portal.listening.connectors.walking import Item, Rounds, Walk
from portal.listening.connectors.yelp.items import CHANNEL, normalise_item, raw_items

_INTERVAL_S = 3600


class Yelp(Connector):
    """Each business is one call; there is no second page of excerpts."""

    key = CHANNEL
    caps = Caps(
        channel_name="Yelp",
        about="The newest reviews of your businesses, as excerpts. Yelp sells the plan; the smallest has none.",
        base_urls={"api": "https://api.yelp.com"},
        min_interval_s=_INTERVAL_S,
        page_size=3,
        # Content may be kept for 24 hours [unverified wording of the clause].
        retention_days=1,
        keeps_pictures=False,
        deletion_signal="none",
        matching="local",
        recheck_days=1,
    )
    fields = (
        Field("key", "API key", secret=True),
        Field("businesses", "Businesses", "One id or alias a line, as in the address of the page.", kind="lines"),
    )

    def check(self, ctx: Context) -> CheckResult:
        """Ask for the first business."""
        names = lines_of(ctx.setting("businesses"))
        try:
            if not names:
                raise BadQuery(_("Name at least one business."))
            _ask(ctx, names[0]).json()
        except ConnectorError as error:
            return CheckResult(ok=False, sentence=str(error))
        return CheckResult(ok=True, sentence=_("The key reads reviews."), title="Yelp")

    def questions(self, ctx: Context) -> Sequence[str]:
        """One for each business."""
        return lines_of(ctx.setting("businesses"))

    def poll(self, ctx: Context, state: Mapping[str, Any], budget: Budget) -> PollResult:
        """Fetch the excerpts of one business."""
        names = self.questions(ctx)
        rounds = Rounds(state, names)
        walk = Walk.resume(rounds.asked, ctx.now)
        reply = _ask(ctx, rounds.question or "")
        items = [
            Item(str(raw.get("id")), None, raw, f"{raw.get('text')}{raw.get('rating')}")
            for raw in raw_items(reply.json())
        ]
        fresh = walk.take(items)
        state, on = rounds.keep(walk.state, more=False)
        # The trial plan has 300 calls a day.
        due = ctx.now + timedelta(seconds=max(_INTERVAL_S, 86_400 * len(names) / 250))
        quota = wire.quota_of(reply.headers, ctx.now)
        return PollResult(items=fresh, state=state, more=on, not_before=None if on else due, quota=quota)

    def unwrap(self, document: Any) -> Sequence[Raw]:
        """The reviews of an answer."""
        return raw_items(document)

    def normalise(self, raw: Raw, ctx: Context) -> Heard:
        """A review."""
        return normalise_item(raw)

    def refresh(self, ctx: Context, ids: Sequence[tuple[str, str]]) -> Iterable[Deletion]:
        """No review can be asked for by its id; all go after a day anyway."""
        return ()


def _ask(ctx: Context, business: str) -> wire.Reply:
    # Newest first is in public descriptions of the interface, not in the page that was read [unverified].
    params = {"limit": 20, "sort_by": "newest"}
    headers = {"Authorization": f"Bearer {ctx.secret('key')}"}
    url = f"{ctx.base('api')}/v3/businesses/{values.in_path(business)}/reviews"
    reply = wire.call(ctx, url, params=params, headers=headers, accept={400, 403, 404, 429})
    if reply.status < 400:
        return reply
    code = piece(reply.problem(), "error", "code")
    if code == "ACCESS_LIMIT_REACHED":
        reset = wire.reset_at(reply.headers.get("ratelimit-resettime"), ctx.now)
        raise QuotaGone(_("Today's calls to Yelp are used."), reset_at=reset or ctx.now + timedelta(days=1))
    if code == "BUSINESS_NOT_FOUND" or reply.status == 404:
        raise BadQuery(_("Yelp knows no business “%(name)s”, or shows none of its reviews.", name=business[:80]))
    if code in {"TOKEN_INVALID", "TOKEN_MISSING", "VALIDATION_ERROR", "UNAUTHORIZED_ACCESS_TOKEN", "NOT_AUTHORIZED"}:
        raise AuthFailed(_("Yelp does not take this key, or its plan shows no reviews."))
    wire.refuse(reply, ctx.now)
    return reply
