"""The Mastodon connector: tags and words asked for page by page, and tags streamed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from portal.foundation.http import FetchFailed, FetchRefused, StreamRefused, listen_lines
from portal.foundation.text import gettext as _
from portal.listening.connectors.asking import nothing_to_ask, quoted, words_field_help
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
from portal.listening.connectors.mastodon.statuses import CHANNEL, boosted, is_status, normalise, read_events
from portal.listening.connectors.pieces import (
    address_of,
    find_items,
    host_of,
    id_of,
    name_of,
    piece,
)
from portal.listening.connectors.walking import FIRST_LOOK_BACK, Rounds
from portal.listening.connectors.wire import Reply, call, quota_of, refuse, with_query
from portal.listening.drafts import MentionDraft

PAGE = 40
_TAGS, _SEARCH, _STREAM = "tags", "search", "stream"
# Between two times of listening to a stream.
_BREATH = timedelta(seconds=20)


class Mastodon(Connector):
    """Tags of one server, oldest first from the last id on; ids belong to the server, so does the mention's key."""

    key = CHANNEL
    caps = Caps(
        channel_name="Mastodon",
        about="Public posts of one server: hashtags without a key on most servers, search and streaming with a token.",
        modes=frozenset({"poll", "stream"}),
        min_interval_s=180,
        page_size=PAGE,
        looks_up="url",
        refresh_batch=20,
        retention_days="while-live",
        deletion_signal="refresh-miss",
        matching="native",
        recheck_days=7,
    )
    fields = (
        Field("url", "Address of the server", "Such as https://mastodon.social", kind="url"),
        Field(
            "how", "How to listen", kind="choice", default=_TAGS,
            choices=(
                (_TAGS, "Hashtags, asked again and again"), (_SEARCH, "Search; needs a token"),
                (_STREAM, "Hashtags, streamed; needs a token"),
            ),
        ),
        Field("words", "Hashtags or words", words_field_help(), required=False, kind="lines"),
        Field("token", "Access token", "With read:search for search, read:statuses for streaming.", True, False),
    )  # fmt: skip

    def check(self, ctx: Context) -> CheckResult:
        """Ask the server for itself, and what it opens to whom."""
        url = ctx.setting("url").rstrip("/")
        url = url if "://" in url else f"https://{url}"
        how = ctx.setting("how") or _TAGS
        if how != _TAGS and not ctx.secret("token"):
            return CheckResult(ok=False, sentence=_("Search and streaming need an access token."))
        try:
            about = call(ctx, f"{url}/api/v2/instance", headers=_headers(ctx)).json()
            if how == _SEARCH:
                # Only asking tells whether the token may search.
                word = ctx.words[0] if ctx.words else "lamp"
                params = {"q": quoted(word), "type": "statuses", "limit": "1"}
                call(ctx, f"{url}/api/v2/search", params=params, headers=_headers(ctx))
        except ConnectorError as error:
            return CheckResult(ok=False, sentence=str(error))
        title = name_of(piece(about, "title")) or host_of(url)
        feeds = piece(about, "configuration", "timelines_access", "hashtag_feeds", "local")
        if how == _TAGS and feeds in {"authenticated", "disabled"} and not ctx.secret("token"):
            return CheckResult(ok=False, sentence=_("%(title)s shows hashtags only with a token.", title=title))
        config = {**ctx.config, "url": url, "how": how}
        return CheckResult(ok=True, sentence=_("%(title)s answers.", title=title), title=title, config=config)

    def questions(self, ctx: Context) -> Sequence[str]:
        """One for each tag or word."""
        is_search = ctx.setting("how") == _SEARCH
        words = ctx.words if is_search else [_tag(word) for word in ctx.words]
        return [word for word in words if word]

    def poll(self, ctx: Context, state: Mapping[str, Any], budget: Budget) -> PollResult:
        """One page of one tag or word, or what the stream of one tag says in a few seconds."""
        how = ctx.setting("how") or _TAGS
        rounds = Rounds(state, self.questions(ctx))
        if rounds.question is None:
            return nothing_to_ask(state)
        if how == _STREAM:
            return self._streamed(ctx, rounds, id_of(state.get("streaming")))
        return self._page(ctx, rounds, how)

    def _page(self, ctx: Context, rounds: Rounds, how: str) -> PollResult:
        found, newest, more_here, reply = self._above(ctx, rounds, how)
        whole, more = rounds.keep({"last": newest}, more=more_here)
        return PollResult(items=found, state=whole, more=more, quota=quota_of(reply.headers, ctx.now))

    def _streamed(self, ctx: Context, rounds: Rounds, host: str) -> PollResult:
        """What was said since the last turn by the timeline, for a stream repeats nothing, and then the stream."""
        found, newest, more_here, reply = self._above(ctx, rounds, _TAGS)
        warnings: tuple[str, ...] = ()
        if not more_here:
            try:
                host = host or self._streaming_host(ctx)
                heard = self._listen(ctx, host, rounds.question or "")
            except Transient as silence:
                # What the timeline brought is kept; the stream is opened anew at the next turn.
                heard, warnings = (), (str(silence),)
            # Only the timeline moves the mark: what was said before the stream was open comes with its next page.
            found = (*found, *heard)
        whole, more = rounds.keep({"last": newest}, more=more_here)
        whole = {**whole, "streaming": host}
        again = None if more else ctx.now + _BREATH
        quota = quota_of(reply.headers, ctx.now)
        return PollResult(items=found, state=whole, more=more, not_before=again, quota=quota, warnings=warnings)

    def _above(self, ctx: Context, rounds: Rounds, how: str) -> tuple[tuple[Raw, ...], str, bool, Reply]:
        """The page just above the last known id, the newest id of it, and whether to ask for the one above it."""
        word, last = rounds.question or "", id_of(rounds.asked.get("last"))
        base = ctx.setting("url").rstrip("/")
        path, params = f"/api/v1/timelines/tag/{word}", {"limit": str(PAGE)}
        if how == _SEARCH:
            path, params = "/api/v2/search", {"q": quoted(word), "type": "statuses", "limit": str(PAGE)}
        start = last or _id_at(ctx.now - FIRST_LOOK_BACK)
        reply = call(ctx, base + path, params={**params, "min_id": start}, headers=_headers(ctx))
        found = self.unwrap(reply.json())
        # With min_id the page just above it comes, until none does.
        more_here = bool(found)
        if not found and not last:
            # A server whose ids are no times knows nothing of our start: the newest page there is will do.
            reply = call(ctx, base + path, params=params, headers=_headers(ctx))
            found = self.unwrap(reply.json())
        newest = max([last, *(id_of(raw.get("id")) for raw in found)], key=_order)
        return tuple(found), newest, more_here and newest != last, reply

    def _streaming_host(self, ctx: Context) -> str:
        """Where the server streams; many do so on a host of its own."""
        url = ctx.setting("url").rstrip("/")
        about = call(ctx, f"{url}/api/v2/instance", headers=_headers(ctx)).json()
        return (address_of(_as_http(id_of(piece(about, "configuration", "urls", "streaming")))) or url).rstrip("/")

    def _listen(self, ctx: Context, host: str, tag: str) -> tuple[Raw, ...]:
        ctx.meter.count_call()
        url = with_query(f"{host}/api/v1/streaming/hashtag", {"tag": tag})
        found: list[Raw] = []
        try:
            lines = listen_lines(
                url, seconds=ctx.listen_s, headers=_headers(ctx), identity=ctx.identity,
                allow_loopback=ctx.allow_loopback,
            )  # fmt: skip
            found.extend(read_events(lines))
        except StreamRefused as refusal:
            refuse(refusal.answer, ctx.now)
        except FetchRefused as refusal:
            raise BadQuery(str(refusal)) from refusal
        except FetchFailed as failure:
            if not found:
                raise Transient(str(failure)) from failure
        return tuple(found)

    def unwrap(self, document: Any) -> Sequence[Raw]:
        """Statuses of a timeline, a search, a notification; a boost stands for what it boosts."""
        if isinstance(document, Mapping) and "deleted" in document and "id" in document:
            return [document]
        return [boosted(raw) for raw in find_items(document, is_status)]

    def read(self, body: bytes, *, content_type: str = "", url: str = "") -> Sequence[Raw]:
        """What an answer says, or the recorded lines of a stream."""
        if body.startswith((b":", b"event:")):
            return list(read_events([*body.replace(b"\r", b"").split(b"\n"), b""]))
        return super().read(body, content_type=content_type, url=url)

    def normalise(self, raw: Raw, ctx: Context) -> MentionDraft | Deletion:
        """One status; see `normalise`."""
        return normalise(raw, ctx)

    def refresh(self, ctx: Context, ids: Sequence[tuple[str, str]]) -> Iterable[Deletion | Change]:
        """Ask for up to twenty statuses at once; those that are missing are gone."""
        url = f"{ctx.setting('url').rstrip('/')}/api/v1/statuses"
        params = [("id[]", number) for _host, number in ids]
        found = {
            id_of(raw.get("id")): raw
            for raw in self.unwrap(call(ctx, url, params=params, headers=_headers(ctx)).json())
        }
        for host, number in ids:
            if number in found:
                make = partial(normalise, found[number], ctx)
                yield from told(make, channel=CHANNEL, external_id=number, origin_host=host)
            else:
                yield Deletion(channel=CHANNEL, origin_host=host, external_id=number, certain=False)


def _tag(word: str) -> str:
    return "".join(letter for letter in word if letter.isalnum() or letter == "_")


def _id_at(moment: datetime) -> str:
    """The first id of a moment: milliseconds since 1970, and sixteen bits to tell those of one apart."""
    return str(int(moment.timestamp() * 1000) << 16)


def _order(number: str) -> tuple[int, str]:
    # Ids are numbers written as strings, and too long for some to be read as numbers.
    return len(number), number


def _as_http(address: str) -> str:
    return address.replace("wss://", "https://", 1).replace("ws://", "http://", 1)


def _headers(ctx: Context) -> dict[str, str]:
    return {"Authorization": f"Bearer {ctx.secret('token')}"} if ctx.secret("token") else {}
