"""A Bluesky host with sessions that run out, a search with cursors, and a stream of all posts."""

import json
import threading
from datetime import datetime
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

from websockets.sync.server import ServerConnection, serve

from tests.channels.api_server import ApiServer, Post, as_json
from tests.channels.feed_server import Answer, Asked

DID = "did:plc:juno"


class BlueskyServer(ApiServer):
    """Tokens are counted: `session` is the one that is good now, `renewable` whether it may be renewed."""

    session = 0
    renewable = True

    def install(self) -> None:
        self.at("/xrpc/com.atproto.server.createSession", self._create)
        self.at("/xrpc/com.atproto.server.refreshSession", self._renew)
        self.at("/xrpc/app.bsky.feed.searchPosts", self._search)
        self.at("/xrpc/app.bsky.feed.getPosts", self._posts)
        self.at("/xrpc/app.bsky.actor.getProfiles", self._profiles)

    @property
    def bases(self) -> dict[str, str]:
        return {"entry": self.url("").rstrip("/")}

    def _create(self, asked: Asked, query: dict[str, str]) -> Answer:
        given = json.loads(asked.body)
        if given != {"identifier": "brand.example", "password": "good"}:
            return as_json({"error": "AuthenticationRequired", "message": "Invalid identifier or password"}, status=401)
        return self._opened()

    def _renew(self, asked: Asked, query: dict[str, str]) -> Answer:
        return self._opened() if self.renewable else as_json({"error": "ExpiredToken"}, status=400)

    def _opened(self) -> Answer:
        self.session += 1
        document = {"service": [{"type": "AtprotoPersonalDataServer", "serviceEndpoint": self.url("").rstrip("/")}]}
        tokens = {"accessJwt": f"access-{self.session}", "refreshJwt": f"refresh-{self.session}"}
        return as_json({**tokens, "did": DID, "handle": "brand.example", "didDoc": document})

    def _let_in(self, asked: Asked) -> Answer | None:
        if asked.headers.get("authorization") == f"Bearer access-{self.session}":
            return None
        return as_json({"error": "ExpiredToken", "message": "Token has expired"}, status=400)

    def _search(self, asked: Asked, query: dict[str, str]) -> Answer:
        refusal = self._let_in(asked)
        if refusal:
            return refusal
        since = query["since"]
        within = [post for post in self.corpus.newest_first() if f"{post.at:%Y-%m-%dT%H:%M:%S.000Z}" >= since]
        cut, after = self.cut(within, query.get("cursor"))
        return as_json({"posts": [view(post) for post in cut], **({"cursor": after} if after else {})})

    def _posts(self, asked: Asked, query: dict[str, str]) -> Answer:
        wanted = [value.rsplit("/", 1)[1] for _name, value in parse_qsl(urlsplit(asked.path).query)]
        return self._let_in(asked) or as_json({"posts": [view(post) for post in self.corpus.by_id(wanted)]})

    def _profiles(self, asked: Asked, query: dict[str, str]) -> Answer:
        actors = [value for _name, value in parse_qsl(urlsplit(asked.path).query)]
        found = [{"did": did, "handle": "juno.example", "displayName": "Juno", "followersCount": 12} for did in actors]
        return self._let_in(asked) or as_json({"profiles": found})


def view(post: Post) -> dict[str, Any]:
    """A post as searches show it."""
    return {
        "uri": f"at://{DID}/app.bsky.feed.post/{post.id}", "cid": f"cid{post.text}", "likeCount": 2, "replyCount": 0,
        "author": {"did": DID, "handle": "juno.example", "displayName": "Juno", "labels": []}, "repostCount": 1,
        "record": record(post), "indexedAt": post.at.isoformat(), "labels": [], **post.more,
    }  # fmt: skip


def record(post: Post) -> dict[str, Any]:
    """The post itself."""
    return {"$type": "app.bsky.feed.post", "text": post.text, "createdAt": post.at.isoformat(), "langs": ["en"]}


def line(post: Post, operation: str = "create") -> dict[str, Any]:
    """One line of the stream."""
    commit: dict[str, Any] = {"rev": "r", "operation": operation, "collection": "app.bsky.feed.post", "rkey": post.id}
    if operation != "delete":
        commit |= {"record": record(post), "cid": "c"}
    return {"did": DID, "time_us": int(post.at.timestamp() * 1_000_000), "kind": "commit", "commit": commit}


class StreamServer:
    """A WebSocket that says its lines from the cursor on, the cursor's own again, and then ends or stays silent."""

    def __init__(self, *lines: Any, stays_open: bool = False) -> None:
        self.lines, self.stays_open = list(lines), stays_open
        # What the public host says of their posts: all but what is deleted since, some only to who is signed in.
        self.deleted: set[str] = set()
        self.hidden: set[str] = set()
        self.public = ApiServer()
        self.public.at("/xrpc/app.bsky.feed.getPosts", self._posts)
        self.asked: list[dict[str, str]] = []
        self._closing = threading.Event()
        self._server = serve(self._talk, "127.0.0.1", 0)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self.public.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._server.shutdown()
        self.public.__exit__()

    @property
    def bases(self) -> dict[str, str]:
        """The addresses of the stream and of the public host."""
        port = self._server.socket.getsockname()[1]
        return {"stream": f"ws://127.0.0.1:{port}", "public": self.public.url("").rstrip("/")}

    def _posts(self, asked: Asked, query: dict[str, str]) -> Answer:
        wanted = {value.rsplit("/", 1)[1] for _name, value in parse_qsl(urlsplit(asked.path).query)} - self.deleted
        commits = [said["commit"] for said in self.lines if isinstance(said, dict) and said.get("commit")]
        found = {commit["rkey"]: commit["record"] for commit in commits if "record" in commit}
        return as_json({"posts": [self._view(name, said) for name, said in found.items() if name in wanted]})

    def _view(self, name: str, said: dict[str, Any]) -> dict[str, Any]:
        shown = view(Post(name, said["text"], datetime.fromisoformat(said["createdAt"])))
        labels = [{"val": "!no-unauthenticated"}] if name in self.hidden else []
        return {**shown, "author": {**shown["author"], "labels": labels}}

    def _talk(self, connection: ServerConnection) -> None:
        assert connection.request is not None
        query = dict(parse_qsl(urlsplit(connection.request.path).query))
        self.asked.append(query)
        cursor = int(query.get("cursor", 0))
        for said in self.lines:
            if isinstance(said, bytes | str):
                connection.send(said)
            elif said.get("time_us", cursor) >= cursor:
                connection.send(json.dumps(said, ensure_ascii=False))
        if self.stays_open:
            self._closing.wait(30)
