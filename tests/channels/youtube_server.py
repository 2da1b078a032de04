"""YouTube Data API v3 on loopback: search, videos, comment threads, and quotas that run out.

Shapes: https://developers.google.com/youtube/v3/docs
"""

from typing import Any

from tests.channels.api_server import Answer, ApiServer, Asked, Corpus, Post, as_json


def refusal(status: int, reason: str, message: str = "no") -> Answer:
    """An error as the interface writes it."""
    told = [{"domain": "youtube.quota", "reason": reason, "message": message}]
    return as_json({"error": {"code": status, "message": message, "errors": told}}, status=status)


class YouTubeServer(ApiServer):
    """Videos in `corpus`, comments in `comments`."""

    def __init__(self, corpus: Corpus | None = None, comments: Corpus | None = None, **given: Any) -> None:
        self.comments = comments or Corpus()
        super().__init__(corpus, **given)

    def install(self) -> None:
        self.at("/search", self.search)
        self.at("/videos", self.videos)
        self.at("/commentThreads", self.threads)
        self.at("/comments", self.single_comments)
        self.at("/channels", self.channels)
        self.at("/i18nLanguages", lambda _asked, _query: as_json({"items": []}))

    def search(self, _asked: Asked, query: dict[str, str]) -> Answer:
        if query.get("key") != "good-key":
            return refusal(400, "badRequest", "API key not valid. Please pass a valid API key.")
        found = [post for post in self.corpus.newest_first() if post.at.isoformat() >= query["publishedAfter"][:19]]
        page, token = self.cut(found, query.get("pageToken"))
        items = [
            {
                "kind": "youtube#searchResult",
                "id": {"kind": "youtube#video", "videoId": post.id},
                "snippet": {"publishedAt": f"{post.at:%Y-%m-%dT%H:%M:%SZ}", "title": f"{post.text} &amp; more"},
            }
            for post in page
        ]
        return as_json({"items": items, "pageInfo": {}, **({"nextPageToken": token} if token else {})})

    def videos(self, _asked: Asked, query: dict[str, str]) -> Answer:
        found = self.corpus.by_id(query["id"].split(","))
        return as_json({"items": [video(post) for post in found]})

    def threads(self, _asked: Asked, query: dict[str, str]) -> Answer:
        page, token = self.cut(self.comments.newest_first(), query.get("pageToken"))
        items = [
            {"kind": "youtube#commentThread", "id": post.id, "snippet": {
                "videoId": "vid00000001", "totalReplyCount": 0, "topLevelComment": comment(post)}}
            for post in page
        ]  # fmt: skip
        return as_json({"items": items, **({"nextPageToken": token} if token else {})})

    def single_comments(self, _asked: Asked, query: dict[str, str]) -> Answer:
        return as_json({"items": [comment(post) for post in self.comments.by_id(query["id"].split(","))]})

    def channels(self, _asked: Asked, query: dict[str, str]) -> Answer:
        items = [
            {"id": name, "snippet": {"title": name.title()}, "statistics": {"subscriberCount": "1200"}}
            for name in query["id"].split(",")
        ]
        return as_json({"items": items})


def video(post: Post) -> dict[str, Any]:
    """A video resource; numbers are strings."""
    return {
        "kind": "youtube#video",
        "id": post.id,
        "snippet": {
            "publishedAt": f"{post.at:%Y-%m-%dT%H:%M:%SZ}",
            "channelId": f"UC{post.author}",
            "channelTitle": post.author,
            "title": post.text,
            "description": f"Filmed at home. {post.text}",
            "thumbnails": {"high": {"url": f"https://i.ytimg.com/vi/{post.id}/hqdefault.jpg"}},
        },
        "statistics": {"viewCount": "18446744073", "likeCount": "12"},
        **post.more,
    }


def comment(post: Post) -> dict[str, Any]:
    """A comment resource."""
    return {
        "kind": "youtube#comment",
        "id": post.id,
        "snippet": {
            "textDisplay": post.text, "textOriginal": post.text, "authorDisplayName": f"@{post.author}",
            "authorChannelId": {"value": f"UC{post.author}"}, "likeCount": 1, "videoId": "vid00000001",
            "publishedAt": f"{post.at:%Y-%m-%dT%H:%M:%SZ}", "updatedAt": f"{post.at:%Y-%m-%dT%H:%M:%SZ}",
        },
    }  # fmt: skip
