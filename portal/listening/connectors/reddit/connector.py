"""Reddit's interface with an approved app: search, new posts and new comments of chosen subreddits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from portal.foundation.http import FetchIdentity
from portal.foundation.text import gettext as _
from portal.listening.connectors import values, wire
from portal.listening.connectors.asking import nothing_to_ask, with_links
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
    Heard,
    PollResult,
    Raw,
)
from portal.listening.connectors.logins import Tokens, basic
from portal.listening.connectors.lookups import told
from portal.listening.connectors.pieces import piece
from portal.listening.connectors.questions import joined, lines_of, words_for
from portal.listening.connectors.reddit.items import CHANNEL, normalise_item, raw_items
from portal.listening.connectors.walking import Item, Rounds, Walk
from portal.listening.drafts import MentionDraft

MAX_QUERY_CHARS = 512
_TOKEN_SECONDS = 3600.0
_tokens = Tokens()


class Reddit(Connector):
    """Each question is a listing, newest first; what is deleted there goes here within a day."""

    key = CHANNEL
    caps = Caps(
        channel_name="Reddit",
        about="Posts by search, and new posts and comments of subreddits you name.",
        base_urls={"api": "https://oauth.reddit.com", "login": "https://www.reddit.com"},
        min_interval_s=300,
        refresh_batch=100,
        needs_approval=(
            "Since November 2025 Reddit lets in no new app without its approval, and commercial use needs a contract. "
            "Switch this on only with the approval in hand."
        ),
        # Stored user content should go within 48 hours, by Reddit's data terms.
        retention_days=2,
        keeps_traces=False,
        keeps_pictures=False,
        deletion_signal="refresh-miss",
        matching="native",
        finds_links=True,
        recheck_days=1,
    )
    fields = (
        Field("client_id", "Client id", "Of the app that Reddit approved."),
        Field("client_secret", "Client secret", secret=True),
        Field("account", "Your Reddit name", "It stands in each request, as Reddit asks."),
        Field("words", "Words to search for", "One a line; empty takes the words of all trackers, a dash none.",
              required=False, kind="lines"),
        Field("subreddits", "Subreddits read in full", "One a line, without r/.", required=False, kind="lines"),
    )  # fmt: skip

    def check(self, ctx: Context) -> CheckResult:
        """Fetch a token and look the named subreddits up."""
        try:
            _ask(ctx, "/api/info", {"id": "t1_0"}).json()
        except ConnectorError as error:
            return CheckResult(ok=False, sentence=str(error))
        return CheckResult(ok=True, sentence=_("Reddit lets this app in."), title="Reddit")

    def questions(self, ctx: Context) -> Sequence[str]:
        """As few searches as hold all words, and what is new in the subreddits."""
        questions: list[str] = []
        if words_for(ctx):
            questions = [f"search:{query}" for query in joined(words_for(ctx), limit=MAX_QUERY_CHARS, write=with_links)]
        names = "+".join(line.removeprefix("/").removeprefix("r/") for line in lines_of(ctx.setting("subreddits")))
        if names:
            questions += [f"new:{names}", f"comments:{names}"]
        return questions

    def poll(self, ctx: Context, state: Mapping[str, Any], budget: Budget) -> PollResult:
        """Fetch one page of one listing."""
        questions = self.questions(ctx)
        if not questions:
            return nothing_to_ask(state)
        rounds = Rounds(state, questions)
        kind, _sign, what = (rounds.question or "").partition(":")
        walk = Walk.resume(rounds.asked, ctx.now, look_back=timedelta(days=2))
        params: dict[str, Any] = {"limit": 100, "raw_json": 1, "after": walk.page}
        path = f"/r/{what}/{kind}"
        if kind == "search":
            path, params = "/search", {**params, "q": what, "sort": "new", "type": "link"}
        reply = _ask(ctx, path, params)
        listing = values.mapping(reply.json(), "data")
        raws = [raw for raw in raw_items(reply.json()) if _is_listed(raw, listing)]
        items = [_item(raw) for raw in raws]
        moments = [item.at for item in items if item.at]
        is_through = not moments or min(moments) < walk.since
        fresh = walk.take(items, None if is_through else values.identifier(listing.get("after")))
        state, on = rounds.keep(walk.state, more=walk.more)
        return PollResult(items=fresh, state=state, more=on, quota=wire.quota_of(reply.headers, ctx.now))

    def unwrap(self, document: Any) -> Sequence[Raw]:
        """The posts and comments of a listing, replies included."""
        return raw_items(document)

    def normalise(self, raw: Raw, ctx: Context) -> Heard:
        """A post or comment, or that it is deleted."""
        return normalise_item(raw)

    def refresh(self, ctx: Context, ids: Sequence[tuple[str, str]]) -> Iterable[Deletion | Change]:
        """Look things up by their full names; Reddit itself says which are deleted or removed."""
        names = [name for _host, name in ids]
        answer = _ask(ctx, "/api/info", {"id": ",".join(names), "raw_json": 1}).json()
        found = {str(piece(raw, "data", "name")): raw for raw in raw_items(answer)}
        for name in names:
            if name in found:
                yield from told(partial(_now, found[name]), channel=CHANNEL, external_id=name)
            else:
                yield Deletion(channel=CHANNEL, external_id=name, certain=False)


def _now(raw: Raw) -> MentionDraft | Deletion:
    made = normalise_item(raw)
    if isinstance(made, MentionDraft) and made.author.handle.startswith("hidden-"):
        # The account is gone: its name must go from what it said, and with it the words.
        return Deletion(channel=CHANNEL, external_id=made.external_id)
    return made


def _is_listed(raw: Raw, listing: Mapping[str, Any]) -> bool:
    """Whether it is one of the listing's own children; what they carry inside has its own turn."""
    names = [piece(child, "data", "name") for child in values.objects(listing, "children")]
    return piece(raw, "data", "name") in names


def _item(raw: Raw) -> Item:
    data = values.mapping(raw, "data")
    words = "\n".join(str(data.get(name)) for name in ("title", "selftext", "body"))
    return Item(str(data.get("name")), values.moment(data.get("created_utc")), raw, words)


def _ask(ctx: Context, path: str, params: Mapping[str, Any]) -> wire.Reply:
    """One call; a token that has run out is fetched anew once."""
    for is_last in (False, True):
        headers = {"Authorization": f"bearer {_token(ctx)}"}
        reply = wire.call(_named(ctx), ctx.base("api") + path, params=params, headers=headers, accept={401})
        if reply.status != 401:
            return reply
        _tokens.drop(_secret(ctx))
        if is_last:
            break
    raise AuthFailed(_("Reddit does not take the token it has just given."))


def _token(ctx: Context) -> str:
    return _tokens.get(_secret(ctx), ctx.now, lambda: _log_in(ctx))


def _log_in(ctx: Context) -> tuple[str, float]:
    url = f"{ctx.base('login')}/api/v1/access_token"
    headers = {"Authorization": basic(ctx.setting("client_id"), ctx.secret("client_secret"))}
    answer = wire.call_json(_named(ctx), url, form={"grant_type": "client_credentials"}, headers=headers)
    token = piece(answer, "access_token")
    if not isinstance(token, str) or not token:
        raise AuthFailed(_("Reddit gives no token for this client."))
    seconds = values.count(piece(answer, "expires_in"))
    return token, float(_TOKEN_SECONDS if seconds is None else seconds)


def _secret(ctx: Context) -> str:
    return f"{ctx.base('login')} {ctx.setting('client_id')} {ctx.secret('client_secret')}"


def _named(ctx: Context) -> Context:
    """Reddit wants `<platform>:<app id>:<version> (by /u/<name>)` as the name of who asks."""
    agent = f"web:{ctx.setting('client_id')}:1.0 (by /u/{ctx.setting('account')})"
    return replace(ctx, identity=FetchIdentity(base_url=ctx.identity.base_url, agent=agent))
