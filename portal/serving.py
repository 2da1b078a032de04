"""Starting it all: tables up to date, the portal and its worker as two processes, one clean end."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from types import FrameType
from urllib.parse import urlsplit

import click

from portal.foundation import config

PATIENCE_S = 60


def serve(links: Sequence[tuple[str, str]]) -> int:
    """Run gunicorn and the worker until one of them ends or Ctrl-C is pressed.

    Args:
        links: one-time sign-in addresses to print, each with the words before it.

    Returns:
        The exit code: 0 when it was told to stop.
    """
    base = urlsplit(config.current().BASE_URL)
    host, port = "127.0.0.1", base.port or 8000
    if _is_taken(host, port):
        raise click.ClickException(
            f"Port {port} is in use. Stop what runs there, or take another: bin/run --port {port + 1}"
        )
    # Gunicorn finishes its requests on SIGTERM; the worker finishes its work on SIGINT.
    web = _start(_web(host, port))
    worker = _start([sys.executable, "-m", "flask", "--app", "wsgi", "worker"])
    children = [web, worker]
    stopping = False

    def stop(_signal: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True
        for child, kindly in ((web, signal.SIGTERM), (worker, signal.SIGINT)):
            with contextlib.suppress(ProcessLookupError):
                child.send_signal(kindly)

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    try:
        if _wait_for_page(host, port, children):
            _greet(links)
        while all(child.poll() is None for child in children):
            time.sleep(0.2)
        if not stopping:
            click.echo("One of the two processes ended by itself; stopping the other.", err=True)
    finally:
        failed = not stopping
        stop(signal.SIGINT, None)
        _end(children)
    return 1 if failed else 0


def _greet(links: Sequence[tuple[str, str]]) -> None:
    lines = [("Heard is at", f"{config.current().BASE_URL}/"), *links]
    width = max(len(label) for label, _ in lines)
    click.echo("\n" + "\n".join(f"  {label:<{width}}  {address}" for label, address in lines))
    click.echo("\n  A link works once and for ten minutes. Ctrl-C ends the portal.\n")


def _start(command: list[str]) -> "subprocess.Popen[bytes]":
    """A child in a session of its own, so that Ctrl-C reaches it only through us."""
    return subprocess.Popen(  # noqa: S603 - our own words
        command, cwd=config.ROOT, env={**os.environ, "PYTHONPATH": str(config.ROOT)}, start_new_session=True
    )


def _web(host: str, port: int) -> list[str]:
    workers = os.environ.get("WEB_CONCURRENCY", "2")
    return [
        *(sys.executable, "-m", "gunicorn", "wsgi:app", "--bind", f"{host}:{port}", "--workers", workers),
        # Threads with a shared port: kept-open connections spread over the workers.
        *("--worker-class", "gthread", "--threads", "4", "--reuse-port", "--preload", "--log-level", "warning"),
        *("--graceful-timeout", "20", "--forwarded-allow-ips", "127.0.0.1", "--no-control-socket"),
    ]


def _is_taken(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex((host, port)) == 0


def _wait_for_page(host: str, port: int, children: list[subprocess.Popen[bytes]]) -> bool:
    """Whether the sign-in page answered before patience ran out."""
    name = urlsplit(config.current().BASE_URL).netloc
    request = urllib.request.Request(f"http://{host}:{port}/sign-in", headers={"Host": name})
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline and all(child.poll() is None for child in children):
        try:
            with urllib.request.urlopen(request, timeout=2) as answer:  # noqa: S310
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    return False


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    deadline = time.monotonic() + 25
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
