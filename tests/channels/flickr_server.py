"""Flickr's REST interface on loopback: errors come with a 200. Shapes: https://www.flickr.com/services/api/"""

from typing import Any

from tests.channels.api_server import Answer, ApiServer, Asked, Post, as_json


def failure(code: int, message: str = "no") -> Answer:
    """A refusal, as Flickr writes it into a 200."""
    return as_json({"stat": "fail", "code": code, "message": message})


class FlickrServer(ApiServer):
    """One path; the method stands in the query."""

    def install(self) -> None:
        self.at("/services/rest/", self.rest)

    def rest(self, _asked: Asked, query: dict[str, str]) -> Answer:
        if query.get("api_key") != "good-key":
            return failure(100, "Invalid API Key (Key has invalid format)")
        if query["method"] == "flickr.test.echo":
            return as_json({"stat": "ok"})
        if query["method"] == "flickr.photos.getInfo":
            found = self.corpus.by_id([query["photo_id"]])
            return as_json({"photo": body(found[0]), "stat": "ok"}) if found else failure(1, "Photo not found")
        start = int(query["min_upload_date"])
        found = [post for post in reversed(self.corpus.newest_first()) if post.at.timestamp() >= start]
        page, size = int(query["page"]), self.page_size
        shown = found[(page - 1) * size : page * size]
        if self.between_pages:
            self.corpus.say(*self.between_pages)
            self.between_pages = []
        pages = -(-len(found) // size)
        photos = {
            "page": page,
            "pages": pages,
            "perpage": size,
            "total": str(len(found)),
            "photo": [body(post) for post in shown],
        }
        return as_json({"photos": photos, "stat": "ok"})


def body(post: Post) -> dict[str, Any]:
    """A photo; numbers are strings."""
    return {
        "id": post.id, "owner": "12345@N00", "title": post.text, "ownername": post.author, "pathalias": None,
        "dateupload": str(int(post.at.timestamp())), "views": "9", "tags": "lamp desk", "media": "photo",
        "description": {"_content": "On my <b>desk</b>"}, "iconserver": "65535", "iconfarm": 66, "url_m": "https://live.example/m.jpg",
        **post.more,
    }  # fmt: skip
