"""A mail server for the tests of the outbox."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.smtp import MailServer, mail_server


@pytest.fixture
def smtp(app: Flask) -> Iterator[MailServer]:
    """A running server that the portal's settings point at, within the portal's context."""
    with app.app_context(), mail_server() as server:
        yield server
