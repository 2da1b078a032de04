"""An SMTP line with two limits: one on each wait, and one on a whole mail, so that no lease is outlived."""

import smtplib
import socket
import time
from typing import Any

from portal.foundation.mail.outbox import LEASE

# What is left of the lease is for writing down how it went.
MAIL_TIME = LEASE.total_seconds() - 60


class _Reader:
    """The server's words, line by line, while there is time.

    A socket's own limit begins anew with each byte, so a server that sends one byte at a time could hold a
    sender for hours.
    """

    def __init__(self, line: Any) -> None:
        self._line = line
        self._sock: socket.socket = line.sock
        self._heard = b""

    def readline(self, limit: int) -> bytes:
        """One line with its end, or what came before the line was closed."""
        while b"\n" not in self._heard and len(self._heard) < limit:
            self._sock.settimeout(self._line.time_left())
            some = self._sock.recv(4096)
            if not some:
                break
            self._heard += some
        end = min(self._heard.find(b"\n") + 1 or len(self._heard), limit)
        words, self._heard = self._heard[:end], self._heard[end:]
        return words

    def close(self) -> None:
        """The socket is closed by its line."""


class _Timed:
    """What both kinds of line share; stands before smtplib's class."""

    sock: Any
    file: Any
    timeout: float
    _ends_at: float | None = None

    def begin(self) -> None:
        """Count the time of one mail from now."""
        self._ends_at = time.monotonic() + MAIL_TIME

    def time_left(self) -> float:
        """Seconds for the next wait.

        Raises:
            TimeoutError: the mail has had all of its time.
        """
        if self._ends_at is None:
            self.begin()
        assert self._ends_at is not None
        left = self._ends_at - time.monotonic()
        if left <= 0:
            raise TimeoutError("the server was too slow")
        return min(self.timeout, left)

    def getreply(self) -> tuple[int, bytes]:
        """The server's next answer."""
        if self.file is None and self.sock is not None:
            self.file = _Reader(self)
        return super().getreply()  # type: ignore[misc,no-any-return]


class Line(_Timed, smtplib.SMTP):
    """A line that is plain, or encrypted by STARTTLS."""


class EncryptedLine(_Timed, smtplib.SMTP_SSL):
    """A line that is encrypted from the first byte."""
