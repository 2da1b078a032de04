"""A worker that is killed at every page of every channel: nothing is lost, and nothing comes twice."""

import itertools
import os
import signal
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime, timedelta
from multiprocessing.connection import Connection

from flask import Flask
from sqlalchemy import func, select, update

from portal.foundation import config
from portal.foundation.clock import pretend
from portal.foundation.config import Settings
from portal.foundation.database import database, session, transaction
from portal.listening import jobs
from portal.listening.connectors import known_connectors
from portal.listening.models import Health, Mention, Source
from portal.listening.services import add_source, take_in
from tests.channels.api_server import NOON, ApiServer, Corpus, posts
from tests.channels.feed_server import FeedServer
from tests.command_line import Parent
from tests.listening.connectors.test_channels_end_to_end import CASES as KEYED
from tests.listening.connectors.test_feed_state import Paged
from tests.listening.connectors.test_open_channels import CASES as OPEN
from tests.listening.heard import make_draft
from tests.updates.conftest import own_database

__all__ = ["own_database"]

POSTS = range(1, 4)
MOMENT = NOON + timedelta(hours=1)


class NothingKept(Exception):
    """Takes a transaction back."""


def poll_until_death(page: int, is_midst: bool, moment: datetime) -> None:
    """What a worker does, until it dies at this page: before it is stored, or between its storing and the commit."""
    keep, pages = jobs.keep_answer, itertools.count(1)

    def keep_or_die(turn, answer):
        dies = next(pages) == page
        if not dies or is_midst:
            kept = keep(turn, answer)
            session().flush()
        if dies:
            os.kill(os.getpid(), signal.SIGKILL)
        return kept

    jobs.keep_answer = keep_or_die
    with pretend(moment):
        jobs.poll_due_sources()


def _work(settings: str, told: Connection) -> None:
    from portal.app import create_app

    app = create_app(Settings.model_validate_json(settings))
    with app.app_context():
        # What every child would load and work out anew, done once; no child gets a connection from here.
        with suppress(NothingKept), transaction():
            take_in([make_draft("1", text="The lamp on my desk hums. Is that normal?")])
            raise NothingKept
        while (given := told.recv()) is not None:
            child = os.fork()
            if child == 0:
                database.engine.dispose(close=False)
                poll_until_death(*given)
                os._exit(0)
            told.send(os.waitpid(child, 0)[1])


@contextmanager
def every_polled_channel() -> Iterator[dict[str, str]]:
    """A server of each, and where it is; its sources are added."""
    with ExitStack() as running:
        addresses: dict[str, str] = {}

        def start(channel: str, server: ApiServer) -> ApiServer:
            running.enter_context(server)
            addresses.update({f"{channel}.{name}": url for name, url in server.bases.items()})
            return server

        for channel, case in KEYED.items():
            start(channel, case.server(Corpus(posts(*POSTS, start=case.start))))
            listen(channel, {**case.settings, **case.secrets()})
        for channel, open_case in OPEN.items():
            if " " not in channel:
                server = start(channel, open_case.server(Corpus(posts(*POSTS, start=open_case.start))))
                listen(channel, open_case.settings(server))
        feeds = running.enter_context(FeedServer())
        listen("feeds", {"url": feeds.serve("/feed", Paged(len(POSTS)))})
        yield addresses


def listen(channel: str, settings: dict[str, str]) -> None:
    with transaction():
        values = {"words": "lamp", **settings}
        add_source(connector=channel, settings=values, name=channel, keeps_all=True, by=None)


def test_a_worker_killed_at_every_page_of_every_channel_loses_and_doubles_nothing(own_database: Flask) -> None:
    deaths = 0
    with own_database.app_context(), pretend(MOMENT - timedelta(minutes=1)), every_polled_channel() as addresses:
        places = " ".join(f"{name}={url}" for name, url in addresses.items())
        config.use(config.current().model_copy(update={"FETCH_ALLOW_LOOPBACK": True, "CHANNEL_ADDRESSES": places}))
        with Parent(_work) as worker:
            # Each run stores the page at which the last one died, and dies at the next.
            while worker.ask((min(deaths, 1) + 1, deaths % 2 == 1, MOMENT)) == signal.SIGKILL:
                deaths += 1
                with transaction() as work:
                    work.execute(update(Source).values(lease_until=None))
        with transaction() as work:
            found = dict(work.execute(select(Mention.channel, func.count()).group_by(Mention.channel)).all())
            sources = list(work.scalars(select(Source)))
            states = {(source.health, source.failures, source.last_error) for source in sources}
            taken = {source.connector: source.taken_in for source in sources}

    assert {connector.key for connector in known_connectors() if "poll" in connector.caps.modes} == taken.keys()
    assert taken == found == dict.fromkeys(taken, len(POSTS))
    assert states == {(Health.GOOD, 0, None)}
    assert deaths > 1.5 * len(taken)
