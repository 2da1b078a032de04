"""What every channel's server on loopback shares: JSON answers, a corpus that grows, and the faults it can play."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.channels.feed_server import Answer, Asked, FeedServer

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def as_json(document: Any, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    """A document as an answer."""
    body = json.dumps(document).encode()
    return Answer(status, {"Content-Type": "application/json; charset=utf-8", **(headers or {})}, body)


def query_of(asked: Asked) -> dict[str, str]:
    """The query of a request."""
    return dict(parse_qsl(urlsplit(asked.path).query, keep_blank_values=True))


@dataclass
class Post:
    """One thing that was said on the channel."""

    id: str
    text: str = "The lamp on my desk"
    at: datetime = NOON
    author: str = "juno"
    more: dict[str, Any] = field(default_factory=dict)


def posts(*numbers: int, start: int = 0, text: str = "The lamp on my desk, number") -> list[Post]:
    """Posts a minute apart; ids have the width of real ones."""
    return [Post(str(start + number), f"{text} {number}", NOON + timedelta(minutes=number)) for number in numbers]


@dataclass
class Corpus:
    """Everything said so far, in any order; pages are cut from the newest down, or from the oldest up."""

    posts: list[Post] = field(default_factory=list)

    def say(self, *more: Post) -> None:
        """Something is said while somebody pages."""
        self.posts += more

    def forget(self, post_id: str) -> None:
        """Something is deleted."""
        self.posts = [post for post in self.posts if post.id != post_id]

    def newest_first(self) -> list[Post]:
        """From the newest down."""
        return sorted(self.posts, key=lambda post: (post.at, int(post.id, 36)), reverse=True)

    def by_id(self, names: Sequence[str]) -> list[Post]:
        """Those of these ids that still stand."""
        return [post for post in self.posts if post.id in names]


def page_of(found: Sequence[Post], after: str | None, size: int) -> tuple[list[Post], str | None]:
    """The posts behind the one whose id is the token, and the token of the next page."""
    start = 0
    if after:
        places = [place for place, post in enumerate(found) if post.id == after]
        start = places[0] + 1 if places else len(found)
    page = list(found[start : start + size])
    return page, page[-1].id if len(found) > start + size else None


class ApiServer(FeedServer):
    """A channel's server with faults on demand.

    Attributes:
        faults: answers to give instead, in their order; None gives the real one.
        page_size: the most that a page holds, whatever is asked for.
    """

    def __init__(self, corpus: Corpus | None = None, *, page_size: int = 2) -> None:
        super().__init__()
        self.corpus = corpus or Corpus()
        self.page_size = page_size
        self.faults: list[Answer | None] = []
        self.between_pages: list[Post] = []
        self.install()

    def install(self) -> None:
        """Put the channel's answers at their paths."""

    def at(self, path: str, make: Callable[[Asked, dict[str, str]], Answer]) -> None:
        """Answer a path by a function of the request and its query, faults first."""

        def play(asked: Asked) -> Answer:
            fault = self.faults.pop(0) if self.faults else None
            return fault or make(asked, query_of(asked))

        self.serve(path, play)

    def cut(self, found: Sequence[Post], after: str | None, size: int | None = None) -> tuple[list[Post], str | None]:
        """A page; whatever waits to be said between pages is said after the first one."""
        page = page_of(found, after, min(size or self.page_size, self.page_size))
        if not after and self.between_pages:
            self.corpus.say(*self.between_pages)
            self.between_pages = []
        return page

    @property
    def bases(self) -> dict[str, str]:
        """The channel's addresses here, by name."""
        return {"api": self.url("").rstrip("/")}
