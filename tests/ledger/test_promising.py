"""Terms set in the portal, warnings, new dates for broken promises, and who answers when somebody is away."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from portal.accounts.models import Role, User
from portal.foundation.clock import now, pretend
from portal.foundation.database import session
from portal.foundation.mail.outbox import OutgoingMail
from portal.ledger.jobs import warn_of_promises
from portal.ledger.models import Absence, Idea, OwnerRule, ResponseKind
from portal.ledger.promises import promise_for
from portal.ledger.queries import LedgerFilter, ledger_page
from portal.ledger.services import (
    NoReason,
    NotLate,
    NotYours,
    UnreadableHours,
    give_new_date,
    merge_ideas,
    respond,
    set_terms,
    suggest,
    warn,
)
from tests.factories import make_circle, make_idea, make_user

BERLIN = ZoneInfo("Europe/Berlin")


def at(words: str) -> datetime:
    return datetime.fromisoformat(f"2026-03-{words}").replace(tzinfo=BERLIN)


def mails(kind: str) -> list[OutgoingMail]:
    return list(session().scalars(select(OutgoingMail).where(OutgoingMail.kind == kind).order_by(OutgoingMail.id)))


def test_the_company_sets_its_promises_over_the_settings(maya: User, sam: User, rosa: User) -> None:
    with pretend(at("02 09:00")):
        assert suggest(title="One", body="", by=maya).acknowledge_by == at("02 17:00")
        set_terms(
            circle=None, acknowledge_hours=2, decide_days=3, business_hours="Mon-Fri 22:00-06:00",
            closed_days="2026-03-05", holidays="DE-BE", by=sam,
        )  # fmt: skip
        idea = suggest(title="Two", body="", by=maya)

    assert (idea.acknowledge_by, idea.decide_by) == (at("03 00:00"), at("06 00:00"))
    set_terms(circle=None, acknowledge_hours=None, decide_days=None, by=sam)
    assert (promise_for().acknowledge_hours, promise_for().decide_days) == (8, 14)


@pytest.mark.parametrize(
    "given", [{"business_hours": "soon"}, {"closed_days": "Friday"}, {"holidays": "Atlantis"}, {"business_hours": ";"}]
)
def test_hours_that_cannot_be_read_are_refused_and_nothing_changes(sam: User, given: dict[str, str]) -> None:
    with pytest.raises(UnreadableHours):
        set_terms(circle=None, acknowledge_hours=2, decide_days=2, by=sam, **given)

    assert promise_for().acknowledge_hours == 8


def test_only_managers_set_promises(rosa: User) -> None:
    with pytest.raises(NotYours):
        set_terms(circle=None, acknowledge_hours=2, decide_days=2, by=rosa)


def test_owners_are_warned_before_and_managers_after_each_once(maya: User, sam: User, rosa: User) -> None:
    with pretend(at("02 09:00")):
        idea = suggest(title="A warmer lamp", body="", by=maya)
        assert warn() == 0
    with pretend(at("02 15:30")):
        assert (warn_of_promises(), warn()) == (1, 0)
    with pretend(at("03 09:00")):
        assert (warn_of_promises(), warn()) == (1, 0)

    (soon,), (late,) = mails("promise_owner"), mails("promise_managers")
    assert (soon.recipient, late.recipient) == (rosa.email, sam.email)
    assert soon.subject == "Promised by 2 March: A warmer lamp" or soon.subject.startswith("Promised by Monday 17:00")
    assert late.subject == "Late: A warmer lamp"
    for mail in (soon, late):
        assert f"/ideas/{idea.id}" in mail.text
        assert "because you answer for suggestions at Lumen Lamps" in mail.text


def test_whoever_stands_in_is_warned_too_where_they_can_answer(maya: User, sam: User, rosa: User) -> None:
    ines = make_user("ines@example.com", "Ines Moreau", Role.RESPONDER)
    due = {"created_at": at("02 09:00"), "acknowledge_by": at("02 16:00"), "decide_by": at("16 09:00")}
    for place in (None, make_circle(maya, rosa)):
        make_idea(proposed_by=maya, owner=rosa, circle=place, **due)
    days = {"from_day": date(2026, 3, 2), "until_day": date(2026, 3, 6)}
    session().add(Absence(user_id=rosa.id, stand_in_id=ines.id, **days))
    session().flush()
    with pretend(at("02 15:30")):
        assert (warn(), warn()) == (2, 0)

    told = mails("promise_owner")
    assert sorted(mail.recipient for mail in told) == sorted([rosa.email, rosa.email, ines.email])
    (other,) = (mail for mail in told if mail.recipient == ines.email)
    for body in (other.text, other.html):
        assert "Rosa Pereira promised a first word by" in body
        assert "is away; you stand in" in body


def test_whoever_waits_for_the_member_is_not_warned(maya: User, sam: User, rosa: User) -> None:
    with pretend(at("02 09:00")):
        idea = suggest(title="A warmer lamp", body="", by=maya)
        respond(idea, kind=ResponseKind.QUESTION, message="Which?", by=rosa)
    with pretend(at("30 09:00")):
        assert warn() == 0


def test_mails_about_ones_own_work_say_so_and_are_no_list(maya: User, rosa: User) -> None:
    suggest(title="A warmer lamp", body="", by=maya)

    (mail,) = mails("idea_assigned")
    assert mail.unsubscribe_url is None
    assert "because you answer suggestions for Lumen Lamps" in mail.html


def late_idea(maya: User, rosa: User) -> Idea:
    long_ago = now() - timedelta(days=40)
    due = {"acknowledge_by": long_ago + timedelta(days=1), "decide_by": long_ago + timedelta(days=14)}
    return make_idea(proposed_by=maya, owner=rosa, created_at=long_ago, **due)


def test_a_broken_promise_gets_a_new_date_and_stays_late(maya: User, rosa: User) -> None:
    idea = late_idea(maya, rosa)
    until = now() + timedelta(days=2)

    given = give_new_date(idea, until=until, words="The mould broke.", by=rosa)

    (row,) = ledger_page(LedgerFilter(), zone=BERLIN).rows
    assert row.is_overdue
    assert "is late, and now says" in row.promise
    assert given.promised_for == idea.acknowledge_by
    with pytest.raises(DBAPIError, match="append only"), session().begin_nested():
        session().execute(text("UPDATE new_date SET words = 'Nothing broke.'"))
    respond(idea, kind=ResponseKind.ACKNOWLEDGEMENT, message="Here we are.", by=rosa)
    assert idea.new_date is None


def test_a_new_date_needs_a_broken_promise_a_reason_and_a_future(maya: User, rosa: User) -> None:
    idea, kept = late_idea(maya, rosa), make_idea(proposed_by=maya, owner=rosa)
    later = now() + timedelta(days=1)

    for given, refusal in (
        ({"idea": kept, "until": later, "words": "Why not.", "by": rosa}, NotLate),
        ({"idea": idea, "until": now(), "words": "The mould broke.", "by": rosa}, NotLate),
        ({"idea": idea, "until": later, "words": " ", "by": rosa}, NoReason),
        ({"idea": idea, "until": later, "words": "The mould broke.", "by": maya}, NotYours),
    ):
        with pytest.raises(refusal):
            give_new_date(**given)  # type: ignore[arg-type]


def test_the_fall_back_person_comes_before_the_others(maya: User, sam: User, rosa: User) -> None:
    session().add(OwnerRule(tag="", owner_id=sam.id))
    session().flush()

    assert suggest(title="One", body="", by=maya).owner_id == sam.id
    assert suggest(title="Two", body="", by=sam).owner_id == rosa.id


def test_whoever_is_away_gets_nothing_new_and_the_stand_in_does(maya: User, sam: User, rosa: User) -> None:
    ben = make_user("ben@example.com", "Ben Ito", Role.RESPONDER)
    session().add(OwnerRule(tag="", owner_id=rosa.id))
    session().add(Absence(user_id=rosa.id, stand_in_id=sam.id, from_day=date(2026, 3, 2), until_day=date(2026, 3, 3)))
    session().add(Absence(user_id=sam.id, stand_in_id=ben.id, from_day=date(2026, 3, 3), until_day=date(2026, 3, 4)))
    session().flush()

    owners = []
    for day in ("01", "02", "03", "04"):
        with pretend(at(f"{day} 12:00")):
            owners.append(suggest(title=f"Day {day}", body="", by=maya).owner_id)
    assert owners == [rosa.id, sam.id, ben.id, rosa.id]


def test_when_all_are_away_in_turn_somebody_answers_still(maya: User, sam: User, rosa: User) -> None:
    for away, stand_in in ((rosa, sam), (sam, rosa)):
        days = {"from_day": date(2026, 3, 2), "until_day": date(2026, 3, 2)}
        session().add(Absence(user_id=away.id, stand_in_id=stand_in.id, **days))
    session().flush()

    with pretend(at("02 12:00")):
        assert suggest(title="One", body="", by=maya).owner_id == rosa.id


def test_nobody_is_warned_of_what_was_joined_held_or_taken_out(maya: User, rosa: User, sam: User) -> None:
    late = {"proposed_by": maya, "owner": rosa, "acknowledge_by": now() - timedelta(hours=1)}
    target, joined, held, removed = (make_idea(**late, title=name) for name in ("Stays", "Joined", "Held", "Removed"))
    merge_ideas(joined, into=target, by=sam)
    held.held_at = removed.removed_at = now()
    session().commit()

    warn_of_promises()

    assert {mail.subject_key.split(":")[1] for mail in mails("promise_owner") + mails("promise_managers")} == {
        str(target.id)
    }
