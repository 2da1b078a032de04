"""Mastodon: hashtag timelines, search, and streaming of one server (https://docs.joinmastodon.org/methods/)."""

import contextlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
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
    Contract,
    Deletion,
    Field,
    LeftOut,
    PollResult,
    Raw,
    Transient,
)
from portal.listening.connectors.pieces import (
    address_of,
    count_of,
    find_items,
    host_of,
    id_of,
    media_of,
    moment_of,
    name_of,
    piece,
    pieces,
    words_of,
)
from portal.listening.connectors.walking import FIRST_LOOK_BACK, Rounds
from portal.listening.connectors.wire import call, quota_of, refuse, with_query
from portal.listening.drafts import AuthorDraft, MentionDraft
from portal.listening.languages import primary_language

CHANNEL = "mastodon"
PAGE = 40
_TAGS, _SEARCH, _STREAM = "tags", "search", "stream"
_KINDS = {"image": "image", "video": "video", "gifv": "gif", "audio": "audio"}
_OPEN = {"public", "unlisted"}


class Mastodon(Connector):
    """Tags of one server, oldest first from the last id on; ids belong to the server, so does the mention's key."""

    key = CHANNEL
    caps = Caps(
        channel_name="Mastodon",
        about="Public posts of one server: hashtags without a key on most servers, search and streaming with a token.",
        modes=frozenset({"poll", "stream"}),
        min_interval_s=180,
        page_size=PAGE,
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
        except ConnectorError as error:
            return CheckResult(ok=False, sentence=str(error))
        title = name_of(piece(about, "title")) or host_of(url)
        feeds = piece(about, "configuration", "timelines_access", "hashtag_feeds", "local")
        if how == _TAGS and feeds in {"authenticated", "disabled"} and not ctx.secret("token"):
            return CheckResult(ok=False, sentence=_("%(title)s shows hashtags only with a token.", title=title))
        config = {**ctx.config, "url": url, "how": how}
        streaming = address_of(_as_http(id_of(piece(about, "configuration", "urls", "streaming"))))
        if how == _STREAM and streaming:
            config["streaming"] = streaming
        return CheckResult(ok=True, sentence=_("%(title)s answers.", title=title), title=title, config=config)

    def poll(self, ctx: Context, state: Mapping[str, Any], budget: Budget) -> PollResult:
        """One page of one tag or word, or what the stream of one tag says in a few seconds."""
        how = ctx.setting("how") or _TAGS
        words = [_tag(word) for word in ctx.words] if how != _SEARCH else list(ctx.words)
        rounds = Rounds(state, [word for word in words if word])
        if rounds.question is None:
            return nothing_to_ask(state)
        if how == _STREAM:
            items = self._listen(ctx, rounds.question)
            whole, more = rounds.keep({}, more=False)
            return PollResult(items=items, state=whole, more=more)
        return self._page(ctx, rounds, how)

    def _page(self, ctx: Context, rounds: Rounds, how: str) -> PollResult:
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
        whole, more = rounds.keep({"last": newest}, more=more_here and newest != last)
        return PollResult(items=tuple(found), state=whole, more=more, quota=quota_of(reply.headers, ctx.now))

    def _listen(self, ctx: Context, tag: str) -> tuple[Raw, ...]:
        ctx.meter.count_call()
        base = (ctx.setting("streaming") or ctx.setting("url")).rstrip("/")
        url = with_query(f"{base}/api/v1/streaming/hashtag", {"tag": tag})
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
        return [_boosted(raw) for raw in find_items(document, _is_status)]

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
        told: list[Deletion | Change] = []
        for host, number in ids:
            made = _as_it_is(found.get(number), ctx)
            if isinstance(made, MentionDraft):
                told.append(Change.to(made))
            else:
                told.append(Deletion(channel=CHANNEL, origin_host=host, external_id=number, certain=made is not None))
        return told


def _as_it_is(raw: Raw | None, ctx: Context) -> MentionDraft | Deletion | None:
    """A status of today; one that is not open to us any more counts as deleted, a missing one is not known yet."""
    if raw is None:
        return None
    try:
        return normalise(raw, ctx)
    except LeftOut:
        return Deletion(channel=CHANNEL, origin_host=host_of(ctx.setting("url")), external_id=id_of(raw.get("id")))


def read_events(lines: Iterable[bytes]) -> Iterable[Raw]:
    """Server-sent events: `update` and `status.update` carry a status, `delete` an id; `:thump` is a heartbeat."""
    event, data = "", b""
    for line in lines:
        if line.startswith(b":"):
            continue
        if line.startswith(b"event:"):
            event = line[6:].strip().decode("ascii", "replace")
        elif line.startswith(b"data:"):
            data += line[5:].strip()
        elif not line:
            if event == "delete" and data:
                yield {"id": data.decode("utf-8", "replace").strip('"'), "deleted": True}
            elif event in {"update", "status.update"}:
                with contextlib.suppress(ValueError, RecursionError):
                    document = json.loads(data.decode("utf-8", "replace"))
                    if isinstance(document, dict) and _is_status(document):
                        yield _boosted(document)
            event, data = "", b""


def normalise(raw: Raw, ctx: Context) -> MentionDraft | Deletion:
    """A public or unlisted status; anything narrower is refused, and so is one whose author asks not to be indexed."""
    host = host_of(ctx.setting("url")) or None
    number = id_of(raw.get("id"))
    if number and raw.get("deleted"):
        return Deletion(channel=CHANNEL, origin_host=host, external_id=number)
    if not number or not _is_status(raw):
        raise Contract(_("A Mastodon status arrived in a shape that is not known."))
    if id_of(raw.get("visibility", "public")) not in _OPEN:
        raise LeftOut(_("A Mastodon status is not public."))
    account = raw.get("account")
    if piece(account, "noindex") is True:
        raise LeftOut(_("A Mastodon account asks not to be found."))
    handle, created_at = name_of(piece(account, "acct")), moment_of(raw.get("created_at"))
    if not handle or not created_at:
        raise Contract(_("A Mastodon status names no time or no author."))
    warning, words = words_of(raw.get("spoiler_text")), words_of(raw.get("content"))
    media = ((_KINDS.get(id_of(piece(found, "type")), "link"), piece(found, "url"), piece(found, "description"),
              piece(found, "preview_url"))
             for found in pieces(raw, "media_attachments"))  # fmt: skip
    return MentionDraft(
        channel=CHANNEL,
        external_id=number,
        origin_host=host,
        uri=address_of(raw.get("uri")),
        kind="quote" if raw.get("quote") else ("reply" if raw.get("in_reply_to_id") else "post"),
        text="\n".join(part for part in (warning, words) if part),
        lang=primary_language(id_of(raw.get("language"))),
        url=address_of(raw.get("url")) or address_of(raw.get("uri")),
        created_at=min(created_at, ctx.now),
        edited_at=moment_of(raw.get("edited_at")),
        author=AuthorDraft(
            channel=CHANNEL,
            # A local account has no host in `acct`; elsewhere the same person has one.
            handle=handle if "@" in handle or not host else f"{handle}@{host}",
            external_id=id_of(piece(account, "id")) or None,
            name=name_of(piece(account, "display_name")),
            url=address_of(piece(account, "url")),
            avatar_url=address_of(piece(account, "avatar")),
            followers=count_of(piece(account, "followers_count")),
            is_bot=piece(account, "bot") is True,
        ),
        parent_id=id_of(raw.get("in_reply_to_id")) or None,
        likes=count_of(raw.get("favourites_count")),
        replies=count_of(raw.get("replies_count")),
        shares=count_of(raw.get("reblogs_count")),
        media=media_of(media),
    )


def _is_status(found: Mapping[str, Any]) -> bool:
    return "content" in found and "account" in found and "created_at" in found and "visibility" in found


def _boosted(raw: Raw) -> Raw:
    inner = raw.get("reblog")
    return inner if isinstance(inner, Mapping) and _is_status(inner) else raw


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
