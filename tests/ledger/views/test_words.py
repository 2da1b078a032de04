"""Replies, verdicts, new dates and repeated words on the page of a suggestion."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from portal.accounts.models import User
from portal.foundation import config
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.ledger.models import ActionStage, AuthorWord, Comment, Idea, ResponseKind, Standing, WordKind
from portal.ledger.services import (
    NoReason,
    comment,
    give_new_date,
    hand_over,
    record_progress,
    respond,
    say_whether_it_helped,
    start_action,
)
from tests.conftest import settings_for_tests
from tests.factories import here, make_idea

REASON = "The resin would crack in the first hard frost."


@pytest.fixture
def idea(maya: User, rosa: User) -> Idea:
    return make_idea(proposed_by=maya, owner=rosa)


def stands(number: int) -> Standing | None:
    return session().scalar(select(Idea.standing).where(Idea.id == number))


def test_the_author_replies_on_the_page(
    sign_in: Any, maya: User, omar: User, rosa: User, sam: User, idea: Idea
) -> None:
    respond(idea, kind=ResponseKind.QUESTION, message="Which lamp?", by=rosa)
    session().commit()
    browser = sign_in(maya)
    page = f"/ideas/{idea.id}"

    asked = browser.get(page).text
    # Whoever asked is named, whoever it is with.
    hand_over(here(idea), to=here(sam), word="You know it better.", by=here(rosa))
    session().commit()
    for path, reader in ((page, omar), ("/ideas", omar), ("/desk", sam)):
        assert "Rosa asked back and waits for a word" in sign_in(reader).get(path).text
    # Before the comments, so that on a phone nobody passes it by; and it needs its words.
    assert asked.index('id="your-word"') < asked.index('id="comments-title"')
    assert "optional" not in asked[asked.index('id="your-word"') : asked.index('id="comments-title"')]
    assert "Your reply" not in sign_in(omar).get(page).text
    # Mending one's own words is no reply, and says so.
    mended = browser.post(f"{page}/wordings", data={"title": "A small lamp", "body": "The small one."})
    assert mended.status_code == 303
    assert "Sam still waits for your reply; the clock runs on from it." in browser.get(page).text
    assert stands(idea.id) is Standing.ASKED_BACK
    assert browser.post(f"{page}/replies", data={"word-words": " "}).status_code == 422
    assert browser.post(f"{page}/replies", data={"word-words": "The small one."}).status_code == 303
    assert stands(idea.id) is Standing.HEARD
    shown = browser.get(page).text
    assert "The small one." in shown
    assert "Your reply" not in shown


def test_what_the_author_says_beside_it_while_the_company_waits_is_the_reply(
    sign_in: Any, maya: User, omar: User, rosa: User, idea: Idea
) -> None:
    comments, number = f"/ideas/{idea.id}/comments", idea.id
    others = comment(idea, body="Mine too.", by=omar).id
    respond(idea, kind=ResponseKind.QUESTION, message="Which lamp?", by=rosa)
    session().commit()
    browser = sign_in(maya)

    for person, more in ((sign_in(omar), {}), (browser, {"comment-reply_to": str(others)})):
        assert person.post(comments, data={"comment-body": "Nice.", **more}).status_code == 303
        assert stands(number) is Standing.ASKED_BACK
    # Pressed twice.
    for _time in range(2):
        page = browser.post(comments, data={"comment-body": "The small one."}, follow_redirects=True).text
        assert "this stands as your reply to its question" in page
    assert stands(number) is Standing.HEARD
    words = session().execute(select(AuthorWord.kind, AuthorWord.words)).all()
    assert [tuple(row) for row in words] == [(WordKind.REPLY, "The small one.")]
    assert session().scalars(select(Comment.body).order_by(Comment.id)).all() == ["Mine too.", "Nice.", "Nice."]
    # From here on it is a comment like any other.
    assert browser.post(comments, data={"comment-body": "And soon."}).status_code == 303
    assert session().scalar(select(func.count()).select_from(Comment)) == 4


def test_what_the_author_says_too_late_can_stand_as_a_comment(sign_in: Any, maya: User, rosa: User, idea: Idea) -> None:
    respond(idea, kind=ResponseKind.QUESTION, message="Which lamp?", by=rosa)
    session().commit()
    browser, page = sign_in(maya), f"/ideas/{idea.id}"
    # Two tabs, each with a reply of its own.
    assert browser.post(f"{page}/replies", data={"word-words": "The small one."}).status_code == 303
    refused = browser.post(f"{page}/replies", data={"word-words": "No, the tall one."})
    assert refused.status_code == 422
    comments = refused.text[refused.text.index('id="comments-title"') :]
    assert "No question waits for you here; a comment is always welcome." in comments
    assert "No, the tall one.</textarea>" in comments

    respond(here(idea), kind=ResponseKind.EXPLANATION, message=REASON, by=here(rosa))
    session().commit()
    said = {"word-words": "It did.", "word-helped": "1"}
    assert browser.post(f"{page}/verdicts", data=said).status_code == 303
    refused = browser.post(f"{page}/verdicts", data={"word-words": "It cracks still.", "word-not_helped": "1"})
    comments = refused.text[refused.text.index('id="comments-title"') :]
    assert (refused.status_code, "You said so already" in comments) == (422, True)
    assert "It cracks still.</textarea>" in comments


def test_the_row_says_what_the_author_says_of_it_and_why_it_was_late(
    sign_in: Any, client: FlaskClient, maya: User, omar: User, rosa: User, idea: Idea
) -> None:
    config.use(settings_for_tests(PUBLIC_LEDGER=True))
    late = make_idea(proposed_by=maya, owner=rosa, acknowledge_by=now() - timedelta(days=1))
    give_new_date(late, until=now() + timedelta(days=2), words="The **mould** broke.", by=rosa)
    respond(idea, kind=ResponseKind.EXPLANATION, message=REASON, by=rosa)
    session().commit()
    browser, outside = sign_in(omar), client
    assert "says it" not in browser.get("/ideas").text
    for page in (browser.get("/ideas").text, outside.get("/public-ledger").text):
        assert ": <q>The mould broke.</q>" in page
    assert outside.get("/public-ledger/data").get_json()["suggestions"][0]["late_because"] == "The mould broke."

    say_whether_it_helped(here(idea), helped=True, words="", by=here(maya))
    session().commit()

    assert "Maya says it helped" in browser.get("/ideas").text
    assert "Who suggested it says it helped" in outside.get("/public-ledger").text
    told = outside.get("/public-ledger/data").get_json()["suggestions"]
    assert [row["helped"] for row in told] == [None, True]
    respond(here(late), kind=ResponseKind.ACKNOWLEDGEMENT, message="Read.", by=here(rosa))
    session().commit()
    assert "The mould broke." not in browser.get("/ideas").text


def test_a_no_on_the_page_opens_it_again(sign_in: Any, maya: User, rosa: User, idea: Idea) -> None:
    respond(idea, kind=ResponseKind.EXPLANATION, message=REASON, by=rosa)
    session().commit()
    browser, verdicts = sign_in(maya), f"/ideas/{idea.id}/verdicts"

    assert "Did this help?" in browser.get(f"/ideas/{idea.id}").text
    assert browser.post(verdicts, data={"word-words": "", "word-not_helped": "1"}).status_code == 422
    assert browser.post(verdicts, data={"word-words": "Glass does not.", "word-not_helped": "1"}).status_code == 303
    assert stands(idea.id) is Standing.HEARD
    assert "This opened the suggestion again" in browser.get(f"/ideas/{idea.id}").text


def test_a_late_one_shows_both_dates_to_everyone(sign_in: Any, maya: User, omar: User, rosa: User) -> None:
    past = now() - timedelta(days=30)
    idea = make_idea(proposed_by=maya, owner=rosa, created_at=past, acknowledge_by=past, decide_by=past)
    browser, dates = sign_in(rosa), f"/ideas/{idea.id}/new-dates"
    soon = (now() + timedelta(days=3)).date().isoformat()

    assert "Give a new date" in browser.get(f"/ideas/{idea.id}").text
    assert browser.post(dates, data={"new-date-until": soon, "new-date-words": ""}).status_code == 422
    assert browser.post(dates, data={"new-date-until": soon, "new-date-words": "The mould broke."}).status_code == 303
    shown = sign_in(omar).get(f"/ideas/{idea.id}").text
    assert "The mould broke." in shown
    assert "and is late; the new date is" in shown
    assert "Give a new date" not in shown
    # Answered in another tab meanwhile.
    respond(here(idea), kind=ResponseKind.EXPLANATION, message=REASON, by=here(rosa))
    session().commit()
    refused = browser.post(dates, data={"new-date-until": soon, "new-date-words": "The mould broke again."})
    assert (refused.status_code, "This is not late; its promise stands as it is." in refused.text) == (422, True)
    assert "The mould broke again.</textarea>" in refused.text
    assert "Give a new date" not in browser.get(f"/ideas/{idea.id}").text


def test_what_a_service_refuses_is_said_at_the_field_that_it_is_about(
    sign_in: Any, maya: User, rosa: User, sam: User
) -> None:
    late = make_idea(proposed_by=maya, owner=rosa, acknowledge_by=now() - timedelta(days=30))
    asked = make_idea(proposed_by=maya, owner=rosa)
    respond(asked, kind=ResponseKind.QUESTION, message="Which lamp?", by=rosa)
    action = start_action(title="A zip", owner=rosa, stage=ActionStage.PLANNED, by=rosa)
    session().commit()
    owner, today = sign_in(rosa), config.today()
    yesterday, tomorrow = ((today + timedelta(days=days)).isoformat() for days in (-1, 1))
    entry = f"/actions/{action.id}/progress"
    away = {"absence-person": rosa.id, "absence-stand_in": sam.id, "absence-from_day": tomorrow}
    for browser, path, given, field in (
        (sign_in(maya), f"/ideas/{asked.id}/replies", {"word-words": " "}, "word-words"),
        (
            owner,
            f"/ideas/{late.id}/new-dates",
            {"new-date-until": yesterday, "new-date-words": "No."},
            "new-date-until",
        ),
        (owner, entry, {"stage": "planned", "words": "Drawn.", "proof_url": "javascript:alert(1)"}, "proof_url"),
        (owner, entry, {"stage": "done", "words": "Out.", "happened_on": tomorrow}, "happened_on"),
        (owner, entry, {"stage": "planned", "words": "Late.", "target_date": yesterday}, "target_date"),
        (owner, "/absences", {**away, "absence-until_day": yesterday}, "absence-until_day"),
    ):
        refused = browser.post(path, data=given)
        assert refused.status_code == 422, path
        typed = re.search(rf'<(?:input|textarea)[^>]* name="{field}"[^>]*>', refused.text)
        assert typed, field
        assert 'aria-invalid="true"' in typed[0], typed[0]
        assert re.search(rf'aria-describedby="[^"]*\b{field}-errors"', typed[0]), typed[0]
        assert f'id="{field}-errors"' in refused.text


def test_the_same_words_to_another_person_are_pointed_out_once(
    sign_in: Any, maya: User, omar: User, rosa: User, idea: Idea
) -> None:
    respond(idea, kind=ResponseKind.EXPLANATION, message=REASON, by=rosa)
    other = make_idea(proposed_by=omar, owner=rosa)
    browser, answer = sign_in(rosa), {"answer-kind": "explanation", "answer-message": REASON, "answer-action": "0"}

    refused = browser.post(f"/ideas/{other.id}/responses", data=answer)
    assert refused.status_code == 422
    assert "word for word to 1 person" in refused.text
    assert browser.post(f"/ideas/{other.id}/responses", data={**answer, "answer-repeats": "y"}).status_code == 303
    assert stands(other.id) is Standing.EXPLAINED


def test_a_day_that_slips_needs_a_word(rosa: User) -> None:
    first, later = (config.today() + timedelta(days=days) for days in (9, 54))
    action = start_action(title="A zip", owner=rosa, stage=ActionStage.PLANNED, by=rosa, target_date=first)

    with pytest.raises(NoReason):
        record_progress(action, stage=ActionStage.PLANNED, words=" ", by=rosa, target_date=later)
    entry = record_progress(action, stage=ActionStage.PLANNED, words="No zips left.", by=rosa, target_date=later)

    assert (entry.target_date, action.target_date) == (later, later)
    sooner = record_progress(action, stage=ActionStage.PLANNED, words="", by=rosa, target_date=first)
    assert sooner.hashed_part()["target_date"] == first.isoformat()
