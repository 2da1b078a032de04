"""Tumblr: posts by tag, newest first."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from portal.foundation.text import gettext as _
from portal.listening.connectors import values, wire
from portal.listening.connectors.asking import nothing_to_ask
from portal.listening.connectors.contract import (
    Budget,
    Caps,
    Change,
    CheckResult,
    Connector,
    ConnectorError,
    Context,
    Deletion,
    Field,
    Heard,
    PollResult,
    Raw,
)
from portal.listening.connectors.lookups import each, told
from portal.listening.connectors.questions import tags_of, words_for
from portal.listening.connectors.tumblr.items import CHANNEL, normalise_item, raw_items
from portal.listening.connectors.walking import Item, Rounds, Walk

_PAGE = 20


class Tumblr(Connector):
    """One listing for each tag, walked down by time."""

    key = CHANNEL
    caps = Caps(
        channel_name="Tumblr",
        about="Posts by tag. Free key of an app.",
        base_urls={"api": "https://api.tumblr.com"},
        min_interval_s=1800,
        page_size=_PAGE,
        refresh_batch=10,
        calls_a_day=5000,
        retention_days="while-live",
        deletion_signal="refresh-miss",
        matching="native",
        recheck_days=30,
    )
    fields = (
        Field("key", "Consumer key", "Of an app registered with Tumblr.", secret=True),
        Field("words", "Tags", "One a line; empty takes the words of all trackers.", required=False, kind="lines"),
    )

    def check(self, ctx: Context) -> CheckResult:
        """Ask for one tag."""
        try:
            _ask(ctx, "/v2/tagged", {"tag": "art", "limit": 1}).json()
        except ConnectorError as error:
            return CheckResult(ok=False, sentence=str(error))
        return CheckResult(ok=True, sentence=_("The key works."), title="Tumblr")

    def questions(self, ctx: Context) -> Sequence[str]:
        """One for each tag."""
        return tags_of(words_for(ctx))

    def poll(self, ctx: Context, state: Mapping[str, Any], budget: Budget) -> PollResult:
        """Fetch one page of one tag."""
        rounds = Rounds(state, self.questions(ctx))
        if rounds.question is None:
            return nothing_to_ask(state)
        walk = Walk.resume(rounds.asked, ctx.now)
        reply = _ask(ctx, "/v2/tagged", {"tag": rounds.question, "limit": _PAGE, "before": walk.page, "npf": "true"})
        raws = raw_items(reply.json())
        items = [_item(raw) for raw in raws]
        moments = [item.at for item in items if item.at]
        following = _before(raws, walk.page) if moments and min(moments) >= walk.since else None
        fresh = walk.take(items, following)
        state, on = rounds.keep(walk.state, more=walk.more)
        return PollResult(items=fresh, state=state, more=on, quota=wire.quota_of(reply.headers, ctx.now))

    def unwrap(self, document: Any) -> Sequence[Raw]:
        """The posts of an answer."""
        return raw_items(document)

    def normalise(self, raw: Raw, ctx: Context) -> Heard:
        """A post."""
        return normalise_item(raw)

    def refresh(self, ctx: Context, ids: Sequence[tuple[str, str]]) -> Iterable[Deletion | Change]:
        """Ask for each post of its blog; 404 means that it is gone."""

        def ask(blog: str, name: str) -> Iterable[Deletion | Change]:
            params = {"id": name, "npf": "true"}
            reply = _ask(ctx, f"/v2/blog/{values.in_path(blog)}/posts", params, accept=(404,))
            if reply.status == 404:
                return [Deletion(channel=CHANNEL, external_id=name, origin_host=blog, certain=False)]
            return [
                one
                for raw in raw_items(reply.json())
                for one in told(partial(normalise_item, raw), channel=CHANNEL, external_id=name, origin_host=blog)
            ]

        return each([(blog, name) for blog, name in ids if blog], ask)


def _before(raws: Sequence[Raw], asked_before: Any) -> int | None:
    """The time to page on from: the last post's, or that of its featuring for featured tags."""
    last = raws[-1]
    stamp = values.count(values.first_filled(last.get("featured_timestamp"), last.get("timestamp")))
    if stamp is None:
        return None
    # The second that the page broke off in is asked for once more, for others of it may be on the next; a page that
    # did not get beyond it would be asked for again without end.
    return stamp + 1 if asked_before is None or stamp + 1 < int(asked_before) else int(asked_before) - 1


def _item(raw: Raw) -> Item:
    words = f"{raw.get('summary')}\n{raw.get('content')}"
    name = values.first_filled(raw.get("id_string"), raw.get("id"))
    return Item(str(name), values.moment(raw.get("timestamp")), raw, words)


def _ask(ctx: Context, path: str, params: Mapping[str, Any], accept: tuple[int, ...] = ()) -> wire.Reply:
    return wire.call(ctx, ctx.base("api") + path, params={**params, "api_key": ctx.secret("key")}, accept=accept)
