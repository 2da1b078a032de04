"""Servers that are slow, talk nonsense, or cannot prove who they are."""

import socket
import ssl
import threading
import time
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from flask import Flask

from portal.foundation import config
from portal.foundation.mail import line
from portal.foundation.mail.delivery import deliver_due
from tests.foundation.mail.letters import everyone, only_mail, queue
from tests.smtp import MailServer, mail_server


@pytest.mark.parametrize("step", ["CONNECT", "MAIL", "DOT"])
def test_a_server_that_dawdles_does_not_hold_the_sender(smtp: MailServer, step: str) -> None:
    queue()
    config.use(config.current().model_copy(update={"MAIL_TIMEOUT": 1}))
    smtp.wait(step, 3)
    began = time.monotonic()

    assert deliver_due(everyone) == 0

    assert time.monotonic() - began < 3
    assert only_mail().status == "pending"


def test_a_server_that_sends_one_byte_at_a_time_is_left_before_the_lease_ends(
    smtp: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue()
    monkeypatch.setattr(line, "MAIL_TIME", 1.0)
    smtp.drip(0.2)
    began = time.monotonic()

    assert deliver_due(everyone) == 0

    assert time.monotonic() - began < 2.5
    assert only_mail().status == "pending"


def test_a_server_that_offers_no_encryption_gets_nothing(smtp: MailServer) -> None:
    queue()
    config.use(config.current().model_copy(update={"MAIL_USE_TLS": True}))

    assert deliver_due(everyone) == 0

    assert smtp.letters == []
    assert "STARTTLS" in (only_mail().last_error or "")


def test_a_server_that_answers_nonsense_costs_no_mail(app: Flask, db: str) -> None:
    queue()
    with app.app_context(), socket.create_server(("127.0.0.1", 0)) as server:
        config.use(
            config.current().model_copy(
                update={
                    "MAIL_SERVER": "127.0.0.1",
                    "MAIL_PORT": server.getsockname()[1],
                    "MAIL_USE_TLS": False,
                    "MAIL_SENDER": "a@lumen.example",
                    "MAIL_TIMEOUT": 2,
                }
            )
        )
        threading.Thread(target=_talk_nonsense, args=[server], daemon=True).start()

        assert deliver_due(everyone) == 0

    assert only_mail().status == "pending"


def _talk_nonsense(server: socket.socket) -> None:
    stranger, _address = server.accept()
    with stranger:
        stranger.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")


def test_the_greeting_counts_towards_the_time_of_the_first_mail(
    smtp: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue()
    monkeypatch.setattr(line, "MAIL_TIME", 1.2)
    for step in ("CONNECT", "MAIL", "RCPT"):
        smtp.wait(step, 0.7)

    assert deliver_due(everyone) == 0

    assert only_mail().status == "pending"


def test_each_mail_on_one_line_has_its_own_time(smtp: MailServer, monkeypatch: pytest.MonkeyPatch) -> None:
    queue(4)
    monkeypatch.setattr(line, "MAIL_TIME", 1.5)
    smtp.wait("RCPT", 0.6)

    assert deliver_due(everyone) == 4

    assert smtp.connections == 1


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for this machine that no authority has signed, with its key in the same file."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name.from_rfc4514_string("CN=127.0.0.1")
    moment, day = datetime.now(UTC), timedelta(days=1)
    builder = x509.CertificateBuilder(
        name, name, key.public_key(), x509.random_serial_number(), moment - day, moment + day
    ).add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
    both = tmp_path_factory.mktemp("certificate") / "both.pem"
    both.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        + builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)
    )
    return both


@pytest.mark.parametrize("way", ["starttls", "tls"])
def test_a_server_whose_certificate_nobody_signed_gets_nothing(app: Flask, certificate: Path, way: str) -> None:
    queue()

    with app.app_context(), mail_server(**{way: _context(certificate)}) as server:
        assert deliver_due(everyone) == 0

        assert server.letters == []
    assert only_mail().status == "pending"
    assert "certificate" in (only_mail().last_error or "").lower()


@pytest.mark.parametrize("way", ["starttls", "tls"])
def test_a_server_with_a_trusted_certificate_gets_the_mail_encrypted(
    app: Flask, certificate: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue(2)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

    with app.app_context(), mail_server(**{way: _context(certificate)}) as server:
        assert deliver_due(everyone) == 2

        assert len(server.letters) == 2
        assert server.connections == 1


def _context(certificate: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context
