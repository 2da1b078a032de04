"""CPU time of a page in process, beside a bare Flask view of the same bytes, at one or more sizes.

    .venv/bin/python -m benchmarks.inside [--database sqlite|postgresql] [--ideas 1000 100000] [--requests 1000]

*kept* is what a request takes while nothing changes, *cold* with nothing kept at all; the last column is kept
beside the first size. On PostgreSQL the server's own work is not in it. For wall-clock figures see `pages.py`.
"""

import argparse
import multiprocessing
import os
import secrets
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import Flask, Response


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--ideas", type=int, nargs="+", default=[1_000])
    parser.add_argument("--requests", type=int, default=1_000)
    options = parser.parse_args()
    print(f"{options.database}, microseconds of CPU a request")
    print(f"{'page':<34}{'ideas':>9}{'KiB':>7}{'bare':>7}{'kept':>7}{'of bare':>9}{'cold':>9}{'of first':>10}")
    first: dict[str, float] = {}
    for ideas in options.ideas:
        # Each size in a process of its own: what is kept, and the settings, belong to one.
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            for name, size, bare, kept, cold in pool.apply(measure_size, (options, ideas)):
                share = kept / first.setdefault(name, kept)
                told = f"{bare:>7.0f}{kept:>7.0f}{kept / bare:>9.1f}{cold:>9.0f}{share:>10.2f}"
                print(f"{name:<34}{ideas:>9,}{size / 1024:>7.1f}{told}", flush=True)


def measure_size(options: argparse.Namespace, ideas: int) -> list[tuple[str, int, float, float, float]]:
    """Fill a portal of this size and measure each page: its name, bytes, and what the bare one and ours take."""
    folder = Path(tempfile.mkdtemp(prefix="heard-inside-"))
    address = f"sqlite:///{folder / 'heard.sqlite3'}"
    if options.database == "postgresql":
        from tests.postgres import postgres_address

        address = postgres_address(f"inside_{secrets.token_hex(4)}")
    os.environ.update(
        DATABASE_URL=address, DATA_FOLDER=str(folder), SECRET_KEY=secrets.token_hex(32),
        BASE_URL="http://127.0.0.1:8123", COMPANY_NAME="Benchmark Lamps",
    )  # fmt: skip
    from benchmarks.rows import fill_portal

    cookies, paths = fill_portal(ideas=ideas, people=options.people)
    from portal.app import create_app
    from portal.foundation.database.revisions import store

    ours, bare, pages = create_app(), Flask("bare"), {}
    bare.add_url_rule("/<name>", "page", lambda name: Response(pages[name], mimetype="text/html"))
    paths |= {"owner": "/ideas?owner=3&standing=heard", "new": "/ideas/new"}
    found = []
    for name, path in paths.items():
        readers = cookies[:2] if name == "shortlist" else cookies
        pages[name] = ask(ours, path, readers[0])
        kept, plain = (spent(app, at, readers, options.requests) for app, at in ((ours, path), (bare, f"/{name}")))
        store.is_on = False
        cold = spent(ours, path, readers, 24)
        store.is_on = True
        found.append((f"{name} {path}", len(pages[name]), plain, kept, cold))
    return found


def spent(app: Callable[..., Iterable[bytes]], path: str, readers: list[str], count: int) -> float:
    """Microseconds of CPU a request: the best of three rounds, after each reader has asked once."""
    for cookie in readers:
        ask(app, path, cookie)
    rounds = []
    for _ in range(3):
        start = time.process_time()
        for number in range(count):
            ask(app, path, readers[number % len(readers)])
        rounds.append((time.process_time() - start) / count * 1e6)
    return min(rounds)


def ask(app: Callable[..., Iterable[bytes]], path: str, cookie: str) -> bytes:
    """The body of a page, as a server would ask for it."""
    said: list[Any] = []
    where, _mark, query = path.partition("?")
    environ = {
        "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": where, "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8123", "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "127.0.0.1:8123", "HTTP_COOKIE": cookie, "REMOTE_ADDR": "127.0.0.1", "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http", "wsgi.input": BytesIO(), "wsgi.errors": sys.stderr, "wsgi.multithread": True,
        "wsgi.multiprocess": True, "wsgi.run_once": False,
    }  # fmt: skip
    answer = app(environ, lambda status, _headers, _problem=None: said.append(status))
    body = b"".join(answer)
    getattr(answer, "close", lambda: None)()
    if not said[0].startswith("200"):
        raise SystemExit(f"{said[0]} at {path}")
    return body


if __name__ == "__main__":
    main()
