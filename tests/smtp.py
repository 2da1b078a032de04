"""A real SMTP server on loopback that takes mails, and that refuses, dawdles or hangs up where it is told to."""

# aiosmtpd finds its verbs by names in capitals.
# ruff: noqa: N802

from __future__ import annotations

import asyncio
import ssl
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from portal.foundation import config

# The steps of one exchange, in order; DOT is the answer to the mail itself.
STEPS = ("CONNECT", "EHLO", "MAIL", "RCPT", "DATA", "DOT")


@dataclass(frozen=True)
class Letter:
    """One mail as it came over the wire."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes
    connection: int

    @property
    def message(self) -> EmailMessage:
        """The mail, read by Python's own parser."""
        read: EmailMessage = message_from_bytes(self.raw, policy=policy.default)  # type: ignore[assignment]
        return read

    @property
    def text(self) -> str:
        """The plain part."""
        return self._part("plain")

    @property
    def html(self) -> str:
        """The HTML part."""
        return self._part("html")

    def header(self, name: str) -> str:
        """One header, decoded."""
        return str(self.message[name])

    def _part(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        assert part is not None, f"the mail has no {kind} part"
        return str(part.get_content())


@dataclass
class MailServer:
    """What the server took (`letters`) and what it shall do next."""

    letters: list[Letter] = field(default_factory=list)
    connections: int = 0
    host: str = "127.0.0.1"
    port: int = 0
    starttls: ssl.SSLContext | None = None
    tls: ssl.SSLContext | None = None
    _replies: dict[str, list[tuple[str, float]]] = field(default_factory=lambda: defaultdict(list))
    _waits: dict[str, float] = field(default_factory=dict)
    _drip: float = 0.0
    _hang_up: list[bool] = field(default_factory=list)
    _lines: list[SMTP] = field(default_factory=list)
    _controller: Controller | None = None

    def start(self) -> None:
        """Listen; a server that was stopped comes back on its old port."""
        server = self

        class Running(Controller):
            def factory(self) -> SMTP:
                line = _Line(server)
                server._lines.append(line)
                return line

            def _trigger_server(self) -> None:
                # Only now is it known which port the system chose.
                assert self.server is not None
                self.port = server.port = self.server.sockets[0].getsockname()[1]
                super()._trigger_server()

        self._controller = Running(None, hostname=self.host, port=self.port, ready_timeout=10, ssl_context=self.tls)
        self._controller.start()
        # The controller looked in itself once.
        self.connections = 0

    def stop(self) -> None:
        """Stop listening, as a server that is down."""
        if self._controller is not None:
            asyncio.run_coroutine_threadsafe(self._leave(), self._controller.loop).result(10)
            self._controller.stop()
            self._controller = None

    async def _leave(self) -> None:
        for line in self._lines:
            if line.transport is not None:
                line.transport.abort()
        self._lines.clear()
        # One more turn of the loop, in which the lines learn that they are closed.
        await asyncio.sleep(0.01)

    def refuse(self, step: str, reply: str, *, times: float = 1) -> None:
        """Answer a step with these words, such as `451 4.7.1 later`; `times` may be infinite."""
        assert step in STEPS
        self._replies[step].append((reply, times))

    def wait(self, step: str, seconds: float) -> None:
        """Think this long before answering a step."""
        assert step in STEPS
        self._waits[step] = seconds

    def drip(self, seconds: float) -> None:
        """Send each byte alone, with this much time before it."""
        self._drip = seconds

    def hang_up_after_mail(self, *, keeps_it: bool) -> None:
        """Cut the line once, after the mail is all there and before the answer to it."""
        self._hang_up.append(keeps_it)

    def be_kind(self) -> None:
        """Forget every unkindness."""
        self._replies.clear()
        self._waits.clear()
        self._drip = 0.0
        self._hang_up.clear()

    def settings(self) -> dict[str, Any]:
        """The portal's settings that make it send here."""
        return {
            "MAIL_SERVER": self.host,
            "MAIL_PORT": self.port,
            "MAIL_USE_TLS": self.starttls is not None,
            "MAIL_USE_SSL": self.tls is not None,
            "MAIL_SENDER": "community@lumen.example",
            "MAIL_TIMEOUT": 5,
        }

    def next_reply(self, step: str) -> str | None:
        """What the script says for a step, used up by asking."""
        script = self._replies[step]
        if not script:
            return None
        reply, times = script[0]
        script[0] = (reply, times - 1)
        if times <= 1:
            script.pop(0)
        return reply

    async def think(self, step: str) -> None:
        """Take the time that the script asks for."""
        await asyncio.sleep(self._waits.get(step, 0))

    @property
    def pace(self) -> float:
        """Seconds before each byte."""
        return self._drip

    def hangs_up(self) -> bool | None:
        """None to answer; otherwise hang up, and whether the mail is kept."""
        return self._hang_up.pop(0) if self._hang_up else None


@contextmanager
def mail_server(**given: ssl.SSLContext) -> Iterator[MailServer]:
    """A running server; within the block the portal's settings point at it.

    Args:
        given: `starttls` or `tls`, the context with the server's certificate.
    """
    server = MailServer(**given)  # type: ignore[arg-type]
    server.start()
    before = config.current()
    config.use(before.model_copy(update=server.settings()))
    try:
        yield server
    finally:
        config.use(before)
        server.stop()


class _Line(SMTP):
    """One connection; each answer first asks the script."""

    def __init__(self, server: MailServer) -> None:
        super().__init__(
            _Keeper(server), hostname="mail.example", data_size_limit=8 * 1024 * 1024, tls_context=server.starttls
        )
        self.script = server
        self._greeted = False

    async def push(self, status: str | bytes) -> None:  # type: ignore[override]
        words = status.encode() if isinstance(status, str) else status
        if not self._greeted:
            self._greeted = True
            self.script.connections += 1
            await self.script.think("CONNECT")
            refusal = self.script.next_reply("CONNECT")
            if refusal is not None:
                await self._say(refusal.encode())
                self._writer.close()
                return
        await self._say(words)

    async def _say(self, words: bytes) -> None:
        if not self.script.pace:
            await super().push(words)
            return
        for byte in words + b"\r\n":
            await asyncio.sleep(self.script.pace)
            if self._writer.is_closing():
                return
            self._writer.write(bytes([byte]))

    async def smtp_EHLO(self, hostname: str) -> None:
        await self._or_refuse("EHLO", super().smtp_EHLO, hostname)

    async def smtp_HELO(self, hostname: str) -> None:
        await self._or_refuse("EHLO", super().smtp_HELO, hostname)

    async def smtp_MAIL(self, arg: str) -> None:
        await self._or_refuse("MAIL", super().smtp_MAIL, arg)

    async def smtp_RCPT(self, arg: str) -> None:
        await self._or_refuse("RCPT", super().smtp_RCPT, arg)

    async def smtp_DATA(self, arg: str) -> None:
        await self._or_refuse("DATA", super().smtp_DATA, arg)

    async def _or_refuse(self, step: str, answer: Any, argument: str) -> None:
        await self.script.think(step)
        refusal = self.script.next_reply(step)
        if refusal is not None:
            await self.push(refusal)
        else:
            await answer(argument)


class _Keeper:
    """What happens to a mail that is all there."""

    def __init__(self, server: MailServer) -> None:
        self.script = server

    async def handle_DATA(self, line: _Line, session: Session, envelope: Envelope) -> str:
        await self.script.think("DOT")
        refusal = self.script.next_reply("DOT")
        if refusal is not None:
            return refusal
        hangs_up = self.script.hangs_up()
        if hangs_up is not False:
            self.script.letters.append(
                Letter(
                    envelope.mail_from or "",
                    tuple(envelope.rcpt_tos),
                    bytes(envelope.content or b""),
                    self.script.connections,
                )
            )
        if hangs_up is not None:
            assert line.transport is not None
            line.transport.abort()
        return "250 2.0.0 taken"
