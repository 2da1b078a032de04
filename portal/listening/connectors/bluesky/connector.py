"""The Bluesky connector: a session that is kept, searches that are walked, and a stream that is listened to."""

import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from datetime import timedelta
from functools import partial
from typing import Any

from portal.foundation.http import FetchFailed, FetchRefused, StreamRefused, listen_messages
from portal.foundation.text import fold
from portal.foundation.text import gettext as _
from portal.listening.connectors.asking import LINK, nothing_to_ask, quoted, words_field_help
from portal.listening.connectors.bluesky.posts import CHANNEL, POST, is_post, linked, normalise, profile_of, written_at
from portal.listening.connectors.bluesky.session import open_session, with_session
from portal.listening.connectors.contract import (
    BadQuery,
    Budget,
    Caps,
    Change,
    CheckResult,
    Connector,
    ConnectorError,
    Context,
    Deletion,
    Field,
    PollResult,
    Raw,
    Transient,
)
from portal.listening.connectors.lookups import told
from portal.listening.connectors.pieces import count_of, find_items, id_of, moment_of, name_of, piece, pieces
from portal.listening.connectors.walking import VERSION, Item, Rounds, Walk
from portal.listening.connectors.wire import Params, Reply, call, quota_of, refuse, with_query
from portal.listening.drafts import AuthorDraft, MentionDraft

PAGE = 100
_SEARCH, _STREAM = "search", "stream"
# The stream keeps a day and a half; a cursor that is older is moved up without a word.
_LOOK_BACK = timedelta(hours=36)


class Bluesky(Connector):
    """Search asks a human-sized question every five minutes; the stream brings every post and is matched here."""

    key = CHANNEL
    caps = Caps(
        channel_name="Bluesky",
        about="Public posts: by search with an account and an app password, or from the stream of all posts.",
        modes=frozenset({"poll", "stream"}),
        base_urls={
            "entry": "https://bsky.social",
            "public": "https://public.api.bsky.app",
            "stream": "wss://jetstream2.us-east.bsky.network",
        },
        min_interval_s=300,
        page_size=PAGE,
        refresh_batch=25,
        profile_batch=25,
        retention_days="while-live",
        deletion_signal="refresh-miss",
        matching="native",
        finds_links=True,
        recheck_days=7,
    )
    fields = (
        Field(
            "how", "How to listen", kind="choice", default=_SEARCH,
            choices=((_SEARCH, "Search"), (_STREAM, "Stream of all posts; needs a tracker and no account")),
        ),
        Field("identifier", "Handle", "Such as brand.bsky.social; for search.", required=False, max_length=253),
        Field("password", "App password", "From Settings, Privacy and security.", True, False),
        Field("words", "Words to search for", words_field_help(), required=False, kind="lines"),
    )  # fmt: skip

    def check(self, ctx: Context) -> CheckResult:
        """Open a session, or connect to the stream for a second."""
        try:
            if ctx.setting("how") == _STREAM:
                self._listen(ctx, None, seconds=1.0, most=1)
                return CheckResult(ok=True, sentence=_("The stream is open to us."), config=dict(ctx.config))
            if not ctx.setting("identifier") or not ctx.secret("password"):
                return CheckResult(ok=False, sentence=_("Search needs a handle and an app password."))
            session = open_session(ctx)
        except ConnectorError as error:
            return CheckResult(ok=False, sentence=str(error))
        handle = name_of(session.handle) or ctx.setting("identifier")
        return CheckResult(
            ok=True, sentence=_("Signed in as %(handle)s.", handle=handle), title=handle, config=dict(ctx.config)
        )

    def questions(self, ctx: Context) -> Sequence[str]:
        """One for each word; a stream is not asked."""
        return () if ctx.setting("how") == _STREAM else ctx.words

    def poll(self, ctx: Context, state: Mapping[str, Any], budget: Budget) -> PollResult:
        """One page of one word, or what the stream says in a few seconds."""
        if ctx.setting("how") == _STREAM:
            return self._stream(ctx, state, budget)
        rounds = Rounds(state, self.questions(ctx))
        if rounds.question is None:
            return nothing_to_ask(state)
        walk = Walk.resume(rounds.asked, ctx.now)
        params = {
            "q": _asked_for(rounds.question), "sort": "latest", "limit": PAGE, "cursor": walk.page,
            "since": walk.since.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        }  # fmt: skip
        reply, credentials = with_session(ctx, "app.bsky.feed.searchPosts", params)
        document = reply.json()
        found = self.unwrap(document)
        following = id_of(piece(document, "cursor")) if found else None
        fresh = walk.take((_item(raw) for raw in found), following or None)
        whole, more = rounds.keep(walk.state, more=walk.more)
        quota = quota_of(reply.headers, ctx.now)
        return PollResult(items=fresh, state=whole, more=more, quota=quota, credentials=credentials)

    def unwrap(self, document: Any) -> Sequence[Raw]:
        """Posts of searches, feeds and threads, records, and lines of the stream."""
        return find_items(document, is_post)

    def normalise(self, raw: Raw, ctx: Context) -> MentionDraft | Deletion:
        """One post; see `posts.normalise`."""
        return normalise(raw, ctx)

    def refresh(self, ctx: Context, ids: Sequence[tuple[str, str]]) -> Iterable[Deletion | Change]:
        """Ask for 25 posts at once; those that are missing are gone."""
        uris = [uri for _host, uri in ids if uri.startswith("at://")]
        found, _credentials = self._views(ctx, uris)
        for uri in uris:
            if uri in found:
                yield from told(partial(normalise, found[uri], ctx), channel=CHANNEL, external_id=uri)
            else:
                yield Deletion(channel=CHANNEL, external_id=uri, certain=False)

    def profiles(self, ctx: Context, ids: Sequence[str]) -> Iterable[AuthorDraft]:
        """Accounts by DID or handle, 25 a call, with their followers and what they say of themselves."""
        reply, _credentials = _ask(ctx, "app.bsky.actor.getProfiles", [("actors", name) for name in ids])
        return [profile_of(found) for found in pieces(reply.json(), "profiles") if isinstance(found, dict)]

    def _stream(self, ctx: Context, state: Mapping[str, Any], budget: Budget) -> PollResult:
        if not ctx.words:
            # Without a question every post there is would be kept.
            return nothing_to_ask(state)
        cursor = count_of(state.get("cursor")) if state.get("v") == VERSION else None
        oldest = int((ctx.now - _LOOK_BACK).timestamp() * 1_000_000)
        warnings: tuple[str, ...] = ()
        if cursor is not None and cursor < oldest:
            warnings = (_("The stream had gone on without us; what was said in between is not there any more."),)
        lines = self._listen(ctx, cursor, seconds=ctx.listen_s, most=20_000)
        # The cursor's own line comes again, and is known by its id.
        newest = max((time for raw in lines if (time := count_of(raw.get("time_us")))), default=cursor)
        wanted = tuple(fold(word.removeprefix(LINK).lstrip("#@")) for word in ctx.words)
        hints = [raw for raw in lines if is_post(raw) and _concerns_us(raw, wanted)]
        # A line is not signed and names its author by number only, so the post itself is asked for.
        posts, credentials = self._views(ctx, [uri for raw in hints if (uri := written_at(raw))])
        items = tuple(
            posts.get(written_at(raw), raw) for raw in hints if not written_at(raw) or written_at(raw) in posts
        )
        recent = int((ctx.now - timedelta(minutes=1)).timestamp() * 1_000_000)
        # A quiet stream only repeats the cursor's own line, and there is nothing to catch up with.
        is_behind = newest is not None and newest != cursor and newest < recent
        return PollResult(
            items=items, state={"v": VERSION, "cursor": newest}, more=is_behind, warnings=warnings,
            not_before=None if is_behind else ctx.now + timedelta(seconds=20), credentials=credentials,
        )  # fmt: skip

    def _views(self, ctx: Context, uris: Sequence[str]) -> tuple[dict[str, Raw], Mapping[str, str]]:
        """The posts of these addresses that still stand, and what is to be kept of the session."""
        found: dict[str, Raw] = {}
        kept: dict[str, str] = {}
        for start in range(0, len(uris), self.caps.refresh_batch):
            params = [("uris", uri) for uri in uris[start : start + self.caps.refresh_batch]]
            reply, credentials = _ask(ctx, "app.bsky.feed.getPosts", params)
            kept |= credentials
            found |= {id_of(raw.get("uri")): raw for raw in self.unwrap(reply.json())}
        return found, kept

    def _listen(self, ctx: Context, cursor: int | None, *, seconds: float, most: int) -> list[Raw]:
        ctx.meter.count_call()
        params = {"wantedCollections": POST, "cursor": cursor}
        url = with_query(f"{ctx.base('stream')}/subscribe", params)
        lines: list[Raw] = []
        try:
            messages = listen_messages(url, seconds=seconds, identity=ctx.identity, allow_loopback=ctx.allow_loopback)
            with closing(messages):  # type: ignore[type-var]
                for message in messages:
                    lines += _read_line(message)
                    if len(lines) >= most:
                        break
        except StreamRefused as refusal:
            refuse(refusal.answer, ctx.now)
        except FetchRefused as refusal:
            raise BadQuery(str(refusal)) from refusal
        except FetchFailed as failure:
            if not lines:
                raise Transient(str(failure)) from failure
        return lines


def _ask(ctx: Context, method: str, params: Params) -> tuple[Reply, Mapping[str, str]]:
    """With the session where there is one; posts and accounts are shown by the public host as well."""
    if ctx.secret("password"):
        return with_session(ctx, method, params)
    return call(ctx, f"{ctx.base('public')}/xrpc/{method}", params=params), {}


def _asked_for(word: str) -> str:
    """The question for a word; of an address only its host can be asked for [operator unverified]."""
    return f"domain:{word.removeprefix(LINK).partition('/')[0]}" if word.startswith(LINK) else quoted(word)


def _read_line(message: bytes) -> list[Raw]:
    try:
        line = json.loads(message.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return []
    return [line] if isinstance(line, dict) else []


def _concerns_us(raw: Raw, wanted: Sequence[str]) -> bool:
    """Posts with one of the words, roughly, for the trackers look closer; and everything that is gone."""
    if raw.get("kind") == "account":
        return piece(raw, "account", "active") is False
    if piece(raw, "commit", "collection") != POST:
        return False
    if piece(raw, "commit", "operation") == "delete":
        return True
    record = piece(raw, "commit", "record")
    text = fold(f"{piece(record, 'text')} {' '.join(map(str, filter(None, linked(record))))}")
    return any(word in text for word in wanted)


def _item(raw: Raw) -> Item:
    return Item(id_of(raw.get("uri")), moment_of(raw.get("indexedAt")), raw, id_of(raw.get("cid")))
