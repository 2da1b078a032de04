"""Addresses that people write down for others to open."""

from urllib.parse import urlsplit

from portal.community.services.refusals import BadAddress
from portal.foundation.text import gettext as _
from portal.foundation.text import tidy


def clean_address(words: str, *, about: str) -> str:
    """An address as it is kept, or nothing.

    Args:
        about: the argument of the service in which it stands.

    Raises:
        BadAddress: it is not a plain http or https address, or one that carries a name and a password.
    """
    link = tidy(words)
    if not link:
        return ""
    try:
        parts = urlsplit(link)
        host, is_plain = parts.hostname or "", parts.username is None and parts.port != 0
    except ValueError:
        host, is_plain = "", False
    is_one_word = len(link) <= 500 and link.isprintable() and not any(mark.isspace() for mark in link)
    if not (is_one_word and is_plain and parts.scheme in {"http", "https"} and "." in host.strip(".")):
        raise BadAddress(
            _("“%(link)s” is not an address of the web, such as https://example.com.", link=link[:80]), about=about
        )
    return link
