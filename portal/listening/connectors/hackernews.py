"""Hacker News through Algolia's search (https://hn.algolia.com/api), stories and comments; no key is needed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from portal.foundation.text import gettext as _
from portal.listening.connectors.asking import LINK, checked, nothing_to_ask, quoted, words_field_help
from portal.listening.connectors.contract import (
    Budget,
    Caps,
    Change,
    CheckResult,
    Connector,
    Context,
    Contract,
    Deletion,
    Field,
    PollResult,
    Raw,
)
from portal.listening.connectors.lookups import each, told
from portal.listening.connectors.pieces import (
    address_of,
    count_of,
    find_items,
    id_of,
    links_of,
    moment_of,
    name_of,
    piece,
    pieces,
    unescaped,
    words_of,
)
from portal.listening.connectors.values import in_path
from portal.listening.connectors.walking import Item, Rounds, Walk
from portal.listening.connectors.wire import call_json
from portal.listening.drafts import AuthorDraft, MentionDraft

CHANNEL = "hackernews"
PAGE = 100
ITEM_PAGE = "https://news.ycombinator.com/item?id={}"


class HackerNews(Connector):
    """One search for each word, newest first; matching is fuzzy there, so every hit is looked through here."""

    key = CHANNEL
    caps = Caps(
        channel_name="Hacker News",
        about="Stories and comments with your words. Needs no key.",
        base_urls={"search": "https://hn.algolia.com/api/v1", "items": "https://hacker-news.firebaseio.com/v0"},
        min_interval_s=180,
        page_size=PAGE,
        refresh_batch=20,
        retention_days="while-live",
        deletion_signal="refresh-miss",
        matching="native",
        finds_links=True,
        recheck_days=30,
    )
    fields = (Field("words", "Words to search for", words_field_help(), required=False, kind="lines"),)

    def check(self, ctx: Context) -> CheckResult:
        """Search once for the first word."""
        word = ctx.words[0] if ctx.words else "lamp"
        return checked(
            ctx,
            lambda: self.unwrap(self._search(ctx, word, {"hitsPerPage": 1})),
            lambda found: _("Hacker News answers; nothing else is needed."),
        )

    def questions(self, ctx: Context) -> Sequence[str]:
        """One for each word."""
        return ctx.words

    def poll(self, ctx: Context, state: Mapping[str, Any], budget: Budget) -> PollResult:
        """One page of one word: everything between the last walk and the oldest item that was seen in this one."""
        rounds = Rounds(state, self.questions(ctx))
        if rounds.question is None:
            return nothing_to_ask(state)
        walk = Walk.resume(rounds.asked, ctx.now)
        # The window is narrowed instead of counting pages: new items do not shift it, and 1,000 hits are no end.
        until, page = walk.page or (int(ctx.now.timestamp()), 0)
        asked = {
            "numericFilters": f"created_at_i>={int(walk.since.timestamp())},created_at_i<={until}",
            "hitsPerPage": PAGE,
            "page": page,
        }
        document = self._search(ctx, rounds.question, asked)
        hits = self.unwrap(document)
        following = None
        if hits and (count_of(piece(document, "nbPages")) or 0) > page + 1:
            oldest = min(_seconds(hit) for hit in hits)
            following = [oldest, 0] if oldest < until else [until, page + 1]
        fresh = walk.take((_item(hit) for hit in hits), following)
        whole, more = rounds.keep(walk.state, more=walk.more)
        return PollResult(items=fresh, state=whole, more=more)

    def unwrap(self, document: Any) -> Sequence[Raw]:
        """Hits of the search, items of the official API, or of the search's own with all that is below them."""
        found = find_items(document, _is_item)
        for item in found:
            # The list grows while it is walked, so that no depth of answers is too deep.
            found += find_items(pieces(item, "children"), _is_item)
        return found

    def normalise(self, raw: Raw, ctx: Context) -> MentionDraft | Deletion:
        """One hit or item; see `normalise`."""
        return normalise(raw, ctx)

    def refresh(self, ctx: Context, ids: Sequence[tuple[str, str]]) -> Iterable[Deletion | Change]:
        """Ask the official API for each item; `deleted` and `dead` are its own words for what is gone."""

        def ask(_host: str, number: str) -> Iterable[Deletion | Change]:
            item = call_json(ctx, f"{ctx.base('items')}/item/{in_path(number)}.json")
            if item is None:
                return [Deletion(channel=CHANNEL, external_id=number, certain=False)]
            if piece(item, "deleted") or piece(item, "dead"):
                return [Deletion(channel=CHANNEL, external_id=number)]
            found = item if isinstance(item, Mapping) else {}
            return told(lambda: _change(normalise(found, ctx)), channel=CHANNEL, external_id=number)

        return each(ids, ask)

    def _search(self, ctx: Context, word: str, asked: Mapping[str, Any]) -> Any:
        params = {"query": quoted(word), "tags": "(story,comment)", **asked}
        if word.startswith(LINK):
            params |= {"query": word.removeprefix(LINK), "restrictSearchableAttributes": "url"}
        return call_json(ctx, f"{ctx.base('search')}/search_by_date", params=params)


def normalise(raw: Raw, ctx: Context) -> MentionDraft | Deletion:
    """A search hit (`objectID`, `created_at_i`) or an item of the official API (`id`, `by`, `time`)."""
    number = id_of(raw.get("objectID")) or id_of(raw.get("id"))
    if not number or not _is_item(raw):
        raise Contract(_("A Hacker News item arrived in a shape that is not known."))
    if raw.get("deleted") or raw.get("dead"):
        return Deletion(channel=CHANNEL, external_id=number)
    created_at = moment_of(raw.get("created_at_i")) or moment_of(raw.get("created_at")) or moment_of(raw.get("time"))
    handle = name_of(raw.get("author")) or name_of(raw.get("by"))
    if not created_at or not handle:
        raise Contract(_("A Hacker News item names no time or no author."))
    tags = pieces(raw, "_tags")
    is_comment = "comment" in tags or raw.get("type") == "comment" or bool(raw.get("comment_text"))
    # The title above a comment is that of its story.
    title = raw.get("story_title") if is_comment else raw.get("title")
    link = address_of(raw.get("url"))
    body = words_of(raw.get("comment_text") or raw.get("story_text") or raw.get("text"))
    return MentionDraft(
        channel=CHANNEL,
        external_id=number,
        kind="comment" if is_comment else "post",
        title=unescaped(title),
        text=body or (link or "" if not title else ""),
        url=address_of(ITEM_PAGE.format(number)),
        created_at=min(created_at, ctx.now),
        author=AuthorDraft(
            channel=CHANNEL,
            handle=handle,
            external_id=handle,
            url=address_of(f"https://news.ycombinator.com/user?id={handle}"),
        ),
        parent_id=id_of(raw.get("parent_id")) or id_of(raw.get("parent")) or None,
        thread_id=id_of(raw.get("story_id")) or (None if is_comment else number),
        likes=count_of(raw.get("points")) if "points" in raw else count_of(raw.get("score")),
        replies=count_of(raw.get("num_comments")) if "num_comments" in raw else count_of(raw.get("descendants")),
        # A comment stands below its story's link, and does not make it.
        links=links_of(
            None if is_comment else link, raw.get("comment_text") or raw.get("story_text") or raw.get("text")
        ),
    )


def _is_item(found: Mapping[str, Any]) -> bool:
    is_hit = "objectID" in found and ("created_at_i" in found or "created_at" in found)
    return is_hit or (
        "id" in found
        and id_of(found.get("type")) in {"story", "comment", "poll", "job"}
        and ("time" in found or "created_at_i" in found or "deleted" in found)
    )


def _seconds(hit: Raw) -> int:
    moment = moment_of(hit.get("created_at_i")) or moment_of(hit.get("created_at")) or datetime(1970, 1, 1, tzinfo=UTC)
    return int(moment.timestamp())


def _item(hit: Raw) -> Item:
    content = f"{hit.get('title')}{hit.get('comment_text')}{hit.get('story_text')}"
    return Item(id_of(hit.get("objectID")), moment_of(hit.get("created_at_i")), hit, content)


def _change(draft: MentionDraft | Deletion) -> Change | Deletion:
    if isinstance(draft, Deletion):
        return draft
    # The official API does not repeat the story's title on a comment, so that stays.
    title = None if draft.kind == "comment" else draft.title
    return Change(
        channel=CHANNEL, external_id=draft.external_id, title=title, text=draft.text,
        likes=draft.likes, replies=draft.replies,
    )  # fmt: skip
