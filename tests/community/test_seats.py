"""Whose circles and asks are whose, as SQL and for one row."""

from datetime import timedelta

from sqlalchemy import select

from portal.community.models import Ask
from portal.community.policies import may_read_ask
from portal.community.seats import is_inside, visible_asks
from portal.community.services import put_ask
from portal.foundation.clock import now
from portal.foundation.database import session
from tests.factories import make_circle


def test_lists_and_rows_of_asks_agree(maya, omar, rosa, sam):
    circle = make_circle(maya, rosa)
    soon, end = now() + timedelta(hours=1), now() + timedelta(days=1)
    asks = [
        put_ask(question="Which?", opens_at=opens, closes_at=end, circle=place, owner=rosa, by=rosa)
        for opens in (now() - timedelta(hours=1), soon)
        for place in (None, circle)
    ]

    for reader in (maya, omar, rosa, sam):
        listed = set(session().scalars(select(Ask.id).where(visible_asks(reader))))
        assert listed == {ask.id for ask in asks if may_read_ask(reader, ask)}
    assert is_inside(omar, None)
    assert not is_inside(omar, circle.id)
