"""The members' side of a large ledger: pages, search, what is like it while typing, and votes under 16 writers.

    .venv/bin/python -m benchmarks.ledger [--database sqlite|postgresql] [--ideas 1000 100000] [--seconds 6]

For each size: requests a second and p99 at 16 kept-open connections beside a bare Flask page of the same bytes, then
16 members who vote at once, each for other suggestions; every vote is counted afterwards. While typing, each of the
connections writes one text after the other and asks again with every second word. Ten voices and three comments a
suggestion. The portal runs as `bin/run` starts it: with its worker, which looks at what the votes bring
about, and on SQLite keeps the log short.
"""

import argparse
import json
import re
import selectors
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote_plus, urlencode

from benchmarks.load import Line
from benchmarks.pages import PEER, ROOT, free_port, set_up_portal, start_server, start_worker, stop

if TYPE_CHECKING:
    from benchmarks.ledger_rows import Speech

VOTES_EACH = 60
# So many that nobody writes one twice while it is measured.
TEXTS = 400
WARMING = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--seconds", type=float, default=6)
    parser.add_argument("--ideas", type=int, nargs="+", default=[1_000, 100_000])
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="heard-bench-"))
    print(f"{options.database}: 16 connections, {options.seconds:g} s a page after 2 s of warming")
    print(f"{'page':<10}{'ideas':>9}{'KiB':>7}{'requests/s':>12}{'p50 ms':>8}{'p99 ms':>8}{'bare /s':>10}{'ratio':>7}")
    first: dict[str, float] = {}
    for ideas in options.ideas:
        run_once(options, folder / str(ideas), ideas, first)


def run_once(options: argparse.Namespace, folder: Path, ideas: int, first: dict[str, float]) -> None:
    folder.mkdir()
    port, peer_port = free_port(), free_port()
    env = set_up_portal(options.database, folder, port)
    from benchmarks.ledger_rows import fill_ledger

    start = time.perf_counter()
    cookies, speech = fill_ledger(ideas, ideas * 10, ideas * 3)
    print(
        f"  {ideas:,} suggestions, {ideas * 10:,} voices, {ideas * 3:,} comments in {time.perf_counter() - start:.0f} s"
    )
    base = f"http://127.0.0.1:{port}"
    running = [start_worker(env), start_server("wsgi:app", port, env, ROOT)]
    try:
        cookie, token = token_of(base, cookies[0])
        typed, warming = ([form for _text in range(TEXTS) for form in typed_on(speech)] for _ in range(2))
        for name, forms in (("typed", typed), ("warming", warming)):
            (folder / name).write_text("\n".join(forms))
        asked = {
            "ledger": ("/ideas", ""),
            "idea": (f"/ideas/{ideas // 2}", ""),
            "search": (f"/search?q={quote_plus(speech.words[300])}", ""),
            "common": (f"/search?q={quote_plus(speech.words[0])}", ""),
            "typing": ("/similar-ideas", typed[-1]),
        }
        sizes = {
            name: save(base + path, form, cookie, token, folder / f"{name}.html")
            for name, (path, form) in asked.items()
        }
        (folder / "peer.py").write_text(PEER % str(folder))
        peer = start_server("peer:app", peer_port, {}, folder)
        try:
            for name, (path, form) in asked.items():
                words = (str(folder / "warming"), str(folder / "typed")) if form else ("", "")
                load(base + path, cookie, 2, words[0], token)
                ours = load(base + path, cookie, options.seconds, words[1], token)
                bare = load(f"http://127.0.0.1:{peer_port}/{name}.html", cookie, options.seconds)
                before = first.setdefault(name, ours["median"])
                print(
                    f"{name:<10}{ideas:>9,}{sizes[name] / 1024:>7.1f}{ours['rate']:>12.0f}{ours['median'] * 1000:>8.0f}"
                    f"{ours['p99'] * 1000:>8.0f}{bare['rate']:>10.0f}{ours['rate'] / bare['rate']:>7.2f}"
                    f"   × {ours['median'] / before:.2f} of the first size",
                    flush=True,
                )
        finally:
            stop(peer)
        vote_at_once(base, port, cookies, ideas)
    finally:
        stop(*running)


def vote_at_once(base: str, port: int, cookies: list[str], ideas: int) -> None:
    """16 members vote, each for suggestions of their own choice; none of the votes may be lost.

    The first few of each are for warming, as with pages: they count as votes, but their time does not.
    """
    from sqlalchemy import func, select

    from portal.foundation.database import transaction
    from portal.ledger.models import Vote

    each = min(VOTES_EACH, ideas // len(cookies))
    chosen, begun = selectors.DefaultSelector(), 0.0
    times: dict[Line, list[float]] = {}
    tokens = [token_of(base, cookie) for cookie in cookies]
    for at, given in enumerate(tokens):
        requests = votes_of(port, *given, range(at * each + 1, (at + 1) * each + 1))
        # A connection that says nothing would keep one of the portal's threads waiting.
        line = Line("127.0.0.1", port, next(requests))
        line.requests, times[line] = requests, []
        chosen.register(line.socket, selectors.EVENT_READ, line)
        line.ask()
    while chosen.get_map():
        for key, _ in chosen.select():
            line = key.data
            if not line.read():
                continue
            times[line].append(time.perf_counter() - line.started)
            if not begun and len(times[line]) == WARMING:
                begun = time.perf_counter()
            line.request = next(line.requests, b"")
            if line.request:
                line.ask()
            else:
                chosen.unregister(line.socket)
                line.socket.close()
    spent = time.perf_counter() - begun
    every = [waited for of_one in times.values() for waited in of_one]
    counted = sorted(waited for of_one in times.values() for waited in of_one[WARMING:])
    with transaction() as current:
        kept = current.scalar(select(func.count()).select_from(Vote).where(Vote.user_id < 100))
    lost = len(every) - (kept or 0)
    p99 = counted[int(len(counted) * 0.99)] * 1000
    p50 = counted[len(counted) // 2] * 1000
    print(f"{'vote':<10}{ideas:>9,}{'':>7}{len(counted) / spent:>12.0f}{p50:>8.0f}{p99:>8.0f}   {lost} lost")


def votes_of(port: int, cookie: str, token: str, ideas: Iterable[int]) -> Iterator[bytes]:
    for idea in ideas:
        yield (
            f"POST /ideas/{idea}/votes HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n"
            f"X-CSRFToken: {token}\r\nContent-Length: 0\r\n\r\n"
        ).encode()


def typed_on(speech: "Speech") -> Iterator[str]:
    """The forms that are sent while somebody writes a title of six words and twelve more, at every second word."""
    title, body = speech.say(6).split(), speech.say(12).split()
    for count in range(2, len(title) + len(body) + 1, 2):
        yield urlencode({"title": " ".join(title[:count]), "body": " ".join(body[: max(count - len(title), 0)])})


def load(url: str, cookie: str, seconds: float, forms: str = "", token: str = "") -> dict[str, float]:
    script = str(ROOT / "benchmarks" / "load.py")
    command = [sys.executable, script, url, cookie, str(seconds), "16", *((forms, token) if forms else ())]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def token_of(base: str, cookie: str) -> tuple[str, str]:
    """The cookie and the token that a form of this person carries."""
    with urllib.request.urlopen(urllib.request.Request(base + "/ideas/new", headers={"Cookie": cookie})) as answer:
        found = re.search(r'"X-CSRFToken": "([^"]+)"', answer.read().decode())
        given = answer.headers.get("Set-Cookie")
    assert found
    return (given.split(";")[0] if given else cookie), found[1]


def save(url: str, form: str, cookie: str, token: str, path: Path) -> int:
    headers = {"Cookie": cookie, "X-CSRFToken": token, "HX-Request": "true"} if form else {"Cookie": cookie}
    with urllib.request.urlopen(urllib.request.Request(url, form.encode() or None, headers)) as answer:
        body = answer.read()
    path.write_bytes(body)
    return len(body)


if __name__ == "__main__":
    main()
