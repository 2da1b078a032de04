"""Suggesting: the promise, the preview, and words that are never lost."""

from typing import Any

import pytest
from sqlalchemy import func, select

from portal.accounts.models import User
from portal.foundation.database import session
from portal.ledger.models import Idea

REASON = "The resin would crack in the first hard frost."


def count(table: type[Any]) -> int:
    return session().scalar(select(func.count()).select_from(table)) or 0


def test_a_suggestion_lands_on_the_ledger_with_its_promise(sign_in: Any, maya: User, rosa: User) -> None:
    browser = sign_in(maya)
    assert "Send it now and Rosa Pereira will answer by" in browser.get("/ideas/new").text

    page = browser.post("/ideas", data={"title": "A zip", "body": "It **washes**."}, follow_redirects=True)

    assert page.status_code == 200
    assert "Rosa will answer by" in page.text
    assert "It <strong>washes</strong>." in page.text
    assert session().query(Idea).one().title == "A zip"


def test_the_same_form_sent_twice_leads_to_the_same_suggestion(sign_in: Any, maya: User, rosa: User) -> None:
    browser = sign_in(maya)
    form = {"title": "A zip", "body": "", "form_key": "0123456789abcdef"}

    first, second = browser.post("/ideas", data=form), browser.post("/ideas", data=form)

    assert first.location == second.location
    assert count(Idea) == 1
    assert browser.post("/ideas", data={**form, "title": "A button"}).location != first.location


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"title": " ", "body": "My words"}, "Write your suggestion in one line"),
        ({"title": "x" * 161, "body": "My words"}, "longer than 160"),
        ({"title": "My words", "body": "x" * 20_001}, "longer than 20,000"),
    ],
)
def test_a_refused_suggestion_keeps_what_was_typed(
    sign_in: Any, maya: User, rosa: User, form: dict[str, str], error: str
) -> None:
    page = sign_in(maya).post("/ideas", data=form)

    assert page.status_code == 422
    assert error in page.text
    assert "My words" in page.text
    assert count(Idea) == 0


def test_without_staff_the_form_says_so(sign_in: Any, maya: User) -> None:
    browser = sign_in(maya)

    assert "Nobody is here to answer yet" in browser.get("/ideas/new").text
    assert browser.post("/ideas", data={"title": "A zip"}).status_code == 422


def test_a_preview_shows_the_words_and_keeps_nothing(sign_in: Any, maya: User, rosa: User) -> None:
    browser = sign_in(maya)
    form = {"title": "A zip", "body": "It **washes**."}

    part = browser.post("/idea-previews", data=form, headers={"HX-Request": "true"})
    page = browser.post("/idea-previews", data=form)

    for answer in (part, page):
        assert answer.status_code == 200
        assert "It <strong>washes</strong>." in answer.text
    assert "<html" not in part.text
    assert 'value="A zip"' in page.text
    assert count(Idea) == 0
