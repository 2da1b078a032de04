"""Tumblr's v2 interface on loopback: posts by tag, paged by time. Shapes: https://www.tumblr.com/docs/en/api/v2"""

from typing import Any

from tests.channels.api_server import Answer, ApiServer, Asked, Post, as_json


class TumblrServer(ApiServer):
    """`before` leaves out the second it names, as the real one does."""

    def install(self) -> None:
        self.at("/v2/tagged", self.tagged)
        self.at("/v2/blog/juno.tumblr.com/posts", self.one)

    def one(self, _asked: Asked, query: dict[str, str]) -> Answer:
        found = [body(post) for post in self.corpus.by_id([query["id"]])]
        status = 200 if found else 404
        return as_json({"meta": {"status": status, "msg": "x"}, "response": {"posts": found}}, status=status)

    def tagged(self, _asked: Asked, query: dict[str, str]) -> Answer:
        if query.get("api_key") != "good-key":
            return as_json({"meta": {"status": 401, "msg": "Unauthorized"}, "response": []}, status=401)
        before = int(query.get("before") or 2**40)
        found = [post for post in self.corpus.newest_first() if int(post.at.timestamp()) < before]
        page, _token = self.cut(found, None)
        return as_json({"meta": {"status": 200, "msg": "OK"}, "response": [body(post) for post in page]})


def body(post: Post) -> dict[str, Any]:
    """A post of blocks, with an id that a float would round."""
    return {
        "id": int(post.id), "id_string": post.id, "blog_name": post.author, "timestamp": int(post.at.timestamp()),
        "post_url": f"https://{post.author}.tumblr.com/post/{post.id}", "tags": ["lamp", "desk lamp"], "type": "blocks",
        "content": [{"type": "text", "text": post.text}], "note_count": 7, "state": "published", **post.more,
    }  # fmt: skip
