"""Starting it all: the portal and its worker as two children of one process, and one clean end."""

import contextlib
import multiprocessing
import os
import signal
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from types import FrameType
from typing import Any
from urllib.parse import urlsplit

import click
from flask import Flask
from gunicorn.app.base import BaseApplication

from portal.foundation import config
from portal.foundation.database import database

PATIENCE_S = 60
GRACE_S = 25


class WebServer(BaseApplication):  # type: ignore[misc]
    """Gunicorn around an application that is loaded already."""

    def __init__(self, app: Flask, bind: str) -> None:
        self._app = app
        self._options = {
            "bind": bind,
            "workers": config.current().WEB_CONCURRENCY,
            # Threads with a shared port: kept-open connections spread over the workers.
            "worker_class": "gthread",
            "threads": 2,
            "reuse_port": True,
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


def serve(app: Flask, links: Sequence[tuple[str, str]]) -> int:
    """Run gunicorn and the worker until one of them ends or Ctrl-C is pressed.

    Args:
        app: the portal; both children inherit it, so that its code is read once.
        links: one-time sign-in addresses to print, each with the words before it.

    Returns:
        The exit code: 0 when it was told to stop.
    """
    host, port = "127.0.0.1", config.current().port
    if _is_taken(host, port):
        raise click.ClickException(
            f"Port {port} is in use. Stop what runs there, or take another: bin/run --port {port + 1}"
        )
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


def _is_taken(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((host, port)) == 0


def _wait_for_page(host: str, port: int, children: Sequence[Any]) -> bool:
    """Whether the sign-in page answered before patience ran out."""
    name = urlsplit(config.current().BASE_URL).netloc
    request = urllib.request.Request(f"http://{host}:{port}/sign-in", headers={"Host": name})
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline and all(child.is_alive() for child in children):
        try:
            with urllib.request.urlopen(request, timeout=2) as answer:  # noqa: S310 - our own address
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    return False


def _end(children: Sequence[Any]) -> None:
    deadline = time.monotonic() + GRACE_S
    for child in children:
        child.join(max(0.1, deadline - time.monotonic()))
        if child.is_alive():
            child.kill()
            child.join()
