"""Comments and names are told once, together, and never too often; each level is honoured."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from portal.accounts.models import Role, User
from portal.foundation.clock import now, pretend
from portal.foundation.database import end_work, session, transaction
from portal.ledger.models import Comment, Idea, ResponseKind
from portal.ledger.services import comment, respond, suggest, take_out
from portal.ledger.visibility import reach_of
from portal.updates import jobs
from portal.updates.models import Level
from portal.updates.queries import level_of, may_send, news_of
from portal.updates.queries.said import MAILS_A_DAY, PAUSE
from portal.updates.services import follow, set_preferences
from tests.factories import make_circle, make_idea, make_user
from tests.updates.stories import mails


@pytest.fixture
def idea(maya: User, omar: User, rosa: User) -> Idea:
    return make_idea(proposed_by=maya, owner=rosa, title="A warmer lamp")


def told(minutes: float = 20) -> list[tuple[str, str]]:
    """What is told so many minutes from now: recipient and subject."""
    session().commit()
    end_work(commit=True)
    before = {mail.id for mail in mails("comment")}
    end_work(commit=False)
    with pretend(now() + timedelta(minutes=minutes)):
        jobs.tell_what_was_said()
    return sorted((mail.recipient, mail.subject) for mail in mails("comment") if mail.id not in before)


def test_comments_are_told_together_to_whoever_wants_them(
    app: Flask, idea: Idea, maya: User, omar: User, rosa: User
) -> None:
    lee = make_user("lee@example.org", "Lee Park")
    follow(idea, level=Level.EVERYTHING, by=maya)
    follow(idea, level=Level.ANSWERS, by=lee)
    for words in ("Mine **too**.", "And on stone."):
        comment(idea, body=words, by=omar)
    comment(idea, body="I write myself.", by=maya)

    assert told(5) == []
    assert told() == [("maya@example.org", "2 new comments: A warmer lamp")]
    (mail,) = mails("comment")
    assert ("Mine too." in mail.text, "And on stone." in mail.text, "I write myself" in mail.text) == (
        True,
        True,
        False,
    )
    assert mail.unsubscribe_url
    assert mail.unsubscribe_url in mail.text
    assert told() == told(90) == []
    (news,) = [item for item in news_of(maya, reach_of(maya)) if item.label == "Comment"]
    assert (news.by, news.title) == ("Maya Lindqvist", "A warmer lamp")


def test_one_suggestion_is_told_of_once_an_hour_and_one_person_so_often_a_day(
    app: Flask, idea: Idea, maya: User, omar: User
) -> None:
    follow(idea, level=Level.EVERYTHING, by=maya)
    moment = now()
    sent = 0
    for hour in range(MAILS_A_DAY + 2):
        with pretend(moment + hour * (PAUSE + timedelta(minutes=1))):
            comment(idea, body=f"Word {hour}", by=omar)
            sent += len(told())
            comment(idea, body=f"Soon after {hour}", by=omar)
            assert told(40) == []
    assert sent == MAILS_A_DAY


def test_whoever_is_named_hears_of_it_once_unless_they_chose_otherwise(
    app: Flask, idea: Idea, maya: User, omar: User, rosa: User
) -> None:
    lee, kim = make_user("lee@example.org", "Lee Park"), make_user("kim@example.org", "Kim Park")
    follow(idea, level=Level.ANSWERS, by=kim)
    set_preferences(rosa, answers_by_mail=False)
    said = comment(idea, body="@Lee Park, @Kim Park and @Rosa Pereira know.", by=omar)
    suggest(title="For @Lee Park", body="", by=omar)

    assert told() == [
        ("lee@example.org", "Omar named you: A warmer lamp"),
        ("lee@example.org", "Omar named you: For @Lee Park"),
    ]
    assert told(120) == []
    assert {item.label for item in news_of(lee)} == {"Comment", "Names you"}
    assert [item.label for item in news_of(rosa)] == ["Comment"]
    assert news_of(kim) == []
    end_work(commit=False)
    with transaction():
        take_out(session().get_one(Comment, said.id), by=rosa)
    assert [item.label for item in news_of(lee)] == ["Names you"]


def test_nothing_of_a_circle_and_nothing_held_is_told(app: Flask, maya: User, omar: User, rosa: User) -> None:
    inside = make_idea(proposed_by=maya, owner=rosa, title="SECRET", circle_id=make_circle(maya, omar, rosa).id)
    follow(inside, level=Level.EVERYTHING, by=maya)
    comment(inside, body="SECRET words for @Rosa Pereira", by=omar)
    held = comment(make_idea(proposed_by=maya, owner=rosa), body="@Maya Lindqvist", by=omar)
    held.held_at, held.held_because = now(), "new"

    assert [one for one, _subject in told()] == ["maya@example.org", "rosa@example.com"]
    for mail in mails("comment"):
        assert "SECRET" not in mail.subject + mail.text + mail.html
    with transaction():
        session().get_one(Comment, held.id).held_at = None
    assert [subject.split(":")[0] for _one, subject in told()] == ["Omar named you"]


def test_the_way_out_of_comments_leaves_the_answers(app: Flask, idea: Idea, maya: User, omar: User) -> None:
    follow(idea, level=Level.EVERYTHING, by=maya)
    comment(idea, body="Mine too.", by=omar)
    told()
    (mail,) = mails("comment")
    path = (mail.unsubscribe_url or "").removeprefix("http://localhost:8000")
    assert may_send(mail)

    browser = app.test_client()
    page = browser.get(path)
    assert "Stop its comments, keep its answers" in page.text
    assert "of “A warmer lamp” only answers come" in browser.post(path, data={"List-Unsubscribe": "One-Click"}).text
    end_work(commit=False)
    assert level_of(maya, idea) is Level.ANSWERS
    assert not may_send(mail)
    browser.post(f"{path}/withdrawals", data={"scope": "suggestion"})
    end_work(commit=False)
    assert level_of(maya, idea) is Level.EVERYTHING
    browser.post(path, data={"scope": "suggestion"})
    end_work(commit=False)
    assert level_of(maya, idea) is Level.NOTHING


def test_what_one_hears_by_default_is_chosen_once_for_all(sign_in: Any, idea: Idea, maya: User, omar: User) -> None:
    browser = sign_in(maya)

    assert level_of(maya, idea) is Level.ANSWERS
    sent = browser.post("/preferences", data={"level": "everything", "answers_by_mail": "y", "news_by_mail": "y"})
    assert sent.status_code == 303
    assert level_of(maya, idea) is Level.EVERYTHING
    assert level_of(omar, idea) is Level.NOTHING
    assert "Every answer and every comment" in browser.get(f"/ideas/{idea.id}/subscriptions").text
    browser.post(f"/ideas/{idea.id}/subscriptions", data={"level": "nothing"})
    assert level_of(maya, idea) is Level.NOTHING
    assert browser.post("/preferences", data={"level": "loud"}).status_code == 422
    comment(idea, body="@Maya Lindqvist", by=omar)
    assert told() == []


def test_whoever_is_named_in_an_answer_hears_of_it_once(
    app: Flask, idea: Idea, maya: User, omar: User, rosa: User
) -> None:
    words = "@Omar Haddad and @Maya Lindqvist wove the first one. **Thank you.**"
    answer = respond(idea, kind=ResponseKind.ACKNOWLEDGEMENT, message=words, by=rosa)
    quiet = respond(idea, kind=ResponseKind.QUESTION, message="@Omar Haddad, when?", by=rosa, is_quiet=True)
    session().commit()
    jobs.gather()

    # Its author has the answer itself, in which their name leads to their page.
    assert [mail.recipient for mail in mails("answer")] == [maya.email]
    assert told() == [(omar.email, "Rosa named you: A warmer lamp")]
    (mail,) = mails("comment")
    assert "Omar Haddad and @Maya Lindqvist wove the first one. Thank you." in mail.text
    assert f"/ideas/{idea.id}#answer-{answer.id}" in mail.text
    assert may_send(mail)
    assert told(80) == []
    assert [item.label for item in news_of(omar, reach_of(omar))] == [quiet.kind.label, answer.kind.label]


def test_a_name_in_the_mail_of_an_answer_leads_to_a_whole_address(
    idea: Idea, maya: User, omar: User, rosa: User
) -> None:
    words = "@Rosa Pereira asked; see [the other one](/ideas/7)."
    respond(idea, kind=ResponseKind.ACKNOWLEDGEMENT, message=words, by=make_user("ines@x.org", "Ines", Role.RESPONDER))
    session().commit()
    jobs.gather()

    (mail,) = mails("answer")
    assert f'<a href="http://localhost:8000/ideas?owner={rosa.id}"' in mail.html
    assert 'href="http://localhost:8000/ideas/7"' in mail.html
