"""Requests a second and p99 of the pages people live on, beside a bare Flask page of the same bytes in the same run.

    .venv/bin/python -m benchmarks.pages [--database sqlite|postgresql] [--seconds 6]

The portal runs as it is served (gunicorn, 2 workers with 2 threads, and its own worker beside them, which on SQLite
keeps the log short); 16 connections are kept open by a client in another process, shared out among two managers, two
responders and members; the shortlist is for managers.
*kept* is measured with nothing else going on; *written* with one vote a second, after which what shows of the
ledger is drawn anew (for the shortlist: one person renamed a second); *cold* with nothing kept. The peer is a Flask
view that returns the same page from memory, served alike.
"""

import argparse
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WAYS = ("kept", "written", "cold")
PEER = """
import sys
from pathlib import Path
from flask import Flask, Response
app = Flask("peer")
PAGES = {path.name: path.read_bytes() for path in Path(%r).glob("*.html")}
@app.get("/<name>")
def page(name):
    return Response(PAGES[name], mimetype="text/html")
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_server(target: str, port: int, env: dict[str, str], cwd: Path) -> subprocess.Popen:
    command = [
        *(sys.executable, "-m", "gunicorn", target, "--bind", f"127.0.0.1:{port}", "--workers", "2"),
        *("--worker-class", "portal.evenly.EvenWorker", "--threads", "2", "--log-level", "warning"),
        "--no-control-socket",
    ]
    server = subprocess.Popen(command, cwd=cwd, env={**os.environ, **env})
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                time.sleep(2.5)
                return server
        time.sleep(0.1)
    raise SystemExit(f"{target} did not start")


def start_worker(env: dict[str, str]) -> subprocess.Popen:
    """The worker beside a portal with these settings, as `bin/run` starts it; it is through with what the rows ask."""
    command = [sys.executable, "-m", "portal", "worker"]
    worker = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **env}, stdout=subprocess.DEVNULL)
    await_quiet(worker)
    return worker


def await_quiet(worker: subprocess.Popen) -> None:
    """Wait until the worker has next to nothing to do, three minutes at most."""
    quiet, until = 0, time.monotonic() + 180
    while quiet < 3 and time.monotonic() < until:
        before = busy_seconds(worker.pid)
        time.sleep(2)
        quiet = quiet + 1 if busy_seconds(worker.pid) - before < 0.2 else 0


def busy_seconds(process_id: int) -> float:
    """The CPU time of a process and of those it started and saw end (proc(5), fields 14 to 17)."""
    fields = Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def children_of(process: subprocess.Popen) -> list[int]:
    """The numbers of the processes that it started (proc(5), its children)."""
    return [int(number) for number in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


def stop(*processes: subprocess.Popen) -> None:
    """End servers, and a worker when its work at hand is done."""
    for process in processes:
        process.send_signal(signal.SIGINT if "worker" in process.args else signal.SIGTERM)
    for process in processes:
        process.wait()


def set_up_portal(kind: str, folder: Path, port: int) -> dict[str, str]:
    """The settings of a fresh portal, on a database of its own; this process takes them too."""
    address = f"sqlite:///{folder / 'heard.sqlite3'}"
    if kind == "postgresql":
        from tests.postgres import postgres_address

        address = postgres_address(f"bench_{secrets.token_hex(4)}")
    env = {
        "DATABASE_URL": address,
        "DATA_FOLDER": str(folder),
        "SECRET_KEY": secrets.token_hex(32),
        "BASE_URL": f"http://127.0.0.1:{port}",
        "COMPANY_NAME": "Benchmark Lamps",
        "PYTHONPATH": str(ROOT),
    }
    os.environ.update(env)
    return env


def measure(url: str, cookie: str, seconds: float, connections: int = 16) -> dict[str, float]:
    """Ask in a process of its own, so that the client's work is not counted as the server's."""
    script = str(ROOT / "benchmarks" / "load.py")
    out = subprocess.run(
        [sys.executable, script, url, cookie, str(seconds), str(connections)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(out.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--seconds", type=float, default=6)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--ideas", type=int, nargs="+", default=[1_000, 100_000])
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="heard-bench-"))
    print(f"{options.database}: 16 connections, {options.seconds:g} s a page after 2 s of warming")
    print(
        f"{'page':<12}{'ideas':>9}{'KiB':>7}{'bare /s':>10}" + "".join(f"{name:>9} /s  p99 ms ratio" for name in WAYS)
    )
    for ideas in options.ideas:
        run_once(options, folder / str(ideas), ideas)


def run_once(options: argparse.Namespace, folder: Path, ideas: int) -> None:
    folder.mkdir()
    port, peer_port = free_port(), free_port()
    env = set_up_portal(options.database, folder, port)
    from benchmarks.rows import fill_portal

    cookies, paths = fill_portal(ideas=ideas, people=options.people)
    running = [start_worker(env), start_server("wsgi:app", port, env, ROOT)]
    try:
        sizes = save_pages(f"http://127.0.0.1:{port}", paths, cookies[0], folder)
        (folder / "peer.py").write_text(PEER % str(folder))
        running.append(start_server("peer:app", peer_port, {}, folder))
        cold_port = free_port()
        running.append(start_server("benchmarks.cold:app", cold_port, env, ROOT))
        for name, path in paths.items():
            readers = "\n".join(cookies[:2] if name == "shortlist" else cookies)
            ours, unkept = f"http://127.0.0.1:{port}{path}", f"http://127.0.0.1:{cold_port}{path}"
            measure(ours, readers, 2)
            found = {"kept": measure(ours, readers, options.seconds)}
            with writing(name, ideas // 2):
                found["written"] = measure(ours, readers, options.seconds)
            found["cold"] = measure(unkept, readers, options.seconds)
            bare = measure(f"http://127.0.0.1:{peer_port}/{name}.html", readers, options.seconds)["rate"]
            told = "".join(
                f"{found[way]['rate']:>12.0f}{found[way]['p99'] * 1000:>8.0f}{found[way]['rate'] / bare:>6.2f}"
                for way in WAYS
            )
            print(f"{name:<12}{ideas:>9,}{sizes[name] / 1024:>7.1f}{bare:>10.0f}{told}", flush=True)
    finally:
        stop(*running)


@contextmanager
def writing(page: str, idea_id: int) -> Iterator[None]:
    """Change something each second, as members do: a vote, or for the shortlist the name of a person."""
    from sqlalchemy import text

    from portal.foundation.database import transaction

    done = threading.Event()

    def write() -> None:
        number = 0
        while not done.wait(1):
            number += 1
            with transaction() as current:
                if page == "shortlist":
                    current.execute(text("UPDATE person SET name = name || '.' WHERE id = :id"), {"id": number})
                elif number % 2:
                    values = {"idea": idea_id, "user": 290, "at": "2026-01-01 00:00:00+00:00"}
                    current.execute(
                        text(
                            "INSERT INTO vote (idea_id, user_id, created_at) VALUES (:idea, :user, :at) "
                            "ON CONFLICT DO NOTHING"
                        ),
                        values,
                    )
                else:
                    current.execute(text("DELETE FROM vote WHERE idea_id = :idea AND user_id = 290"), {"idea": idea_id})

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield
    finally:
        done.set()
        writer.join()


def save_pages(base: str, paths: dict[str, str], cookie: str, folder: Path) -> dict[str, int]:
    import urllib.request

    sizes = {}
    for name, path in paths.items():
        with urllib.request.urlopen(urllib.request.Request(base + path, headers={"Cookie": cookie})) as answer:
            body = answer.read()
        (folder / f"{name}.html").write_bytes(body)
        sizes[name] = len(body)
    return sizes


if __name__ == "__main__":
    main()
