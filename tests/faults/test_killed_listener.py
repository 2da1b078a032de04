"""A worker that is killed in the middle of a walk over pages: nothing is lost, and nothing comes twice."""

import random
import time
from datetime import timedelta

from flask import Flask
from sqlalchemy import func, select, update

from portal.foundation import config
from portal.foundation.clock import now
from portal.foundation.database import transaction
from portal.listening.jobs import poll_due_sources
from portal.listening.models import Mention, Source
from portal.listening.services import add_source
from tests.channels.api_server import Corpus, Post
from tests.channels.hackernews_server import HackerNewsServer
from tests.command_line import Job
from tests.updates.conftest import own_database

__all__ = ["own_database"]

POSTS = 60


def run_and_kill(server: HackerNewsServer, pages: int) -> bool:
    """Start a worker, let it ask for so many pages, and kill it; whether it was still at it."""
    before = len(server.asked)
    worker = Job("portal.listening.jobs:poll_due_sources")
    while len(server.asked) < before + pages and worker.process.is_alive():
        # A short moment each time, so that the kill falls anywhere between two pages.
        time.sleep(0.002)
    return worker.kill()


def stored() -> int:
    with transaction() as work:
        return work.scalar(select(func.count()).select_from(Mention)) or 0


def test_a_walk_that_is_killed_goes_on_from_its_last_page(own_database: Flask) -> None:
    start = now() - timedelta(hours=5)
    corpus = Corpus(
        [Post(str(number), f"The lamp, number {number}", start + timedelta(minutes=number)) for number in range(POSTS)]
    )
    with own_database.app_context(), HackerNewsServer(corpus, page_size=6) as server:
        addresses = " ".join(f"hackernews.{name}={url}" for name, url in server.bases.items())
        config.use(config.current().model_copy(update={"FETCH_ALLOW_LOOPBACK": True, "CHANNEL_ADDRESSES": addresses}))
        with transaction():
            add_source(connector="hackernews", settings={"words": "lamp"}, name="HN", keeps_all=True, by=None)
        was_at_it = run_and_kill(server, random.randint(1, 8))
        kept = stored()
        with transaction() as work:
            work.execute(update(Source).values(lease_until=None))
        poll_due_sources()

        with transaction() as work:
            ids = list(work.scalars(select(Mention.external_id)))
            source = work.scalars(select(Source)).one()
            taken, failures = source.taken_in, source.failures

    assert was_at_it
    assert kept < POSTS
    assert sorted(map(int, ids)) == list(range(POSTS))
    assert (taken, failures) == (POSTS, 0)
