"""Mentions that another program pushes in our own JSON, signed by Standard Webhooks; docs/webhook.md shows it."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from portal.foundation.text import gettext as _
from portal.listening.connectors import values
from portal.listening.connectors.contract import (
    Accepted,
    Budget,
    Caps,
    CheckResult,
    Connector,
    Context,
    Contract,
    Deletion,
    Field,
    Heard,
    PollResult,
    Push,
    PushRefused,
    Raw,
)
from portal.listening.connectors.pieces import links_of, media_of, name_of, piece, pieces, text_of, title_of
from portal.listening.connectors.signatures import check_standard
from portal.listening.drafts import MENTION_KINDS, AuthorDraft, MentionDraft

CHANNEL = "webhook"
MAX_ITEMS = 500
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


class Webhook(Connector):
    """A door for anything that can send a signed POST."""

    key = CHANNEL
    caps = Caps(
        channel_name="Webhook",
        about="Your own program sends mentions here as signed JSON (Standard Webhooks).",
        modes=frozenset({"webhook"}),
        min_interval_s=86_400,
        retention_days=730,
        deletion_signal="push",
        matching="local",
        recheck_days=90,
    )
    fields = (
        Field("channel", "Channel", "What the mentions are listed under, in small letters, such as forum.",
              default=CHANNEL, max_length=40),
        Field("secret", "A second secret", "Also taken, so that secrets can be changed without a gap.", secret=True,
              required=False),
    )  # fmt: skip

    def check(self, ctx: Context) -> CheckResult:
        """Nothing can be asked; only the name is looked at."""
        if not _NAME.match(_channel(ctx)) or len(_channel(ctx)) > 40:
            return CheckResult(ok=False, sentence=_("A channel is written in small letters, digits and hyphens."))
        return CheckResult(
            ok=True, sentence=_("Add it, and you are shown the address and its secret."), title="Webhook"
        )

    def poll(self, ctx: Context, state: Mapping[str, Any], budget: Budget) -> PollResult:
        """Nothing is asked; what comes is pushed."""
        return PollResult(state=state, not_before=ctx.now + timedelta(days=1))

    def accept(self, ctx: Context, state: Mapping[str, Any], push: Push) -> Accepted:
        """Check id, time and signature with either of the two secrets."""
        given = {
            "event_id": push.headers.get("webhook-id", ""),
            "stamp": push.headers.get("webhook-timestamp", ""),
            "given": push.headers.get("webhook-signature", ""),
        }
        secrets = [secret for secret in (ctx.push_secret, ctx.secret("secret")) if secret]
        for secret in secrets[:-1]:
            try:
                check_standard(secret, push.body, now=ctx.now, **given)
            except PushRefused:
                continue
            return Accepted(event_id=_event_id(given["event_id"]))
        check_standard(secrets[-1] if secrets else "", push.body, now=ctx.now, **given)
        return Accepted(event_id=_event_id(given["event_id"]))

    def unwrap(self, document: Any) -> Sequence[Raw]:
        """The mentions of a push: one, a list, `mentions`, or any of these under `data`; `deleted` ids beside them."""
        found = list(_items(document))
        if not found:
            raise Contract(_("The push holds no mentions."))
        return found[:MAX_ITEMS]

    def normalise(self, raw: Raw, ctx: Context) -> Heard:
        """One mention of our JSON.

        Raises:
            Contract: its id, its time, its author or its words are missing.
        """
        channel = _channel(ctx)
        external_id = values.need_id(raw.get("id"), "pushed mention")
        if raw.get("deleted") is True:
            return Deletion(channel=channel, external_id=external_id)
        kind = str(raw.get("kind"))
        text, title = text_of(raw.get("text")), title_of(raw.get("title"))
        if not text and not title:
            raise Contract("A pushed mention arrived without a word.")
        return MentionDraft(
            channel=channel,
            external_id=external_id,
            kind=kind if kind in MENTION_KINDS else "post",
            title=title,
            text=text,
            lang=values.language(raw.get("lang")),
            url=values.web_address(raw.get("url")),
            created_at=values.need_moment(raw.get("created_at"), "pushed mention"),
            edited_at=values.moment(raw.get("edited_at")),
            author=_author(channel, raw.get("author")),
            parent_id=values.identifier(raw.get("parent_id")),
            thread_id=values.identifier(raw.get("thread_id")),
            likes=values.count(raw.get("likes")),
            replies=values.count(raw.get("replies")),
            shares=values.count(raw.get("shares")),
            views=values.count(raw.get("views")),
            rating=values.stars(raw.get("rating")),
            media=media_of(
                (str(entry.get("kind")), entry.get("url"), entry.get("alt")) for entry in values.objects(raw, "media")
            ),
            links=links_of(*pieces(raw, "links")),
        )


def _channel(ctx: Context) -> str:
    return ctx.setting("channel").lower() or CHANNEL


def _event_id(given: str) -> str:
    return given if len(given) <= 100 else hashlib.sha256(given.encode()).hexdigest()


def _items(document: Any) -> Iterator[Raw]:
    if isinstance(document, Mapping) and document.get("data") is not None:
        # The envelope of Standard Webhooks: a type, a time, and the data.
        is_end = str(document.get("type") or "").endswith((".deleted", ".removed"))
        yield from ({**raw, "deleted": True} if is_end else raw for raw in _items(document["data"]))
        return
    if isinstance(document, list):
        yield from (raw for raw in document if isinstance(raw, Mapping))
        return
    yield from values.objects(document, "mentions")
    for gone in piece(document, "deleted") if isinstance(piece(document, "deleted"), list) else ():
        yield {"id": piece(gone, "id") if isinstance(gone, Mapping) else gone, "deleted": True}
    if piece(document, "id") is not None:
        yield values.mapping(document)


def _author(channel: str, said: Any) -> AuthorDraft:
    """By handle, or a bare string."""
    handle = name_of(said if isinstance(said, str) else values.first_filled(piece(said, "handle"), piece(said, "name")))
    if handle is None:
        raise Contract("A pushed mention arrived without its author.")
    return AuthorDraft(
        channel=channel,
        handle=handle,
        external_id=values.identifier(piece(said, "id")),
        name=name_of(piece(said, "name")),
        url=values.web_address(piece(said, "url")),
        avatar_url=values.web_address(piece(said, "avatar_url")),
        followers=values.count(piece(said, "followers")),
        is_bot=piece(said, "is_bot") is True,
    )
