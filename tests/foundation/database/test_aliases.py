"""An alias that threads share names its own columns, whoever asks first."""

import sys
from threading import Barrier, Thread

import pytest
from sqlalchemy import select

from portal.accounts.models import User
from portal.foundation.database import shared_alias

THREADS, TIMES = 3, 500


@pytest.fixture
def _hurried():
    """Threads that take turns as often as they can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("_hurried")
def test_threads_that_ask_at_once_find_the_same_columns():
    found = set()
    for _time in range(TIMES):
        owner, together = shared_alias(User, "owner"), Barrier(THREADS)

        def build(owner=owner, together=together):
            together.wait()
            found.add(str(select(owner.name, owner.id)))

        threads = [Thread(target=build) for _ in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert found == {'SELECT owner.name, owner.id \nFROM "user" AS owner'}
