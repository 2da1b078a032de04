"""The App Store: reviews of one's own app through App Store Connect, or the public feed of a country without a key."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from portal.foundation.text import gettext as _
from portal.listening.connectors import values, wire
from portal.listening.connectors.app_store.items import CHANNEL, normalise_item, raw_items
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
    Heard,
    PollResult,
    Raw,
)
from portal.listening.connectors.logins import signed_token
from portal.listening.connectors.lookups import each, told
from portal.listening.connectors.pieces import piece
from portal.listening.connectors.questions import lines_of
from portal.listening.connectors.walking import Item, Rounds, Walk

# Twenty minutes at most; the rules of the token are generally known [unverified].
_TOKEN_S = 15 * 60
_LAST_FEED_PAGE = 10
_OLD = timedelta(days=365)


class AppStore(Connector):
    """With a key the whole list of reviews; without one what Apple's undocumented feeds still show."""

    key = CHANNEL
    caps = Caps(
        channel_name="App Store",
        about="Reviews of your app: all of them with a key of App Store Connect, else the public feed by country.",
        base_urls={"api": "https://api.appstoreconnect.apple.com", "feed": "https://itunes.apple.com"},
        min_interval_s=6 * 3600,
        page_size=200,
        looks_up="app",
        refresh_batch=10,
        retention_days=730,
        deletion_signal="refresh-miss",
        matching="local",
        recheck_days=30,
    )
    fields = (
        Field("app", "The app's number", "As in apps.apple.com/…/id123456789."),
        Field("issuer", "Issuer id", "From App Store Connect, under Users and Access.", required=False),
        Field("key_id", "Key id", required=False),
        Field("private_key", "Private key", "The whole .p8 file.", secret=True, required=False, kind="lines"),
        Field("countries", "Countries", "Without a key: two letters a line, such as us.", required=False, kind="lines",
              default="us"),
    )  # fmt: skip

    def check(self, ctx: Context) -> CheckResult:
        """Ask for one review."""
        try:
            if ctx.secret("private_key"):
                _ask_connect(ctx, _reviews_of(ctx), {"limit": 1}).json()
            else:
                _ask_feed(ctx, _countries(ctx)[0], 1).json()
        except ConnectorError as error:
            return CheckResult(ok=False, sentence=str(error))
        return CheckResult(
            ok=True, sentence=_("The reviews of this app can be read."), title=f"App {ctx.setting('app')}"
        )

    def questions(self, ctx: Context) -> Sequence[str]:
        """The whole list with a key, else one country after the other."""
        return ["connect"] if ctx.secret("private_key") else _countries(ctx)

    def poll(self, ctx: Context, state: Mapping[str, Any], budget: Budget) -> PollResult:
        """Fetch one page of reviews, newest first."""
        rounds = Rounds(state, self.questions(ctx))
        where = rounds.question or ""
        walk = Walk.resume(rounds.asked, ctx.now, look_back=_OLD, overlap=timedelta(days=2))
        if where == "connect":
            params = {"sort": "-createdDate", "limit": 200, "include": "response", "cursor": walk.page}
            reply = _ask_connect(ctx, _reviews_of(ctx), params)
            following: Any = _cursor(reply.json())
        else:
            page = int(walk.page or 1)
            reply = _ask_feed(ctx, where, page)
            following = page + 1 if page < _LAST_FEED_PAGE else None
        items = [_item(raw) for raw in raw_items(reply.json())]
        moments = [item.at for item in items if item.at]
        is_through = not moments or min(moments) < walk.since
        fresh = walk.take(items, None if is_through else following)
        state, on = rounds.keep(walk.state, more=walk.more)
        return PollResult(items=fresh, state=state, more=on)

    def unwrap(self, document: Any) -> Sequence[Raw]:
        """The reviews of an answer of either kind."""
        return raw_items(document)

    def normalise(self, raw: Raw, ctx: Context) -> Heard:
        """A review."""
        return normalise_item(raw)

    def refresh(self, ctx: Context, ids: Sequence[tuple[str, str]]) -> Iterable[Deletion | Change]:
        """Ask App Store Connect for each review; the public feed can be asked for none.

        https://developer.apple.com/documentation/appstoreconnectapi/get-v1-customerreviews-_id_
        """

        def ask(_host: str, name: str) -> Iterable[Deletion | Change]:
            reply = _ask_connect(ctx, f"customerReviews/{values.in_path(name)}", {}, accept={404})
            if reply.status == 404:
                return [Deletion(channel=CHANNEL, external_id=name, certain=False)]
            raw = values.mapping(reply.json(), "data")
            return told(lambda: normalise_item(raw), channel=CHANNEL, external_id=name)

        return each(ids, ask) if ctx.secret("private_key") else ()


def _countries(ctx: Context) -> list[str]:
    found = [line.lower() for line in lines_of(ctx.setting("countries")) if len(line) == 2 and line.isalpha()]
    if not found:
        raise BadQuery(_("Give a key of App Store Connect, or countries of two letters."))
    return found


def _item(raw: Raw) -> Item:
    said = values.mapping(raw, "attributes")
    if said:
        words = f"{said.get('title')}\n{said.get('body')}\n{said.get('rating')}"
        return Item(str(raw.get("id")), values.moment(said.get("createdDate")), raw, words)
    words = f"{piece(raw, 'title', 'label')}\n{piece(raw, 'content', 'label')}\n{piece(raw, 'im:rating', 'label')}"
    return Item(str(piece(raw, "id", "label")), values.moment(piece(raw, "updated", "label")), raw, words)


def _reviews_of(ctx: Context) -> str:
    return f"apps/{values.in_path(ctx.setting('app'))}/customerReviews"


def _ask_connect(ctx: Context, path: str, params: Mapping[str, Any], accept: Collection[int] = ()) -> wire.Reply:
    now = int(ctx.now.timestamp())
    claims = {"iss": ctx.setting("issuer"), "iat": now, "exp": now + _TOKEN_S, "aud": "appstoreconnect-v1"}
    token = signed_token(ctx.secret("private_key"), claims, key_id=ctx.setting("key_id"))
    headers = {"Authorization": f"Bearer {token}"}
    return wire.call(ctx, f"{ctx.base('api')}/v1/{path}", params=params, headers=headers, accept=accept)


def _cursor(answer: Any) -> str | None:
    """The cursor in `links.next`; the address itself is not followed, for it comes from an answer."""
    link = piece(answer, "links", "next")
    try:
        query = parse_qs(urlsplit(link).query) if isinstance(link, str) else {}
    except ValueError:
        return None
    return values.identifier(next(iter(query.get("cursor", ())), None))


def _ask_feed(ctx: Context, country: str, page: int) -> wire.Reply:
    app = values.in_path(ctx.setting("app"))
    return wire.call(
        ctx, f"{ctx.base('feed')}/{country}/rss/customerreviews/page={page}/id={app}/sortby=mostrecent/json"
    )
