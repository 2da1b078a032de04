"""A week after it was settled the author is asked, once, whether it helped."""

from datetime import timedelta

from portal.accounts.models import User
from portal.foundation.clock import now, pretend
from portal.ledger.models import ActionStage, ResponseKind
from portal.ledger.services import record_progress, respond, say_whether_it_helped, start_action
from portal.updates.jobs import ask_whether_it_helped
from portal.updates.models import Level
from portal.updates.services import ask_authors, follow
from tests.factories import make_idea
from tests.outbox import mails

REASON = "The resin would crack in the first hard frost."


def test_the_author_is_asked_once_a_week_after(maya: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)
    respond(idea, kind=ResponseKind.EXPLANATION, message=REASON, by=rosa)

    with pretend(now() + timedelta(days=6)):
        assert ask_whether_it_helped() == 0
    with pretend(now() + timedelta(days=7, minutes=5)):
        assert ask_whether_it_helped() == 1
        assert (ask_whether_it_helped(), ask_authors()) == (0, 0)

    (mail,) = mails("did_it_help")
    assert (mail.recipient, mail.subject) == (maya.email, "Did this help? A warmer lamp")
    assert mail.unsubscribe_url
    for words in (mail.text, mail.html):
        assert f"/ideas/{idea.id}#your-word" in words
        assert "the suggestion opens again" in words


def test_an_action_is_judged_a_week_after_it_was_done(maya: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)
    action = start_action(title="Warm lamp", owner=rosa, stage=ActionStage.UNDER_WAY, by=rosa)
    respond(idea, kind=ResponseKind.ACTION, message="", by=rosa, action=action)
    start = now()
    with pretend(start + timedelta(days=8)):
        assert ask_authors() == 0
        record_progress(action, stage=ActionStage.DONE, words="", by=rosa, proof_url="https://lumen.example/warm")
    with pretend(start + timedelta(days=14)):
        assert ask_authors() == 0
    with pretend(start + timedelta(days=16)):
        assert ask_authors() == 1


def test_an_action_that_took_long_is_asked_about_and_what_ended_long_ago_is_not(maya: User, rosa: User) -> None:
    idea, other = (make_idea(proposed_by=maya, owner=rosa) for _number in range(2))
    for one in (idea, other):
        action = start_action(title="Warm lamp", owner=rosa, stage=ActionStage.PLANNED, by=rosa)
        respond(one, kind=ResponseKind.ACTION, message="", by=rosa, action=action)
    start = now()
    with pretend(start + timedelta(days=90)):
        record_progress(action, stage=ActionStage.DONE, words="", by=rosa, proof_url="https://lumen.example/warm")
        assert ask_authors() == 0
    with pretend(start + timedelta(days=119)):
        assert ask_authors() == 0
    with pretend(start + timedelta(days=98)):
        assert ask_authors() == 1
    assert [mail.subject_key for mail in mails("did_it_help")] == [f"help:{other.responses[0].id}"]


def test_whoever_spoke_or_wants_no_mails_is_not_asked(maya: User, omar: User, rosa: User) -> None:
    ideas = [make_idea(proposed_by=author, owner=rosa) for author in (maya, omar)]
    for idea in ideas:
        respond(idea, kind=ResponseKind.EXPLANATION, message=REASON, by=rosa)
    say_whether_it_helped(ideas[0], helped=True, words="", by=maya)
    follow(ideas[1], level=Level.NOTHING, by=omar)

    with pretend(now() + timedelta(days=8)):
        assert ask_authors() == 0
    assert mails("did_it_help") == []
