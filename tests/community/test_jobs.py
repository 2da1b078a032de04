"""Asks open and end on time, whoever looks and however often."""

from datetime import timedelta

from portal.community.jobs import keep_asks_on_time
from portal.community.models import Ask
from portal.community.services import put_ask
from portal.foundation.clock import now, pretend
from portal.foundation.database import session


def test_asks_open_and_end_by_themselves(rosa):
    start = now()
    opens, closes = start + timedelta(hours=1), start + timedelta(hours=2)
    ask = put_ask(question="Which?", opens_at=opens, closes_at=closes, owner=rosa, by=rosa)
    session().commit()
    number = ask.id

    assert keep_asks_on_time() == 0
    with pretend(start + timedelta(minutes=61)):
        assert (keep_asks_on_time(), keep_asks_on_time()) == (1, 0)
        session().expire_all()
        assert session().get_one(Ask, number).is_open
    with pretend(start + timedelta(minutes=121)):
        assert (keep_asks_on_time(), keep_asks_on_time()) == (1, 0)
        session().expire_all()
        ended = session().get_one(Ask, number)
        assert ended.ended_at
        assert not ended.is_open
