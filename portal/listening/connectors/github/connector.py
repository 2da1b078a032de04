"""GitHub issues (REST search), discussions (see `discussions`), and webhooks of one's own repositories.

https://docs.github.com/rest/search/search, https://docs.github.com/webhooks/webhook-events-and-payloads
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, quote

from portal.foundation.text import fold
from portal.foundation.text import gettext as _
from portal.listening.connectors.asking import nothing_to_ask, quoted, words_field_help
from portal.listening.connectors.contract import (
    Accepted,
    Budget,
    Caps,
    Change,
    CheckResult,
    Connector,
    ConnectorError,
    Context,
    Deletion,
    Field,
    Gone,
    PollResult,
    Push,
    Raw,
)
from portal.listening.connectors.github import discussions
from portal.listening.connectors.github.items import (
    CHANNEL,
    GONE,
    account_of,
    changed_item_of,
    is_item,
    item_of,
    normalise,
    place_of,
)
from portal.listening.connectors.lookups import each
from portal.listening.connectors.pieces import count_of, find_items, id_of, moment_of, name_of, piece, text_of
from portal.listening.connectors.signatures import check_hex
from portal.listening.connectors.walking import Rounds, Walk
from portal.listening.connectors.wire import call, quota_of
from portal.listening.drafts import AuthorDraft, MentionDraft

PAGE = 100
_ISSUES, _COMMENTS, _DISCUSSIONS, _REPLIES = "issues", "comments", "discussions", "replies"
# Each hit of a search in comments costs one more call.
_COMMENTED_PAGE = 10
_PLACE = re.compile(r"[\w.-]+/[\w.-]+/\d+\Z")
# What each event of a webhook is about.
_EVENTS = {"issues": "issue", "issue_comment": "comment", "discussion": "discussion", "discussion_comment": "comment"}


class GitHub(Connector):
    """One search for each word in issues, in discussions, and in the comments on either, newest first."""

    key = CHANNEL
    caps = Caps(
        channel_name="GitHub",
        about=(
            "Issues, discussions and comments with your words, in all public repositories. A token is free. "
            "Your own repositories can tell us at once, by a webhook."
        ),
        modes=frozenset({"poll", "webhook"}),
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
            choices=(("both", "Issues, comments and discussions"), (_ISSUES, "Issues and comments"),
                     (_DISCUSSIONS, "Discussions and comments")),
        ),
    )  # fmt: skip

    def check(self, ctx: Context) -> CheckResult:
        """Ask what the token may do."""
        try:
            limits = call(ctx, f"{ctx.base('api')}/rate_limit", headers=_headers(ctx)).json()
        except ConnectorError as error:
            return CheckResult(ok=False, sentence=str(error))
        searches = count_of(piece(limits, "resources", "search", "limit"))
        sentence = _("GitHub knows this token: %(count)s searches a minute.", count=searches or 30)
        return CheckResult(ok=True, sentence=sentence, config=dict(ctx.config))

    def questions(self, ctx: Context) -> Sequence[str]:
        """Each word in each of the places that are looked through."""
        wanted = ctx.setting("kinds") or "both"
        kinds = [] if wanted == _DISCUSSIONS else [_ISSUES, _COMMENTS]
        kinds += [] if wanted == _ISSUES else [_DISCUSSIONS, _REPLIES]
        return [f"{kind} {word}" for kind in kinds for word in ctx.words]

    def poll(self, ctx: Context, state: Mapping[str, Any], budget: Budget) -> PollResult:
        """One page of one word in one of the three."""
        rounds = Rounds(state, self.questions(ctx))
        if rounds.question is None:
            return nothing_to_ask(state)
        kind, _space, word = rounds.question.partition(" ")
        walk = Walk.resume(rounds.asked, ctx.now)
        if kind == _COMMENTS:
            found, following, quota = self._issues(ctx, word, walk, part="comments", moment="updated")
            changed = walk.take(map(changed_item_of, found), following)
            fresh = tuple(raw for one in changed for raw in self._said_below(ctx, one, word, walk))
        elif kind == _REPLIES:
            found, following, quota = discussions.search_comments(ctx, _headers(ctx), word, walk)
            changed = walk.take(map(discussions.changed_discussion, found), following)
            fresh = tuple(raw for one in changed for raw in discussions.said_below(one, word, walk))
        elif kind == _DISCUSSIONS:
            found, following, quota = discussions.search(ctx, _headers(ctx), word, walk)
            fresh = walk.take(map(item_of, found), following)
        else:
            found, following, quota = self._issues(ctx, word, walk)
            fresh = walk.take(map(item_of, found), following)
        whole, more = rounds.keep(walk.state, more=walk.more)
        return PollResult(items=fresh, state=whole, more=more, quota=quota)

    def unwrap(self, document: Any) -> Sequence[Raw]:
        """Issues, pull requests, discussions and comments, from searches, lists, single answers and webhooks."""
        return find_items(document, is_item)

    def normalise(self, raw: Raw, ctx: Context) -> MentionDraft | Deletion:
        """One issue, discussion or comment; see `normalise`."""
        return normalise(raw, ctx)

    def accept(self, ctx: Context, state: Mapping[str, Any], push: Push) -> Accepted:
        """`X-Hub-Signature-256: sha256=…` over the raw body; `X-GitHub-Delivery` is the same when it is sent again."""
        signature = push.headers.get("x-hub-signature-256", "")
        check_hex(ctx.push_secret, push.body, signature, prefix="sha256=")
        keep = push.headers.get("x-github-event") in _EVENTS
        return Accepted(event_id=push.headers.get("x-github-delivery") or signature, keep=keep)

    def unpack(self, ctx: Context, push: Push) -> Sequence[Raw]:
        """What the event is about; in a private repository nothing was said in public."""
        body = push.body
        if push.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
            body = "".join(parse_qs(body.decode("utf-8", "replace")).get("payload", [])).encode()
        try:
            document = json.loads(body.decode("utf-8", "replace"))
        except (ValueError, RecursionError):
            return self.read(body)
        raw = piece(document, _EVENTS.get(push.headers.get("x-github-event", ""), ""))
        if piece(document, "repository", "private") is True or not isinstance(raw, Mapping) or not is_item(raw):
            return []
        # One that was transferred stands at another address now, and is heard of there.
        return [{**raw, GONE: id_of(piece(document, "action")) in {"deleted", "transferred"}}]

    def refresh(self, ctx: Context, ids: Sequence[tuple[str, str]]) -> Iterable[Deletion | Change]:
        """Ask for each issue and comment on one at its own address, for discussions and what they hold in a question.

        410 is said to be deleted, 404 may only be hidden.
        """
        places = {name: place for _host, name in ids if (place := name.partition(":")[2]) and _PLACE.match(place)}

        def ask(_host: str, name: str) -> Iterable[Deletion | Change]:
            repository, number = places[name].rsplit("/", 1)
            path = f"repos/{repository}/issues/{'comments/' if name.startswith('comment:') else ''}{number}"
            try:
                reply = call(ctx, f"{ctx.base('api')}/{path}", headers=_headers(ctx), accept={404})
            except Gone:
                return [Deletion(channel=CHANNEL, external_id=name)]
            return discussions.now_of(name, reply.json() if reply.status == 200 else None, ctx)

        begun = {name: place for name, place in places.items() if name.startswith("discussion:")}
        others = [("", name) for name in places if name not in begun]
        said = {name: ctx.urls[name] for _host, name in ids if name not in places and name in ctx.urls}
        return [
            *each(others, ask),
            *(discussions.look_up(ctx, _headers(ctx), begun) if begun else ()),
            *discussions.look_up_comments(ctx, _headers(ctx), said),
        ]

    def profiles(self, ctx: Context, ids: Sequence[str]) -> Iterable[AuthorDraft]:
        """Accounts one by one, by number or login; who is gone in the meantime is passed by."""
        found: list[AuthorDraft] = []
        for name in ids:
            place = f"user/{name}" if name.isdigit() else f"users/{quote(name)}"
            reply = call(ctx, f"{ctx.base('api')}/{place}", headers=_headers(ctx), accept={404})
            user = reply.json() if reply.status == 200 else None
            if name_of(piece(user, "login")):
                found.append(account_of(user, followers=count_of(piece(user, "followers"))))
        return found

    def _issues(
        self, ctx: Context, word: str, walk: Walk, *, part: str = "title,body", moment: str = "created"
    ) -> tuple[Sequence[Raw], Any, Any]:
        until, page = walk.page or (_stamp(ctx.now), 1)
        query = f"{quoted(word)} in:{part} is:issue is:public {moment}:{_stamp(walk.since)}..{until}"
        size = PAGE if moment == "created" else _COMMENTED_PAGE
        params = {"q": query, "sort": moment, "order": "desc", "per_page": size, "page": page}
        reply = call(ctx, f"{ctx.base('api')}/search/issues", params=params, headers=_headers(ctx))
        document = reply.json()
        found = self.unwrap(document)
        following = None
        if found and (count_of(piece(document, "total_count")) or 0) > page * len(found):
            oldest = min(moment_of(raw.get(f"{moment}_at")) or ctx.now for raw in found)
            # A search ends after 1,000 results, so the window is narrowed instead.
            following = [_stamp(oldest), 1] if _stamp(oldest) < until else [until, page + 1]
        return found, following, quota_of(reply.headers, ctx.now)

    def _said_below(self, ctx: Context, issue: Raw, word: str, walk: Walk) -> list[Raw]:
        """The comments with a word; a search in comments gives only the issue that they stand under."""
        place = place_of(issue)
        if not _PLACE.match(place):
            return []
        repository, number = place.rsplit("/", 1)
        url = f"{ctx.base('api')}/repos/{repository}/issues/{number}/comments"
        params = {"since": _stamp(walk.since), "per_page": PAGE}
        reply = call(ctx, url, params=params, headers=_headers(ctx), accept={404})
        found = self.unwrap(reply.json()) if reply.status == 200 else ()
        return [raw for raw in found if fold(word.lstrip("#@")) in fold(text_of(raw.get("body")))]


def _headers(ctx: Context) -> dict[str, str]:
    headers = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
    return {**headers, "Authorization": f"Bearer {ctx.secret('token')}"} if ctx.secret("token") else headers


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
