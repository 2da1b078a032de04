"""Back to where in the stream somebody was."""

from typing import Any
from urllib.parse import parse_qsl, urlsplit

from flask import request

# What the stream's address may hold of a choice; anything else in it is never put into a link.
FILTERS = frozenset({"channel", "kind", "tracker", "tone", "says", "lang", "words", "author", "muted"})
_STREAM_ARGUMENTS = FILTERS | {"older", "newer"}


def stream_place() -> dict[str, Any]:
    """Where in the stream the button stood, from the address of its page; nothing else is taken from there."""
    query = urlsplit(request.referrer or "").query
    return {name: value[:200] for name, value in parse_qsl(query) if name in _STREAM_ARGUMENTS}
