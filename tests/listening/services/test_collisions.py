"""Several processes at one door: what they bring is stored once, and nobody is locked out."""

import secrets
import threading

import pytest
from alembic import command
from sqlalchemy import text

from portal.commands import alembic_config
from portal.foundation.database import connect, database, transaction
from portal.listening.services import TakenIn, take_in
from tests.listening.heard import make_draft
from tests.postgres import postgres_address


@pytest.fixture(params=["sqlite", "postgresql"])
def own_database(request, tmp_path):
    """A database that really commits, for this test alone."""
    if request.param == "sqlite":
        address = f"sqlite:///{tmp_path / 'own.sqlite3'}"
    else:
        address = postgres_address(f"own_{secrets.token_hex(4)}")
    engine, before = connect(address), database.__dict__.copy()
    with engine.connect() as connection:
        setup = alembic_config()
        setup.attributes["connection"] = connection
        command.upgrade(setup, "head")
        connection.commit()
    database.bind(engine)
    yield engine
    engine.dispose()
    database.__dict__.update(before)


def test_four_writers_with_the_same_mentions_store_each_once(own_database):
    start = threading.Barrier(4)
    taken: list[TakenIn] = []
    problems: list[BaseException] = []

    def write(seed: int) -> None:
        start.wait()
        for step in range(5):
            numbers = [(number * (seed + 1)) % 100 + step * 100 for number in range(100)]
            drafts = [make_draft(str(number), author=f"a{number % 17}") for number in numbers]
            try:
                with transaction():
                    taken.append(take_in(drafts, reader=None))
            except Exception as problem:
                problems.append(problem)

    writers = [threading.Thread(target=write, args=(seed,)) for seed in (0, 2, 6, 8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert not problems
    assert sum(one.added for one in taken) == 500
    assert sum(one.repeated for one in taken) == 1500
    with own_database.connect() as connection:
        counted = connection.execute(text("SELECT count(*), count(DISTINCT external_id) FROM mention")).one()
        connection.rollback()
    assert tuple(counted) == (500, 500)
