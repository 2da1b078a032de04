"""A Facebook Page: its posts, what tags it, and the comments, polled and pushed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from portal.foundation.text import gettext as _
from portal.listening.connectors import values
from portal.listening.connectors.contract import (
    Accepted,
    Budget,
    Caps,
    Change,
    CheckResult,
    Connector,
    ConnectorError,
    Context,
    Deletion,
    Field,
    Greeting,
    Heard,
    PollResult,
    Push,
    Raw,
)
from portal.listening.connectors.meta import deletions, graph
from portal.listening.connectors.meta.facebook_items import CHANNEL, normalise_item, pushed_items, raw_items
from portal.listening.connectors.pieces import piece, text_of
from portal.listening.connectors.walking import Item, Rounds, Walk

_COMMENT = "id,message,created_time,permalink_url,from{id,name,picture},parent,like_count,comment_count,attachment"
_POST = (
    "id,message,story,created_time,permalink_url,from{id,name,picture},attachments,shares,"
    "reactions.limit(0).summary(true)"
)
# Comments of any depth under the newest posts, the newest first; those under older ones arrive by push.
_FEED = f"{_POST},comments.filter(stream).order(reverse_chronological).limit(100).summary(true){{{_COMMENT}}}"
_BELOW = {"fields": _COMMENT, "filter": "stream", "order": "reverse_chronological", "limit": 100}
_PAGE = 25
# Old posts still get comments, so each round looks at the last month's posts anew.
_AGAIN = timedelta(days=30)


class FacebookPage(Connector):
    """Reads what is said on a page that the token may manage, and what tags it."""

    key = CHANNEL
    caps = Caps(
        channel_name="Facebook",
        about="Posts and comments on your own page, and public posts that tag it. Needs a page token.",
        modes=frozenset({"poll", "webhook"}),
        base_urls={"graph": graph.FACEBOOK},
        min_interval_s=600,
        page_size=_PAGE,
        looks_up="page_id",
        refresh_batch=50,
        retention_days="while-live",
        keeps_pictures=False,
        deletion_signal="push",
        matching="local",
        recheck_days=7,
    )
    fields = (
        Field("page_id", "The page's number", "Under “About” on the page, or from the app's own page."),
        graph.TOKEN,
        graph.APP_SECRET,
    )

    def check(self, ctx: Context) -> CheckResult:
        """Ask for the page's name."""
        try:
            page, _pause = graph.ask(ctx, ctx.setting("page_id"), {"fields": "id,name"})
        except ConnectorError as error:
            return CheckResult(ok=False, sentence=str(error))
        title = str(piece(page, "name") or "Facebook")[:120]
        return CheckResult(ok=True, sentence=_("The token reads “%(name)s”.", name=title), title=title)

    def questions(self, ctx: Context) -> Sequence[str]:
        """What the page holds, and what tags it."""
        return ["feed", "tagged"]

    def poll(self, ctx: Context, state: Mapping[str, Any], budget: Budget) -> PollResult:
        """Fetch one page of the feed, of the comments under one of its posts, or of what tags the page."""
        rounds = Rounds(state, self.questions(ctx))
        edge = rounds.question or "feed"
        walk = Walk.resume(rounds.asked, ctx.now, look_back=_AGAIN, overlap=_AGAIN)
        below = graph.Below.resume(rounds.asked, walk)
        if below.waiting:
            name, answer, pause = below.ask(ctx, _BELOW)
            raws = [{**raw, "post_id": name} for raw in raw_items(answer)]
            return self._page(rounds, walk, below, raws, walk.page, pause)
        params = {
            "fields": _FEED if edge == "feed" else _POST,
            "limit": _PAGE,
            "since": int(walk.since.timestamp()),
            "after": walk.page,
        }
        answer, pause = graph.ask(ctx, f"{ctx.setting('page_id')}/{edge}", params)
        below.note(answer)
        return self._page(rounds, walk, below, raw_items(answer), graph.after(answer), pause)

    def _page(
        self,
        rounds: Rounds,
        walk: Walk,
        below: graph.Below,
        raws: Iterable[Raw],
        following: str | None,
        pause: datetime | None,
    ) -> PollResult:
        fresh = walk.take(map(_item, raws), following)
        state, on = rounds.keep({**walk.state, **below.state}, more=walk.more or bool(below.waiting))
        return PollResult(items=fresh, state=state, more=on and pause is None, not_before=pause)

    def unwrap(self, document: Any) -> Sequence[Raw]:
        """The posts and comments of an answer or of a push."""
        return pushed_items(document) if piece(document, "entry") else raw_items(document)

    def normalise(self, raw: Raw, ctx: Context) -> Heard:
        """A post or comment."""
        return deletions.deletion_of(raw, CHANNEL) or normalise_item(raw)

    def refresh(self, ctx: Context, ids: Sequence[tuple[str, str]]) -> Iterable[Deletion | Change]:
        """Ask for several at once; what Meta leaves out of `{id: object}` is gone or hidden."""
        names = [name for _host, name in ids]
        for name, found in graph.look_up(ctx, names, "id,message,created_time,permalink_url").items():
            if found is None:
                yield Deletion(channel=CHANNEL, external_id=name, certain=False)
            elif isinstance(found.get("message"), str):
                yield Change(channel=CHANNEL, external_id=name, text=text_of(found["message"]))

    def greet(self, ctx: Context, state: Mapping[str, Any], push: Push) -> Greeting:
        """Meta's handshake, and where a person is led who asked to be deleted."""
        return deletions.greet(ctx, push)

    def accept(self, ctx: Context, state: Mapping[str, Any], push: Push) -> Accepted:
        """Check Meta's signature; a request to delete is one too."""
        return deletions.accept(ctx, push)

    def unpack(self, ctx: Context, push: Push) -> Sequence[Raw]:
        """What a push brings, or whose data is to be deleted."""
        return deletions.unpack(self, ctx, push)


def _item(raw: Raw) -> Item:
    return Item(str(raw.get("id")), values.moment(raw.get("created_time")), raw, str(raw.get("message")))
