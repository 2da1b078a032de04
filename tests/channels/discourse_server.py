"""A Discourse forum: the newest posts below an id, single posts, and its way of saying too fast."""

import re
from typing import Any

from tests.channels.api_server import ApiServer, Post, as_json
from tests.channels.feed_server import Answer, Asked


class DiscourseServer(ApiServer):
    """Posts by id, newest first."""

    def install(self) -> None:
        self.at("/posts.json", self._posts)

    def _play(self, handler: Any) -> None:
        found = re.fullmatch(r"/posts/(\d+)\.json", handler.path)
        if found:
            post = next(iter(self.corpus.by_id([found[1]])), None)
            self.serve(handler.path, as_json(shown(post)) if post else Answer(404))
        super()._play(handler)

    def _posts(self, asked: Asked, query: dict[str, str]) -> Answer:
        before = int(query.get("before") or 10**18)
        below = [post for post in self.corpus.newest_first() if int(post.id) < before]
        cut = below[: self.page_size]
        if self.between_pages:
            self.corpus.say(*self.between_pages)
            self.between_pages = []
        return as_json({"latest_posts": [shown(post) for post in cut]})


def shown(post: Post) -> dict[str, Any]:
    """A post as the forum shows it."""
    return {
        "id": int(post.id), "username": post.author, "name": "Juno", "user_id": 4, "topic_id": 3, "topic_slug": "lamps",
        "avatar_template": "/user_avatar/forum/juno/{size}/1.png", "created_at": post.at.isoformat(), "version": 1,
        "cooked": f"<p>{post.text}</p>", "post_number": 2, "reply_to_post_number": 1, "topic_title": "Lamps",
        "deleted_at": None, "user_deleted": False, "hidden": False, "trust_level": 1, "actions_summary": [{"id": 2}],
        **post.more,
    }  # fmt: skip
