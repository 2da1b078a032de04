"""One call to a channel: counted, guarded, and its refusals told apart by status and headers."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from portal.foundation.http import Fetched, FetchFailed, FetchLimits, FetchRefused, fetch
from portal.foundation.text import gettext as _
from portal.listening.connectors.contract import (
    AuthFailed,
    BadQuery,
    Context,
    Contract,
    Gone,
    Quota,
    RateLimited,
    Transient,
)
from portal.listening.connectors.timing import retry_after

# Pages of a hundred posts with their pictures' addresses pass the fetcher's usual megabyte.
LIMITS = FetchLimits(seconds=20.0, wire_bytes=4 << 20, decoded_bytes=16 << 20)
_REMAINING = ("x-ratelimit-remaining", "ratelimit-remaining", "x-rate-limit-remaining", "ratelimit-dailyremaining")
_LIMIT = ("x-ratelimit-limit", "ratelimit-limit", "x-rate-limit-limit", "ratelimit-dailylimit")
_RESET = ("x-ratelimit-reset", "ratelimit-reset", "x-rate-limit-reset", "ratelimit-resettime")
# Smaller numbers are seconds from now, larger ones seconds since 1970.
_SURELY_UNIX = 10**8
Params = Mapping[str, Any] | Collection[tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that is no refusal."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    url: str = ""

    def json(self) -> Any:
        """The document.

        Raises:
            Contract: it is no JSON.
        """
        try:
            return json.loads(self.body.decode("utf-8-sig", "replace"))
        except (ValueError, RecursionError) as problem:
            raise Contract(
                _("What came back is not what this channel sends: is its address right, or does another answer?")
            ) from problem

    def problem(self) -> Any:
        """The document of a refusal; None where it is no JSON, as from a gateway that stands in between."""
        try:
            return self.json()
        except Contract:
            return None


def call(
    ctx: Context,
    url: str,
    *,
    params: Params | None = None,
    headers: Mapping[str, str] | None = None,
    method: str = "GET",
    data: Any = None,
    form: Mapping[str, str] | None = None,
    accept: Collection[int] = (),
    limits: FetchLimits = LIMITS,
) -> Reply:
    """Ask a channel once.

    Args:
        ctx: whose turn it is; the call counts on its meter.
        url: from `ctx.base(…)`, without the query.
        params: the query; None values are left out.
        headers: the token goes here where the channel allows it.
        method: GET, or what the channel's document says.
        data: a JSON body; form: a form body.
        accept: further statuses that are an answer; 2xx and 304 always are.
        limits: how much it may cost.

    Raises:
        AuthFailed: 401, or 403 without a sign of a rate limit.
        RateLimited: 429, or 403 with nothing remaining; `retry_after` from the channel's own headers.
        Gone: 410.
        BadQuery: another 4xx, or an address that is refused.
        Transient: 408, 5xx, or no answer.
        QuotaGone: today's calls are used.
    """
    ctx.meter.count_call()
    sending = {"Accept": "application/json", **(headers or {})}
    body = None
    if data is not None:
        body, method = json.dumps(data).encode(), "POST" if method == "GET" else method
        sending = {"Content-Type": "application/json", **sending}
    elif form is not None:
        body, method = urlencode(form).encode(), "POST" if method == "GET" else method
        sending = {"Content-Type": "application/x-www-form-urlencoded", **sending}
    try:
        answer = fetch(
            with_query(url, params),
            headers=sending,
            method=method,
            body=body,
            limits=limits,
            identity=ctx.identity,
            allow_loopback=ctx.allow_loopback,
        )
    except FetchRefused as refusal:
        raise BadQuery(str(refusal)) from refusal
    except FetchFailed as failure:
        raise Transient(str(failure)) from failure
    if not (200 <= answer.status < 300 or answer.status == 304 or answer.status in accept):
        refuse(answer, ctx.now)
    return Reply(answer.status, answer.headers, answer.body, answer.url)


def call_json(ctx: Context, url: str, **named: Any) -> Any:
    """Ask once, and read the JSON of the answer; arguments and errors as for `call`."""
    return call(ctx, url, **named).json()


def with_query(url: str, params: Params | None) -> str:
    """The address with its query; a list as value repeats its name."""
    pairs = params.items() if isinstance(params, Mapping) else (params or ())
    query = urlencode([(name, value) for name, value in pairs if value is not None], doseq=True, errors="replace")
    if not query:
        return url
    return f"{url}{'&' if '?' in url else '?'}{query}"


def quota_of(headers: Mapping[str, str], now: datetime) -> Quota | None:
    """What the rate-limit headers say, in whichever of their spellings."""
    limit, remaining, reset = (_first(headers, names) for names in (_LIMIT, _REMAINING, _RESET))
    if limit is None and remaining is None:
        return None
    return Quota(limit=_whole(limit), remaining=_whole(remaining), reset_at=reset_at(reset, now))


def reset_at(value: str | None, now: datetime) -> datetime | None:
    """The moment a reset header names: Unix seconds, seconds from now, or an ISO time."""
    if not value:
        return None
    try:
        number = float(value)
    except ValueError:
        try:
            moment = datetime.fromisoformat(value.strip())
        except ValueError:
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if not 0 <= number < 10**11:
        return None
    return datetime.fromtimestamp(number if number > _SURELY_UNIX else now.timestamp() + number, UTC)


def wait_of(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds to wait by Retry-After, else until the reset that the headers name when nothing remains."""
    asked = retry_after(headers, now)
    if asked is not None:
        return asked
    quota = quota_of(headers, now)
    if quota and quota.remaining == 0 and quota.reset_at:
        return max(0.0, (quota.reset_at - now).total_seconds())
    return None


def refuse(answer: Fetched | Reply, now: datetime) -> None:
    """Raise what a status that is no answer means; see `call`."""
    wait = wait_of(answer.headers, now)
    status = answer.status
    if status == 429 or (status == 403 and wait is not None):
        raise RateLimited(_("The channel asks us to come back later."), retry_after=wait)
    if status in {401, 403}:
        raise AuthFailed(
            _(
                "The channel does not let us in (status %(status)s): a key or token is wrong, has run out, or may not "
                "read this.",
                status=status,
            )
        )
    if status == 410:
        raise Gone(_("It is gone for good, the channel says."))
    if status == 408 or status >= 500:
        raise Transient(_("The channel has trouble of its own (status %(status)s).", status=status), retry_after=wait)
    if status == 404:
        raise BadQuery(
            _("The channel has nothing where we asked (status 404): an address, a name or a number may be wrong.")
        )
    raise BadQuery(_("The channel does not understand what it is asked (status %(status)s).", status=status))


def _first(headers: Mapping[str, str], names: Collection[str]) -> str | None:
    return next((headers[name] for name in names if headers.get(name)), None)


def _whole(value: str | None) -> int | None:
    try:
        return int(float(value.partition(",")[0])) if value else None
    except (ValueError, OverflowError):
        return None
