"""A small load client: kept-open connections asking for one page, over and over, for some seconds.

    python benchmarks/load.py URL COOKIES SECONDS CONNECTIONS [FORMS TOKEN STEPS]

COOKIES are those of one or more readers, with a line break between them; the connections are shared out among them.
FORMS is a file with a form on each line, so many STEPS for each text: every connection sends them one after the other,
each from a text of its own. Those who type are not all at the same place of their texts: they come in at different
steps, and nothing is counted before each of them has come to a text that they wrote from its first word on.

Prints JSON: answers a second, the median and 99th percentile of the time to the last byte, all of these times, the
shortest first, for how long they were counted, in seconds, and how many answers there were, counted or not.
"""

import json
import selectors
import socket
import sys
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from urllib.parse import urlsplit

# For so long the first answer is waited for.
PATIENCE_S = 30


class Line:
    """One kept-open connection."""

    def __init__(self, host: str, port: int, request: bytes) -> None:
        self.address, self.request = (host, port), request
        # What is asked next, for those who ask something else each time.
        self.requests: Iterator[bytes] = iter(())
        # So many of its answers are not counted.
        self.uncounted = 0
        self.connect()

    def connect(self) -> None:
        self.socket = socket.create_connection(self.address)
        self.socket.setblocking(False)

    def ask(self) -> None:
        self.started, self.body, self.left = time.perf_counter(), b"", -1
        self.socket.send(self.request)

    def read(self) -> bool:
        """Take what has come; True when the answer is whole."""
        self.body += self.socket.recv(262_144)
        if self.left < 0 and b"\r\n\r\n" in self.body:
            head, _, _body = self.body.partition(b"\r\n\r\n")
            status = head.split(b" ", 2)[1]
            if status not in (b"200", b"303"):
                raise SystemExit(f"answer {status.decode()} at {self.request.split()[1].decode()}")
            length = next(row for row in head.lower().split(b"\r\n") if row.startswith(b"content-length:"))
            self.left = len(head) + 4 + int(length.split(b":")[1])
        return 0 < self.left <= len(self.body)


def main(
    url: str, cookies: str, seconds: float, connections: int, forms: str = "", token: str = "", steps: int = 1
) -> None:
    parts = urlsplit(url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    head = f"{'POST' if forms else 'GET'} {target} HTTP/1.1\r\nHost: {parts.netloc}\r\nCookie: "
    ends = ["\r\n\r\n"]
    if forms:
        more = f"\r\nX-CSRFToken: {token}\r\nHX-Request: true\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        typed = Path(forms).read_text().splitlines()
        ends = [f"{more}Content-Length: {len(form.encode())}\r\n\r\n{form}" for form in typed]
    readers = cookies.splitlines()
    chosen = selectors.DefaultSelector()
    for number in range(connections):
        begun = f"{head}{readers[number % len(readers)]}"
        requests = [f"{begun}{end}".encode() for end in ends]
        # The first texts are begun in the middle, by each connection somewhere else.
        begins = steps * number // connections
        place = len(requests) // steps * number // connections * steps + begins
        line = Line(parts.hostname or "", parts.port or 80, requests[place])
        line.requests = cycle(requests[place + 1 :] + requests[: place + 1])
        line.uncounted = steps - begins if steps > 1 else 0
        chosen.register(line.socket, selectors.EVENT_READ, line)
    times: list[float] = []
    answers, coming = 0, sum(key.data.uncounted > 0 for key in chosen.get_map().values())
    start = time.perf_counter()
    for key in list(chosen.get_map().values()):
        key.data.ask()
    # The first answers may wait for a disk that has to find everything first.
    while (spent := time.perf_counter() - start) < seconds or (not times and spent < PATIENCE_S):
        for key, _ in chosen.select(1):
            if key.data.read():
                answers += 1
                if coming:
                    key.data.uncounted -= 1
                    coming -= key.data.uncounted == 0
                    start = time.perf_counter()
                else:
                    times.append(time.perf_counter() - key.data.started)
                key.data.request = next(key.data.requests)
                key.data.ask()
    spent = time.perf_counter() - start
    times.sort()
    if not times:
        raise SystemExit(f"No answer to {url} within {max(seconds, PATIENCE_S):g} s.")
    result = {"rate": len(times) / spent, "median": times[len(times) // 2], "p99": times[int(len(times) * 0.99)]}
    result |= {"spent": spent, "answers": answers}
    print(json.dumps({**result, "times": [round(waited, 6) for waited in times]}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]), int(sys.argv[4]), *sys.argv[5:7], *map(int, sys.argv[7:8]))
