"""Alert mails that are forwarded to the portal: the mail server hands each one to the source's own address."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from portal.foundation.clock import now
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
    Heard,
    PollResult,
    Push,
    PushRefused,
    Raw,
)
from portal.listening.connectors.mail.message import entries_of, message_id
from portal.listening.connectors.pieces import host_of, text_of, title_of
from portal.listening.connectors.signatures import same_secret
from portal.listening.drafts import AuthorDraft, MentionDraft
from portal.listening.parsing import ParseFailed, parse_mail

CHANNEL = "mail"
MAX_BYTES = 1 << 20


class AlertMail(Connector):
    """Takes whole messages (RFC 5322) and makes a mention of each page that they tell of."""

    key = CHANNEL
    caps = Caps(
        channel_name="Alert mail",
        about=(
            "Mails of Google Alerts and the like. Your mail server posts each message, as it came, to an address of "
            "ours, with the secret as a bearer token."
        ),
        modes=frozenset({"webhook"}),
        min_interval_s=86_400,
        retention_days=730,
        deletion_signal="none",
        matching="local",
        recheck_days=90,
    )
    fields = ()

    def check(self, ctx: Context) -> CheckResult:
        """Nothing can be asked."""
        return CheckResult(
            ok=True, sentence=_("Add it, and you are shown the address and its secret."), title="Alert mail"
        )

    def poll(self, ctx: Context, state: Mapping[str, Any], budget: Budget) -> PollResult:
        """Nothing is asked; mails come by themselves."""
        return PollResult(state=state, not_before=ctx.now + timedelta(days=1))

    def accept(self, ctx: Context, state: Mapping[str, Any], push: Push) -> Accepted:
        """Let in a message whose bearer knows the secret, in `Authorization: Bearer …` or as `?key=…`."""
        scheme, _space, token = push.headers.get("authorization", "").partition(" ")
        given = token if scheme.lower() == "bearer" else push.query.get("key", "")
        if not same_secret(ctx.push_secret, given):
            raise PushRefused(_("The secret of this address does not fit."))
        return Accepted(event_id=hashlib.sha256(message_id(push.body) or push.body).hexdigest())

    def unpack(self, ctx: Context, push: Push) -> Sequence[Raw]:
        """The pages that the mail tells of; a mail without a date counts as of now."""
        return self._entries(push.body, ctx.now)

    def read(self, body: bytes, *, content_type: str = "", url: str = "") -> Sequence[Raw]:
        """The pages that a recorded mail tells of, by its own date."""
        return self._entries(body, now())

    def _entries(self, body: bytes, moment: datetime) -> Sequence[Raw]:
        if not body.strip() or len(body) > MAX_BYTES:
            raise Contract(_("What arrived is no mail, or longer than one that is read."))
        try:
            return entries_of(parse_mail(body), moment)
        except ParseFailed as failure:
            raise Contract(str(failure)) from failure

    def normalise(self, raw: Raw, ctx: Context) -> Heard:
        """One page; its author is the site, for an alert names nobody."""
        address = values.web_address(raw.get("url"))
        host = host_of(address).removeprefix("www.")
        return MentionDraft(
            channel=CHANNEL,
            external_id=values.need_id(
                address and "sha256:" + hashlib.sha256(address.encode()).hexdigest(), "mail entry"
            ),
            kind="article",
            title=title_of(raw.get("title")),
            text=text_of(raw.get("snippet")),
            url=address,
            created_at=values.need_moment(raw.get("date"), "mail entry"),
            author=AuthorDraft(channel=CHANNEL, handle=host, name=host, url=f"https://{host}/"),
        )
