"""A source on a loopback server, asked turn by turn, as the tests of channels need it."""

from typing import Any

from portal.foundation import config
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.listening.connectors.contract import Context, PollResult
from portal.listening.models import Source
from portal.listening.services import add_source
from portal.listening.services.turns import ask, claim_turn, keep_answer, make_context
from tests.channels.api_server import ApiServer
from tests.conftest import settings_for_tests


def context(channel: str, server: ApiServer | None = None, /, **settings: str) -> Context:
    """The context of a source with these settings, its channel's addresses being the server's."""
    point_at(channel, server)
    return make_context(channel, dict(settings), dict(settings), words=("lamp",), push_token="token")


def point_at(channel: str, server: ApiServer | None) -> None:
    """Let a channel's addresses be those of the server."""
    addresses = " ".join(f"{channel}.{name}={url}" for name, url in (server.bases if server else {}).items())
    config.use(settings_for_tests(FETCH_ALLOW_LOOPBACK=True, CHANNEL_ADDRESSES=addresses))


def listen(channel: str, server: ApiServer, /, **settings: str) -> Source:
    """A source of a channel on a server."""
    point_at(channel, server)
    source = add_source(connector=channel, settings={"words": "lamp", **settings}, name="Test", keeps_all=True, by=None)
    session().flush()
    return source


def take_turns(source: Source, *, most: int = 30, dying: bool = False) -> int:
    """Ask until nothing is due; `dying` asks for each page twice, as after a kill before it could be stored."""
    source.next_due_at = now()
    session().flush()
    for turns in range(most):
        turn = claim_turn()
        if turn is None:
            return turns
        answer = ask(turn)
        if dying:
            answer = ask(turn)
        keep_answer(turn, answer)
        session().flush()
        session().refresh(source)
    raise AssertionError("the walk does not end")


def walk(connector: Any, ctx: Context, state: dict[str, Any] | None = None, *, most: int = 20) -> PollResult:
    """Poll until no page is left; all items in one result."""
    from portal.listening.connectors.contract import Budget

    items: list[Any] = []
    for _page in range(most):
        answer = connector.poll(ctx, state or {}, Budget())
        items += answer.items
        state = dict(answer.state)
        if not answer.more:
            return PollResult(items=tuple(items), state=state, not_before=answer.not_before, warnings=answer.warnings)
    raise AssertionError("the walk does not end")
