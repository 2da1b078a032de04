"""An Instagram business account: comments on its media, mentions, tags and chosen hashtags, polled and pushed."""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from portal.foundation.text import gettext as _
from portal.listening.connectors import values
from portal.listening.connectors.contract import (
    Accepted,
    BadQuery,
    Budget,
    Caps,
    CheckResult,
    Connector,
    ConnectorError,
    Context,
    Deletion,
    Field,
    Gone,
    Greeting,
    Heard,
    PollResult,
    Push,
    Raw,
)
from portal.listening.connectors.meta import deletions, graph
from portal.listening.connectors.meta.instagram_items import (
    CHANNEL,
    normalise_item,
    pushed_items,
    pushed_mentions,
    raw_items,
)
from portal.listening.connectors.pieces import piece
from portal.listening.connectors.questions import lines_of, tags_of
from portal.listening.connectors.walking import Item, Rounds, Walk

_COMMENT = "id,text,username,timestamp,like_count,from"
_MEDIA = "id,caption,media_type,media_url,permalink,timestamp,username,like_count,comments_count"
_OWN = f"{_MEDIA},comments.limit(50){{{_COMMENT},replies{{{_COMMENT}}}}}"
_BELOW = {"fields": f"{_COMMENT},replies{{{_COMMENT}}}", "limit": 50}
_HASHTAG = "id,caption,media_type,media_url,permalink,timestamp,like_count,comments_count"
_MENTIONED = "caption,media_type,media_url,permalink,timestamp,username,like_count,comments_count"
# Thirty different hashtags for an account in seven days.
MAX_HASHTAGS = 30
_AGAIN = timedelta(days=30)
_PAGE = 25


class Instagram(Connector):
    """Reads what is said under the account's own media and where it is named."""

    key = CHANNEL
    caps = Caps(
        channel_name="Instagram",
        about="Comments on your own media, tags and mentions of your account, and up to 30 hashtags a week.",
        modes=frozenset({"poll", "webhook"}),
        base_urls={"graph": graph.FACEBOOK},
        min_interval_s=600,
        page_size=_PAGE,
        looks_up="account_id",
        refresh_batch=50,
        retention_days="while-live",
        deletion_signal="refresh-miss",
        matching="local",
        recheck_days=7,
    )
    fields = (
        Field("account_id", "The account's number", "Of the business account, from the app's own page."),
        graph.TOKEN,
        graph.APP_SECRET,
        Field("hashtags", "Hashtags", "One a line. Needs Instagram Public Content Access, which Meta must approve.",
              required=False, kind="lines"),
    )  # fmt: skip

    def check(self, ctx: Context) -> CheckResult:
        """Ask for the account's name."""
        try:
            account, _pause = graph.ask(ctx, ctx.setting("account_id"), {"fields": "id,username"})
        except ConnectorError as error:
            return CheckResult(ok=False, sentence=str(error))
        title = str(piece(account, "username") or "Instagram")[:120]
        return CheckResult(ok=True, sentence=_("The token reads “%(name)s”.", name=title), title=title)

    def questions(self, ctx: Context) -> Sequence[str]:
        """The account's own media, what tags it, and each hashtag."""
        tags = tags_of(lines_of(ctx.setting("hashtags")))[:MAX_HASHTAGS]
        return ["media", "tags", *(f"#{tag}" for tag in tags)]

    def poll(self, ctx: Context, state: Mapping[str, Any], budget: Budget) -> PollResult:
        """Fetch one page of the account's media with their comments, of more comments, its tags, or one hashtag."""
        rounds = Rounds(state, self.questions(ctx))
        what = rounds.question or "media"
        is_hashtag = what.startswith("#")
        look_back = timedelta(days=1) if is_hashtag else _AGAIN
        walk = Walk.resume(rounds.asked, ctx.now, look_back=look_back, overlap=look_back)
        asked: dict[str, Any] = {"hashtag": rounds.asked.get("hashtag")}
        below = graph.Below.resume(rounds.asked, walk)
        if below.waiting:
            name, answer, pause = below.ask(ctx, _BELOW)
            said = [_item({**raw, "media": {"id": name}}) for raw in raw_items(answer)]
            fresh = walk.take(said, walk.page)
            state, on = rounds.keep({**walk.state, **asked, **below.state}, more=walk.more or bool(below.waiting))
            return PollResult(items=fresh, state=state, more=on and pause is None, not_before=pause)
        params: dict[str, Any] = {"limit": _PAGE, "after": walk.page}
        if is_hashtag:
            asked["hashtag"] = asked["hashtag"] or _hashtag_id(ctx, what.removeprefix("#"))
            path = f"{asked['hashtag']}/recent_media"
            params |= {"user_id": ctx.setting("account_id"), "fields": _HASHTAG}
        else:
            path = f"{ctx.setting('account_id')}/{what}"
            params |= {"fields": _OWN if what == "media" else _MEDIA}
        answer, pause = graph.ask(ctx, path, params)
        below.note(answer)
        items = [_item(raw) for raw in raw_items(answer)]
        moments = [item.at for item in items if item.at and "text" not in item.raw]
        is_through = bool(moments) and min(moments) < walk.since
        fresh = walk.take(items, None if is_through else graph.after(answer))
        state, on = rounds.keep({**walk.state, **asked, **below.state}, more=walk.more or bool(below.waiting))
        return PollResult(items=fresh, state=state, more=on and pause is None, not_before=pause)

    def unwrap(self, document: Any) -> Sequence[Raw]:
        """The media and comments of an answer, or the comments of a push."""
        return pushed_items(document) if piece(document, "entry") else raw_items(document)

    def normalise(self, raw: Raw, ctx: Context) -> Heard:
        """A medium or a comment."""
        return deletions.deletion_of(raw, CHANNEL) or normalise_item(raw, ctx.now)

    def refresh(self, ctx: Context, ids: Sequence[tuple[str, str]]) -> list[Deletion]:
        """Ask for several at once; only what this account may see is found, so a miss must be met twice."""
        found = graph.look_up(ctx, [name for _host, name in ids], "id")
        return [
            Deletion(channel=CHANNEL, external_id=name, certain=False) for name, there in found.items() if there is None
        ]

    def greet(self, ctx: Context, state: Mapping[str, Any], push: Push) -> Greeting:
        """Meta's handshake, and where a person is led who asked to be deleted."""
        return deletions.greet(ctx, push)

    def accept(self, ctx: Context, state: Mapping[str, Any], push: Push) -> Accepted:
        """Check Meta's signature; a request to delete is one too."""
        return deletions.accept(ctx, push)

    def unpack(self, ctx: Context, push: Push) -> Sequence[Raw]:
        """The comments of a push, and the media and comments that it only names by their ids."""
        found = deletions.unpack(self, ctx, push)
        try:
            event = json.loads(push.body)
        except (ValueError, RecursionError):
            return found
        return [*pushed_items(event), *(raw for named in pushed_mentions(event) for raw in _mentioned(ctx, *named))]


def _mentioned(ctx: Context, media_id: str, comment_id: str | None) -> Sequence[Raw]:
    if comment_id:
        parts = f"mentioned_comment.comment_id({comment_id}){{id,text,timestamp,username,like_count,media}}"
    else:
        parts = f"mentioned_media.media_id({media_id}){{id,{_MENTIONED}}}"
    try:
        answer, _pause = graph.ask(ctx, ctx.setting("account_id"), {"fields": parts})
    except Gone:
        # Deleted, or made private, before we came to look.
        return ()
    return raw_items(answer)


def _hashtag_id(ctx: Context, tag: str) -> str:
    answer, _pause = graph.ask(ctx, "ig_hashtag_search", {"user_id": ctx.setting("account_id"), "q": tag})
    found = values.identifier(piece(answer, "data", 0, "id"))
    if found is None:
        raise BadQuery(_("Instagram knows no hashtag “%(tag)s”.", tag=tag[:60]))
    return found


def _item(raw: Raw) -> Item:
    words = f"{raw.get('caption')}\n{raw.get('text')}"
    return Item(str(raw.get("id")), values.moment(raw.get("timestamp")), raw, words)
