"""Google Play: the reviews of one's own app, by the account of a service."""

import json
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from portal.foundation.text import gettext as _
from portal.listening.connectors import values, wire
from portal.listening.connectors.contract import (
    AuthFailed,
    Budget,
    Caps,
    CheckResult,
    Connector,
    ConnectorError,
    Context,
    Field,
    Heard,
    PollResult,
    Raw,
)
from portal.listening.connectors.google_play.items import CHANNEL, normalise_item, raw_items
from portal.listening.connectors.logins import Tokens, signed_token
from portal.listening.connectors.pieces import piece
from portal.listening.connectors.walking import Item, Walk

_SCOPE = "https://www.googleapis.com/auth/androidpublisher"
_GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
_AN_HOUR_S = 3600
_tokens = Tokens()


class GooglePlay(Connector):
    """The interface shows what changed in about a week [unverified], so it is asked several times a day."""

    key = CHANNEL
    caps = Caps(
        channel_name="Google Play",
        about="Reviews of your own app. Needs a service account with access to the app in the Play console.",
        base_urls={"api": "https://androidpublisher.googleapis.com", "login": "https://oauth2.googleapis.com"},
        min_interval_s=6 * 3600,
        retention_days=730,
        deletion_signal="none",
        matching="local",
        recheck_days=1,
    )
    fields = (
        Field("package", "Package name", "Such as com.example.app."),
        Field(
            "account", "Key of the service account", "The whole JSON file.", secret=True, kind="lines", max_length=8000
        ),
    )

    def check(self, ctx: Context) -> CheckResult:
        """Ask for one review."""
        try:
            _ask(ctx, {"maxResults": 1}).json()
        except ConnectorError as error:
            return CheckResult(ok=False, sentence=str(error))
        title = ctx.setting("package")
        return CheckResult(ok=True, sentence=_("The account reads the reviews of this app."), title=title)

    def poll(self, ctx: Context, state: Mapping[str, Any], budget: Budget) -> PollResult:
        """Fetch one page; a review that was changed comes again with its new words."""
        walk = Walk.resume(state, ctx.now)
        reply = _ask(ctx, {"maxResults": 100, "token": walk.page})
        answer = reply.json()
        following = values.identifier(piece(answer, "tokenPagination", "nextPageToken"))
        fresh = walk.take([_item(raw) for raw in raw_items(answer)], following)
        return PollResult(items=fresh, state=walk.state, more=walk.more, quota=wire.quota_of(reply.headers, ctx.now))

    def unwrap(self, document: Any) -> Sequence[Raw]:
        """The reviews of an answer."""
        return raw_items(document)

    def normalise(self, raw: Raw, ctx: Context) -> Heard:
        """A review."""
        return normalise_item(raw, ctx.setting("package"))


def _item(raw: Raw) -> Item:
    return Item(str(raw.get("reviewId")), None, raw, json.dumps(raw.get("comments"), sort_keys=True, default=str))


def _ask(ctx: Context, params: Mapping[str, Any]) -> wire.Reply:
    """One call; a token that has run out is fetched anew once."""
    url = f"{ctx.base('api')}/androidpublisher/v3/applications/{values.in_path(ctx.setting('package'))}/reviews"
    for _again in range(2):
        token = _tokens.get(ctx.secret("account"), ctx.now, lambda: _log_in(ctx))
        reply = wire.call(ctx, url, params=params, headers={"Authorization": f"Bearer {token}"}, accept={401})
        if reply.status != 401:
            return reply
        _tokens.drop(ctx.secret("account"))
    raise AuthFailed(_("Google Play does not take the token it has just given."))


def _log_in(ctx: Context) -> tuple[str, float]:
    """A token for the service account (RFC 7523): a signed statement of who we are, good for an hour."""
    try:
        account = json.loads(ctx.secret("account"))
    except ValueError as problem:
        raise AuthFailed(_("The key of the service account is not the JSON file.")) from problem
    mail, key = piece(account, "client_email"), piece(account, "private_key")
    if not isinstance(mail, str) or not isinstance(key, str):
        raise AuthFailed(_("The key of the service account is not complete."))
    url, now = f"{ctx.base('login')}/token", int(ctx.now.timestamp())
    claims = {
        "iss": mail,
        "scope": _SCOPE,
        "aud": "https://oauth2.googleapis.com/token",
        "iat": now,
        "exp": now + _AN_HOUR_S,
    }
    form = {"grant_type": _GRANT, "assertion": signed_token(key, claims)}
    reply = wire.call(ctx, url, form=form, accept={400})
    token = piece(reply.json(), "access_token")
    if reply.status == 400 or not isinstance(token, str):
        raise AuthFailed(_("Google does not know this service account any more."))
    seconds = values.count(piece(reply.json(), "expires_in"))
    return token, timedelta(seconds=seconds or _AN_HOUR_S).total_seconds()
