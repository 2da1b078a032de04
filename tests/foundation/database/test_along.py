"""Values that are read along with the statement that a request begins with."""

from sqlalchemy import select

from portal.accounts.models import User
from portal.foundation.database import begin_work, session
from portal.foundation.database.along import _values, add_along, read_along
from tests.factories import make_user


def test_a_reader_asks_once_and_a_writer_each_time(db: str, queries: list[str]) -> None:
    add_along("newest", select(User.name).order_by(User.id.desc()).limit(1))
    try:
        assert read_along("newest") == [None]
        make_user("maya@example.org", "Maya")
        assert read_along("newest") == ["Maya"]
        session().commit()
        begin_work(writing=False)
        queries.clear()
        assert [read_along("newest") for _ in range(3)] == [["Maya"]] * 3
        assert len(queries) == 1
    finally:
        del _values["newest"]
