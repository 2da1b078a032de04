"""What people chose to hear, asked again before a mail leaves."""

from datetime import timedelta

import pytest

from portal.accounts.models import User
from portal.consent.services import object_to_contact
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.mail.outbox import OutgoingMail
from portal.ledger.services import merge_ideas
from portal.updates.models import Level
from portal.updates.queries import chosen_ideas, is_following, may_send, wants_answers
from portal.updates.services import follow, set_preferences, tell_answers
from tests.updates.stories import explanation, suggestion


def mail(kind: str, recipient: str = "maya@example.org", subject_key: str = "response:1") -> OutgoingMail:
    return OutgoingMail(kind=kind, recipient=recipient, subject_key=subject_key, created_at=now())


@pytest.mark.parametrize("kind", ["sign_in", "invitation", "idea_assigned"])
def test_mails_that_are_no_news_leave(db: str, kind: str) -> None:
    assert may_send(mail(kind))


@pytest.mark.parametrize(("kind", "life"), [("sign_in", timedelta(minutes=10)), ("letter", timedelta(days=30))])
def test_a_mail_whose_link_has_run_out_stays(db: str, kind: str, life: timedelta) -> None:
    waiting = mail(kind)
    assert may_send(waiting)

    waiting.created_at = now() - life - timedelta(seconds=1)

    assert not may_send(waiting)


@pytest.mark.parametrize(("kind", "leaves"), [("sign_in", True), ("invitation", False), ("idea_assigned", False)])
def test_after_a_never_only_the_key_that_was_asked_for_leaves(db: str, kind: str, leaves: bool) -> None:
    object_to_contact("maya@example.org")

    assert may_send(mail(kind)) is leaves


def test_an_answer_leaves_for_whoever_was_told_and_wants_it(maya: User, rosa: User) -> None:
    answer = explanation(suggestion(maya), rosa)
    tell_answers([answer])

    assert may_send(mail("answer", subject_key=f"response:{answer.id}"))
    assert not may_send(mail("answer", "stranger@example.org", f"response:{answer.id}"))
    assert not may_send(mail("answer", subject_key="response:999"))


def test_who_chose_to_hear_nothing_hears_nothing_that_still_waits(maya: User, omar: User, rosa: User) -> None:
    """By a choice for the one that it is about, for the one that theirs was joined with, or for all."""
    one, other = suggestion(maya), suggestion(omar)
    answer = explanation(one, rosa)
    tell_answers([answer])
    merge = merge_ideas(one, into=other, by=rosa)
    session().flush()
    waiting = [
        mail("answer", subject_key=f"response:{answer.id}"),
        mail("did_it_help", subject_key=f"help:{answer.id}"),
        mail("merged", subject_key=f"merge:{merge.id}"),
    ]

    def leave() -> list[bool]:
        return [may_send(each) for each in waiting]

    assert leave() == [True, True, True]
    follow(other, level=Level.NOTHING, by=maya)
    assert leave() == [True, True, False]
    follow(one, level=Level.NOTHING, by=maya)
    assert leave() == [False, False, False]
    follow(one, level=Level.ANSWERS, by=maya)
    set_preferences(maya, answers_by_mail=True, level=Level.NOTHING)
    assert leave() == [True, True, False]
    follow(other, level=Level.ANSWERS, by=maya)
    set_preferences(maya, answers_by_mail=False)
    assert leave() == [False, False, False]


def test_a_choice_for_all_suggestions_holds_where_there_is_none_for_the_one(maya: User, rosa: User) -> None:
    answer = explanation(suggestion(maya), rosa)
    tell_answers([answer])
    set_preferences(maya, answers_by_mail=True, level=Level.NOTHING)

    assert not may_send(mail("answer", subject_key=f"response:{answer.id}"))


def test_following_is_standing_behind_until_someone_says_otherwise(maya: User, omar: User, sam: User) -> None:
    idea = suggestion(maya, omar)

    assert [is_following(user, idea) for user in (maya, omar, sam)] == [True, True, False]
    follow(idea, level=Level.NOTHING, by=maya)
    follow(idea, level=Level.ANSWERS, by=sam)
    assert [is_following(user, idea) for user in (maya, omar, sam)] == [False, True, True]


def test_answers_are_wanted_until_someone_says_otherwise(maya: User) -> None:
    assert wants_answers(maya)
    set_preferences(maya, answers_by_mail=False)
    assert not wants_answers(maya)


def test_choices_are_listed_newest_first(maya: User, omar: User) -> None:
    one, two = suggestion(maya, title="One"), suggestion(maya, title="Two")
    follow(one, level=Level.ANSWERS, by=omar)
    follow(two, level=Level.NOTHING, by=omar)

    assert chosen_ideas(omar) == [(two.id, "Two", Level.NOTHING), (one.id, "One", Level.ANSWERS)]
    assert chosen_ideas(maya) == []
