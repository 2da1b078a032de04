"""Connections that are kept open are shared out evenly among the web processes, and no process waits for a dead one."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APP = """
import os

from portal.evenly import EvenWorker

class Patient(EvenWorker):
    # A machine with much else to do.
    patience_s = 5.0

def app(environ, start_response):
    number = str(os.getpid()).encode()
    start_response("200 OK", [("Content-Length", str(len(number)))])
    return [number]
"""


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """Where two processes answer with their number."""
    (tmp_path / "numbers_given.py").write_text(APP)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "gunicorn", "numbers_given:app", "--bind", f"127.0.0.1:{number}", "--workers", "2"]
    command += ["--threads", "2", "--worker-class", "numbers_given.Patient", "--no-control-socket"]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen([*command, "--log-level", "critical"], cwd=tmp_path, env=env) as server:
        try:
            seen, until = set[int](), time.monotonic() + 60
            while len(seen) < 2:
                assert time.monotonic() < until
                with suppress(ConnectionError), ExitStack() as lines:
                    seen.add(answered(line_to(number, lines, "close")))
            yield number
        finally:
            server.terminate()


def line_to(port: int, lines: ExitStack, then: str) -> socket.socket:
    """A connection on which something was asked."""
    line = lines.enter_context(socket.create_connection(("127.0.0.1", port), timeout=30))
    line.sendall(f"GET / HTTP/1.1\r\nHost: here\r\nConnection: {then}\r\n\r\n".encode())
    return line


def answered(line: socket.socket) -> int:
    """Which process answered."""
    with line.makefile("rb") as answer:
        head = list(iter(lambda: answer.readline().strip().lower(), b""))
        length = next(int(row.split(b":")[1]) for row in head if row.startswith(b"content-length"))
        number = int(answer.read(length))
        if b"connection: close" in head:
            # Whoever closed it counts it no longer, and waits until the other side has closed it too.
            answer.read()
            line.close()
    return number


def test_kept_connections_are_shared_out_evenly_and_a_dead_process_holds_nobody_up(port: int) -> None:
    with ExitStack() as lines:
        rounds = [Counter(answered(line) for line in [line_to(port, lines, "keep-alive") for _ in range(8)])
                  for _ in range(4)]  # fmt: skip

        # Where whoever asks first has it, or where lots are drawn, hardly any round is even.
        assert [sorted(shares.values()) for shares in rounds] == [[4, 4]] * 4

        os.kill(next(iter(rounds[0])), signal.SIGKILL)
        later = [answered(line_to(port, lines, "close")) for _ in range(8)]
        assert len(later) == 8
