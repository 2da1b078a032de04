"""GitHub's search of issues (REST) and discussions (GraphQL), single issues, and its rate limits."""

import json
import re
from datetime import datetime
from typing import Any

from tests.channels.api_server import ApiServer, Post, as_json
from tests.channels.feed_server import Answer, Asked

LIMITS = {"X-RateLimit-Limit": "30", "X-RateLimit-Remaining": "29", "X-RateLimit-Reset": "1795000000"}


class GitHubServer(ApiServer):
    """Issues have even ids, discussions odd ones; a deleted issue answers 410."""

    commented: dict[str, list[Post]]
    discussed: dict[str, list[Post]]

    def install(self) -> None:
        # What was said under which issue.
        self.commented = {}
        # What was said in which discussion; the first of it is answered by the rest.
        self.discussed = {}
        self.at("/search/issues", self._issues)
        self.at("/graphql", self._discussions)
        user = {"login": "juno", "id": 4, "name": "Juno", "type": "User", "followers": 12}
        self.at("/user/4", lambda asked, query: as_json(user))
        self.at("/rate_limit", lambda asked, query: as_json({"resources": {"search": {"limit": 30}}}))

    def _play(self, handler: Any) -> None:
        below = re.fullmatch(r"/repos/lumen/lamps/issues/(\d+)/comments\?since=.*", handler.path)
        if below:
            said = [comment(post, f"issues/{below[1]}#issuecomment-") for post in self.commented[below[1]]]
            self.serve(handler.path.partition("?")[0], as_json(said))
        found = re.fullmatch(r"/repos/lumen/lamps/issues/(comments/)?(\d+)", handler.path)
        if found:
            post = next(iter(self.corpus.by_id([found[2]])), None)
            gone = as_json({"message": "This issue was deleted"}, status=404 if found[1] else 410)
            self.serve(handler.path, as_json(comment(post) if found[1] else issue(post)) if post else gone)
        super()._play(handler)

    def _issues(self, asked: Asked, query: dict[str, str]) -> Answer:
        ((low, high),) = re.findall(rf"{query['sort']}:(\S+)\.\.(\S+)", query["q"])
        page = int(query["page"])
        first, last = datetime.fromisoformat(low), datetime.fromisoformat(high)
        there = self._commented() if "in:comments" in query["q"] else self._of(0)
        within = [post for post in there if first <= post.at <= last]
        cut = within[(page - 1) * self.page_size : page * self.page_size]
        self._say()
        document = {"total_count": len(within), "incomplete_results": False, "items": [issue(post) for post in cut]}
        return as_json(document, headers=LIMITS)

    def _discussions(self, asked: Asked, query: dict[str, str]) -> Answer:
        if "variables" not in json.loads(asked.body):
            return self._single_discussions(json.loads(asked.body)["query"])
        variables = json.loads(asked.body)["variables"]
        low = datetime.fromisoformat(re.findall(r"(?:created|updated):>=(\S+)", variables["q"])[0])
        is_below = "in:comments" in variables["q"]
        within = [post for post in (self._discussed() if is_below else self._of(1)) if post.at >= low]
        start = int(variables["after"] or 0)
        cut = within[start : start + self.page_size]
        self._say()
        about = {"endCursor": str(start + self.page_size), "hasNextPage": len(within) > start + self.page_size}
        nodes = [self._with_comments(post) if is_below else discussion(post) for post in cut]
        return as_json({"data": {"search": {"pageInfo": about, "nodes": nodes}}})

    def _single_discussions(self, query: str) -> Answer:
        asked = re.findall(r'(d\d+): repository\(owner: "lumen", name: "lamps"\) \{ discussion\(number: (\d+)\)', query)
        posts = {name: next(iter(self.corpus.by_id([number])), None) for name, number in asked}
        show = self._with_comments if "comments(last:" in query else discussion
        data = {name: {"discussion": show(post) if post else None} for name, post in posts.items()}
        missing = [{"type": "NOT_FOUND", "path": [name]} for name, post in posts.items() if not post]
        return as_json({"data": data, **({"errors": missing} if missing else {})})

    def _with_comments(self, post: Post) -> dict[str, Any]:
        said = [discussion_comment(one, post.id) for one in self.discussed.get(post.id, [])]
        below = {"totalCount": len(said[1:]), "nodes": said[1:]}
        first = [{**said[0], "replies": below}] if said else []
        return {**discussion(post), "comments": {"totalCount": len(first), "nodes": first}}

    def _discussed(self) -> list[Post]:
        """The discussions in which something was said, as changed by the newest of it, the latest change first."""
        found = [Post(number, "A talk", max(one.at for one in said)) for number, said in self.discussed.items()]
        return sorted(found, key=lambda post: post.at, reverse=True)

    def _commented(self) -> list[Post]:
        """The issues with comments, as changed by the newest of them, the latest change first."""
        issues = [
            Post(number, "An issue", max(post.at for post in said), more={"created_at": "2020-01-01T00:00:00Z"})
            for number, said in self.commented.items()
        ]
        return sorted(issues, key=lambda post: post.at, reverse=True)

    def _of(self, rest: int) -> list[Post]:
        return [post for post in self.corpus.newest_first() if int(post.id) % 2 == rest]

    def _say(self) -> None:
        if self.between_pages:
            self.corpus.say(*self.between_pages)
            self.between_pages = []


def _stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def issue(post: Post) -> dict[str, Any]:
    return {
        "id": 9_007_199_254_740_993 + int(post.id), "node_id": f"I_{post.id}", "number": int(post.id),
        "title": "The lamp", "body": post.text, "html_url": f"https://github.com/lumen/lamps/issues/{post.id}",
        "user": {"login": post.author, "id": 4, "type": "User", "html_url": f"https://github.com/{post.author}"},
        "state": "open", "comments": 2, "reactions": {"total_count": 5}, "created_at": _stamp(post.at),
        "updated_at": _stamp(post.at), **post.more,
    }  # fmt: skip


def comment(post: Post, place: str = "issues/1#issuecomment-") -> dict[str, Any]:
    """A comment as lists, single answers and webhooks carry it."""
    return {
        "id": int(post.id), "body": post.text, "html_url": f"https://github.com/lumen/lamps/{place}{post.id}",
        "user": {"login": post.author, "id": 4, "type": "User"}, "created_at": _stamp(post.at),
    }  # fmt: skip


def discussion(post: Post) -> dict[str, Any]:
    return {
        "id": f"D_{post.id}", "number": int(post.id), "title": "The lamp", "bodyText": post.text, "author": None,
        "url": f"https://github.com/lumen/lamps/discussions/{post.id}", "createdAt": _stamp(post.at),
        "updatedAt": _stamp(post.at), "upvoteCount": 3, "comments": {"totalCount": 1},
        "repository": {"nameWithOwner": "lumen/lamps"},
    }  # fmt: skip


def discussion_comment(post: Post, number: str) -> dict[str, Any]:
    """A comment on a discussion, or an answer to one, as GraphQL gives it."""
    return {
        "id": f"DC_{post.id}", "databaseId": int(post.id), "bodyText": post.text, "createdAt": _stamp(post.at),
        "url": f"https://github.com/lumen/lamps/discussions/{number}#discussioncomment-{post.id}",
        "updatedAt": _stamp(post.at), "lastEditedAt": None, "upvoteCount": 2,
        "author": {"login": post.author, "avatarUrl": None, "url": f"https://github.com/{post.author}"},
        "replies": {"totalCount": 0, "nodes": []},
    }  # fmt: skip
