"""GitHub issues (REST search) and discussions (GraphQL): https://docs.github.com/rest/search/search."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import quote

from portal.foundation.text import gettext as _
from portal.listening.connectors.asking import nothing_to_ask, quoted, words_field_help
from portal.listening.connectors.contract import (
    AuthFailed,
    BadQuery,
    Budget,
    Caps,
    Change,
    CheckResult,
    Connector,
    ConnectorError,
    Context,
    Contract,
    Deletion,
    Field,
    Gone,
    LeftOut,
    PollResult,
    RateLimited,
    Raw,
)
from portal.listening.connectors.pieces import (
    address_of,
    count_of,
    find_items,
    id_of,
    moment_of,
    name_of,
    piece,
    text_of,
    title_of,
)
from portal.listening.connectors.walking import Item, Rounds, Walk
from portal.listening.connectors.wire import call, quota_of, wait_of
from portal.listening.drafts import AuthorDraft, MentionDraft

CHANNEL = "github"
PAGE = 100
_ISSUES, _DISCUSSIONS = "issues", "discussions"
_QUERY = """query($q: String!, $after: String) { search(query: $q, type: DISCUSSION, first: 100, after: $after) {
 pageInfo { endCursor hasNextPage } nodes { ... on Discussion { id number title bodyText url createdAt updatedAt
 lastEditedAt upvoteCount author { login avatarUrl url } comments { totalCount } repository { nameWithOwner } } } } }"""


class GitHub(Connector):
    """One search for each word in issues and one in discussions, newest first."""

    key = CHANNEL
    caps = Caps(
        channel_name="GitHub",
        about="Issues and discussions with your words, in all public repositories. A token is free.",
        base_urls={"api": "https://api.github.com"},
        min_interval_s=600,
        page_size=PAGE,
        refresh_batch=20,
        profile_batch=10,
        retention_days="while-live",
        deletion_signal="refresh-miss",
        matching="native",
        recheck_days=30,
    )
    fields = (
        Field("token", "Token", "A fine-grained token with public read access is enough.", secret=True),
        Field("words", "Words to search for", words_field_help(), required=False, kind="lines"),
        Field(
            "kinds", "What to look through", kind="choice", default="both",
            choices=(("both", "Issues and discussions"), (_ISSUES, "Issues"), (_DISCUSSIONS, "Discussions")),
        ),
    )  # fmt: skip

    def check(self, ctx: Context) -> CheckResult:
        """Ask what the token may do."""
        try:
            reply = call(ctx, f"{ctx.base('api')}/rate_limit", headers=_headers(ctx))
        except ConnectorError as error:
            return CheckResult(ok=False, sentence=str(error))
        searches = count_of(piece(reply.json(), "resources", "search", "limit"))
        sentence = _("GitHub knows this token: %(count)s searches a minute.", count=searches or 30)
        return CheckResult(ok=True, sentence=sentence, config=dict(ctx.config))

    def poll(self, ctx: Context, state: Mapping[str, Any], budget: Budget) -> PollResult:
        """One page of one word in one of the two."""
        wanted = ctx.setting("kinds") or "both"
        kinds = [kind for kind in (_ISSUES, _DISCUSSIONS) if wanted in {"both", kind}]
        rounds = Rounds(state, [f"{kind} {word}" for kind in kinds for word in ctx.words])
        if rounds.question is None:
            return nothing_to_ask(state)
        kind, _space, word = rounds.question.partition(" ")
        walk = Walk.resume(rounds.asked, ctx.now)
        search = self._issues if kind == _ISSUES else self._discussions
        found, following, quota = search(ctx, word, walk)
        fresh = walk.take((_item(raw) for raw in found), following)
        whole, more = rounds.keep(walk.state, more=walk.more)
        return PollResult(items=fresh, state=whole, more=more, quota=quota)

    def unwrap(self, document: Any) -> Sequence[Raw]:
        """Issues, pull requests, discussions and comments, from searches, lists, single answers and webhooks."""
        return find_items(document, _is_item)

    def normalise(self, raw: Raw, ctx: Context) -> MentionDraft:
        """One issue, discussion or comment; see `normalise`."""
        return normalise(raw, ctx)

    def refresh(self, ctx: Context, ids: Sequence[tuple[str, str]]) -> Iterable[Deletion | Change]:
        """Ask for each issue at its own address; 410 is said to be deleted, 404 may only be hidden."""
        found: list[Deletion | Change] = []
        for _host, name in ids:
            kind, _slash, place = name.partition(":")
            if kind != "issue" or place.count("/") != 2:
                continue
            repository, number = place.rsplit("/", 1)
            url = f"{ctx.base('api')}/repos/{repository}/issues/{number}"
            try:
                reply = call(ctx, url, headers=_headers(ctx), accept={404})
            except Gone:
                found.append(Deletion(channel=CHANNEL, external_id=name))
                continue
            if reply.status == 404:
                found.append(Deletion(channel=CHANNEL, external_id=name, certain=False))
                continue
            draft = normalise(reply.json(), ctx)
            found.append(Change.to(draft))
        return found

    def profiles(self, ctx: Context, ids: Sequence[str]) -> Iterable[AuthorDraft]:
        """Accounts one by one, by number or login; who is gone in the meantime is passed by."""
        found: list[AuthorDraft] = []
        for name in ids:
            place = f"user/{name}" if name.isdigit() else f"users/{quote(name)}"
            reply = call(ctx, f"{ctx.base('api')}/{place}", headers=_headers(ctx), accept={404})
            user = reply.json() if reply.status == 200 else None
            if name_of(piece(user, "login")):
                found.append(_account(user, followers=count_of(piece(user, "followers"))))
        return found

    def _issues(self, ctx: Context, word: str, walk: Walk) -> tuple[Sequence[Raw], Any, Any]:
        until, page = walk.page or (_stamp(ctx.now), 1)
        query = f"{quoted(word)} in:title,body is:issue created:{_stamp(walk.since)}..{until}"
        params = {"q": query, "sort": "created", "order": "desc", "per_page": PAGE, "page": page}
        reply = call(ctx, f"{ctx.base('api')}/search/issues", params=params, headers=_headers(ctx))
        document = reply.json()
        found = self.unwrap(document)
        following = None
        if found and (count_of(piece(document, "total_count")) or 0) > page * len(found):
            oldest = min(moment_of(raw.get("created_at")) or ctx.now for raw in found)
            # A search ends after 1,000 results, so the window is narrowed instead.
            following = [_stamp(oldest), 1] if _stamp(oldest) < until else [until, page + 1]
        return found, following, quota_of(reply.headers, ctx.now)

    def _discussions(self, ctx: Context, word: str, walk: Walk) -> tuple[Sequence[Raw], Any, Any]:
        query = f"{quoted(word)} in:title,body created:>={_stamp(walk.since)} sort:created-desc"
        data = {"query": _QUERY, "variables": {"q": query, "after": walk.page}}
        reply = call(ctx, f"{ctx.base('api')}/graphql", data=data, headers=_headers(ctx))
        document = reply.json()
        for error in piece(document, "errors") or []:
            _refuse(error, wait_of(reply.headers, ctx.now))
        about = piece(document, "data", "search", "pageInfo")
        following = id_of(piece(about, "endCursor")) if piece(about, "hasNextPage") is True else None
        return self.unwrap(document), following or None, quota_of(reply.headers, ctx.now)


def normalise(raw: Raw, ctx: Context) -> MentionDraft:
    """An issue, pull request or comment of the REST API, or a discussion of GraphQL; its author may be gone."""
    if not _is_item(raw):
        raise Contract(_("A GitHub item arrived in a shape that is not known."))
    url = address_of(raw.get("html_url")) or address_of(raw.get("url"))
    created_at = moment_of(raw.get("created_at") or raw.get("createdAt") or raw.get("submitted_at"))
    if raw.get("state") == "PENDING":
        raise LeftOut(_("A GitHub review is not published yet."))
    kind, name, parent = _identity(raw, url or "")
    user = raw.get("user") or raw.get("author")
    edited_at = moment_of(raw.get("lastEditedAt"))
    likes = count_of(raw.get("upvoteCount"))
    return MentionDraft(
        channel=CHANNEL,
        external_id=name,
        uri=id_of(raw.get("node_id")) or None,
        kind=kind,
        title=title_of(raw.get("title")),
        text=text_of(raw.get("body") or raw.get("bodyText")),
        url=url,
        # A review in a list may come without its time; it is known from now on.
        created_at=min(created_at or ctx.now, ctx.now),
        edited_at=edited_at,
        author=_account(user),
        parent_id=parent,
        thread_id=parent or name,
        likes=likes if likes is not None else count_of(piece(raw, "reactions", "total_count")),
        replies=_replies(raw),
    )


def _account(user: Any, followers: int | None = None) -> AuthorDraft:
    # An account that was deleted is null on the wire; GitHub itself shows it as "ghost".
    handle = name_of(piece(user, "login")) or "ghost"
    return AuthorDraft(
        channel=CHANNEL,
        handle=handle,
        external_id=id_of(piece(user, "id")) or None,
        name=name_of(piece(user, "name")),
        url=address_of(piece(user, "html_url")) or address_of(piece(user, "url")),
        avatar_url=address_of(piece(user, "avatar_url")) or address_of(piece(user, "avatarUrl")),
        followers=followers,
        is_bot=piece(user, "type") == "Bot" or handle.endswith("[bot]"),
    )


def _identity(raw: Raw, url: str) -> tuple[str, str, str | None]:
    """Kind, id and parent; ids are `issue:owner/name/number`, `discussion:…`, `comment:number`."""
    place = url.partition("#")[0].split("/")[3:]
    where = f"{'/'.join(place[:2])}/{place[3]}" if len(place) >= 4 else ""
    number = id_of(raw.get("id"))
    if "issue_url" in raw or "pull_request_url" in raw or "#" in url or "submitted_at" in raw or "commit_id" in raw:
        is_discussion = len(place) >= 4 and place[2] == "discussions"
        parent = f"{'discussion' if is_discussion else 'issue'}:{where}" if where and "commit" not in place else None
        return "comment", f"comment:{number}", parent
    if "bodyText" in raw or "/discussions/" in url:
        return "discussion", f"discussion:{where or number}", None
    return "issue", f"issue:{where or number}", None


def _replies(raw: Raw) -> int | None:
    comments = raw.get("comments")
    return count_of(comments) if not isinstance(comments, Mapping) else count_of(piece(comments, "totalCount"))


def _is_item(found: Mapping[str, Any]) -> bool:
    has_words = "body" in found or "bodyText" in found
    has_time = "created_at" in found or "createdAt" in found or "submitted_at" in found
    # A release has a tag, an event only wraps what it is about.
    return has_words and has_time and "tag_name" not in found and ("user" in found or "author" in found)


def _item(raw: Raw) -> Item:
    moment = moment_of(raw.get("created_at") or raw.get("createdAt"))
    name = id_of(raw.get("html_url")) or id_of(raw.get("url")) or id_of(raw.get("id"))
    return Item(name, moment, raw, f"{raw.get('title')}{raw.get('body') or raw.get('bodyText')}")


def _headers(ctx: Context) -> dict[str, str]:
    headers = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
    return {**headers, "Authorization": f"Bearer {ctx.secret('token')}"} if ctx.secret("token") else headers


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _refuse(error: Any, wait: float | None) -> None:
    kind, sentence = piece(error, "type"), id_of(piece(error, "message"))[:200]
    if kind == "RATE_LIMITED":
        raise RateLimited(_("GitHub asks us to come back later."), retry_after=wait)
    if kind in {"FORBIDDEN", "INSUFFICIENT_SCOPES"}:
        raise AuthFailed(_("GitHub does not let this token search discussions: %(why)s", why=sentence))
    raise BadQuery(_("GitHub does not understand what it is asked: %(why)s", why=sentence))
