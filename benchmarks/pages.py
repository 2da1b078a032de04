"""Requests a second and p99 of the pages people live on, beside a bare Flask page of the same bytes in the same run.

    .venv/bin/python -m benchmarks.pages [--database sqlite|postgresql] [--seconds 6]

The portal runs as it is served (gunicorn, 2 workers with 2 threads); 16 connections are kept open by a
client in another process. The peer is a Flask view that returns the same page from memory, served alike.
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
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
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
        *("--worker-class", "gthread", "--threads", "2", "--reuse-port", "--log-level", "warning"),
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


def measure(url: str, cookie: str, seconds: float, connections: int = 16) -> dict[str, float]:
    """Ask in a process of its own, so that the client's work is not counted as the server's."""
    script = str(ROOT / "benchmarks" / "load.py")
    out = subprocess.run(
        [sys.executable, script, url, cookie, str(seconds), str(connections)],
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(out.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--seconds", type=float, default=6)
    parser.add_argument("--ideas", type=int, nargs="+", default=[1_000, 100_000])
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="heard-bench-"))
    print(f"{options.database}: 16 connections, {options.seconds:g} s a page after 2 s of warming")
    print(f"{'page':<12}{'ideas':>9}{'people':>9}{'KiB':>7}{'requests/s':>12}{'p99 ms':>9}{'bare /s':>10}{'ratio':>8}")
    for ideas in options.ideas:
        run_once(options, folder / str(ideas), ideas)


def run_once(options: argparse.Namespace, folder: Path, ideas: int) -> None:
    folder.mkdir()
    port, peer_port = free_port(), free_port()
    address = f"sqlite:///{folder / 'heard.sqlite3'}"
    if options.database == "postgresql":
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
    from benchmarks.rows import fill_portal

    cookie, paths = fill_portal(ideas=ideas, people=20_000)
    server = start_server("wsgi:app", port, env, ROOT)
    try:
        sizes = save_pages(f"http://127.0.0.1:{port}", paths, cookie, folder)
        (folder / "peer.py").write_text(PEER % str(folder))
        peer = start_server("peer:app", peer_port, {}, folder)
        try:
            for name, path in paths.items():
                measure(f"http://127.0.0.1:{port}{path}", cookie, 2)
                ours = measure(f"http://127.0.0.1:{port}{path}", cookie, options.seconds)
                bare = measure(f"http://127.0.0.1:{peer_port}/{name}.html", cookie, options.seconds)
                ratio = ours["rate"] / bare["rate"]
                print(
                    f"{name:<12}{ideas:>9,}{20_000:>9,}{sizes[name] / 1024:>7.1f}{ours['rate']:>12.0f}"
                    f"{ours['p99'] * 1000:>9.0f}{bare['rate']:>10.0f}{ratio:>8.2f}",
                    flush=True,
                )
        finally:
            peer.send_signal(signal.SIGTERM)
            peer.wait()
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


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
