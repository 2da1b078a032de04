"""Numbers that are equal where two mentions are one: of an address, of a text, of an account."""

from functools import lru_cache
from hashlib import blake2b, sha256
from urllib.parse import parse_qsl, urlencode, urlsplit

from portal.foundation.text import fold
from portal.listening.drafts import MentionDraft
from portal.listening.signals import copy_key

MAX_ID_CHARS = 300
MAX_HOST_CHARS = 253
# What senders of links add to count clicks; the page is the same without.
_COUNTERS = ("utm_", "mtm_", "pk_", "hsa_", "mc_")
_COUNTER_NAMES = {
    "fbclid", "gclid", "dclid", "msclkid", "igshid", "yclid", "twclid", "ref_src", "_hsenc", "_hsmi", "cmpid",
}  # fmt: skip


def text_key(draft: MentionDraft) -> int | None:
    """A number that near-copies share; None for texts that are too short to be copies."""
    return copy_key(draft.text or draft.title or "")


def address_key(url: str) -> int | None:
    """A number that all ways of writing one address share; None for what is no address."""
    address = canonical_address(url)
    if not address:
        return None
    return int.from_bytes(blake2b(address.encode("utf-8", "replace"), digest_size=8).digest(), "big", signed=True)


def canonical_address(url: str) -> str:
    """The address without scheme, `www.`, fragment, click counters and the last slash; its parameters in order."""
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return ""
    if not host:
        return ""
    asked = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name.lower() not in _COUNTER_NAMES and not name.lower().startswith(_COUNTERS)
    ]
    query = f"?{urlencode(sorted(asked))}" if asked else ""
    place = f":{port}" if port and port not in {80, 443} else ""
    return f"{host}{place}{parts.path.rstrip('/')}{query}"


def whole_id(external_id: str) -> str:
    """The id as it is stored: where it is longer than its column, a hash that stands for all of it."""
    return external_id if len(external_id) <= MAX_ID_CHARS else sha256(external_id.encode()).hexdigest()


@lru_cache(maxsize=4096)
def handle_key(handle: str) -> str:
    """The handle as accounts are told apart, however it is written."""
    return fold(handle)[:MAX_ID_CHARS]
