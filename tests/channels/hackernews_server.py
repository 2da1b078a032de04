"""Algolia's search of Hacker News and the official API, as their documents show them."""

import re
from typing import Any

from tests.channels.api_server import ApiServer, Post, as_json
from tests.channels.feed_server import Answer, Asked


class HackerNewsServer(ApiServer):
    """Newest first by `created_at_i`; the official API answers item by item and says null for what is gone."""

    def install(self) -> None:
        self.at("/search_by_date", self._search)

    def _play(self, handler: Any) -> None:
        found = re.fullmatch(r"/item/(\d+)\.json", handler.path)
        if found:
            self.at(handler.path, lambda asked, query: self._item(found[1]))
        super()._play(handler)

    @property
    def bases(self) -> dict[str, str]:
        base = self.url("").rstrip("/")
        return {"search": base, "items": base}

    def _search(self, asked: Asked, query: dict[str, str]) -> Answer:
        asked_for = query.get("numericFilters", "created_at_i>=0,created_at_i<=9999999999")
        low, high = (int(number) for number in re.findall(r"created_at_i[<>]=(\d+)", asked_for))
        within = [post for post in self.corpus.newest_first() if low <= post.at.timestamp() <= high]
        page = int(query.get("page", 0))
        cut = within[page * self.page_size : (page + 1) * self.page_size]
        if self.between_pages:
            self.corpus.say(*self.between_pages)
            self.between_pages = []
        pages = -(-len(within) // self.page_size)
        return as_json({"hits": [hit(post) for post in cut], "page": page, "nbPages": pages, "nbHits": len(within)})

    def _item(self, number: str) -> Answer:
        post = next((post for post in self.corpus.posts if post.id == number), None)
        if post is None:
            return as_json(None)
        about = {"id": int(number), "type": "comment", "by": post.author, "time": int(post.at.timestamp())}
        return as_json({**about, "text": post.text, **post.more})


def hit(post: Post) -> dict[str, Any]:
    return {
        "objectID": post.id, "created_at": post.at.isoformat(), "created_at_i": int(post.at.timestamp()),
        "author": post.author, "title": None, "url": None, "story_text": None, "points": None, "num_comments": None,
        "comment_text": f"<p>{post.text} &amp; more</p>", "story_title": "Lamps", "story_id": 1, "parent_id": 1,
        "_tags": ["comment", f"author_{post.author}"], "_highlightResult": {"author": {"value": post.author}},
    }  # fmt: skip
