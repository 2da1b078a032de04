"""`bin/install` on machines that lack something: one sentence with the command that mends it, and nothing half made."""

import fcntl
import hashlib
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import click
import pytest

from portal import serving
from portal.commands import bring_up_to_date
from portal.foundation import config
from portal.foundation.database import database
from tests.conftest import settings_for_tests
from tests.shared.browser import served, small_portal

ROOT = Path(__file__).resolve().parents[2]
PIP = f"lib/python{sys.version_info[0]}.{sys.version_info[1]}/site-packages/pip"
# A Python as it stands on other machines; where it is asked to do what this one can, this one does it.
PYTHON = f"""#!/usr/bin/env bash
case "$*" in
  *version_info*3,\\ 11*) exit "${{OLD:-0}}" ;;
  *"import venv"*) [ -z "${{LACKS:-}}" ] || echo "ModuleNotFoundError: No module named '$LACKS'" >&2; exit 0 ;;
  "-m venv .venv") [ -z "${{VENV_SAYS:-}}" ] || {{ echo "$VENV_SAYS"; exit 1; }}
    mkdir -p .venv/bin ".venv/{PIP}"; cp "$0" .venv/bin/python
    echo venv >>did ;;
  *"-m pip install"*) echo pip >>did; [ -z "${{KILLED:-}}" ] || kill -9 $PPID; exit "${{PIP:-0}}" ;;
  *) exec {sys.executable} "$@" ;;
esac
"""


class Machine:
    """A machine with this project on it, in a folder with spaces in its name."""

    def __init__(self, folder: Path) -> None:
        self.project = folder / "the project"
        shutil.copytree(ROOT / "bin", self.project / "bin")
        (self.project / "requirements.txt").write_text("portal==1\n")
        (self.project / "requirements-test.txt").write_text("portal==1\ntests==1\n")
        self.programs = folder / "programs"
        self.programs.mkdir()
        for name in ("bash", "cat", "cut", "dirname", "basename", "id", "mkdir", "rm", "sed", "sha256sum", "cp", "env"):
            (self.programs / name).symlink_to(str(shutil.which(name)))
        python = self.programs / "python3"
        python.write_text(PYTHON)
        python.chmod(0o755)

    def start(self, *words: str, **env: str) -> "subprocess.Popen[str]":
        command = [str(self.programs / "bash"), "bin/install", *words]
        given = {"PATH": str(self.programs), "HOME": "/nonexistent", **env}
        return subprocess.Popen(
            command, cwd=self.project, env=given, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def install(self, *words: str, **env: str) -> tuple[int, str, list[str]]:
        """The exit code, what it said, and what it did."""
        did = self.project / "did"
        did.write_text("")
        process = self.start(*words, **env)
        _out, said = process.communicate(timeout=60)
        return process.returncode, said, did.read_text().split()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_what_is_missing_is_one_sentence_with_its_command(machine: Machine) -> None:
    """A wrong Python, no venv module, a Python without TLS, a venv that fails, a network that is away."""
    said = [
        machine.install(OLD="1"),
        machine.install(PYTHON="/no such/python3"),
        machine.install(LACKS="ensurepip"),
        machine.install(LACKS="_ssl"),
        machine.install(VENV_SAYS="No space left on device"),
        machine.install(PIP="1"),
    ]

    assert [code for code, _words, _did in said] == [1] * 6
    for (_code, words, _did), expected in zip(
        said,
        (
            "Heard needs Python 3.11 or newer: apt-get install python3 python3-venv",
            "PYTHON names /no such/python3, which is no Python 3.11",
            "Python's venv module is missing: apt-get install python3-venv",
            "python3 was built without ssl: apt-get install",
            "Python could not make .venv: No space left on device",
            "The packages could not be installed; pip's words are above. Check the network and run this again.",
        ),
        strict=True,
    ):
        assert expected in words
        assert len(words.strip().splitlines()) <= 2


def test_it_installs_once_and_again_when_the_list_changes(machine: Machine) -> None:
    assert machine.install()[2] == ["venv", "pip"]
    assert machine.install() == (0, "", [])
    assert machine.install("requirements-test")[2] == ["pip"]
    assert machine.install() == (0, "", [])
    (machine.project / "requirements.txt").write_text("portal==2\n")
    assert machine.install()[2] == ["pip"]
    # The system has another Python since, which sees nothing of what was installed.
    lib = next((machine.project / ".venv" / "lib").iterdir())
    lib.rename(lib.with_name("python3.1"))
    assert machine.install()[2] == ["venv", "pip"]


def test_what_was_killed_begins_anew_and_what_failed_goes_on(machine: Machine) -> None:
    assert machine.install(KILLED="yes")[2] == ["venv", "pip"]
    assert machine.install(PIP="1")[2] == ["venv", "pip"]
    assert machine.install()[2] == ["pip"]
    assert not (machine.project / ".venv" / ".unfinished").exists()


def test_of_two_at_once_one_waits_and_finds_the_work_done(machine: Machine) -> None:
    with (machine.project / "requirements.txt").open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        second = machine.start()
        assert second.stderr is not None
        assert "waiting for it" in second.stderr.readline()
        (machine.project / ".venv" / PIP).mkdir(parents=True)
        (machine.project / ".venv" / "bin").mkdir()
        shutil.copy(machine.programs / "python3", machine.project / ".venv" / "bin" / "python")
        wanted = hashlib.sha256((machine.project / "requirements.txt").read_bytes()).hexdigest()
        (machine.project / ".venv" / ".requirements").write_text(wanted)
    _out, said = second.communicate(timeout=60)

    assert (second.returncode, said) == (0, "")


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number = int(probe.getsockname()[1])
    config.use(settings_for_tests(LISTEN_PORT=number))
    return number


def test_a_port_is_one_portals_from_its_first_moment(port: int) -> None:
    with serving.claimed_port(), pytest.raises(click.ClickException, match=f"Port {port} is in use.*--port {port + 1}"):
        serving.claimed_port().__enter__()
    with socket.create_server(("127.0.0.1", port)), pytest.raises(click.ClickException, match="is in use"):
        serving.claimed_port().__enter__()
    with serving.claimed_port():
        pass


def test_the_page_is_found_past_the_proxy_of_the_machine(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setattr(serving, "PATIENCE_S", 5)
    portal = small_portal()
    portal.add_url_rule("/sign-in", "sign_in", lambda: "Sign in")
    with served(portal, port):
        assert serving._wait_for_page("127.0.0.1", port, ())


def test_a_file_that_is_no_database_is_said_in_a_sentence(tmp_path: Path) -> None:
    broken = tmp_path / "heard.sqlite3"
    broken.write_text("These words were never a database, and will not be one after a start either.")
    database.bind(f"sqlite:///{broken}")

    with pytest.raises(click.ClickException, match=f"{broken}.*file is not a database"):
        bring_up_to_date()
