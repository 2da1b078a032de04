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

ODD = (
    b"null", b"[]", b'"x"', b"5", b"{}", b"", b"\xff\xfe", b"<html>",
    b'{"data": null, "items": 5, "reviews": "x", "error": [], "errors": 5}',
    b'{"data": [null, 5, {"id": null}], "items": [[]], "photos": [], "stat": "ok", "response": 7, "elements": [{}]}',
    b'{"meta": [], "paging": 5, "tokenPagination": 7, "links": [], "feed": 5, "errors": {}, "includes": 3, "error": 1}',
)  # fmt: skip


@pytest.mark.parametrize("channel", CASES)
def test_an_answer_of_no_known_shape_is_no_traceback(channel):
    case = CASES[channel]
    connector = connector_for(channel)
    with case.server(Corpus()) as server:
        ctx = context(channel, server, **case.settings, **case.secrets())
        assert connector.check(ctx).sentence
        for body in ODD:
            # The first call may be one for a token; then the second is the one that matters.
            for faults in ([Answer(200, {}, body)], [None, Answer(200, {}, body)], [Answer(400, {}, body)]):
                server.faults = list(faults)
                with contextlib.suppress(ConnectorError):
                    found = connector.poll(ctx, {}, Budget())
                    assert all(isinstance(raw, Mapping) for raw in found.items)
            for ask in (connector.refresh, connector.profiles):
                server.faults = [Answer(200, {}, body)]
                with contextlib.suppress(ConnectorError):
                    list(ask(ctx, [("juno.tumblr.com", "1")] if ask == connector.refresh else ["1"]))
            server.faults = [Answer(403, {}, body)]
            assert connector.check(ctx).sentence
