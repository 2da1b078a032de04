"""The one door to other people's servers; nothing else in the portal fetches an address it was given."""

from portal.foundation.http.addresses import FetchRefused, Target, is_public, read_address
from portal.foundation.http.bodies import FetchFailed
from portal.foundation.http.fetcher import Fetched, FetchIdentity, FetchLimits, fetch
from portal.foundation.http.streams import StreamRefused, listen_lines, listen_messages

__all__ = [
    "FetchFailed",
    "FetchIdentity",
    "FetchLimits",
    "FetchRefused",
    "Fetched",
    "StreamRefused",
    "Target",
    "fetch",
    "is_public",
    "listen_lines",
    "listen_messages",
    "read_address",
]
