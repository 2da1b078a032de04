"""A Bluesky session that is kept between polls: creating one is limited to 300 a day, renewing one is not."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from portal.foundation.text import gettext as _
from portal.listening.connectors.contract import AuthFailed, Context, Contract
from portal.listening.connectors.pieces import address_of, id_of, piece, pieces
from portal.listening.connectors.wire import Params, Reply, call, refuse


@dataclass(frozen=True, slots=True)
class Session:
    """Tokens of one sign-in, where its account lives, and a mark of the password that opened it."""

    access: str
    renewal: str
    host: str
    handle: str
    mark: str


def open_session(ctx: Context) -> Session:
    """Sign in with the app password.

    Raises:
        AuthFailed: the handle or the password is wrong.
    """
    data = {"identifier": ctx.setting("identifier").removeprefix("@"), "password": ctx.secret("password")}
    reply = call(ctx, f"{ctx.base('entry')}/xrpc/com.atproto.server.createSession", data=data, accept={400, 401})
    if reply.status != 200:
        raise AuthFailed(_("Bluesky does not know this handle with this app password."))
    return _session_of(ctx, reply.json(), "")


def with_session(ctx: Context, method: str, params: Params) -> tuple[Reply, Mapping[str, str]]:
    """Ask with the kept session; one that ran out is renewed, then opened anew. Also gives what is to be kept."""
    session = _kept(ctx)
    fresh: dict[str, str] = {}
    if session is None:
        session = open_session(ctx)
        fresh = {"session": json.dumps(asdict(session))}
    reply = _ask(ctx, session, method, params)
    if _ran_out(reply):
        session = _renewed(ctx, session)
        fresh = {"session": json.dumps(asdict(session))}
        reply = _ask(ctx, session, method, params)
    if reply.status != 200:
        refuse(reply, ctx.now)
    return reply, fresh


def _ask(ctx: Context, session: Session, method: str, params: Params) -> Reply:
    headers = {"Authorization": f"Bearer {session.access}"}
    return call(ctx, f"{session.host}/xrpc/{method}", params=params, headers=headers, accept={400, 401})


def _ran_out(reply: Reply) -> bool:
    if reply.status == 401:
        return True
    # An expired token is told by name with status 400.
    return reply.status == 400 and b"ExpiredToken" in reply.body[:1000]


def _renewed(ctx: Context, session: Session) -> Session:
    headers = {"Authorization": f"Bearer {session.renewal}"}
    url = f"{session.host}/xrpc/com.atproto.server.refreshSession"
    reply = call(ctx, url, method="POST", headers=headers, accept={400, 401})
    return open_session(ctx) if reply.status != 200 else _session_of(ctx, reply.json(), session.host)


def _session_of(ctx: Context, document: Any, host: str) -> Session:
    access, renewal = id_of(piece(document, "accessJwt")), id_of(piece(document, "refreshJwt"))
    if not access:
        raise Contract(_("Bluesky opened no session."))
    services = [piece(found, "serviceEndpoint") for found in pieces(document, "didDoc", "service")]
    own = next((found for found in map(address_of, services) if found), None)
    return Session(
        access, renewal, (own or host or ctx.base("entry")).rstrip("/"), id_of(piece(document, "handle")), _mark(ctx)
    )


def _kept(ctx: Context) -> Session | None:
    try:
        session = Session(**json.loads(ctx.secret("session")))
    except (ValueError, TypeError):
        return None
    return session if session.mark == _mark(ctx) else None


def _mark(ctx: Context) -> str:
    words = f"{ctx.base('entry')} {ctx.setting('identifier')} {ctx.secret('password')}"
    return hashlib.sha256(words.encode()).hexdigest()[:16]
