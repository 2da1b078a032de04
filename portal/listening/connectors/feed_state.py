"""What is remembered of a feed between two askings: where it lives, what is known of it, and the page in hand.

Some feeds come in pages: `next_url` of JSON Feed, `next` and `prev-archive` of RFC 5005. They are walked from the
newest page down, a page at a time, until one brings nothing new.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from portal.foundation.http import Fetched
from portal.listening.connectors.feed_entries import content_of, identity_of
from portal.listening.connectors.pieces import joined
from portal.listening.connectors.timing import CEILING_S

STATE_VERSION = 1
FIRST_INTERVAL_S = 3600
MAX_SEEN = 500
# The first page and those after it, in one walk.
MAX_PAGES = 10
MAX_PAGE_FAILURES = 3
PAGE_PAUSE = timedelta(minutes=15)


def state_for(url: str, state: Mapping[str, Any]) -> dict[str, Any]:
    """The stored state, or a new one where there is none for this address in this version."""
    fresh = {
        "v": STATE_VERSION, "source": url, "url": url, "etag": None, "last_modified": None, "body": None, "seen": [],
        "interval_s": FIRST_INTERVAL_S, "ttl": None, "skip_hours": [], "hub": None, "topic": None,
        "page": None, "pages": 0, "page_failures": 0,
    }  # fmt: skip
    if state.get("v") != STATE_VERSION or url not in {state.get("source"), state.get("url")}:
        return fresh
    return {**fresh, **state, "source": url}


def conditions(state: Mapping[str, Any]) -> dict[str, str]:
    """The headers that ask only for what changed."""
    headers = {"If-None-Match": state["etag"], "If-Modified-Since": state["last_modified"]}
    return {name: value for name, value in headers.items() if value}


def tags(answer: Fetched, known: Mapping[str, Any]) -> dict[str, Any]:
    """The answer's validators byte for byte; a 304 may leave out those it has not changed."""
    return {
        "etag": answer.headers.get("etag") or known.get("etag"),
        "last_modified": answer.headers.get("last-modified") or known.get("last_modified"),
    }


@dataclass(frozen=True, slots=True)
class Sorted:
    """One page's entries beside what was known.

    Attributes:
        fresh: new and edited ones, as many as may be handed out.
        seen: what counts as seen once these are stored, the newest first.
        waiting: how many more there are than may be handed out.
        new, known: how many were never seen before, and how many were.
    """

    fresh: tuple[Mapping[str, Any], ...]
    seen: list[str]
    waiting: int
    new: int
    known: int


def sort_out(entries: Sequence[Mapping[str, Any]], seen: list[str], most: int, *, is_first: bool = True) -> Sorted:
    """Tell new and edited entries from those that are known; of a later page they count as older than what is known."""
    before = dict(mark.split(":", 1) for mark in seen)
    marks: dict[str, str] = {}
    fresh: list[dict[str, Any]] = []
    new = known = 0
    for raw in entries:
        name = hashlib.sha256(identity_of(raw).encode()).hexdigest()[:20]
        content = content_of(raw)[:20]
        if name in marks:
            continue
        new, known = (new, known + 1) if name in before else (new + 1, known)
        if before.get(name) != content:
            fresh.append({**raw, "edited": name in before})
            if len(fresh) > most:
                continue
        marks[name] = content
    older = {name: content for name, content in before.items() if name not in marks}
    kept = {**marks, **older} if is_first else {**before, **marks}
    return Sorted(
        fresh=tuple(fresh[:most]),
        seen=[f"{name}:{content}" for name, content in kept.items()][:MAX_SEEN],
        waiting=max(0, len(fresh) - most),
        new=new,
        known=known,
    )


def next_page(state: Mapping[str, Any], address: str, asked: str, page: Sorted) -> str | None:
    """Where the walk goes on: to the page that this one names, unless it met what is known or went far enough.

    Entries that arrive in between push others to the page after, so a later page is the last only if all of it is
    known.

    Args:
        state: of the feed; `page` is the one that was just read, None for the first.
        address: what the page names as the next one.
        asked: where the page was found.
        page: what was new on it.
    """
    following = joined(asked, address)
    is_met = page.new == 0 if state["page"] else page.known > 0
    here = {joined(asked, url) for url in (asked, state["url"], state["page"]) if url}
    if following is None or following in here or is_met or state["pages"] + 1 >= MAX_PAGES:
        return None
    return following


def walked(state: Mapping[str, Any], following: str | None) -> dict[str, Any]:
    """What changes once a page was read to its end."""
    return {"page": following, "pages": state["pages"] + 1 if following else 0, "page_failures": 0}


def page_failed(state: Mapping[str, Any], now: datetime, wait: float | None) -> tuple[dict[str, Any], datetime | None]:
    """The state after a later page did not answer, and when to ask for it again; None once it is given up.

    Args:
        state: of the feed.
        now: the present moment.
        wait: seconds that its server asks for, if it does.
    """
    failures = state["page_failures"] + 1
    if failures >= MAX_PAGE_FAILURES:
        return {**state, **walked(state, None)}, None
    return {**state, "page_failures": failures}, now + max(
        PAGE_PAUSE * failures, timedelta(seconds=min(wait or 0, CEILING_S))
    )
