"""GitHub's discussions and what is said in them: all by GraphQL.

https://docs.github.com/graphql/guides/using-the-graphql-api-for-discussions
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from portal.foundation.text import fold
from portal.foundation.text import gettext as _
from portal.listening.connectors.asking import quoted
from portal.listening.connectors.contract import (
    AuthFailed,
    BadQuery,
    Change,
    Context,
    Deletion,
    RateLimited,
    Raw,
    Transient,
)
from portal.listening.connectors.contract.results import Quota
from portal.listening.connectors.github.items import CHANNEL, normalise
from portal.listening.connectors.lookups import told
from portal.listening.connectors.pieces import count_of, id_of, moment_of, piece, pieces, text_of
from portal.listening.connectors.walking import Item, Walk
from portal.listening.connectors.wire import call, quota_of, wait_of
from portal.listening.drafts import MentionDraft

# So many of the newest comments and answers to each are read in one question.
COMMENTS, REPLIES = 50, 20
_COMMENTED_PAGE = 10
_FIELDS = """id number title bodyText url createdAt updatedAt lastEditedAt upvoteCount
 author { login avatarUrl url } comments { totalCount } repository { nameWithOwner }"""
_SAID = "id databaseId bodyText url createdAt updatedAt lastEditedAt upvoteCount author { login avatarUrl url }"
_BELOW = (
    f"comments(last: {COMMENTS}) {{ totalCount nodes {{ {_SAID} "
    f"replies(last: {REPLIES}) {{ totalCount nodes {{ {_SAID} }} }} }} }}"
)
_SEARCH = (
    "query($q: String!, $after: String) {{ search(query: $q, type: DISCUSSION, first: {first}, after: $after) {{ "
    "pageInfo {{ endCursor hasNextPage }} nodes {{ ... on Discussion {{ {fields} }} }} }} }}"
)
_WHOLE = _SEARCH.format(first=100, fields=_FIELDS)
_COMMENTED = _SEARCH.format(first=_COMMENTED_PAGE, fields=f"id url updatedAt {_BELOW}")
_COMMENT = re.compile(r"https://[^/]+/([\w.-]+)/([\w.-]+)/discussions/(\d+)#discussioncomment-(\d+)\Z")


def search(ctx: Context, headers: Mapping[str, str], word: str, walk: Walk) -> tuple[Sequence[Raw], Any, Quota | None]:
    """One page of discussions with a word in title or body, newest first, and where the walk goes on."""
    return _page(
        ctx, headers, _WHOLE, f"{quoted(word)} in:title,body is:public created:>={_stamp(walk)} sort:created-desc", walk
    )


def search_comments(
    ctx: Context, headers: Mapping[str, str], word: str, walk: Walk
) -> tuple[Sequence[Raw], Any, Quota | None]:
    """One page of discussions with a word in what is said below them, the last changed first."""
    query = f"{quoted(word)} in:comments is:public updated:>={_stamp(walk)} sort:updated-desc"
    return _page(ctx, headers, _COMMENTED, query, walk)


def changed_discussion(raw: Raw) -> Item:
    """A discussion as it was last changed: the same one counts anew after each change."""
    return Item(id_of(raw.get("url")), moment_of(raw.get("updatedAt")), raw, id_of(raw.get("updatedAt")))


def said_below(discussion: Raw, word: str, walk: Walk) -> list[Raw]:
    """The comments and answers with a word, of those that came or changed since the walk before."""
    wanted = fold(word.lstrip("#@"))
    return [
        raw for raw in _comments(discussion) if wanted in fold(text_of(raw.get("bodyText"))) and _is_newer(raw, walk)
    ]


def look_up(ctx: Context, headers: Mapping[str, str], places: Mapping[str, str]) -> list[Deletion | Change]:
    """What became of discussions, by name and `owner/name/number`."""
    asked = [
        _one(number, *place.split("/"), fields=_FIELDS)
        for number, place in enumerate(places.values())
    ]  # fmt: skip
    found = _data(ctx, headers, f"query {{ {' '.join(asked)} }}")
    return [
        one for number, name in enumerate(places) for one in now_of(name, piece(found, f"d{number}", "discussion"), ctx)
    ]


def look_up_comments(ctx: Context, headers: Mapping[str, str], urls: Mapping[str, str]) -> list[Deletion | Change]:
    """What became of comments, by name and address; of those beyond the newest of a discussion nothing is learnt."""
    names = {name: match.groups() for name, url in urls.items() if (match := _COMMENT.match(url))}
    places = list(dict.fromkeys(place[:3] for place in names.values()))
    asked = [_one(number, *place, fields=_BELOW) for number, place in enumerate(places)]
    if not asked:
        return []
    found = _data(ctx, headers, f"query {{ {' '.join(asked)} }}")
    changes: list[Deletion | Change] = []
    for name, place in names.items():
        discussion = piece(found, f"d{places.index(place[:3])}", "discussion")
        raw = next((raw for raw in _comments(discussion) if id_of(raw.get("databaseId")) == place[3]), None)
        if raw is not None or not isinstance(discussion, Mapping) or _is_whole(discussion):
            changes += now_of(name, raw, ctx)
    return changes


def now_of(name: str, raw: Any, ctx: Context) -> list[Deletion | Change]:
    """What became of one; without an answer it may be gone."""
    if not isinstance(raw, Mapping):
        return [Deletion(channel=CHANNEL, external_id=name, certain=False)]

    def made() -> MentionDraft | Deletion:
        return normalise(raw, ctx)

    return [replace(one, external_id=name) for one in told(made, channel=CHANNEL, external_id=name)]


def _one(number: int, owner: str, name: str, which: str, *, fields: str) -> str:
    # Each under a name of its own; an owner, a name and a number are checked, so nothing can be slipped in.
    return (
        f'd{number}: repository(owner: "{owner}", name: "{name}") {{ discussion(number: {int(which)}) {{ {fields} }} }}'
    )


def _page(
    ctx: Context, headers: Mapping[str, str], query: str, words: str, walk: Walk
) -> tuple[Sequence[Raw], Any, Quota | None]:
    data = {"query": query, "variables": {"q": words, "after": walk.page}}
    reply = call(ctx, f"{ctx.base('api')}/graphql", data=data, headers=headers)
    document = reply.json()
    for error in piece(document, "errors") or []:
        _refuse(error, wait_of(reply.headers, ctx.now))
    found = [node for node in pieces(document, "data", "search", "nodes") if isinstance(node, Mapping) and node]
    about = piece(document, "data", "search", "pageInfo")
    following = id_of(piece(about, "endCursor")) if piece(about, "hasNextPage") is True else None
    return found, following or None, quota_of(reply.headers, ctx.now)


def _data(ctx: Context, headers: Mapping[str, str], query: str) -> Mapping[str, Any]:
    reply = call(ctx, f"{ctx.base('api')}/graphql", data={"query": query}, headers=headers)
    document = reply.json()
    for error in piece(document, "errors") or []:
        # What is not found is null in the answer, and told as an error beside it.
        if piece(error, "type") != "NOT_FOUND":
            _refuse(error, wait_of(reply.headers, ctx.now))
    found = piece(document, "data")
    if not isinstance(found, Mapping):
        raise Transient(_("GitHub answers without an answer."))
    return found


def _comments(discussion: Any) -> list[Raw]:
    """The comments of a discussion, each followed by the answers to it."""
    found = [raw for raw in pieces(discussion, "comments", "nodes") if isinstance(raw, Mapping)]
    below = [[reply for reply in pieces(raw, "replies", "nodes") if isinstance(reply, Mapping)] for raw in found]
    return [raw for comment, replies in zip(found, below, strict=True) for raw in (comment, *replies)]


def _is_whole(discussion: Mapping[str, Any]) -> bool:
    """Whether an answer holds all that was ever said in a discussion."""
    counted = [(piece(discussion, "comments"), COMMENTS)]
    counted += [(piece(raw, "replies"), REPLIES) for raw in pieces(discussion, "comments", "nodes")]
    return all((count_of(piece(part, "totalCount")) or 0) <= most for part, most in counted)


def _is_newer(raw: Raw, walk: Walk) -> bool:
    moments = [moment_of(raw.get(name)) for name in ("createdAt", "lastEditedAt", "updatedAt")]
    return any(moment is not None and moment >= walk.since for moment in moments)


def _stamp(walk: Walk) -> str:
    return walk.since.strftime("%Y-%m-%dT%H:%M:%SZ")


def _refuse(error: Any, wait: float | None) -> None:
    kind, sentence = piece(error, "type"), id_of(piece(error, "message"))[:200]
    if kind == "RATE_LIMITED":
        raise RateLimited(_("GitHub asks us to come back later."), retry_after=wait)
    if kind in {"FORBIDDEN", "INSUFFICIENT_SCOPES"}:
        raise AuthFailed(_("GitHub does not let this token search discussions: %(why)s", why=sentence))
    raise BadQuery(_("GitHub does not understand what it is asked: %(why)s", why=sentence))
