"""The way out: one press, no sign-in, nothing by a look, and a way back."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.accounts.models import User
from portal.foundation.audit import AuditEntry
from portal.foundation.clock import now
from portal.foundation.database import end_work, session, transaction
from portal.ledger.models import Idea
from portal.updates.jobs import gather
from portal.updates.models import Preference, Subscription
from portal.updates.queries import is_following, wants_answers
from portal.updates.tokens import write_token
from tests.updates.stories import explanation, mails, recipients, suggestion

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def idea(maya: User, omar: User, rosa: User) -> Idea:
    found = suggestion(maya, omar, title="A warmer lamp")
    end_work(commit=True)
    return found


def path(user: User, idea: Idea) -> str:
    return f"/unsubscribe/{write_token(user.id, idea.id)}"


def choices() -> tuple[int, int, int]:
    """How many rows a choice could have left."""
    end_work(commit=False)
    with transaction() as work:
        one, two, three = (work.scalar(select(func.count()).select_from(table)) for table in _TABLES)
    return one or 0, two or 0, three or 0


_TABLES = (Subscription, Preference, AuditEntry)


def test_a_look_changes_nothing(client: Any, idea: Idea, maya: User) -> None:
    before = choices()

    page = client.get(path(maya, idea))
    head = client.head(path(maya, idea))

    assert page.status_code == head.status_code == 200
    assert "A warmer lamp" in page.text
    assert "Stop mails about this suggestion" in page.text
    assert "Stop all mails about answers" in page.text
    assert choices() == before


def test_one_press_without_cookie_or_csrf_stops_this_suggestion_at_once(
    app: Flask, idea: Idea, maya: User, rosa: User
) -> None:
    assert app.config.get("WTF_CSRF_ENABLED", True)
    stranger = app.test_client(use_cookies=False)

    answer = stranger.post(path(maya, idea), data=ONE_CLICK)

    assert answer.status_code == 200
    assert "Location" not in answer.headers
    with transaction():
        assert is_following(maya, idea) is False
        assert wants_answers(maya) is True
    explanation(idea, rosa)
    gather()
    assert recipients() == ["omar"]


def test_a_press_says_what_was_done_and_offers_the_way_back(client: Any, idea: Idea, maya: User) -> None:
    page = client.post(path(maya, idea), data={"scope": "suggestion"})

    assert "nothing more about “A warmer lamp” comes by mail" in page.text
    assert f"{path(maya, idea)}/withdrawals" in page.text


def test_all_mails_about_answers_stop_by_one_press(client: Any, idea: Idea, maya: User, rosa: User) -> None:
    other = suggestion(maya, title="Another")
    end_work(commit=True)

    client.post(path(maya, idea), data={"scope": "answers"})

    explanation(other, rosa)
    gather()
    assert recipients() == []


def test_each_press_can_be_taken_back(client: Any, idea: Idea, maya: User) -> None:
    client.post(path(maya, idea), data={"scope": "suggestion"})
    client.post(path(maya, idea), data={"scope": "answers"})

    one = client.post(f"{path(maya, idea)}/withdrawals", data={"scope": "suggestion"})
    assert "all mails about answers are still stopped" in one.text
    two = client.post(f"{path(maya, idea)}/withdrawals", data={"scope": "answers"})

    assert "come by mail again" in two.text
    with transaction():
        assert is_following(maya, idea) is True
        assert wants_answers(maya) is True


@pytest.mark.both_databases
def test_pressing_twice_is_pressing_once(client: Any, idea: Idea, maya: User) -> None:
    client.post(path(maya, idea), data=ONE_CLICK)
    after_one = choices()

    again = client.post(path(maya, idea), data=ONE_CLICK)

    assert again.status_code == 200
    assert choices() == after_one


def test_a_page_shows_what_is_stopped_already(client: Any, idea: Idea, maya: User) -> None:
    client.post(path(maya, idea), data={"scope": "suggestion"})
    client.post(path(maya, idea), data={"scope": "answers"})

    page = client.get(path(maya, idea))

    assert "Send mails about this suggestion again" in page.text
    assert "Send answers by mail again" in page.text


def test_nobody_stops_the_mails_of_another(client: Any, idea: Idea, maya: User, omar: User) -> None:
    token = write_token(maya.id, idea.id)
    body, _, seal = token.partition(".")
    other_body, _, _ = write_token(omar.id, idea.id).partition(".")
    before = choices()

    for forged in (f"{other_body}.{seal}", token[:-4] + "AAAA", f"{maya.id}.{idea.id}", "x", f"{body}.", token + "."):
        assert client.get(f"/unsubscribe/{forged}").status_code == 404
        assert client.post(f"/unsubscribe/{forged}", data=ONE_CLICK).status_code == 404
        assert client.post(f"/unsubscribe/{forged}/withdrawals").status_code == 404

    assert choices() == before


def test_a_token_of_rows_that_are_gone_opens_nothing(client: Any, idea: Idea, maya: User) -> None:
    assert client.get(f"/unsubscribe/{write_token(maya.id, idea.id + 1000)}").status_code == 404
    assert client.post(f"/unsubscribe/{write_token(maya.id + 1000, idea.id)}", data=ONE_CLICK).status_code == 404


def test_the_address_in_the_mail_is_the_one_that_works(client: Any, idea: Idea, maya: User, rosa: User) -> None:
    explanation(idea, rosa)
    gather()
    [mail] = [row for row in mails() if row.recipient == maya.email]
    assert mail.unsubscribe_url is not None
    assert mail.unsubscribe_url in mail.text
    assert f'href="{mail.unsubscribe_url}"' in mail.html

    answer = client.post(mail.unsubscribe_url.removeprefix("http://localhost:8000"), data=ONE_CLICK)

    assert answer.status_code == 200
    with transaction():
        assert is_following(maya, idea) is False


def test_a_stop_leaves_one_audit_row_in_the_name_of_its_reader(client: Any, idea: Idea, maya: User) -> None:
    client.post(path(maya, idea), data=ONE_CLICK)

    rows = list(session().scalars(select(AuditEntry).where(AuditEntry.verb == "subscription.changed")))
    assert [(row.by_id, row.subject_id, row.before, row.after) for row in rows] == [
        (maya.id, idea.id, None, {"level": "nothing"})
    ]


def test_someone_suspended_can_still_stop_their_mails(client: Any, idea: Idea, maya: User) -> None:
    with transaction() as work:
        work.get_one(User, maya.id).suspended_at = now()

    assert client.post(path(maya, idea), data=ONE_CLICK).status_code == 200
