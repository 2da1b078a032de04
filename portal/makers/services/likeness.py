"""What speaks for two accounts being one human being's, and how much."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from portal.foundation.text import fold

# Their terms allow joining an account with others only where its owner said so (X: off-X matching needs opt-in).
NO_MATCHING = frozenset({"x", "facebook", "instagram", "threads", "linkedin"})
# The same few letters are many people's handle.
SHORTEST_HANDLE = 6
_ADDRESS = re.compile(r"(?:https?://)?((?:[\w-]+\.)+[a-z]{2,}(?:/[^\s\"'<>()\[\]|,;]*)?)", re.IGNORECASE)
_MOST_LINKS = 10


@dataclass(frozen=True, slots=True)
class Side:
    """What is known of one account; `lang` is the language it speaks most."""

    person_id: int
    author_id: int
    channel: str
    handle_key: str
    name: str | None
    url: str | None
    bio: str | None = None
    lang: str | None = None

    @property
    def links(self) -> frozenset[str]:
        """The addresses that its owner gives in the words of the profile, as they are compared."""
        found = _ADDRESS.findall(self.bio or "")[:_MOST_LINKS]
        return frozenset(filter(None, map(bare_address, found)))


def weigh(one: Side, other: Side) -> tuple[float, list[list[str]]]:
    """How sure two accounts are one person's, from 0 to 1, and what speaks for it.

    Each kind of evidence leaves a share of doubt, and the shares multiply: an account that names the other's address
    0.15 (0.03 if each names the other, as `rel=me` asks for), a site of their own named on both 0.15, a handle of six
    letters or more 0.5 (0.35 from ten on), a name of two words or more 0.5; beside these the same language 0.85, and
    another language half as much doubt again. A handle finds the right person in three of four cases (see the
    published figures in docs/makers.md). Where terms forbid matching only what its owner linked counts.
    """
    doubt, evidence = _by_links(one, other)
    if NO_MATCHING.isdisjoint({one.channel, other.channel}):
        if one.handle_key == other.handle_key and len(one.handle_key) >= SHORTEST_HANDLE:
            doubt *= 0.35 if len(one.handle_key) >= 10 else 0.5
            evidence = [*evidence, ["handle", one.handle_key]]
        name = _whole_name(one.name)
        if name and name == _whole_name(other.name):
            doubt, evidence = doubt * 0.5, [*evidence, ["name", one.name or ""]]
        if evidence and one.lang and other.lang:
            is_same = one.lang == other.lang
            doubt *= 0.85 if is_same else 1.5
            evidence = [*evidence, ["language", one.lang] if is_same else ["languages", f"{one.lang}, {other.lang}"]]
    return round(max(0.0, 1 - doubt), 3), evidence


def _by_links(one: Side, other: Side) -> tuple[float, list[list[str]]]:
    names_other, named_by_other = bare_address(other.url) in one.links, bare_address(one.url) in other.links
    if names_other and named_by_other:
        return 0.03, [["each_names", bare_address(other.url)]]
    if names_other or named_by_other:
        return 0.15, [["names", bare_address(other.url if names_other else one.url)]]
    link = own_site(one.url)
    if link and link == own_site(other.url):
        return 0.15, [["link", link]]
    return 1.0, []


def own_site(url: str | None) -> str | None:
    """The address of a site of one's own, as it is compared; None for a profile page on a large host's path."""
    address = bare_address(url)
    # A page of one's own stands at the root of its host; a path is mostly a profile among thousands.
    return address if "." in address and "/" not in address else None


def bare_address(url: str | None) -> str:
    """An address without what does not tell it from others: how it is fetched, `www.` and the last slash."""
    try:
        parts = urlsplit(url if url and "//" in url else f"//{url or ''}")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    path = parts.path.rstrip("/.").lower()
    return f"{host}{path}" if "." in host else ""


def written_ways(address: str) -> list[str]:
    """The ways in which a bare address is mostly written, to look it up by."""
    host, slash, path = address.partition("/")
    return [
        f"{scheme}{www}{host}{slash}{path}{end}"
        for scheme in ("https://", "http://")
        for www in ("", "www.")
        for end in ("", "/")
    ]


def _whole_name(name: str | None) -> str | None:
    words = fold(name or "").split()
    return " ".join(sorted(words)) if len(words) > 1 else None
