"""Several processes at one door: what they bring is stored once, and nobody is locked out."""

import threading

from sqlalchemy import text

from portal.foundation.database import database, transaction
from portal.listening.services import TakenIn, take_in
from tests.listening.heard import make_draft


def test_four_writers_with_the_same_mentions_store_each_once(committing_db):
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
    with database.engine.connect() as connection:
        counted = connection.execute(text("SELECT count(*), count(DISTINCT external_id) FROM mention")).one()
        connection.rollback()
    assert tuple(counted) == (500, 500)
