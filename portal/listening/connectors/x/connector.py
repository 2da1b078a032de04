"""X API v2: recent search and the mentions of one account, with a cap in money on every page."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from portal.foundation.text import gettext as _
from portal.listening.connectors import values, wire
from portal.listening.connectors.asking import nothing_to_ask, with_links
from portal.listening.connectors.contract import (
    AuthFailed,
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
    Heard,
    PollResult,
    QuotaGone,
    Raw,
)
from portal.listening.connectors.lookups import told
from portal.listening.connectors.pieces import piece
from portal.listening.connectors.questions import joined, words_for
from portal.listening.connectors.walking import Rounds
from portal.listening.connectors.x.items import CHANNEL, normalise_item, posted_at, profile_of, raw_items
from portal.listening.drafts import AuthorDraft

# Prices in millionths of a dollar, https://docs.x.com/x-api/getting-started/pricing, read in November 2026.
POST_MICROS = 5_000
USER_MICROS = 10_000
OWN_MENTION_MICROS = 1_000
MAX_QUERY_CHARS = 512
_TAIL = " -is:retweet"
_PAGE = 100
_LEAST = 10
# Recent search reaches back seven days, and refuses an older `since_id`.
_REACH = timedelta(days=6, hours=23)
_POST_FIELDS = (
    "created_at", "author_id", "lang", "public_metrics", "conversation_id", "in_reply_to_user_id", "entities",
    "possibly_sensitive", "attachments",
)  # fmt: skip
_USER_FIELDS = "username,name,profile_image_url,public_metrics,description,url,verified_type,protected,created_at"
_MEDIA_FIELDS = "type,url,preview_image_url,alt_text,width,height,duration_ms"
# Both sets are live: the guides say tweet, the machine-readable description says post; answers are read in either.
_NAMES = {
    "tweet": ("tweet.fields", "referenced_tweets", "edit_history_tweet_ids"),
    "post": ("post.fields", "referenced_posts", "edit_history_post_ids"),
}
_GONE = ("/resource-not-found", "/not-authorized-for-resource")


class X(Connector):
    """Asks what is new since the newest post of the last round, and pays before it asks."""

    key = CHANNEL
    caps = Caps(
        channel_name="X",
        about=(
            "Posts of the last seven days by search. Costs about USD 0.005 a post and 0.010 an author; looking daily "
            "whether a stored post still stands costs as much as the post."
        ),
        base_urls={"api": "https://api.x.com"},
        page_size=_PAGE,
        refresh_batch=100,
        profile_batch=100,
        is_metered=True,
        # Stored content is kept current: gone within a day of its deletion there, the second look an hour later in it.
        retention_days="while-live",
        keeps_pictures=False,
        deletion_signal="refresh-miss",
        matching="native",
        finds_links=True,
        recheck_days=22 / 24,
    )
    fields = (
        Field("token", "Bearer token", "App-only, from the developer console.", secret=True),
        Field("words", "Words to search for", "One a line; empty takes the words of all trackers, a dash none.",
              required=False, kind="lines"),
        Field("user_id", "Your account's number", "Its mentions are read too, at a fifth of the price.",
              required=False),
        Field("users", "Ask for the author with each post", "Billed; without it posts carry only a number.",
              required=False, kind="flag", default="yes"),
        Field("names", "Names in requests", "Change it if X refuses the fields that are asked for.", required=False,
              kind="choice", choices=(("tweet", "tweet.fields"), ("post", "post.fields")), default="tweet"),
    )  # fmt: skip

    def check(self, ctx: Context) -> CheckResult:
        """Ask what was used this month; it costs nothing."""
        try:
            _ask(ctx, "/2/usage/tweets", {}).json()
        except ConnectorError as error:
            return CheckResult(ok=False, sentence=str(error))
        return CheckResult(ok=True, sentence=_("The token works."), title="X")

    def questions(self, ctx: Context) -> Sequence[str]:
        """As few searches as hold all words, and the mentions of one account."""
        questions: list[str] = []
        if words_for(ctx):
            room = MAX_QUERY_CHARS - len(_TAIL) - 2
            questions = [f"search:({query})" for query in joined(words_for(ctx), limit=room, write=with_links)]
        if ctx.setting("user_id").isdigit():
            questions.append(f"mentions:{ctx.setting('user_id')}")
        return questions

    def poll(self, ctx: Context, state: Mapping[str, Any], budget: Budget) -> PollResult:
        """Fetch one page; `since_id` stays until a walk's last page, then moves to the newest post of its first."""
        questions = self.questions(ctx)
        if not questions:
            return nothing_to_ask(state)
        rounds = Rounds(state, questions)
        kind, _sign, what = (rounds.question or "").partition(":")
        asked = dict(rounds.asked)
        params = {**_wanted(ctx), **_since(asked, ctx.now)}
        price = OWN_MENTION_MICROS if kind == "mentions" else POST_MICROS
        size = _pay(ctx, price + (USER_MICROS if ctx.setting("users") else 0))
        if kind == "mentions":
            path, token = f"/2/users/{what}/mentions", "pagination_token"
        else:
            path, token = "/2/tweets/search/recent", "next_token"
            params |= {"query": what + _TAIL, "sort_order": "recency"}
        reply = _ask(ctx, path, params | {"max_results": size, token: asked.get("page")})
        answer = reply.json()
        found = len(values.objects(answer, "data"))
        users = len(values.objects(answer, "includes", "users"))
        ctx.meter.give_back((size - found) * price + (size - users) * USER_MICROS * bool(ctx.setting("users")))
        asked = _move_on(asked, values.mapping(answer, "meta"))
        state, on = rounds.keep(asked, more=asked["page"] is not None)
        return PollResult(
            items=tuple(raw_items(answer)),
            state=state,
            more=on,
            quota=wire.quota_of(reply.headers, ctx.now),
            warnings=_warnings(answer),
        )

    def unwrap(self, document: Any) -> Sequence[Raw]:
        """The posts of an answer, each with what `includes` says of it."""
        return raw_items(document)

    def normalise(self, raw: Raw, ctx: Context) -> Heard:
        """A post."""
        return normalise_item(raw)

    def refresh(self, ctx: Context, ids: Sequence[tuple[str, str]]) -> Iterable[Deletion | Change]:
        """Look posts up by id; each found one is billed."""
        names = [name for _host, name in ids if name.isdigit()]
        ctx.meter.pay(len(names) * POST_MICROS)
        fields = {_names(ctx)[0]: "created_at,public_metrics"}
        answer = _ask(ctx, "/2/tweets", {"ids": ",".join(names), **fields}).json()
        found = raw_items(answer)
        ctx.meter.give_back((len(names) - len(found)) * POST_MICROS)
        gone = {
            str(error.get("resource_id") or error.get("value"))
            for error in values.objects(answer, "errors")
            if str(error.get("type")).endswith(_GONE)
        }
        yield from (Deletion(channel=CHANNEL, external_id=name, certain=False) for name in names if name in gone)
        for raw in found:
            name = str(piece(raw, "post", "id"))
            yield from told(partial(normalise_item, raw), channel=CHANNEL, external_id=name)

    def profiles(self, ctx: Context, ids: Sequence[str]) -> Iterable[AuthorDraft]:
        """Accounts by number, a hundred a call; each found one is billed."""
        names = [name for name in ids if name.isdigit()]
        ctx.meter.pay(len(names) * USER_MICROS)
        answer = _ask(ctx, "/2/users", {"ids": ",".join(names), "user.fields": _USER_FIELDS}).json()
        found = values.objects(answer, "data")
        ctx.meter.give_back((len(names) - len(found)) * USER_MICROS)
        return [profile_of(user) for user in found]


def _names(ctx: Context) -> tuple[str, str, str]:
    return _NAMES.get(ctx.setting("names") or "tweet", _NAMES["tweet"])


def _wanted(ctx: Context) -> dict[str, str]:
    request, references, history = _names(ctx)
    wanted = {request: ",".join([*_POST_FIELDS, references, history]), "expansions": "attachments.media_keys"}
    if ctx.setting("users"):
        wanted |= {"user.fields": _USER_FIELDS, "expansions": "author_id,attachments.media_keys"}
    return {**wanted, "media.fields": _MEDIA_FIELDS}


def _since(asked: Mapping[str, Any], now: datetime) -> dict[str, str]:
    newest = str(asked.get("since_id") or "")
    at = posted_at(newest)
    return {"since_id": newest} if at and now - at < _REACH else {}


def _pay(ctx: Context, each: int) -> int:
    """Set the price of a whole page aside, a smaller one where the cap leaves less; none that cannot be paid."""
    left = ctx.meter.micros_left
    affordable = _PAGE if left is None else (left - ctx.meter.micros) // each
    size = min(_PAGE, max(_LEAST, affordable))
    ctx.meter.pay(size * each)
    return size


def _move_on(asked: Mapping[str, Any], meta: Mapping[str, Any]) -> dict[str, Any]:
    """The state after a page: the newest id of a walk's first page is kept aside until its last."""
    newest = values.identifier(meta.get("newest_id"))
    pin = asked.get("pin") if asked.get("page") else newest
    page = values.identifier(meta.get("next_token"))
    since = asked.get("since_id") if page else (pin or asked.get("since_id"))
    return {"v": 1, "since_id": since, "pin": pin if page else None, "page": page}


def _ask(ctx: Context, path: str, params: Mapping[str, Any]) -> wire.Reply:
    headers = {"Authorization": f"Bearer {ctx.secret('token')}"}
    reply = wire.call(ctx, ctx.base("api") + path, params=params, headers=headers, accept={400, 402, 403, 429})
    if reply.status < 400:
        return reply
    problem = values.mapping(reply.problem())
    kind = str(problem.get("type"))
    if kind.endswith("/usage-capped") or reply.status == 402:
        raise QuotaGone(
            _("X says that the plan is used up."),
            reset_at=wire.reset_at(reply.headers.get("x-rate-limit-reset"), ctx.now),
        )
    if kind.endswith("/client-forbidden") or "/oauth1-permissions" in kind:
        raise AuthFailed(_("X does not let this app ask; look at its project and plan."))
    if reply.status == 400:
        why = piece(problem, "errors", 0, "message") or problem.get("detail") or ""
        raise BadQuery(_("X does not understand the question: %(why)s", why=str(why)[:200]))
    wire.refuse(reply, ctx.now)
    return reply


def _warnings(answer: Any) -> tuple[str, ...]:
    """A 200 can carry errors beside its posts; what is only gone or hidden is no news."""
    told = [error for error in values.objects(answer, "errors") if not str(error.get("type")).endswith(_GONE)]
    return tuple(str(error.get("title") or error.get("detail") or "")[:100] for error in told[:3])
