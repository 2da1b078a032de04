"""Meta's Graph interface on loopback: a page, an Instagram account, Threads. https://developers.facebook.com/docs"""

from typing import Any

from tests.channels.api_server import Answer, ApiServer, Asked, Post, as_json


def graph_error(code: int, *, status: int = 400, **more: Any) -> Answer:
    """An error as Graph writes it."""
    return as_json(
        {"error": {"message": f"(#{code}) no", "type": "OAuthException", "code": code, **more}}, status=status
    )


class GraphServer(ApiServer):
    """Posts of page 100, media of account 200, and Threads; only the token `good` is let in."""

    usage = '{"call_count":1,"total_cputime":1,"total_time":1}'

    def install(self) -> None:
        self.token = "good"
        self.at("/100", lambda asked, query: self.one(query, {"id": "100", "name": "Lumen Lamps"}))
        self.at("/200", self.account)
        self.at("/me", lambda asked, query: self.one(query, {"id": "300", "username": "lumen"}))
        self.at("/100/feed", lambda asked, query: self.edge(query, page_post))
        self.at("/100/tagged", lambda asked, query: self.one(query, {"data": []}))
        self.at("/200/media", lambda asked, query: self.edge(query, medium))
        self.at("/200/tags", lambda asked, query: self.one(query, {"data": []}))
        self.at("/ig_hashtag_search", lambda asked, query: self.one(query, {"data": [{"id": "999"}]}))
        self.at("/999/recent_media", lambda asked, query: self.one(query, {"data": []}))
        self.at("/keyword_search", lambda asked, query: self.edge(query, thread))
        self.at("/", self.several)
        for post in self.corpus.posts:
            self.at(f"/{post.id}", self.single(post.id))

    @property
    def bases(self) -> dict[str, str]:
        return {"graph": self.url("").rstrip("/")}

    def one(self, query: dict[str, str], document: Any) -> Answer:
        if query.get("access_token") != self.token:
            return graph_error(190, status=400, error_subcode=463)
        return as_json(document, headers={"X-App-Usage": self.usage})

    def account(self, _asked: Asked, query: dict[str, str]) -> Answer:
        if "mentioned_comment" in query["fields"]:
            said = {"id": "c9", "text": "@lumen so good", "timestamp": "2026-11-20T12:00:00+0000", "username": "omar"}
            return self.one(query, {"mentioned_comment": said, "id": "200"})
        return self.one(query, {"id": "200", "username": "lumen"})

    def edge(self, query: dict[str, str], body: Any) -> Answer:
        page, token = self.cut(self.corpus.newest_first(), query.get("after"))
        paging = {"cursors": {"before": "b", "after": token or "end"}}
        if token:
            paging["next"] = "https://graph.example/next?access_token=secret"
        return self.one(query, {"data": [body(post) for post in page], "paging": paging})

    def single(self, post_id: str) -> Any:
        def answer(_asked: Asked, query: dict[str, str]) -> Answer:
            found = self.corpus.by_id([post_id])
            return self.one(query, page_post(found[0])) if found else graph_error(100, error_subcode=33)

        return answer

    def several(self, _asked: Asked, query: dict[str, str]) -> Answer:
        names = query["ids"].split(",")
        found = {post.id: page_post(post) for post in self.corpus.by_id(names)}
        if len(found) < len(names):
            # One that is gone makes the whole question fail.
            return graph_error(100, error_subcode=33)
        return self.one(query, found)


def page_post(post: Post) -> dict[str, Any]:
    """A post of a page with a comment whose writer is hidden."""
    return {
        "id": post.id, "message": post.text, "created_time": f"{post.at:%Y-%m-%dT%H:%M:%S}+0000",
        "permalink_url": f"https://www.facebook.com/100/posts/{post.id}", "from": {"id": "55", "name": "Juno"},
        "reactions": {"data": [], "summary": {"total_count": 4}}, "shares": {"count": 2}, **post.more,
    }  # fmt: skip


def medium(post: Post) -> dict[str, Any]:
    """A medium of an Instagram account."""
    return {
        "id": post.id, "caption": post.text, "media_type": "IMAGE", "media_url": "https://cdn.example/a.jpg",
        "permalink": f"https://www.instagram.com/p/{post.id}/", "timestamp": f"{post.at:%Y-%m-%dT%H:%M:%S}+0000",
        "username": post.author, "like_count": 5, "comments_count": 1, **post.more,
    }  # fmt: skip


def thread(post: Post) -> dict[str, Any]:
    """A post on Threads."""
    return {
        "id": post.id, "text": post.text, "media_type": "TEXT_POST", "username": post.author,
        "permalink": f"https://www.threads.com/@{post.author}/post/{post.id}",
        "timestamp": f"{post.at:%Y-%m-%dT%H:%M:%S}+0000", "is_quote_post": False, **post.more,
    }  # fmt: skip
