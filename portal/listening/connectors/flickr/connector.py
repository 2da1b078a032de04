"""Flickr: photos by search, oldest first, with refusals that come as a 200."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from portal.foundation.text import gettext as _
from portal.listening.connectors import values, wire
from portal.listening.connectors.asking import nothing_to_ask, quoted
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
    Gone,
    Heard,
    PollResult,
    Raw,
    Transient,
)
from portal.listening.connectors.flickr.items import CHANNEL, normalise_item, raw_items
from portal.listening.connectors.lookups import each, told
from portal.listening.connectors.questions import words_for
from portal.listening.connectors.walking import Item, Rounds, Walk

_EXTRAS = (
    "description,license,date_upload,date_taken,owner_name,icon_server,last_update,tags,views,media,path_alias,"
    "url_t,url_m,url_l,count_faves"
)
_PAGE = 250
# Beyond the first 4,000 a search repeats itself.
_DEEPEST_PAGE = 4000 // _PAGE
_NO_PHOTO, _BAD_KEY, _AWAY = {1, 2}, {95, 96, 97, 98, 99, 100, 108}, {0, 10, 105, 106, 201}


class Flickr(Connector):
    """One search for each word; photos arrive in the order of their upload, so each page moves the mark."""

    key = CHANNEL
    caps = Caps(
        channel_name="Flickr",
        about="Public photos by word or tag. Free key.",
        base_urls={"api": "https://api.flickr.com"},
        min_interval_s=1800,
        page_size=_PAGE,
        refresh_batch=20,
        needs_approval="Commercial use needs Flickr's permission; each photo is shown with a link to its page.",
        retention_days="while-live",
        deletion_signal="refresh-miss",
        matching="native",
        recheck_days=30,
    )
    fields = (
        Field("key", "API key", secret=True),
        Field("words", "Words to search for", "One a line; empty takes the words of all trackers.", required=False,
              kind="lines"),
    )  # fmt: skip

    def check(self, ctx: Context) -> CheckResult:
        """Let the key be echoed."""
        try:
            _ask(ctx, "flickr.test.echo", {})
        except ConnectorError as error:
            return CheckResult(ok=False, sentence=str(error))
        return CheckResult(ok=True, sentence=_("The key works."), title="Flickr")

    def questions(self, ctx: Context) -> Sequence[str]:
        """One for each word."""
        return words_for(ctx)

    def poll(self, ctx: Context, state: Mapping[str, Any], budget: Budget) -> PollResult:
        """Fetch one page of one search."""
        rounds = Rounds(state, self.questions(ctx))
        if rounds.question is None:
            return nothing_to_ask(state)
        walk = Walk.resume(rounds.asked, ctx.now, overlap=timedelta(hours=1))
        start, page = walk.page if isinstance(walk.page, list) else (int(walk.since.timestamp()), 1)
        params = {
            "text": quoted(rounds.question or ""), "min_upload_date": start,
            "sort": "date-posted-asc", "per_page": _PAGE, "page": page, "extras": _EXTRAS, "safe_search": 1,
        }  # fmt: skip
        answer, reply = _ask(ctx, "flickr.photos.search", params)
        pages = values.count(values.mapping(answer, "photos").get("pages")) or 0
        raws = raw_items(answer)
        following = None
        if raws and page < pages:
            newest = max(values.count(raw.get("dateupload")) or 0 for raw in raws)
            # The window moves on with the photos: a deleted one shifts nothing past us, and 4,000 are no end.
            following = [newest, 1] if newest > start else [start, page + 1] if page < _DEEPEST_PAGE else None
        fresh = walk.take([_item(raw) for raw in raws], following)
        state, on = rounds.keep(walk.state, more=walk.more)
        return PollResult(items=fresh, state=state, more=on, quota=wire.quota_of(reply.headers, ctx.now))

    def unwrap(self, document: Any) -> Sequence[Raw]:
        """The photos of an answer."""
        return raw_items(document)

    def normalise(self, raw: Raw, ctx: Context) -> Heard:
        """A photo."""
        return normalise_item(raw)

    def refresh(self, ctx: Context, ids: Sequence[tuple[str, str]]) -> Iterable[Deletion | Change]:
        """Ask for each photo; code 1 means that it is gone or hidden."""

        def ask(_host: str, name: str) -> Iterable[Deletion | Change]:
            try:
                answer, _reply = _ask(ctx, "flickr.photos.getInfo", {"photo_id": name})
            except Gone:
                return [Deletion(channel=CHANNEL, external_id=name, certain=False)]
            return [
                one
                for raw in raw_items(answer)
                for one in told(partial(normalise_item, raw), channel=CHANNEL, external_id=name)
            ]

        return each(ids, ask)


def _item(raw: Raw) -> Item:
    words = f"{raw.get('title')}\n{raw.get('description')}\n{raw.get('tags')}"
    return Item(str(raw.get("id")), values.moment(raw.get("dateupload")), raw, words)


def _ask(ctx: Context, method: str, params: Mapping[str, Any]) -> tuple[Any, wire.Reply]:
    """One call; `stat: fail` in a 200 is a refusal like any other.

    Codes: https://www.flickr.com/services/api/flickr.photos.search.html
    """
    asked = {"method": method, "format": "json", "nojsoncallback": 1, "api_key": ctx.secret("key"), **params}
    reply = wire.call(ctx, f"{ctx.base('api')}/services/rest/", params=asked)
    answer = reply.json()
    if values.mapping(answer).get("stat") == "ok":
        return answer, reply
    code = values.count(values.mapping(answer).get("code"))
    why = str(values.mapping(answer).get("message") or "")[:200]
    if code in _BAD_KEY:
        raise AuthFailed(_("Flickr does not take this key: %(why)s", why=why))
    if code in _NO_PHOTO and method.endswith("getInfo"):
        raise Gone(_("The photo is gone, or no longer public."))
    if code in _AWAY or code is None:
        raise Transient(_("Flickr is not there just now: %(why)s", why=why))
    raise BadQuery(_("Flickr does not understand the question: %(why)s", why=why))
