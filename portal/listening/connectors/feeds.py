"""RSS, Atom, JSON Feed, Google Alerts and YouTube channels: everything that is read by asking again politely."""

import contextlib
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from portal.foundation.http import Fetched, FetchFailed, FetchRefused, fetch
from portal.foundation.text import gettext as _
from portal.foundation.text import ngettext
from portal.listening.connectors import websub
from portal.listening.connectors.contract import (
    Accepted,
    AuthFailed,
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
    Gone,
    Greeting,
    PollResult,
    Push,
    RateLimited,
    Raw,
    Transient,
)
from portal.listening.connectors.feed_entries import CHANNEL, RETENTION_DAYS, normalise_entry
from portal.listening.connectors.feed_pages import look
from portal.listening.connectors.feed_state import (
    Sorted,
    conditions,
    next_page,
    page_failed,
    sort_out,
    state_for,
    tags,
    walked,
)
from portal.listening.connectors.timing import CEILING_S, next_due, retry_after
from portal.listening.drafts import MentionDraft
from portal.listening.parsing import ParsedFeed, ParseFailed, parse_feed

FLOOR_S = 15 * 60
_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, "
    "text/html;q=0.8, */*;q=0.5"
)
_YOUTUBE_CHANNEL = re.compile(r"https?://(?:www\.|m\.)?youtube\.com/channel/(UC[\w-]{22})(?:[/?#].*)?\Z")


class Feeds(Connector):
    """A feed is asked for what changed; everything in it is matched here."""

    key = CHANNEL
    caps = Caps(
        channel_name="Feeds",
        modes=frozenset({"poll", "webhook"}),
        base_urls=websub.YOUTUBE,
        about="Blogs, Google Alerts delivered as feed, YouTube channels: RSS, Atom or JSON Feed. Needs no key.",
        min_interval_s=FLOOR_S,
        refresh_batch=10,
        retention_days=RETENTION_DAYS,
        deletion_signal="refresh-miss",
        matching="local",
        recheck_days=90,
    )
    fields = (
        Field(
            "url",
            "Address of a feed, or of a page that has one",
            "RSS, Atom, JSON Feed, a Google Alert delivered as feed, or a YouTube channel.",
            kind="url",
        ),
    )

    def check(self, ctx: Context) -> CheckResult:
        """Find out whether an address is a feed, or a page that names one; the answer holds the feed's address."""
        url = ctx.config.get("url", "").strip()
        url = url if "://" in url else f"https://{url}"
        channel = _YOUTUBE_CHANNEL.match(url)
        if channel:
            url = f"https://www.youtube.com/feeds/videos.xml?channel_id={channel[1]}"
        try:
            found, feed = _find(ctx, url)
        except ConnectorError as error:
            return CheckResult(ok=False, sentence=str(error))
        config = {**ctx.config, "url": found}
        items = [raw for raw in raw_items(feed) if _says_something(raw) and not raw["gone"]]
        checked = Context(now=ctx.now, config=config)
        made = [normalise_entry(raw, checked) for raw in items[:3]]
        sample = tuple(one for one in made if isinstance(one, MentionDraft))
        sentence = ngettext(
            "“%(title)s” has %(num)s entry.", "“%(title)s” has %(num)s entries.", len(items), title=feed.title or found
        )
        return CheckResult(ok=True, sentence=sentence, title=feed.title or None, config=config, sample=sample)

    def poll(self, ctx: Context, state: Mapping[str, Any], budget: Budget) -> PollResult:
        """Ask for what changed since the last answer, and hand out the entries that are new or edited.

        Raises:
            ConnectorError: Gone for 410, RateLimited for 429, AuthFailed for 401 and 403, BadQuery for an address
                that is refused, Contract for something that is no feed, Transient for the rest.
        """
        known = state_for(ctx.config["url"], state)
        if known["page"]:
            return self._poll_later_page(ctx, known, budget)
        answer = _ask(ctx, known["url"], conditions(known))
        known = {**known, "url": answer.permanent_url or known["url"]}
        body_hash = hashlib.sha256(answer.body).hexdigest()
        if answer.status != 304:
            _refuse_error(answer, ctx.now)
        known |= websub.subscribe(ctx, known)
        if answer.status == 304 or body_hash == known["body"]:
            return self._finish(ctx, answer, known | tags(answer, known), ())
        feed = _parse(answer)
        if not feed.is_feed:
            raise Contract(_("The address no longer answers with a feed."))
        page, warnings = _sorted(feed, known, budget)
        named = websub.hub_of(answer.headers, feed, answer.url) or websub.hub_of_channel(ctx, answer.url)
        hub, topic = named or (None, None)
        known |= {"hub": hub, "topic": topic}
        known |= {"seen": page.seen, "ttl": feed.ttl_minutes, "skip_hours": list(feed.skip_hours)}
        if not page.waiting:
            # Only a feed that was read to its end may answer "nothing new" the next time.
            known |= {**tags(answer, {}), "body": body_hash}
            known |= walked(known, next_page(known, feed.next, answer.url, page))
        return self._finish(ctx, answer, known, page.fresh, warnings, more=bool(page.waiting or known["page"]))

    def _poll_later_page(self, ctx: Context, known: dict[str, Any], budget: Budget) -> PollResult:
        """The page in hand of a feed that comes in pages; one that does not answer must not hold up the first."""
        try:
            answer = _ask(ctx, known["page"], {})
            _refuse_error(answer, ctx.now)
            feed = _parse(answer)
        except ConnectorError as error:
            known, again = page_failed(known, ctx.now, error.retry_after)
            warning = _("An older page of the feed did not answer: %(why)s", why=str(error))
            return self._rest(ctx, known, (), (warning,), again)
        page, warnings = _sorted(feed, known, budget)
        known = {**known, "seen": page.seen, "page_failures": 0}
        if not page.waiting:
            known |= walked(known, next_page(known, feed.next, answer.url, page))
        return self._rest(ctx, known, page.fresh, warnings, ctx.now if known["page"] else None)

    def read(self, body: bytes, *, content_type: str = "", url: str = "") -> list[Raw]:
        """The entries of a feed's bytes.

        Raises:
            Contract: it is no feed.
        """
        feed = _parsed(body, content_type, url)
        if not feed.is_feed:
            raise Contract(_("This is no feed."))
        return list(raw_items(feed))

    def normalise(self, raw: Raw, ctx: Context) -> MentionDraft | Deletion:
        """Give one entry the shape of the house; or the news that it is deleted."""
        return normalise_entry(raw, ctx)

    def refresh(self, ctx: Context, ids: Sequence[tuple[str, str]]) -> Iterable[Deletion | Change]:
        """Ask for the entries' own pages; see `feed_pages`."""
        return look(ctx, ids)

    def greet(self, ctx: Context, state: Mapping[str, Any], push: Push) -> Greeting:
        """Answer a hub; see `websub`."""
        return websub.greet(state, push)

    def accept(self, ctx: Context, state: Mapping[str, Any], push: Push) -> Accepted:
        """Let in what the hub signed; see `websub`."""
        return websub.accept(ctx, push)

    def unpack(self, ctx: Context, push: Push) -> list[Raw]:
        """The entries of a pushed feed."""
        found = self.read(push.body, content_type=push.headers.get("content-type", ""), url=ctx.config["url"])
        return [raw for raw in found if _says_something(raw)]

    def _finish(
        self,
        ctx: Context,
        answer: Fetched,
        known: dict[str, Any],
        items: tuple[Raw, ...],
        warnings: tuple[str, ...] = (),
        *,
        more: bool = False,
    ) -> PollResult:
        # Busy feeds are asked twice as often, quiet ones more and more seldom.
        step = known["interval_s"] * (0.5 if items else 1.5)
        known["interval_s"] = int(min(CEILING_S, max(FLOOR_S, step)))
        return PollResult(
            items=items,
            state=known,
            more=more,
            not_before=ctx.now if more else next_due(ctx.now, known, answer.headers),
            moved_to=answer.permanent_url,
            warnings=warnings,
        )

    def _rest(
        self,
        ctx: Context,
        known: dict[str, Any],
        items: tuple[Raw, ...],
        warnings: tuple[str, ...],
        again: datetime | None,
    ) -> PollResult:
        """The result of a later page; `again` None ends the walk."""
        due = again or next_due(ctx.now, known, {})
        return PollResult(items=items, state=known, more=again is not None, not_before=due, warnings=warnings)


def _ask(ctx: Context, url: str, headers: Mapping[str, str]) -> Fetched:
    ctx.meter.count_call()
    try:
        return fetch(
            url, headers={"Accept": _ACCEPT, **headers}, identity=ctx.identity, allow_loopback=ctx.allow_loopback
        )
    except FetchRefused as refusal:
        raise BadQuery(str(refusal)) from refusal
    except FetchFailed as failure:
        raise Transient(str(failure)) from failure


def _find(ctx: Context, url: str) -> tuple[str, ParsedFeed]:
    """The feed at an address, or the first that the page there names and that answers."""
    answer = _ask(ctx, url, {})
    _refuse_error(answer, ctx.now)
    document = _parse(answer)
    if document.is_feed:
        # Where the way there is only temporary, what was asked for stays the address.
        return answer.permanent_url or url, document
    for link in document.links[:3]:
        with contextlib.suppress(ConnectorError):
            answer = _ask(ctx, link.url, {})
            _refuse_error(answer, ctx.now)
            feed = _parse(answer)
            if feed.is_feed:
                return answer.permanent_url or link.url, feed
    raise Contract(_("There is no feed at this address, and no page that names one."))


def _parse(answer: Fetched) -> ParsedFeed:
    return _parsed(answer.body, answer.headers.get("content-type", ""), answer.url)


def _parsed(body: bytes, content_type: str, url: str) -> ParsedFeed:
    try:
        return parse_feed(body, content_type=content_type, url=url)
    except ParseFailed as failure:
        raise Contract(str(failure)) from failure


def _refuse_error(answer: Fetched, now: datetime) -> None:
    wait = retry_after(answer.headers, now)
    if answer.status == 200:
        return
    if answer.status == 410:
        raise Gone(_("The feed is gone for good, its server says."))
    if answer.status == 429:
        raise RateLimited(_("The server asks us to come back later."), retry_after=wait)
    if answer.status in {401, 403}:
        raise AuthFailed(_("The server keeps this feed to itself (status %(status)s).", status=answer.status))
    raise Transient(_("The server answers with status %(status)s.", status=answer.status), retry_after=wait)


def raw_items(feed: ParsedFeed) -> list[dict[str, Any]]:
    """The entries as `normalise` takes them, each with what the feed says of itself."""
    about = {
        "title": feed.title, "link": feed.link, "language": feed.language, "author": feed.author,
        "author_url": feed.author_url, "author_avatar": feed.author_avatar,
    }  # fmt: skip
    return [{**found, "feed": about} for found in feed.entries]


def _sorted(feed: ParsedFeed, known: Mapping[str, Any], budget: Budget) -> tuple[Sorted, tuple[str, ...]]:
    """What is new on a page, and a word about what was left out."""
    entries = raw_items(feed)
    spoken = [raw for raw in entries if _says_something(raw)]
    silent = len(entries) - len(spoken)
    left_out = ngettext(
        "%(num)s entry without a word was left out.", "%(num)s entries without a word were left out.", silent
    )
    found = sort_out(spoken, known["seen"], budget.max_items, is_first=not known["page"])
    return found, (left_out,) if silent else ()


def _says_something(raw: Raw) -> bool:
    return bool(str(raw.get("title") or "").strip() or str(raw.get("text") or "").strip() or raw.get("gone"))
