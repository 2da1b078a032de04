"""Starting it all: the portal and its worker as two children of one process, and one clean end."""

import contextlib
import errno
import http.client
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from types import FrameType
from typing import Any
from urllib.parse import urlsplit

import click
from flask import Flask
from gunicorn.app.base import BaseApplication

from portal.evenly import EvenWorker
from portal.foundation import config
from portal.foundation.database import database

HERE = "127.0.0.1"
PATIENCE_S = 60
GRACE_S = 25


class WebServer(BaseApplication):  # type: ignore[misc]
    """Gunicorn around an application that is loaded already."""

    def __init__(self, app: Flask, bind: str) -> None:
        self._app = app
        self._options = {
            "bind": bind,
            "workers": config.current().WEB_CONCURRENCY,
            "worker_class": EvenWorker,
            "threads": 2,
            "graceful_timeout": 20,
            "loglevel": "warning",
            "control_socket_disable": True,
        }
        super().__init__()

    def load_config(self) -> None:
        """Hand our options over; gunicorn reads no file and no command line."""
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The application, as it was made before the fork."""
        return self._app


@contextmanager
def claimed_port() -> Iterator[None]:
    """Keep other portals from the port of this one, from before the tables are made until the end.

    Gunicorn takes the port only when all else is done: until then this holds it at another address of this machine.

    Raises:
        ClickException: somebody has the port, or it is not for this user.
    """
    port = config.current().port
    is_taken = _answers(HERE, port)
    with socket.socket() as claim:
        try:
            claim.bind(("127.64.0.1", port))
        except OSError as problem:
            if problem.errno == errno.EACCES:
                words = f"Port {port} is for the administrator of this machine; take another: bin/run --port 8000"
                raise click.ClickException(words) from problem
            # Where a machine has but one address for itself, only what answers already is found.
            is_taken = is_taken or problem.errno == errno.EADDRINUSE
        if is_taken:
            words = f"Port {port} is in use. Stop what runs there, or take another: bin/run --port {port + 1}"
            raise click.ClickException(words)
        yield


def serve(app: Flask, links: Sequence[tuple[str, str]]) -> int:
    """Run gunicorn and the worker until one of them ends or Ctrl-C is pressed.

    Args:
        app: the portal; both children inherit it, so that its code is read once.
        links: one-time sign-in addresses to print, each with the words before it.

    Returns:
        The exit code: 0 when it was told to stop.
    """
    host, port = HERE, config.current().port
    # A connection must not be shared by two processes.
    database.engine.dispose()
    # Gunicorn finishes its requests on SIGTERM; the worker finishes its work on SIGINT.
    kindly = {
        _start(lambda: WebServer(app, f"{host}:{port}").run(), signal.SIGTERM): signal.SIGTERM,
        _start(lambda: app.extensions["worker"].work(), signal.SIGINT): signal.SIGINT,
    }
    children = list(kindly)
    stopping = False

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True
        for child, sign in kindly.items():
            with contextlib.suppress(ProcessLookupError):
                os.kill(child.pid or 0, sign) if child.is_alive() else None

    # A closed terminal is an end like any other, unless somebody said beforehand that it is none (nohup).
    ends = [signal.SIGINT, signal.SIGTERM]
    ends += [] if signal.getsignal(signal.SIGHUP) is signal.SIG_IGN else [signal.SIGHUP]
    for sign in ends:
        signal.signal(sign, stop)
    if _wait_for_page(host, port, children):
        _greet(links)
    while not stopping and all(child.is_alive() for child in children):
        time.sleep(0.2)
    failed = not stopping
    if failed:
        click.echo("One of the two processes ended by itself; stopping the other.", err=True)
    stop(signal.SIGINT, None)
    _end(children)
    return 1 if failed else 0


def _greet(links: Sequence[tuple[str, str]]) -> None:
    lines = [("Heard is at", f"{config.current().BASE_URL}/"), *links]
    width = max(len(label) for label, _ in lines)
    click.echo("\n" + "\n".join(f"  {label:<{width}}  {address}" for label, address in lines))
    click.echo("\n  A link works once and for ten minutes. Ctrl-C ends the portal.\n")


def _start(work: Callable[[], Any], kindly: signal.Signals) -> Any:
    """A child in a session of its own, so that Ctrl-C reaches it only through us; where we are gone, it ends itself."""

    def run() -> None:
        os.setsid()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        threading.Thread(target=_end_after_parent, args=(kindly,), daemon=True).start()
        try:
            work()
        except KeyboardInterrupt:
            sys.exit(0)

    child = multiprocessing.get_context("fork").Process(target=run)
    child.start()
    return child


def _end_after_parent(kindly: signal.Signals) -> None:
    """A portal that nobody can stop any more would keep its port for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), kindly)


def _answers(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((host, port)) == 0


def _wait_for_page(host: str, port: int, children: Sequence[Any]) -> bool:
    """Whether the sign-in page answered before patience ran out."""
    name = urlsplit(config.current().BASE_URL).netloc
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline and all(child.is_alive() for child in children):
        # Straight to the port: the proxy that this machine may have for the world does not know it.
        door = http.client.HTTPConnection(host, port, timeout=2)
        try:
            door.request("GET", "/sign-in", headers={"Host": name})
            return door.getresponse().status == HTTPStatus.OK
        except (http.client.HTTPException, OSError):
            time.sleep(0.05)
        finally:
            door.close()
    return False


def _end(children: Sequence[Any]) -> None:
    deadline = time.monotonic() + GRACE_S
    for child in children:
        child.join(max(0.1, deadline - time.monotonic()))
        if child.is_alive():
            child.kill()
            child.join()
