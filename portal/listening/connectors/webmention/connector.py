"""The webmention receiver: believed only what its own fetch shows, updated on resend, blanked when the link is gone."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urldefrag

from portal.foundation.http import Fetched, FetchFailed, FetchLimits, FetchRefused, fetch, read_address
from portal.foundation.text import gettext as _
from portal.listening.connectors.contract import (
    Accepted,
    BadQuery,
    Budget,
    Caps,
    Change,
    CheckResult,
    Connector,
    Context,
    Contract,
    Deletion,
    Field,
    Greeting,
    PollResult,
    Push,
    PushRefused,
    Raw,
    Transient,
)
from portal.listening.connectors.lookups import each, told
from portal.listening.connectors.pieces import address_of, host_of, id_of, piece, pieces
from portal.listening.connectors.webmention.mentions import CHANNEL, identity, normalise, points_at
from portal.listening.connectors.webmention.microformats import entry_of
from portal.listening.drafts import MentionDraft
from portal.listening.parsing import ParseFailed, parse_page

_LIMITS = FetchLimits(seconds=10.0, redirects=3, wire_bytes=1 << 20, decoded_bytes=2 << 20)
_ACCEPT = "text/html, application/xhtml+xml, application/json;q=0.9, text/plain;q=0.5"


class Webmention(Connector):
    """Other people's pages tell us that they link to ours; a source names the sites that are ours."""

    key = CHANNEL
    caps = Caps(
        channel_name="Webmention",
        about="Pages that link to yours and say so themselves. You put one line into your pages; it needs no key.",
        modes=frozenset({"webhook"}),
        min_interval_s=86_400,
        refresh_batch=5,
        retention_days="while-live",
        deletion_signal="refresh-miss",
        matching="local",
        recheck_days=30,
    )
    fields = (
        Field(
            "sites", "Your sites", "Host names with commas, such as shop.example.com, blog.example.com.",
            kind="lines",
        ),
    )  # fmt: skip

    def check(self, ctx: Context) -> CheckResult:
        """Read the host names; there is nobody to ask."""
        sites = _sites(ctx)
        wrong = [site for site in sites if "." not in site and site != "localhost" and not site[:1].isdigit()]
        if wrong or not sites:
            return CheckResult(ok=False, sentence=_("This is no host name: %(site)s", site=", ".join(wrong) or "–"))
        config = {"sites": ", ".join(sites)}
        sentence = _("Once it is added, the line for your pages stands beside it.")
        return CheckResult(ok=True, sentence=sentence, title=f"Webmentions of {sites[0]}", config=config)

    def poll(self, ctx: Context, state: Mapping[str, Any], budget: Budget) -> PollResult:
        """There is nothing to ask: mentions come by themselves."""
        return PollResult(state=state)

    def greet(self, ctx: Context, state: Mapping[str, Any], push: Push) -> Greeting:
        """Say what this is to whoever opens the endpoint."""
        return Greeting(body=_("This is a webmention endpoint: POST source and target here."))

    def accept(self, ctx: Context, state: Mapping[str, Any], push: Push) -> Accepted:
        """Source and target are real addresses, not the same, and the target is ours (sections 3.2.1)."""
        source, target = _pair(push)
        for address in (source, target):
            try:
                read_address(address, any_port=ctx.allow_loopback)
            except FetchRefused as refusal:
                raise PushRefused(_("Source and target must be web addresses."), status=400) from refusal
        if urldefrag(source)[0] == urldefrag(target)[0]:
            raise PushRefused(_("Source and target are the same page."), status=400)
        if host_of(target) not in _sites(ctx):
            raise PushRefused(_("The target is not one of ours."), status=400)
        # Sent again, it is looked at again; but not more than once a minute.
        name = hashlib.sha256(identity(source, target).encode()).hexdigest()[:32]
        event = f"{name} {ctx.now:%Y%m%d%H%M}"
        return Accepted(
            event_id=event, from_whom=host_of(source), body=_("Thank you. The page will be looked at in a moment.")
        )

    def unpack(self, ctx: Context, push: Push) -> Sequence[Raw]:
        """Fetch the source and look for the link."""
        source, target = _pair(push)
        return [self._verified(ctx, source, target)]

    def read(self, body: bytes, *, content_type: str = "", url: str = "") -> Sequence[Raw]:
        """A recorded page, or a JSON document, as if its fetch had brought it."""
        answer = Fetched(url, None, 200, {"content-type": content_type or _sniffed(body)}, body)
        return [{"source": url, "target": "", **_said(answer, url)}]

    def normalise(self, raw: Raw, ctx: Context) -> MentionDraft | Deletion:
        """One page; see `mentions.normalise`."""
        return normalise(raw, ctx)

    def refresh(self, ctx: Context, ids: Sequence[tuple[str, str]]) -> Iterable[Deletion | Change]:
        """Fetch each page again."""

        def ask(_host: str, name: str) -> Iterable[Deletion | Change]:
            source, _space, target = name.partition(" ")
            raw = self._verified(ctx, source, target)
            return told(partial(normalise, raw, ctx), channel=CHANNEL, external_id=name)

        return each([(host, name) for host, name in ids if " " in name], ask)

    def _verified(self, ctx: Context, source: str, target: str) -> Raw:
        ctx.meter.count_call()
        try:
            answer = fetch(
                source, headers={"Accept": _ACCEPT}, limits=_LIMITS, identity=ctx.identity,
                allow_loopback=ctx.allow_loopback,
            )  # fmt: skip
        except FetchRefused as refusal:
            raise BadQuery(str(refusal)) from refusal
        except FetchFailed as failure:
            raise Transient(str(failure)) from failure
        about = {"source": source, "target": target}
        if answer.status in {404, 410}:
            # One page that is not found is no proof, the word for gone is.
            return {**about, "gone": True, "certain": answer.status == 410}
        if answer.status != 200:
            raise Transient(_("The page answers with status %(status)s.", status=answer.status))
        said = _said(answer, answer.url)
        if not points_at(said, target):
            return {**about, "gone": True}
        return {**about, **said, "author": self._author_page(ctx, said, source, target)}

    def _author_page(self, ctx: Context, said: Mapping[str, Any], source: str, target: str) -> Raw | None:
        """What the page of an author says who is named by its address alone; None where nothing is to be had."""
        entry = entry_of(pieces(said, "items"), page=source, target=target, rels=piece(said, "rels"))
        author = entry.author if entry else None
        if author is None or author.name or not author.url:
            return None
        ctx.meter.count_call()
        try:
            answer = fetch(
                author.url, headers={"Accept": "text/html"}, limits=_LIMITS, identity=ctx.identity,
                allow_loopback=ctx.allow_loopback,
            )  # fmt: skip
            if answer.status != 200:
                return None
            page = parse_page(answer.body, content_type=answer.headers.get("content-type", ""), url=answer.url)
        except (FetchRefused, FetchFailed, ParseFailed):
            return None
        return {"items": list(page.items), "rels": dict(page.rels), "url": author.url}


def _said(answer: Fetched, url: str) -> dict[str, Any]:
    """What a page says and points at: microformats of HTML, values of JSON, words of plain text."""
    kind = answer.headers.get("content-type", "").lower()
    if "json" in kind:
        try:
            return {"document": json.loads(answer.body.decode("utf-8-sig", "replace"))}
        except (ValueError, RecursionError) as problem:
            raise Contract(_("The page says it is JSON, and is not.")) from problem
    if "html" in kind or not kind:
        try:
            page = parse_page(answer.body, content_type=kind, url=url)
        except ParseFailed as failure:
            raise Contract(str(failure)) from failure
        return {
            "title": page.title, "items": list(page.items), "rels": dict(page.rels), "addresses": list(page.addresses),
        }  # fmt: skip
    if kind.startswith("text/"):
        return {"text": answer.body.decode("utf-8", "replace")}
    raise Contract(_("The page is neither HTML nor JSON nor text."))


def _pair(push: Push) -> tuple[str, str]:
    try:
        form = parse_qs(push.body.decode("utf-8", "replace"), max_num_fields=20)
    except ValueError as problem:
        raise PushRefused(_("Source and target are all that is sent here."), status=400) from problem
    source, target = (id_of((form.get(name) or [""])[0]) for name in ("source", "target"))
    if not address_of(source) or not address_of(target):
        raise PushRefused(_("Source and target must be web addresses."), status=400)
    return source, target


def _sites(ctx: Context) -> list[str]:
    words = ctx.setting("sites").replace("\n", ",").split(",")
    return [host_of(word) or word.strip().lower().strip("/") for word in words if word.strip()]


def _sniffed(body: bytes) -> str:
    return "application/json" if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["} else "text/html"
