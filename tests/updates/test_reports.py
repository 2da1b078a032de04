"""Whoever reported something hears that somebody looked, and what came of it: once, together, and of nobody else."""

from datetime import timedelta

import pytest

from portal.community.services import take_seat
from portal.foundation.clock import now, pretend
from portal.foundation.database import begin_work, end_work, session
from portal.foundation.mail.outbox import OutgoingMail
from portal.ledger.services import comment
from portal.moderation.models import Concern
from portal.moderation.queries.reports import SHOWN
from portal.moderation.services import approve, remove, report, suspend
from portal.updates import jobs
from portal.updates.queries import may_send, wants_news
from portal.updates.services import change_news
from portal.updates.tokens import REPORTS
from tests.factories import here, make_circle, make_idea
from tests.outbox import mails


def told(minutes: float) -> list[OutgoingMail]:
    """What is told so many minutes from now."""
    session().commit()
    end_work(commit=True)
    with pretend(now() + timedelta(minutes=minutes)):
        jobs.tell_what_was_said()
    begin_work(writing=True)
    return mails("reports")


@pytest.fixture
def reported(maya, omar, rosa):
    """Three things that Omar reported: a suggestion, another one, and a comment beside it."""
    one, other = (make_idea(proposed_by=maya, owner=rosa, title=title) for title in ("SECRET lamp", "A warm lamp"))
    said = comment(other, body="SECRET offer", by=maya)
    for words in (one, other, said):
        report(words, concern=Concern.ADVERTISING, by=omar, why="They sell it.")
    return one, other, said


def test_a_reporter_hears_once_and_together_what_came_of_it(reported, omar, rosa, sam):
    one, other, said = reported
    report(said, concern=Concern.OTHER, by=rosa)
    remove(one, reason="SECRET reason.", note="SECRET note", by=sam)
    approve(other, note="SECRET note", by=sam)
    assert told(50) == []
    remove(here(said), reason="SECRET reason.", by=here(sam))

    # Rosa as well, who reported the comment.
    mail, of_rosa = told(61)
    assert (mail.recipient, mail.subject) == (omar.email, "Somebody has looked at 3 things that you reported")
    for body in (mail.text, mail.html):
        assert "What was said beside “A warm lamp”: it was taken out." in body
        assert "The suggestion “A warm lamp”: it stays." in body
        assert "What you reported on " in body
        assert not any(words in body for words in ("SECRET", "Maya", "Sam Okafor"))
    assert of_rosa.subject == "Somebody has looked at what you reported"
    assert may_send(mail)
    assert len(told(180)) == 2


def test_of_more_than_one_mail_holds_none_is_left_out(maya, omar, rosa, sam):
    ideas = [make_idea(proposed_by=maya, owner=rosa, title=f"Lamp {place}") for place in range(SHOWN + 2)]
    for idea in ideas:
        report(idea, concern=Concern.OTHER, by=omar)
        approve(idea, by=sam)

    told(61)
    first, second = told(62)

    assert (first.subject.split()[4], second.subject.split()[4]) == (str(SHOWN), "2")
    assert "“Lamp 0”" in first.text
    assert f"“Lamp {SHOWN + 1}”" in second.text


def test_what_was_not_looked_at_or_long_ago_is_not_told(reported, sam):
    assert told(600) == []
    approve(here(reported[0]), by=here(sam))
    assert told(60 * 24 * 15) == []


def test_of_a_circle_a_mail_says_only_that_somebody_looked(maya, omar, rosa, sam):
    circle = make_circle(maya, omar, rosa, sam)
    inside = make_idea(proposed_by=maya, owner=rosa, circle=circle, title="SECRET inside")
    report(inside, concern=Concern.OTHER, by=omar)
    report(inside, concern=Concern.OTHER, by=rosa)
    remove(inside, reason="Out.", by=sam)
    take_seat(circle, rosa, by=rosa)

    (mail,) = told(61)

    assert mail.recipient == omar.email
    assert "1 thing in a circle of yours; the page says what came of it" in mail.text
    assert "1 thing in a circle of yours" in mail.html
    assert "SECRET" not in mail.subject + mail.text + mail.html


def test_whoever_wants_no_such_mail_or_is_out_gets_none(reported, omar, rosa, sam, ada):
    for words in reported:
        report(words, concern=Concern.OTHER, by=rosa)
        approve(words, by=sam)
    change_news(omar, by_mail=False, of=REPORTS)
    suspend(rosa, reason="Left.", by=ada)
    assert told(61) == []
    change_news(here(omar), by_mail=True, of=REPORTS)
    assert told(180) == []


def test_the_switch_and_the_way_out_stop_it_at_once(app, sign_in, reported, omar, sam):
    approve(reported[1], by=sam)
    (mail,) = told(61)
    path, browser = mail.unsubscribe_url.removeprefix("http://localhost:8000"), app.test_client()
    member = sign_in(omar)
    assert "what came of what you reported" in browser.get(path).text

    assert "No more word of reports" in browser.post(path).text
    assert (may_send(mail), wants_news(here(omar)), wants_news(here(omar), of=REPORTS)) == (False, True, False)
    assert "Had enough" in browser.post(f"{path}/withdrawals").text
    assert may_send(mail)
    assert "Tell me what came of what I reported" in member.get("/preferences").text
    member.post("/preferences", data={"level": "answers", "answers_by_mail": "y", "news_by_mail": "y"})
    assert (may_send(mail), wants_news(here(omar))) == (False, True)
