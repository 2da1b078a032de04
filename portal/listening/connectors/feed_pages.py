"""Whether the page of a feed's entry still stands: a feed does not say what was deleted, the page itself does."""

from collections.abc import Iterable, Sequence

from portal.foundation.http import FetchFailed, FetchLimits, FetchRefused, fetch
from portal.listening.connectors.contract import BadQuery, Change, Context, Deletion, Transient
from portal.listening.connectors.feed_entries import CHANNEL
from portal.listening.connectors.lookups import each
from portal.listening.connectors.pieces import address_of

_LIMITS = FetchLimits(seconds=6.0, wire_bytes=1 << 20)


def look(ctx: Context, ids: Sequence[tuple[str, str]]) -> list[Deletion | Change]:
    """Ask for the page of each entry: 410 is the page's own word, 404 must be met twice, anything else is no news.

    Raises:
        ConnectorError: no page answered at all.
    """

    def ask(host: str, name: str) -> Iterable[Deletion | Change]:
        url = address_of(ctx.urls.get(name)) or address_of(name)
        if url is None:
            return []
        ctx.meter.count_call()
        try:
            answer = fetch(url, limits=_LIMITS, identity=ctx.identity, allow_loopback=ctx.allow_loopback)
        except FetchRefused as refusal:
            raise BadQuery(str(refusal)) from refusal
        except FetchFailed as failure:
            raise Transient(str(failure)) from failure
        if answer.status not in {404, 410}:
            return []
        return [Deletion(channel=CHANNEL, external_id=name, origin_host=host, certain=answer.status == 410)]

    return each(ids, ask)
