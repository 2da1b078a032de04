"""The one door to other people's servers; nothing else in the portal fetches an address it was given."""

from portal.foundation.http.addresses import FetchRefused, Target, is_public, read_address
from portal.foundation.http.bodies import FetchFailed
from portal.foundation.http.fetcher import Fetched, FetchIdentity, FetchLimits, fetch

__all__ = [
    "FetchFailed",
    "FetchIdentity",
    "FetchLimits",
    "FetchRefused",
    "Fetched",
    "Target",
    "fetch",
    "is_public",
    "read_address",
]
