"""X API v2 on loopback, in either of its two sets of names. Shapes: https://docs.x.com/x-api"""

from typing import Any

from tests.channels.api_server import NOON, Answer, ApiServer, Asked, Corpus, Post, as_json

# An id as it is given out at noon: milliseconds since Snowflake's epoch above the lower 22 bits.
SNOWFLAKE = (int(NOON.timestamp() * 1000) - 1288834974657) << 22
NEW_NAMES = {
    "referenced_tweets": "referenced_posts", "retweet_count": "repost_count",
    "edit_history_tweet_ids": "edit_history_post_ids",
}  # fmt: skip


class XServer(ApiServer):
    """Posts with 64-bit ids; `token` is the only one that is let in, `names` the set of names in answers."""

    def __init__(self, corpus: Corpus | None = None, *, names: str = "tweet", **given: Any) -> None:
        self.names = names
        self.token = "good"
        self.hidden: dict[str, str] = {}
        super().__init__(corpus, **given)

    def install(self) -> None:
        self.at("/2/tweets/search/recent", self.search)
        self.at("/2/users/42/mentions", self.search)
        self.at("/2/tweets", self.lookup)
        self.at("/2/users", self.users)
        self.at(
            "/2/usage/tweets", lambda asked, _query: self.guarded(asked) or as_json({"data": {"project_usage": "7"}})
        )

    def guarded(self, asked: Asked) -> Answer | None:
        if asked.headers.get("authorization") != f"Bearer {self.token}":
            return as_json({"title": "Unauthorized", "type": "about:blank", "status": 401}, status=401)
        return None

    def search(self, asked: Asked, query: dict[str, str]) -> Answer:
        refused = self.guarded(asked)
        if refused:
            return refused
        since = int(query.get("since_id") or 0)
        found = sorted((post for post in self.corpus.posts if int(post.id) > since), key=lambda post: -int(post.id))
        page, token = self.cut(found, query.get("next_token") or query.get("pagination_token"))
        meta: dict[str, Any] = {"result_count": len(page)}
        if page:
            meta |= {"newest_id": page[0].id, "oldest_id": page[-1].id}
        if token:
            meta["next_token"] = token
        return as_json(
            {**bodies(page, names=self.names, users="author_id" in query.get("expansions", "")), "meta": meta},
            headers={"x-rate-limit-limit": "450", "x-rate-limit-remaining": "449", "x-rate-limit-reset": "1999999999"},
        )

    def lookup(self, asked: Asked, query: dict[str, str]) -> Answer:
        names = query["ids"].split(",")
        missing = [name for name in names if not self.corpus.by_id([name])]
        errors = [
            {
                "resource_id": name,
                "title": "Not Found Error",
                "type": "https://api.twitter.com/2/problems/resource-not-found",
            }
            for name in missing
        ]
        return self.guarded(asked) or as_json(
            {**bodies(self.corpus.by_id(names), names=self.names, users=False), "errors": errors}
        )

    def users(self, asked: Asked, query: dict[str, str]) -> Answer:
        found = [user(f"u{number}", number) for number in query["ids"].split(",")]
        return self.guarded(asked) or as_json({"data": found})


def bodies(page: list[Post], *, users: bool, names: str) -> dict[str, Any]:
    """`data` is absent where there are no posts; empty parts are left out."""
    if not page:
        return {}
    data = []
    for post in page:
        body = {
            "id": post.id, "text": post.text, "author_id": "7", "created_at": f"{post.at:%Y-%m-%dT%H:%M:%S}.000Z",
            "public_metrics": {"like_count": 3, "reply_count": 1, "retweet_count": 2, "quote_count": 1},
            "edit_history_tweet_ids": [post.id], **post.more,
        }  # fmt: skip
        data.append(renamed(body) if names == "post" else body)
    return {"data": data, **({"includes": {"users": [user("juno", "7")]}} if users else {})}


def renamed(body: Any) -> Any:
    """The same under the newer names."""
    if isinstance(body, dict):
        return {NEW_NAMES.get(name, name): renamed(value) for name, value in body.items()}
    return body


def user(handle: str, number: str) -> dict[str, Any]:
    """An account."""
    return {
        "id": number, "username": handle, "name": handle.title(),
        "public_metrics": {"followers_count": 321, "tweet_count": 9},
    }  # fmt: skip
