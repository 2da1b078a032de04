"""Threads: keyword and tag search, and mentions of the account, polled and pushed."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from portal.foundation.text import gettext as _
from portal.listening.connectors import values
from portal.listening.connectors.asking import nothing_to_ask
from portal.listening.connectors.contract import (
    Accepted,
    Budget,
    Caps,
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
from portal.listening.connectors.meta.threads_items import CHANNEL, normalise_item, pushed_items, raw_items
from portal.listening.connectors.pieces import piece
from portal.listening.connectors.questions import words_for
from portal.listening.connectors.walking import Item, Rounds, Walk

_FIELDS = (
    "id,text,media_type,media_url,permalink,timestamp,username,is_verified,profile_picture_url,has_replies,"
    "is_quote_post,is_reply,topic_tag"
)
_INTERVAL_S = 600


class Threads(Connector):
    """One search for each word; without Meta's approval a search finds only the account's own posts."""

    key = CHANNEL
    caps = Caps(
        channel_name="Threads",
        about="Posts by word or tag, and mentions of your account.",
        modes=frozenset({"poll", "webhook"}),
        base_urls={"graph": graph.THREADS},
        min_interval_s=_INTERVAL_S,
        looks_up="own",
        refresh_batch=25,
        # 2,200 questions in 24 hours; those with an empty answer are free.
        calls_a_day=2200,
        needs_approval="Search and mentions need Meta's approval (threads_keyword_search, threads_manage_mentions).",
        retention_days="while-live",
        keeps_pictures=False,
        deletion_signal="push",
        matching="native",
        recheck_days=7,
    )
    fields = (
        graph.TOKEN,
        graph.APP_SECRET,
        Field("words", "Words to search for", "One a line; empty takes the words of all trackers, a dash none.",
              required=False, kind="lines"),
        Field("mentions", "Read mentions of the account", required=False, kind="flag"),
    )  # fmt: skip

    def check(self, ctx: Context) -> CheckResult:
        """Ask who we are."""
        try:
            account, _pause = graph.ask(ctx, "me", {"fields": "id,username"})
        except ConnectorError as error:
            return CheckResult(ok=False, sentence=str(error))
        title = str(piece(account, "username") or "Threads")[:120]
        return CheckResult(ok=True, sentence=_("The token reads “%(name)s”.", name=title), title=title)

    def questions(self, ctx: Context) -> Sequence[str]:
        """One for each word, and the mentions where they are wanted."""
        questions = [f"word:{word}" for word in words_for(ctx) if not word.startswith("@")]
        if ctx.setting("mentions"):
            questions.append("mentions:")
        return questions

    def poll(self, ctx: Context, state: Mapping[str, Any], budget: Budget) -> PollResult:
        """Fetch one page of one word, or of the mentions."""
        questions = self.questions(ctx)
        if not questions:
            return nothing_to_ask(state)
        rounds = Rounds(state, questions)
        kind, _sign, what = (rounds.question or "").partition(":")
        walk = Walk.resume(rounds.asked, ctx.now)
        params: dict[str, Any] = {"fields": _FIELDS, "limit": 100, "after": walk.page}
        path = "me/mentions"
        if kind == "word":
            path = "keyword_search"
            is_tag = what.startswith("#")
            params |= {
                "q": what.removeprefix("#"),
                "search_type": "RECENT",
                "search_mode": "TAG" if is_tag else "KEYWORD",
                "since": int(walk.since.timestamp()),
            }
        answer, pause = graph.ask(ctx, path, params)
        items = [
            Item(str(raw.get("id")), values.moment(raw.get("timestamp")), raw, str(raw.get("text")))
            for raw in raw_items(answer)
        ]
        moments = [item.at for item in items if item.at]
        is_through = not moments or min(moments) < walk.since
        fresh = walk.take(items, None if is_through else graph.after(answer))
        state, on = rounds.keep(walk.state, more=walk.more)
        due = pause or ctx.now + timedelta(seconds=max(_INTERVAL_S, 86_400 * len(questions) / 2000))
        return PollResult(
            items=fresh, state=state, more=on and pause is None, not_before=None if on and not pause else due
        )

    def unwrap(self, document: Any) -> Sequence[Raw]:
        """The posts of an answer or of a push."""
        return pushed_items(document) if piece(document, "values") else raw_items(document)

    def normalise(self, raw: Raw, ctx: Context) -> Heard:
        """A post."""
        return deletions.deletion_of(raw, CHANNEL) or normalise_item(raw)

    def refresh(self, ctx: Context, ids: Sequence[tuple[str, str]]) -> list[Deletion]:
        """Ask for each; a miss must be met twice."""
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
        """What a push brings, or whose data is to be deleted."""
        return deletions.unpack(self, ctx, push)
