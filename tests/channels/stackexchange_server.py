"""The Stack Exchange API 2.3: always compressed, in a wrapper, with `backoff` on a 200 and entities in titles."""

import gzip
import json
from typing import Any

from tests.channels.api_server import ApiServer, Post
from tests.channels.feed_server import Answer, Asked


def packed(document: Any, status: int = 200) -> Answer:
    """Compressed, whatever was asked for."""
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    return Answer(status, headers, gzip.compress(json.dumps(document).encode(), mtime=0))


class StackExchangeServer(ApiServer):
    """Oldest first from `fromdate`; `backoff` is put into the next wrapper when it is set."""

    backoff: int | None = None
    answers: tuple[Post, ...] = ()

    def install(self) -> None:
        self.at("/search/advanced", self._search)
        self.at("/search/excerpts", self._excerpts)
        self.at("/info", lambda asked, query: packed({"items": [{"total_users": 1}], "quota_remaining": 9}))

    def _play(self, handler: Any) -> None:
        path = handler.path.partition("?")[0]
        if path.startswith(("/questions/", "/answers/")):
            names = path.rsplit("/", 1)[1].split(";")
            made = question if path.startswith("/questions/") else answer
            found = [made(post) for post in self.corpus.by_id(names)]
            self.serve(path, packed({"items": found, "has_more": False, "quota_remaining": 9}))
        super()._play(handler)

    def _excerpts(self, asked: Asked, query: dict[str, str]) -> Answer:
        start = int(query["fromdate"])
        posts = [post for post in self.answers if post.at.timestamp() >= start and post in self.corpus.posts]
        cut = {"title": "Which lamp&#39;s best?", "excerpt": "…lamp…"}
        found = [
            {
                **cut,
                "item_type": "answer",
                "answer_id": int(post.id),
                "question_id": 1,
                "creation_date": int(post.at.timestamp()),
            }
            for post in posts
        ]
        asked_too = {**cut, "item_type": "question", "question_id": 1, "creation_date": start}
        return packed({"items": [asked_too, *found], "has_more": False, "quota_remaining": 8})

    def _search(self, asked: Asked, query: dict[str, str]) -> Answer:
        start, page = int(query["fromdate"]), int(query["page"])
        asked_for = [post for post in self.corpus.newest_first() if post not in self.answers]
        within = [post for post in reversed(asked_for) if post.at.timestamp() >= start]
        cut = within[(page - 1) * self.page_size : page * self.page_size]
        wrapper: dict[str, Any] = {
            "items": [question(post) for post in cut], "has_more": len(within) > page * self.page_size,
            "quota_max": 10_000, "quota_remaining": 9_990,
        }  # fmt: skip
        if self.backoff:
            wrapper["backoff"], self.backoff = self.backoff, None
        if self.between_pages:
            self.corpus.say(*self.between_pages)
            self.between_pages = []
        return packed(wrapper)


def question(post: Post) -> dict[str, Any]:
    owner = {"user_id": 5, "account_id": 50, "display_name": "J&#252;no", "user_type": "registered", "reputation": 7}
    return {
        "question_id": int(post.id), "title": "Which lamp&#39;s best?", "body": f"<p>{post.text}</p>", "score": -1,
        "creation_date": int(post.at.timestamp()), "link": f"https://diy.stackexchange.com/questions/{post.id}/x",
        "owner": owner, "tags": ["lamp"], "view_count": 3, "answer_count": 0, "is_answered": False, **post.more,
    }  # fmt: skip


def answer(post: Post) -> dict[str, Any]:
    """An answer, which names its question and neither its title nor its address."""
    whole = question(post)
    kept = {name: whole[name] for name in ("body", "score", "creation_date", "owner")}
    return {**kept, "answer_id": int(post.id), "question_id": 1, "is_accepted": False}
