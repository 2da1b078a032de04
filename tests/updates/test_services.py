"""Telling once, and doing as people say."""

import pytest
from sqlalchemy import func, select, update

from portal.accounts.models import User
from portal.foundation.audit import AuditEntry
from portal.foundation.database import session
from portal.foundation.mail.outbox import OutgoingMail, queue_mail
from portal.ledger.models import Progress, ResponseKind
from portal.ledger.services import merge_ideas, respond
from portal.updates.models import Level, Notice, Preference, Subscription, Telling
from portal.updates.services import (
    NotFailed,
    follow,
    person_of_token,
    set_preferences,
    tell_answers,
    tell_progress,
    try_again,
)
from portal.updates.tokens import write_token
from tests.foundation.mail.letters import letter
from tests.updates.stories import action_for, answer_with, explanation, step, suggestion


def count(table: type) -> int:
    return session().scalar(select(func.count()).select_from(table)) or 0


def verbs() -> list[str]:
    wanted = ("subscription.changed", "preference.changed", "mail.tried_again")
    return list(session().scalars(select(AuditEntry.verb).where(AuditEntry.verb.in_(wanted)).order_by(AuditEntry.id)))


def test_an_answer_is_told_once(maya: User, omar: User, rosa: User) -> None:
    answer = explanation(suggestion(maya, omar), rosa)

    assert tell_answers([answer]) == 2
    assert tell_answers([answer]) == 0

    assert count(Notice) == 2
    assert session().scalars(select(Telling)).one().people == 2


def test_telling_leaves_what_was_told_already_as_it_was(maya: User, omar: User, rosa: User) -> None:
    answer = explanation(suggestion(maya, omar), rosa)
    tell_answers([answer])
    session().execute(update(OutgoingMail).values(status="sent"))
    # As after a restore that lost this one row.
    session().delete(session().scalars(select(Telling)).one())
    session().flush()

    tell_answers([answer])

    assert count(Notice) == 2
    told = select(OutgoingMail.status).where(OutgoingMail.kind == "answer")
    assert list(session().scalars(told)) == ["sent", "sent"]


def test_a_step_is_told_once_to_each_however_they_come_to_it_and_after_an_outcome_too(
    maya: User, omar: User, rosa: User, sam: User
) -> None:
    first, second, third = suggestion(maya, omar), suggestion(omar, maya), suggestion(maya, omar)
    action = action_for(first, rosa)
    answer_with(second, action, rosa)
    # Linked twice, joined with one that is linked too, and told what came of it in between.
    answer_with(first, action, rosa, "And again.")
    respond(second, kind=ResponseKind.OUTCOME, message="The first ten lamps are warmer.", by=rosa)
    merge_ideas(second, into=first, by=sam)
    merge_ideas(third, into=first, by=sam)
    respond(first, kind=ResponseKind.OUTCOME, message="The first ten lamps are warmer.", by=rosa)
    session().commit()

    assert tell_progress(step(action, rosa)) == 2

    mails = session().scalars(select(OutgoingMail.recipient).where(OutgoingMail.kind == "progress"))
    assert sorted(mails) == sorted([maya.email, omar.email])
    assert session().scalar(select(func.count()).where(Notice.progress_id.is_not(None))) == 2


def test_a_step_is_told_once_and_the_first_one_to_nobody(maya: User, rosa: User) -> None:
    action = action_for(suggestion(maya), rosa)
    first = session().scalars(select(Progress)).one()
    second = step(action, rosa)

    assert tell_progress(first) == 0
    assert tell_progress(second) == 1
    assert tell_progress(second) == 0

    assert count(Telling) == 2


def test_a_choice_is_kept_with_one_audit_row_and_said_twice_is_said_once(maya: User, omar: User) -> None:
    idea = suggestion(maya)

    follow(idea, level=Level.ANSWERS, by=omar)
    follow(idea, level=Level.ANSWERS, by=omar)
    follow(idea, level=Level.NOTHING, by=omar)

    assert session().get_one(Subscription, (omar.id, idea.id)).level is Level.NOTHING
    assert verbs() == ["subscription.changed", "subscription.changed"]


def test_a_preference_is_kept_with_one_audit_row(maya: User) -> None:
    set_preferences(maya, answers_by_mail=True)
    assert count(Preference) == 0

    set_preferences(maya, answers_by_mail=False)
    set_preferences(maya, answers_by_mail=False)
    set_preferences(maya, answers_by_mail=True)

    assert count(Preference) == 1
    assert verbs() == ["preference.changed", "preference.changed"]


def test_a_token_finds_its_person_and_suggestion(maya: User) -> None:
    idea = suggestion(maya)

    assert person_of_token(write_token(maya.id, idea.id)) == (maya, idea, Level.NOTHING)
    assert person_of_token(write_token(maya.id, idea.id + 99)) is None
    assert person_of_token(write_token(maya.id + 99, idea.id)) is None
    assert person_of_token("nonsense") is None


def test_only_a_failed_mail_goes_back_into_the_queue(sam: User) -> None:
    queue_mail(letter())
    mail = session().scalars(select(OutgoingMail)).one()
    with pytest.raises(NotFailed):
        try_again(mail, by=sam)
    mail.status, mail.tries = "failed", 4

    try_again(mail, by=sam)

    assert (mail.status, mail.tries) == ("pending", 0)
    assert verbs() == ["mail.tried_again"]
