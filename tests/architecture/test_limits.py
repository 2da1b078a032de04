"""What one visitor may ask for how often, and what is asked by POST and can write nothing: door by door."""

import inspect
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from portal.accounts.models import User
from portal.foundation import access

LIMITS = {
    "accounts.create_session": "60 per hour; 20 per minute",
    "accounts.create_session_by_code": "60 per hour; 20 per minute",
    "accounts.create_sign_in_link": "20 per hour; 6 per minute",
    "community.create_acceptance": "20 per hour; 6 per minute",
    "invitations.create_decline": "60 per hour; 20 per minute",
    "invitations.show_letter": "120 per hour; 30 per minute",
    "ledger.create_case": "120 per hour",
    "ledger.create_comment": "120 per hour",
    "ledger.create_draft": "120 per hour",
    "ledger.create_idea": "60 per hour",
    "ledger.create_links": "60 per hour",
    "ledger.create_picture": "60 per hour",
    "ledger.create_progress": "120 per hour",
    "ledger.export_chain": "6 per minute",
    "ledger.export_public_ledger": "60 per minute",
    "ledger.list_names": "240 per minute",
    "ledger.list_names_in_room": "240 per minute",
    "ledger.show_chain": "12 per minute",
    "ledger.show_public_feed": "60 per minute",
    "listening.create_push": "1200 per minute",
    "listening.show_push_greeting": "600 per minute",
    "moderation.create_comment_report": "20 per hour",
    "moderation.create_report": "20 per hour",
    "moderation.create_suspension_appeal": "20 per hour",
    "moderation.create_word_report": "20 per hour",
}
READS_ONLY = {
    "ledger.create_answer_preview",
    "ledger.create_link_search",
    "ledger.create_preview",
    "ledger.list_similar_ideas",
}

pytestmark = pytest.mark.parametrize("db", ["sqlite"], indirect=True)


def test_each_limit_is_as_saved(app: Flask) -> None:
    found, reading = {}, set()
    for endpoint, view in app.view_functions.items():
        plain = inspect.unwrap(view)
        name = f"{plain.__module__}.{plain.__name__}.{plain.__name__}"
        limits = access.limiter.limit_manager.decorated_limits(name)
        if limits:
            found[endpoint] = "; ".join(str(limit.limit).replace(" 1 ", " ") for limit in limits)
        if getattr(view, "reads_only", False):
            reading.add(endpoint)

    assert (found, reading) == (LIMITS, READS_ONLY)


@pytest.fixture
def counting(db: str) -> Iterator[None]:
    access.limiter.enabled = True
    access.limiter.reset()
    yield
    access.limiter.reset()
    access.limiter.enabled = False


@pytest.mark.usefixtures("counting")
def test_whoever_asks_more_often_is_slowed_down_and_whoever_is_not_let_in_counts_for_nobody(
    sign_in: Any, client: FlaskClient, sam: User, rosa: User
) -> None:
    manager, colleague, path = sign_in(sam), sign_in(rosa), "/chain/export"

    assert {client.get(path).status_code for _ in range(7)} == {303}
    assert {colleague.get(path).status_code for _ in range(7)} == {403}
    assert [manager.get(path).status_code for _ in range(7)] == [200] * 6 + [429]
    assert manager.get("/ideas").status_code == 200
