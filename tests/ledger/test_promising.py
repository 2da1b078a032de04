"""Terms set in the portal, warnings, new dates for broken promises, and who answers when somebody is away."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from portal.accounts.models import Role, User
from portal.foundation.audit import AuditEntry
from portal.foundation.clock import now, pretend
from portal.foundation.database import session
from portal.ledger.jobs import warn_of_promises
from portal.ledger.models import Absence, Idea, ResponseKind
from portal.ledger.promises import promise_for
from portal.ledger.queries import LedgerFilter, ledger_page
from portal.ledger.services import (
    NoReason,
    NotLate,
    NotYours,
    UnreadableHours,
    answer_question,
    give_new_date,
    merge_ideas,
    respond,
    set_terms,
    suggest,
    warn,
)
from tests.factories import here, make_circle, make_idea, make_user
from tests.ledger.march import BERLIN, at
from tests.outbox import mails


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
    # Whoever makes every promise longer, by a closed day too, can be asked for it.
    first, second = (
        (entry.before, entry.after)
        for entry in session().scalars(select(AuditEntry).where(AuditEntry.verb == "terms.set").order_by(AuditEntry.id))
    )
    said = {"acknowledge_hours": 2, "decide_days": 3, "business_hours": "Mon-Fri 22:00-06:00",
            "closed_days": "2026-03-05", "holidays": "DE-BE"}  # fmt: skip
    assert (first, second) == (({}, {"circle": None, **said}), (said, {"circle": None}))


@pytest.mark.parametrize(
    "given", [{"business_hours": "soon"}, {"closed_days": "Friday"}, {"holidays": "Atlantis"}, {"business_hours": ";"}]
)
def test_hours_that_cannot_be_read_are_refused_and_nothing_changes(sam: User, given: dict[str, str]) -> None:
    with pytest.raises(UnreadableHours):
        set_terms(circle=None, acknowledge_hours=2, decide_days=2, by=sam, **given)

    assert promise_for().acknowledge_hours == 8
    known = set_terms(circle=None, acknowledge_hours=4, decide_days=4, by=sam)
    with pytest.raises(UnreadableHours):
        set_terms(circle=None, acknowledge_hours=2, decide_days=2, by=sam, **given)
    # Whatever shows the form again shows what is in force.
    assert (known.acknowledge_hours, known.business_hours, promise_for().acknowledge_hours) == (4, None, 4)


def test_only_managers_set_promises(rosa: User) -> None:
    with pytest.raises(NotYours):
        set_terms(circle=None, acknowledge_hours=2, decide_days=2, by=rosa)


def test_owners_are_warned_first_and_managers_before_it_breaks_and_once_it_has(
    maya: User, sam: User, rosa: User
) -> None:
    with pretend(at("02 09:00")):
        idea = suggest(title="A warmer lamp", body="", by=maya)
        assert warn() == 0
    for moment in ("02 15:30", "02 16:30", "03 09:00"):
        with pretend(at(moment)):
            assert (warn_of_promises(), warn()) == (1, 0)

    told = [mail for kind in ("owner", "managers-before", "managers") for mail in mails(f"promise_{kind}")]
    assert [mail.recipient for mail in told] == [rosa.email, sam.email, sam.email]
    promised = "A promise ends soon: A warmer lamp"
    assert re.search(r"by Monday 2 March \d{4}, 17:00, Berlin time", told[0].text)
    assert [mail.subject for mail in told] == [promised, promised, "Late: A warmer lamp"]
    for mail, words in zip(
        told, ("You promised", "has not come yet. There is still time.", "see it as late."), strict=True
    ):
        assert words in mail.text
        assert words in mail.html
        assert f"/ideas/{idea.id}" in mail.text
        is_owner = mail is told[0]
        why = "you answer suggestions for" if is_owner else "you look after the promises of"
        assert f"because {why} Lumen Lamps" in mail.text


def test_a_worker_that_stood_still_never_says_that_there_is_time(maya: User, sam: User, rosa: User) -> None:
    with pretend(at("02 09:00")):
        suggest(title="A warmer lamp", body="", by=maya)
    with pretend(at("05 09:00")):
        assert warn_of_promises() == 2

    (owners,), (managers,) = mails("promise_owner"), mails("promise_managers")
    assert mails("promise_managers-before") == []
    assert "You promised a first word by Monday 2 March 2026, 17:00, Berlin time, and it has not come." in owners.text
    assert {mail.subject for mail in (owners, managers)} == {"Late: A warmer lamp"}
    assert "still time" not in owners.text + managers.text


def test_what_falls_due_after_a_weekend_is_told_while_people_still_work(maya: User, sam: User, rosa: User) -> None:
    with pretend(at("02 11:00")):
        idea = suggest(title="A warmer lamp", body="", by=maya)
        respond(idea, kind=ResponseKind.ACKNOWLEDGEMENT, message="Read.", by=rosa)
    # Due on Monday, the sixteenth, at eleven: a working day before that is the Friday, half of one two hours later.
    for moment, told in (("13 10:59", 0), ("13 11:01", 1), ("13 14:59", 0), ("13 15:01", 1), ("16 10:00", 0)):
        with pretend(at(moment)):
            assert warn() == told, moment

    assert [mail.recipient for kind in ("owner", "managers-before") for mail in mails(f"promise_{kind}")] == [
        rosa.email,
        sam.email,
    ]


def test_a_short_promise_leaves_half_an_hour_of_peace(maya: User, sam: User, rosa: User) -> None:
    set_terms(circle=None, acknowledge_hours=2, decide_days=3, by=sam)
    for moment, told in (("02 09:00", 0), ("02 09:29", 0), ("02 09:31", 1)):
        with pretend(at(moment)):
            if moment == "02 09:00":
                suggest(title="A warmer lamp", body="", by=maya)
            assert warn() == told, moment


def test_a_new_date_is_a_promise_of_its_own(maya: User, sam: User, rosa: User) -> None:
    with pretend(at("02 09:00")):
        idea = suggest(title="A warmer lamp", body="", by=maya)
    with pretend(at("03 09:00")):
        warn()
        give_new_date(idea, until=at("05 12:00"), words="The mould broke.", by=rosa)
        assert warn() == 0
    for moment, told in (("05 10:30", 1), ("05 11:30", 1), ("05 12:30", 1), ("06 09:00", 0)):
        with pretend(at(moment)):
            assert warn() == told, moment

    with pretend(at("06 09:00")):
        (row,) = ledger_page(LedgerFilter(), zone=BERLIN).rows
    assert row.promise == "Rosa promised this for Monday 17:00, then for Thursday 12:00, and is late"
    assert [mail.subject for mail in mails("promise_managers")] == ["Late: A warmer lamp"] * 2


def test_a_reply_to_what_is_late_says_so_and_warns_nobody_of_it_again(maya: User, sam: User, rosa: User) -> None:
    with pretend(at("02 09:00")):
        idea = suggest(title="A warmer lamp", body="", by=maya)
        respond(idea, kind=ResponseKind.ACKNOWLEDGEMENT, message="Read.", by=rosa)
    with pretend(at("17 09:00")):
        assert warn() == 2
        give_new_date(idea, until=at("19 12:00"), words="The mould broke.", by=rosa)
        respond(idea, kind=ResponseKind.QUESTION, message="Which lamp?", by=rosa)
    with pretend(at("17 10:00")):
        answer_question(idea, words="The small one.", by=maya)
        assert warn() == 0
    with pretend(at("19 12:30")):
        assert warn() > 0

    (mail,) = mails("author_spoke")
    for body in (mail.text, mail.html):
        assert "was promised by Monday 16 March 2026, 10:00, Berlin time and is late. The new date is Thursday" in body
        assert "is promised by" not in body


def test_whoever_stands_in_is_warned_too_where_they_can_answer(maya: User, sam: User, rosa: User) -> None:
    ines = make_user("ines@example.com", "Ines Moreau", Role.RESPONDER)
    due = {"created_at": at("02 09:00"), "acknowledge_by": at("02 16:00"), "decide_by": at("16 09:00")}
    for place in (None, make_circle(maya, rosa)):
        make_idea(proposed_by=maya, owner=rosa, circle=place, **due)
    days = {"from_day": date(2026, 3, 2), "until_day": date(2026, 3, 6)}
    session().add(Absence(user_id=rosa.id, stand_in_id=ines.id, **days))
    session().flush()
    with pretend(at("02 14:30")):
        assert (warn(), warn()) == (2, 0)

    told = mails("promise_owner")
    assert sorted(mail.recipient for mail in told) == sorted([rosa.email, rosa.email, ines.email])
    (other,) = (mail for mail in told if mail.recipient == ines.email)
    for body in (other.text, other.html):
        assert "Rosa Pereira promised a first word by" in body
        assert "is away; you stand in" in body


def test_whoever_stands_in_hears_what_the_owner_would(
    sign_in: Any, maya: User, omar: User, sam: User, rosa: User
) -> None:
    ines = make_user("ines@example.com", "Ines Moreau", Role.RESPONDER)
    idea = make_idea(proposed_by=maya, owner=sam)
    respond(idea, kind=ResponseKind.QUESTION, message="Which one?", by=sam)
    today = now().astimezone(BERLIN).date()
    session().add(Absence(user_id=rosa.id, stand_in_id=ines.id, from_day=today, until_day=today + timedelta(days=1)))
    session().commit()

    form = {"hand-over-to": str(rosa.id), "hand-over-word": "You know lamps."}
    page = sign_in(sam).post(f"/ideas/{idea.id}/hand-overs", data=form, follow_redirects=True).text
    answer_question(here(idea), words="The small one.", by=here(maya))

    assert "Rosa Pereira answers from now on, and is away; Ines Moreau stands in and has been told too." in page
    for kind in ("idea_handed_over", "author_spoke"):
        mine, theirs = sorted(mails(kind), key=lambda mail: mail.recipient == ines.email)
        assert (mine.recipient, theirs.recipient) == (rosa.email, ines.email)
        assert "Rosa Pereira answers this and is away; you stand in." in theirs.text
        assert "Rosa Pereira answers this and is away; you stand in." in theirs.html
        assert "is away" not in mine.text + mine.html
    assert "Maya Lindqvist was asked back; the clock stands still until the reply." in mails("idea_handed_over")[0].text


def test_managers_who_see_a_circle_hear_of_its_promises_and_where_none_does_all_of_them(
    maya: User, sam: User, rosa: User
) -> None:
    lena = make_user("lena@example.com", "Lena Brandt", Role.MANAGER)
    late = {"proposed_by": maya, "owner": rosa, "acknowledge_by": now() - timedelta(hours=1)}
    for place in (make_circle(maya, rosa, lena), make_circle(maya, rosa, name="The other circle")):
        make_idea(**late, circle=place)
        warn()

    told = sorted((mail.recipient for mail in mails("promise_managers")), key=str)
    assert told == sorted([lena.email, lena.email, sam.email])
    # Of one that they cannot open they are led to the circle, where they can take a place.
    (closed,) = (mail for mail in mails("promise_managers") if mail.recipient == sam.email)
    assert "Take a place there" in closed.text
    assert re.search(r"/circles/\d+\n", closed.text)
    assert "/ideas/" not in closed.text + closed.html


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
    assert "and is late; the new date is" in row.promise
    assert given.promised_for == idea.acknowledge_by
    with pytest.raises(DBAPIError, match="append only"), session().begin_nested():
        session().execute(text("UPDATE new_date SET words = 'Nothing broke.'"))
    respond(idea, kind=ResponseKind.ACKNOWLEDGEMENT, message="Here we are.", by=rosa)
    assert idea.new_date is None


def test_a_new_date_stands_until_the_decision_and_waits_while_the_member_is_asked(maya: User, rosa: User) -> None:
    idea = late_idea(maya, rosa)
    respond(idea, kind=ResponseKind.ACKNOWLEDGEMENT, message="We look into it.", by=rosa)
    start = now()
    until = promise_for().hours.next_opening(start + timedelta(days=7)) + timedelta(hours=1)
    give_new_date(idea, until=until, words="The mould broke.", by=rosa)

    respond(idea, kind=ResponseKind.ACKNOWLEDGEMENT, message="The mould is mended.", by=rosa)
    assert idea.new_date == until
    respond(idea, kind=ResponseKind.QUESTION, message="Which lamp is it?", by=rosa)
    with pretend(start + timedelta(days=7)):
        answer_question(idea, words="The Alba.", by=maya)
        (row,) = ledger_page(LedgerFilter(), zone=BERLIN).rows
    assert until + timedelta(days=6) < idea.new_date < until + timedelta(days=8)
    assert "and is late; the new date is" in row.promise
    respond(idea, kind=ResponseKind.EXPLANATION, message="The resin would crack in the frost.", by=rosa)
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
