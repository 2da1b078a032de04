"""Answers of no known shape to any call of a keyed channel: a refusal with a sentence, never a traceback."""

import contextlib
from collections.abc import Mapping

import pytest

from portal.listening.connectors import connector_for
from portal.listening.connectors.contract import Budget, ConnectorError
from tests.channels.api_server import Corpus
from tests.channels.feed_server import Answer
from tests.listening.connectors.asking import context
from tests.listening.connectors.test_channels_end_to_end import CASES
from tests.listening.connectors.test_wire_faults import OPEN, settings_of

ODD = (
    b"null", b"[]", b'"x"', b"5", b"{}", b"", b"\xff\xfe", b"<html>",
    b'{"data": null, "items": 5, "reviews": "x", "error": [], "errors": 5}',
    b'{"data": [null, 5, {"id": null}], "items": [[]], "photos": [], "stat": "ok", "response": 7, "elements": [{}]}',
    b'{"kind": "Listing", "data": {"children": [{"kind": "t3", "data": {"name": [], "created_utc": 1}}]}}',
    b'{"stat": "fail", "code": 100, "message": "\\ud800\\u0000\\n", "error": {"code": 190, "message": "\\udc00"}}',
    b'{"meta": [], "paging": 5, "tokenPagination": 7, "links": [], "feed": 5, "errors": {}, "includes": 3, "error": 1}',
)  # fmt: skip


@pytest.mark.parametrize("channel", [*CASES, *OPEN])
def test_an_answer_of_no_known_shape_is_no_traceback(channel):
    make, key = (CASES.get(channel) or OPEN[channel]).server, channel.partition(" ")[0]
    connector = connector_for(key)
    with make(Corpus()) as server:
        ctx = context(key, server, **settings_of(channel, server))
        sentences = [connector.check(ctx).sentence]
        for body in ODD:
            # The first call may be one for a token; then the second is the one that matters.
            for faults in ([Answer(200, {}, body)], [None, Answer(200, {}, body)], [Answer(400, {}, body)]):
                server.faults = list(faults)
                try:
                    found = connector.poll(ctx, {}, Budget())
                    assert all(isinstance(raw, Mapping) for raw in found.items)
                except ConnectorError as told:
                    sentences.append(str(told))
            for ask in (connector.refresh, connector.profiles):
                server.faults = [Answer(200, {}, body)]
                with contextlib.suppress(ConnectorError):
                    ids = [("juno.tumblr.com", name) for name in ("1", "q1", "at://did:a/b/1", "issue:a/b/1")]
                    list(ask(ctx, ids if ask == connector.refresh else ["1"]))
            server.faults = [Answer(403, {}, body)]
            assert connector.check(ctx).sentence
        # A page of some gateway that answers everything is no channel.
        server.faults = [Answer(200, {}, b"<html>Welcome to our network</html>")] * 4
        assert not connector.check(ctx).ok or len(server.faults) == 4
    # What the channel says of itself stands on a page and in a row.
    assert all(sentence.encode().decode().isprintable() for sentence in sentences)
