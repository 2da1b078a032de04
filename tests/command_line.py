"""The portal's commands and jobs in processes of their own, forked from one that has paid for the imports already."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Self

from portal.foundation import config
from portal.foundation.config import Settings
from portal.foundation.database import database
from tests.run import compiled_templates, run_folder

ROOT = Path(__file__).resolve().parents[1]

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["tests.warm"])


class Command:
    """`bin/portal WORDS…` as a real process: it can be killed, and its output is read when it has ended."""

    def __init__(self, *words: str, env: Mapping[str, str], folder: Path) -> None:
        """Start it in a folder with an environment of its own."""
        self._said = Path(tempfile.mkdtemp(prefix="command-", dir=run_folder()))
        given = (words, dict(env), str(folder), str(self._said), run_folder())
        self._process = _processes.Process(target=_run, args=given)
        self._process.start()

    def wait(self, seconds: float = 120) -> tuple[int, str, str]:
        """Wait for its end: the exit code, what it printed, and what it said of faults."""
        self._process.join(seconds)
        code = self._process.exitcode
        assert code is not None, f"still running after {seconds} s: {self._read('out')}{self._read('err')}"
        return code, self._read("out"), self._read("err")

    def interrupt(self) -> None:
        """Ask it to end, as Ctrl-C does."""
        self._send(signal.SIGINT)

    def kill(self) -> None:
        """End it as a power cut would."""
        self._send(signal.SIGKILL)
        self._process.join()

    def _send(self, sign: signal.Signals) -> None:
        assert self._process.pid is not None
        os.kill(self._process.pid, sign)

    def _read(self, name: str) -> str:
        path = self._said / name
        return path.read_text() if path.exists() else ""


def run_command(*words: str, env: Mapping[str, str], folder: Path) -> tuple[int, str, str]:
    """Run it to its end."""
    return Command(*words, env=env, folder=folder).wait()


class Job:
    """A worker's job on the database in use, in a process that can be killed; made when the job is about to begin."""

    def __init__(self, job: str) -> None:
        """Start it; `job` is its address, as in `portal.updates.jobs:gather`."""
        address = database.engine.url.render_as_string(hide_password=False).replace("+psycopg", "")
        settings = config.current().model_copy(update={"DATABASE_URL": address})
        self._says, says = _processes.Pipe(duplex=False)
        self.process = _processes.Process(target=_work, args=(job, settings.model_dump_json(), says))
        self.process.start()
        # The other end is the child's alone, so that its death is the end of what it says.
        says.close()
        assert self._says.recv() == "began"

    def kill(self) -> bool:
        """End it as a power cut would; whether it was still at it."""
        self.process.kill()
        self.process.join()
        try:
            return bool(self._says.recv() != "ended")
        except EOFError:
            return True
        finally:
            self._says.close()


class Parent:
    """A process that has made the portal on the database in use, and does what it is asked in children of its own.

    The function it is given gets the settings as JSON and a pipe, and answers each message until there is None.
    """

    def __init__(self, work: Callable[[str, Connection], None]) -> None:
        address = database.engine.url.render_as_string(hide_password=False).replace("+psycopg", "")
        settings = config.current().model_copy(update={"DATABASE_URL": address})
        self._told, told = _processes.Pipe()
        self._process = _processes.Process(target=work, args=(settings.model_dump_json(), told))
        self._process.start()
        told.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._told.send(None)
        self._process.join()

    def ask(self, message: Any) -> Any:
        """Its answer."""
        self._told.send(message)
        return self._told.recv()


def _work(job: str, settings: str, says: Connection) -> None:
    from portal.app import create_app

    app = create_app(Settings.model_validate_json(settings))
    module, _, name = job.partition(":")
    call = getattr(importlib.import_module(module), name)
    says.send("began")
    with app.app_context():
        call()
    says.send("ended")


def _run(words: tuple[str, ...], env: dict[str, str], folder: str, said: str, run: Path) -> None:
    os.environ.clear()
    os.environ.update(env)
    os.chdir(folder)
    for number, name in ((1, "out"), (2, "err")):
        file = os.open(Path(said) / name, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(file, number)
        os.close(file)
    sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w")
    sys.argv = ["portal", *words]

    from flask import Flask

    from portal.__main__ import main

    Flask.jinja_options = {"bytecode_cache": compiled_templates(run)}
    main()
