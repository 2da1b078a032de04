"""What a signed-in person wants to hear."""

from typing import Any

import pytest
from flask import Flask

from portal.accounts.models import User
from portal.foundation.database import end_work, transaction
from portal.ledger.models import Idea
from portal.updates.queries import is_following, wants_answers
from tests.updates.stories import suggestion


@pytest.fixture
def idea(maya: User, omar: User, rosa: User) -> Idea:
    found = suggestion(maya, omar, title="A warmer lamp")
    end_work(commit=True)
    return found


def follows(user: User, idea: Idea) -> bool:
    with transaction():
        return is_following(user, idea)


def wants(user: User) -> bool:
    with transaction():
        return wants_answers(user)


def test_a_stranger_chooses_nothing(client: Any, app: Flask, idea: Idea, maya: User) -> None:
    app.config["WTF_CSRF_ENABLED"] = False

    assert client.get("/preferences").status_code == 303
    assert client.post("/preferences").status_code == 401
    assert client.post(f"/ideas/{idea.id}/subscriptions", data={"level": "nothing"}).status_code == 401

    app.config["WTF_CSRF_ENABLED"] = True
    assert follows(maya, idea)
    assert wants(maya)


def test_answers_by_mail_are_on_until_someone_says_no(sign_in: Any, maya: User) -> None:
    browser = sign_in(maya)
    assert "checked" in browser.get("/preferences").text

    browser.post("/preferences", data={})

    assert not wants(maya)
    page = browser.get("/preferences").text
    assert "Kept. No mails; it stays on the page." in page
    # The list of keys, which stands below every page, has a box of its own.
    assert page.partition("<main")[2].partition("</main>")[0].count(" checked") == 1
    browser.post("/preferences", data={"answers_by_mail": "y"})
    assert wants(maya)


def test_one_person_s_choice_is_not_another_s(sign_in: Any, idea: Idea, maya: User, omar: User) -> None:
    sign_in(omar).post(f"/ideas/{idea.id}/subscriptions", data={"level": "nothing"})

    assert not follows(omar, idea)
    assert follows(maya, idea)


def test_anyone_inside_can_follow_and_stop(sign_in: Any, idea: Idea, sam: User) -> None:
    browser = sign_in(sam)
    assert not follows(sam, idea)
    assert 'checked id="level-2"' in browser.get(f"/ideas/{idea.id}/subscriptions").text

    answer = browser.post(f"/ideas/{idea.id}/subscriptions", data={"level": "answers"})

    assert answer.headers["Location"] == f"/ideas/{idea.id}"
    assert follows(sam, idea)
    assert 'checked id="level-1"' in browser.get(f"/ideas/{idea.id}/subscriptions").text
    browser.post(f"/ideas/{idea.id}/subscriptions", data={"level": "nothing"})
    assert not follows(sam, idea)


@pytest.mark.parametrize("words", [{}, {"level": "x"}, {"level": ""}, {"level": "EVERYTHING"}])
def test_a_choice_that_is_none_changes_nothing(sign_in: Any, idea: Idea, maya: User, words: dict[str, str]) -> None:
    assert sign_in(maya).post(f"/ideas/{idea.id}/subscriptions", data=words).status_code == 422

    assert follows(maya, idea)


def test_a_suggestion_that_is_not_there_cannot_be_followed(sign_in: Any, maya: User) -> None:
    assert sign_in(maya).post("/ideas/999999/subscriptions", data={"level": "answers"}).status_code == 404


def test_own_choices_are_listed_and_can_be_changed_there(sign_in: Any, idea: Idea, maya: User) -> None:
    browser = sign_in(maya)
    assert "None. Each suggestion has a line" in browser.get("/preferences").text

    browser.post(f"/ideas/{idea.id}/subscriptions", data={"level": "nothing"})

    page = browser.get("/preferences").text
    assert "A warmer lamp" in page
    assert '<span class="small">Nothing</span>' in page


def test_a_press_from_another_site_is_refused(app: Flask, sign_in: Any, idea: Idea, maya: User) -> None:
    browser = sign_in(maya)
    app.config["WTF_CSRF_ENABLED"] = True

    assert browser.post(f"/ideas/{idea.id}/subscriptions", data={"level": "nothing"}).status_code == 400
    assert browser.post("/preferences", data={}).status_code == 400

    assert follows(maya, idea)
    assert wants(maya)


def test_a_look_changes_nothing(sign_in: Any, idea: Idea, maya: User) -> None:
    browser = sign_in(maya)

    browser.get(f"/ideas/{idea.id}/subscriptions?level=nothing")
    browser.get("/preferences?answers_by_mail=")

    assert follows(maya, idea)
    assert wants(maya)
