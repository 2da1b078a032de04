"""Reddit's OAuth interface on loopback. Shapes: https://www.reddit.com/dev/api"""

from itertools import count
from typing import Any

from tests.channels.api_server import Answer, ApiServer, Asked, Post, as_json, page_of


class RedditServer(ApiServer):
    """Listings newest first; tokens are numbered, and only the last one given out is good."""

    def install(self) -> None:
        self.tokens = count(1)
        self.token = ""
        self.at("/api/v1/access_token", self.log_in)
        self.at("/search", self.search)
        self.at("/r/lamps/new", self.search)
        self.at("/r/lamps/comments", self.comments)
        self.at("/api/info", self.info)

    @property
    def bases(self) -> dict[str, str]:
        return {"api": self.url("").rstrip("/"), "login": self.url("").rstrip("/")}

    def log_in(self, asked: Asked, _query: dict[str, str]) -> Answer:
        if asked.headers.get("authorization") != "Basic Y2xpZW50OnNlY3JldA==":
            return as_json({"message": "Unauthorized", "error": 401}, status=401)
        self.token = f"t{next(self.tokens)}"
        return as_json({"access_token": self.token, "token_type": "bearer", "expires_in": 3600, "scope": "*"})

    def guarded(self, asked: Asked) -> Answer | None:
        if asked.headers.get("authorization") != f"bearer {self.token}":
            return as_json({"message": "Unauthorized", "error": 401}, status=401)
        if "by /u/" not in asked.headers.get("user-agent", ""):
            return as_json({"message": "Too Many Requests", "error": 429}, status=429)
        return None

    def search(self, asked: Asked, query: dict[str, str]) -> Answer:
        after = query.get("after", "").removeprefix("t3_")
        refused = self.guarded(asked)
        if refused:
            return refused
        page, token = self.cut(self.corpus.newest_first(), after or None)
        return listing([post_thing(post) for post in page], f"t3_{token}" if token else None)

    def comments(self, asked: Asked, query: dict[str, str]) -> Answer:
        said = [post for post in self.corpus.newest_first() if post.more.get("comment")]
        page, token = page_of(said, query.get("after", "").removeprefix("t1_") or None, 100)
        return self.guarded(asked) or listing([comment_thing(post) for post in page], f"t1_{token}" if token else None)

    def info(self, asked: Asked, query: dict[str, str]) -> Answer:
        names = [name.partition("_")[2] for name in query["id"].split(",")]
        return self.guarded(asked) or listing([post_thing(post) for post in self.corpus.by_id(names)], None)


def listing(children: list[dict[str, Any]], after: str | None) -> Answer:
    """A listing, with the limits as Reddit writes them: seconds left, and a float."""
    headers = {"X-Ratelimit-Used": "4", "X-Ratelimit-Remaining": "596.0", "X-Ratelimit-Reset": "300"}
    data = {"after": after, "before": None, "dist": len(children), "children": children}
    return as_json({"kind": "Listing", "data": data}, headers=headers)


def post_thing(post: Post) -> dict[str, Any]:
    """A post (t3)."""
    data = {
        "id": post.id, "name": f"t3_{post.id}", "title": post.text, "selftext": "So bright &amp; warm.",
        "author": post.author, "author_fullname": f"t2_{post.author}", "subreddit": "lamps",
        "created_utc": post.at.timestamp(), "edited": False, "score": -3, "num_comments": 2, "is_self": True,
        "permalink": f"/r/lamps/comments/{post.id}/x/", "removed_by_category": None,
    }  # fmt: skip
    return {"kind": "t3", "data": data | post.more}


def comment_thing(post: Post) -> dict[str, Any]:
    """A comment (t1)."""
    data = {
        "id": post.id, "name": f"t1_{post.id}", "body": post.text, "author": post.author, "link_id": "t3_1",
        "parent_id": "t3_1", "created_utc": post.at.timestamp(), "edited": False, "score": 1, "replies": "",
    }  # fmt: skip
    return {"kind": "t1", "data": data}
