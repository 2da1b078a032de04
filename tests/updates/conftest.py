"""A database of one's own, for tests in which threads must see each other's commits."""

import pytest
from flask import Flask

from tests.conftest import portal_for


@pytest.fixture
def own_database(committing_db: str) -> Flask:
    """The portal on a fresh database whose commits are real."""
    return portal_for(committing_db)
