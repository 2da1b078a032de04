"""What any server may do to us, done by every channel's own: told apart, and nothing of it is taken for an answer."""

import gzip

import pytest

from portal.listening.connectors import connector_for
from portal.listening.connectors.contract import (
    BadQuery,
    Budget,
    ConnectorError,
    Contract,
    RateLimited,
    Transient,
)
from portal.listening.connectors.wire import LIMITS
from tests.channels.api_server import ApiServer, Corpus, posts
from tests.channels.feed_server import Answer
from tests.listening.connectors.asking import context, walk
from tests.listening.connectors.test_channels_end_to_end import CASES
from tests.listening.connectors.test_open_channels import CASES as OPEN

JSON = {"Content-Type": "application/json"}
BOMB = gzip.compress(b"[" * (LIMITS.decoded_bytes + 1), mtime=0)
# Each with what it must be told as, and the seconds we are asked to wait.
FAULTS: list[tuple[Answer, type[ConnectorError], float | None]] = [
    (Answer(302, {"Location": "http://169.254.169.254/latest/meta-data"}), BadQuery, None),
    (Answer(302, {"Location": "http://[::ffff:127.0.0.1]/"}), BadQuery, None),
    (Answer(200, JSON, b'{"data": [', length=5000), Transient, None),
    (Answer(200, JSON | {"Content-Encoding": "gzip"}, BOMB), Transient, None),
    (Answer(200, JSON, b"[" * (LIMITS.wire_bytes + 1)), Transient, None),
    (Answer(200, {"Content-Type": "text/html"}, b"<h1>Sign in to the hotel</h1>"), Contract, None),
    (Answer(200, JSON, b"\x1f\x8b not gzip at all"), Contract, None),
    (Answer(raw=b""), Transient, None),
    (Answer(raw=b"ICY 200 OK\r\n\r\n"), Transient, None),
    (Answer(503, {"Retry-After": "77"}, b"<h1>Back soon</h1>"), Transient, 77),
    (Answer(429, {"Retry-After": "77"}), RateLimited, 77),
    (Answer(429), RateLimited, None),
]


def settings_of(channel: str, server: ApiServer) -> dict[str, str]:
    if channel in CASES:
        return {**CASES[channel].settings, **CASES[channel].secrets()}
    return OPEN[channel].settings(server)


@pytest.mark.parametrize("channel", [*CASES, *OPEN])
def test_a_fault_on_the_wire_is_told_for_what_it_is(channel):
    make, key = (CASES.get(channel) or OPEN[channel]).server, channel.partition(" ")[0]
    with make(Corpus(posts(1))) as server:
        ctx = context(key, server, **settings_of(channel, server))
        for number, (fault, kind, wait) in enumerate(FAULTS):
            server.faults = [fault] * 3
            with pytest.raises(ConnectorError) as told:
                connector_for(key).poll(ctx, {}, Budget())
            assert (number, type(told.value)) == (number, kind)
            assert wait is None or told.value.retry_after == wait, number
        # Whatever came before, the next answer is read.
        server.faults = []
        assert walk(connector_for(key), ctx).items
