"""YouTube Data API v3: searches within their hundred calls a day, and comment threads, which cost next to nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from portal.foundation.text import gettext as _
from portal.listening.connectors import values, wire
from portal.listening.connectors.asking import nothing_to_ask, quoted
from portal.listening.connectors.contract import (
    AuthFailed,
    Budget,
    Caps,
    Change,
    CheckResult,
    Connector,
    ConnectorError,
    Context,
    Deletion,
    Field,
    Gone,
    Heard,
    Meter,
    PollResult,
    QuotaGone,
    RateLimited,
    Raw,
)
from portal.listening.connectors.lookups import told
from portal.listening.connectors.pieces import piece
from portal.listening.connectors.questions import joined, lines_of, words_for
from portal.listening.connectors.walking import Item, Rounds, Walk
from portal.listening.connectors.youtube.items import CHANNEL, normalise_item, profile_of, raw_items
from portal.listening.drafts import AuthorDraft

SEARCHES_A_DAY = 100
# Ten are kept back for pages beyond the first.
_PLANNED_SEARCHES = 90
_MAX_QUERY_CHARS = 400
_VIDEO_ID_CHARS = 11
_INTERVAL_S = 900
# The order by date has gaps that fill within a day.
_SEARCH_OVERLAP = timedelta(hours=24)
_NOT_HERE = {"commentsDisabled", "videoNotFound", "channelNotFound", "processingFailure"}
_QUOTA = {"quotaExceeded", "dailyLimitExceeded", "dailyLimitExceededUnreg"}
_TOO_FAST = {"rateLimitExceeded", "userRateLimitExceeded", "servingLimitExceeded"}


class YouTube(Connector):
    """Searches for videos and reads the comments of a channel or of chosen videos."""

    key = CHANNEL
    caps = Caps(
        channel_name="YouTube",
        about="Videos by search (100 searches a day), and comments on your channel or on chosen videos. Free key.",
        base_urls={"api": "https://youtube.googleapis.com/youtube/v3"},
        min_interval_s=_INTERVAL_S,
        page_size=50,
        refresh_batch=50,
        profile_batch=50,
        calls_a_day=SEARCHES_A_DAY,
        day_zone="America/Los_Angeles",
        # Developer Policies III.E.4: refresh or delete within 30 calendar days.
        retention_days=30,
        renews=True,
        deletion_signal="refresh-miss",
        matching="native",
        recheck_days=7,
    )
    fields = (
        Field("key", "API key", "From the Google Cloud console, with YouTube Data API v3 switched on.", secret=True),
        Field("words", "Words to search for", "One a line; empty takes the words of all trackers, a dash none.",
              required=False, kind="lines"),
        Field("channel", "Your channel's id", "It begins with UC; all comments on it are read.", required=False),
        Field("videos", "Videos whose comments are read", "One address or id a line.", required=False, kind="lines"),
    )  # fmt: skip

    def check(self, ctx: Context) -> CheckResult:
        """Ask for the channel, or for a list that costs one unit; searches are left alone."""
        channel = ctx.setting("channel")
        try:
            if channel:
                found = values.objects(_ask(_uncounted(ctx), "channels", {"part": "snippet", "id": channel}), "items")
                if not found:
                    return CheckResult(ok=False, sentence=_("YouTube knows no channel with this id."))
                title = str(piece(found[0], "snippet", "title") or "YouTube")
                return CheckResult(
                    ok=True, sentence=_("The key works, and “%(name)s” is there.", name=title), title=title
                )
            _ask(_uncounted(ctx), "i18nLanguages", {"part": "snippet"})
        except ConnectorError as error:
            return CheckResult(ok=False, sentence=str(error))
        return CheckResult(ok=True, sentence=_("The key works."), title="YouTube")

    def questions(self, ctx: Context) -> Sequence[str]:
        """As few searches as hold all words, and the comments of the channel and of each video."""
        searches: list[str] = []
        if words_for(ctx):
            searches = joined(words_for(ctx), limit=_MAX_QUERY_CHARS, between="|", write=quoted)
        channel = ctx.setting("channel")
        places = [f"channel:{channel}"] if channel else []
        places += [f"video:{video}" for video in map(_video_id, lines_of(ctx.setting("videos"))) if video]
        return [*(f"search:{query}" for query in searches), *places]

    def poll(self, ctx: Context, state: Mapping[str, Any], budget: Budget) -> PollResult:
        """Fetch one page of one search or of one place's comments."""
        questions = self.questions(ctx)
        if not questions:
            return nothing_to_ask(state)
        rounds = Rounds(state, questions)
        kind, _sign, what = (rounds.question or "").partition(":")
        warnings: tuple[str, ...] = ()
        try:
            ask = _search_page if kind == "search" else _comments_page
            items, walk = ask(ctx, kind, what, rounds.asked)
            asked, more = walk.state, walk.more
        except Gone as gone:
            items, asked, more, warnings = (), dict(rounds.asked), False, (str(gone),)
        state, on = rounds.keep(asked, more=more)
        return PollResult(
            items=items, state=state, more=on, not_before=None if on else _due(ctx.now, questions), warnings=warnings
        )

    def unwrap(self, document: Any) -> Sequence[Raw]:
        """The videos and comments of a list answer."""
        return raw_items(document)

    def normalise(self, raw: Raw, ctx: Context) -> Heard:
        """A video or a comment."""
        return normalise_item(raw)

    def refresh(self, ctx: Context, ids: Sequence[tuple[str, str]]) -> Iterable[Deletion | Change]:
        """What is missing among the videos and comments asked for is deleted or private."""
        names = [name for _host, name in ids]
        # Ids of videos have eleven characters, those of comments more.
        lists = (
            ("videos", "snippet,statistics", [name for name in names if len(name) == _VIDEO_ID_CHARS]),
            ("comments", "snippet", [name for name in names if len(name) != _VIDEO_ID_CHARS]),
        )
        for path, parts, wanted in lists:
            if wanted:
                answer = _ask(_uncounted(ctx), path, {"part": parts, "id": ",".join(wanted), "textFormat": "plainText"})
                yield from _compare(wanted, raw_items(answer))

    def profiles(self, ctx: Context, ids: Sequence[str]) -> Iterable[AuthorDraft]:
        """The channels behind authors, with their subscribers where they show them."""
        params = {"part": "snippet,statistics", "id": ",".join(ids), "maxResults": 50}
        return [profile_of(raw) for raw in values.objects(_ask(_uncounted(ctx), "channels", params), "items")]


def _video_id(line: str) -> str:
    """The id in an address such as `https://youtu.be/ID` or `https://www.youtube.com/watch?v=ID&t=1`."""
    line = line.partition("&")[0]
    return line.rpartition("v=")[2] if "v=" in line else line.partition("?")[0].rstrip("/").rpartition("/")[2]


def _due(now: datetime, questions: Sequence[str]) -> datetime:
    """Rounds are spread so that ninety searches fill a day."""
    searches = sum(1 for question in questions if question.startswith("search:"))
    return now + timedelta(seconds=max(_INTERVAL_S, 86_400 * searches / _PLANNED_SEARCHES))


def _search_page(ctx: Context, _kind: str, query: str, state: Mapping[str, Any]) -> tuple[tuple[Raw, ...], Walk]:
    walk = Walk.resume(state, ctx.now, overlap=_SEARCH_OVERLAP)
    params = {
        "part": "snippet", "type": "video", "order": "date", "q": query, "maxResults": 50,
        "publishedAfter": walk.since.strftime("%Y-%m-%dT%H:%M:%SZ"), "pageToken": walk.page,
    }  # fmt: skip
    answer = _ask(ctx, "search", params)
    # Search cuts descriptions and has no counts; the whole video costs one of ten thousand units.
    found = [
        str(piece(item, "id", "videoId")) for item in values.objects(answer, "items") if piece(item, "id", "videoId")
    ]
    videos: list[Raw] = []
    if found:
        details = {"part": "snippet,statistics", "id": ",".join(found), "maxResults": 50}
        videos = raw_items(_ask(_uncounted(ctx), "videos", details))
    items = [_item(raw) for raw in videos]
    return walk.take(items, answer.get("nextPageToken") if found else None), walk


def _comments_page(ctx: Context, kind: str, place: str, state: Mapping[str, Any]) -> tuple[tuple[Raw, ...], Walk]:
    walk = Walk.resume(state, ctx.now, look_back=timedelta(days=30))
    where = "allThreadsRelatedToChannelId" if kind == "channel" else "videoId"
    params = {
        "part": "snippet,replies", where: place, "order": "time", "textFormat": "plainText", "maxResults": 100,
        "pageToken": walk.page,
    }  # fmt: skip
    answer = _ask(_uncounted(ctx), "commentThreads", params)
    raws = raw_items(answer)
    items = [_item(raw) for raw in raws]
    # Threads come newest first; once one is older than what is known, the rest is.
    oldest = min((item.at for item in items if item.at and not piece(item.raw, "snippet", "parentId")), default=None)
    is_through = oldest is None or oldest < walk.since
    return walk.take(items, None if is_through else answer.get("nextPageToken")), walk


def _item(raw: Raw) -> Item:
    snippet = values.mapping(raw, "snippet")
    words = "\n".join(str(snippet.get(name)) for name in ("title", "description", "textOriginal", "textDisplay"))
    return Item(str(raw.get("id")), values.moment(snippet.get("publishedAt")), raw, words)


def _compare(wanted: Iterable[str], raws: Iterable[Raw]) -> Iterable[Deletion | Change]:
    found = {str(raw.get("id")): raw for raw in raws}
    for name in wanted:
        if name not in found:
            yield Deletion(channel=CHANNEL, external_id=name, certain=False)
            continue
        yield from told(partial(normalise_item, found[name]), channel=CHANNEL, external_id=name)


def _uncounted(ctx: Context) -> Context:
    """The same turn outside the hundred searches: all other lists share ten thousand units a day."""
    return replace(ctx, meter=Meter())


def _ask(ctx: Context, path: str, params: Mapping[str, Any]) -> Any:
    """One call; the key goes into the query, as the interface has it, and never into a message."""
    url = f"{ctx.base('api')}/{path}"
    reply = wire.call(ctx, url, params={**params, "key": ctx.secret("key")}, accept={400, 403, 404})
    if reply.status >= 400:
        _refuse(ctx, reply)
    return reply.json()


def _refuse(ctx: Context, reply: wire.Reply) -> None:
    """Tell the refusals apart by the reason in the body, not by the status.

    https://developers.google.com/youtube/v3/docs/errors
    """
    error = values.mapping(reply.problem(), "error")
    reasons = {str(entry.get("reason")) for entry in values.objects(error, "errors")}
    if reasons & _QUOTA:
        raise QuotaGone(_("Today's calls to YouTube are used."), reset_at=pacific_midnight(ctx.now))
    if reasons & _TOO_FAST:
        raise RateLimited(_("YouTube asks us to come back later."), retry_after=wire.wait_of(reply.headers, ctx.now))
    if reasons & _NOT_HERE:
        raise Gone(_("A video or channel is gone, or takes no comments."))
    if reasons & {
        "keyInvalid",
        "keyExpired",
        "accessNotConfigured",
        "forbidden",
        "ipRefererBlocked",
        "API_KEY_INVALID",
    }:
        raise AuthFailed(_("YouTube does not take this key."))
    if reply.status == 400 and "key" in str(error.get("message")).lower():
        raise AuthFailed(_("YouTube does not take this key."))
    wire.refuse(reply, ctx.now)


def pacific_midnight(now: datetime) -> datetime:
    """When the quotas begin anew."""
    there = now.astimezone(ZoneInfo(YouTube.caps.day_zone))
    following = (there + timedelta(days=1)).date()
    return datetime(following.year, following.month, following.day, tzinfo=there.tzinfo).astimezone(now.tzinfo)
