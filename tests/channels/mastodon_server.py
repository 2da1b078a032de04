"""A Mastodon server: hashtag timelines, search, statuses by id, and a stream that cuts its bytes anywhere."""

import json
from typing import Any

from tests.channels.api_server import ApiServer, Post, as_json
from tests.channels.feed_server import Answer, Asked


class MastodonServer(ApiServer):
    """Pages by `min_id` and `max_id` as the real one; `stream` holds what the stream says before it ends."""

    stream: bytes = b""
    streaming_host = ""

    def install(self) -> None:
        self.at("/api/v1/timelines/tag/lamp", lambda asked, query: as_json(self._page(query)))
        self.at("/api/v2/search", self._search)
        self.at("/api/v1/statuses", self._statuses)
        self.at("/api/v2/instance", lambda asked, query: as_json(self._about()))
        self.at("/api/v1/streaming/hashtag", self._stream)

    def _page(self, query: dict[str, str]) -> list[dict[str, Any]]:
        found = self.corpus.newest_first()
        size = min(int(query.get("limit", 20)), self.page_size)
        if query.get("min_id"):
            above = [post for post in found if int(post.id) > int(query["min_id"])]
            cut = above[-size:]
        else:
            cut = found[:size]
        if self.between_pages:
            self.corpus.say(*self.between_pages)
            self.between_pages = []
        return [status(post) for post in cut]

    def _about(self) -> dict[str, Any]:
        urls = {"streaming": self.streaming_host} if self.streaming_host else {}
        return {"title": "A server", "configuration": {"urls": urls}}

    def _search(self, asked: Asked, query: dict[str, str]) -> Answer:
        if asked.headers.get("authorization") != "Bearer good":
            return as_json({"error": "The access token is invalid"}, status=401)
        return as_json({"accounts": [], "hashtags": [], "statuses": self._page(query)})

    def _statuses(self, asked: Asked, query: dict[str, str]) -> Answer:
        names = [part.partition("=")[2] for part in asked.path.partition("?")[2].split("&")]
        return as_json([status(post) for post in self.corpus.by_id(names)])

    def _stream(self, asked: Asked, query: dict[str, str]) -> Answer:
        if asked.headers.get("authorization") != "Bearer good":
            return as_json({"error": "This method requires an authenticated user"}, status=401)
        return Answer(headers={"Content-Type": "text/event-stream"}, body=self.stream, length=None)


def status(post: Post) -> dict[str, Any]:
    """A status; `url` may be null, and the id is too long for a JavaScript number."""
    account = {
        "id": "109", "username": post.author, "acct": post.author, "display_name": "Juno", "bot": False,
        "url": f"https://masto.example/@{post.author}", "followers_count": 12, "noindex": False,
    }  # fmt: skip
    return {
        "id": post.id, "uri": f"https://masto.example/s/{post.id}", "url": None, "created_at": post.at.isoformat(),
        "edited_at": None, "content": f"<p>{post.text} <a href='#'>#<span>lamp</span></a></p>", "spoiler_text": "",
        "visibility": "public", "language": "en", "in_reply_to_id": None, "reblog": None, "favourites_count": 1,
        "reblogs_count": 0, "replies_count": 0, "media_attachments": [], "tags": [{"name": "lamp"}], "mentions": [],
        "account": account | post.more.get("account", {}), **{k: v for k, v in post.more.items() if k != "account"},
    }  # fmt: skip


def event(name: str, payload: Any) -> bytes:
    """One server-sent event."""
    data = payload if isinstance(payload, str) else json.dumps(payload, ensure_ascii=False)
    return f"event: {name}\ndata: {data}\n\n".encode()
