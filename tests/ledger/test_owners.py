"""Who answers: by whose rule, in whose place, and after whom."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import delete

from portal.accounts.models import Role, User
from portal.accounts.services import change_role
from portal.community.models import Ask, CircleMember
from portal.community.services import take_seat
from portal.foundation import config
from portal.foundation.clock import now, pretend
from portal.foundation.database import session
from portal.ledger import jobs
from portal.ledger.jobs import pass_on_what_lost_its_owner
from portal.ledger.mail import PassedOn, ideas_passed_on
from portal.ledger.models import Absence, Idea, IdeaTag, OwnerRule, PromiseWarning, ResponseKind, Tag, WarningLevel
from portal.ledger.queries import (
    absence_within,
    absences_around,
    absences_to_come,
    answerers,
    owner_rules,
    promises_near,
    rule_owners,
    tag_rules,
    terms_in_force,
)
from portal.ledger.queries.owners import away_today, stand_in_for
from portal.ledger.services import (
    add_tag,
    merge_ideas,
    name_fall_back,
    name_owner_of_tag,
    plan_absence,
    respond,
    say_whether_it_helped,
    set_terms,
    suggest,
    warn,
)
from tests.factories import here, make_circle, make_idea, make_user
from tests.ledger.march import at
from tests.outbox import mails


def test_what_was_with_somebody_who_left_goes_to_somebody_who_answers(
    sign_in: Any, maya: User, omar: User, sam: User, rosa: User, ada: User
) -> None:
    ines = make_user("ines@example.com", "Ines Moreau", Role.RESPONDER)
    circle = make_circle(maya, rosa, sam)
    there = {"proposed_by": maya, "owner": rosa}
    everyones, inside, done = make_idea(**there), make_idea(**there, circle=circle), make_idea(**there)
    respond(done, kind=ResponseKind.EXPLANATION, message="The resin would crack in the frost.", by=sam)
    assert pass_on_what_lost_its_owner() == 0
    change_role(rosa, Role.MEMBER, by=ada)
    session().commit()

    assert (pass_on_what_lost_its_owner(), pass_on_what_lost_its_owner()) == (2, 0)

    assert [here(idea).owner_id for idea in (everyones, inside, done)] == [ines.id, sam.id, rosa.id]
    (told,) = (mail for mail in mails("idea_handed_over") if mail.recipient == ines.email)
    assert "Rosa Pereira does not answer here any more." in told.text
    assert "Lumen Lamps passed a suggestion of Maya Lindqvist on to you:" in told.text
    page = sign_in(omar).get(f"/ideas/{everyones.id}").text
    assert "<strong>Lumen Lamps</strong>" in page.split("passed this to")[0][-200:]
    # A "no" to what she answered opens it again, and somebody answers for it.
    say_whether_it_helped(here(done), helped=False, words="It cracked.", by=here(maya))
    assert pass_on_what_lost_its_owner() == 1
    assert here(done).owner_id == ines.id


def test_however_much_is_passed_on_each_gets_one_mail_and_it_takes_few_statements(
    maya: User, omar: User, sam: User, rosa: User, ada: User, queries: list[str]
) -> None:
    """Twenty-three in everyone's room and two in a circle, whose titles no mail carries."""
    circle = make_circle(maya, rosa, sam)
    ideas = [make_idea(proposed_by=omar, owner=rosa, title=f"Lamp {number}") for number in range(23)]
    inside = [make_idea(proposed_by=maya, owner=rosa, title=f"SECRET {number}", circle=circle) for number in range(2)]
    ines = make_user("ines@example.com", "Ines Moreau", Role.RESPONDER)
    change_role(rosa, Role.MEMBER, by=ada)
    session().commit()
    session().expire_all()
    queries.clear()

    assert pass_on_what_lost_its_owner() == 25
    assert len(queries) < 45, len(queries)
    assert {here(idea).owner_id for idea in ideas} == {ines.id}
    assert {here(idea).owner_id for idea in inside} == {sam.id}
    (to_ines,) = (mail for mail in mails("idea_handed_over") if mail.recipient == ines.email)
    (to_sam,) = (mail for mail in mails("idea_handed_over") if mail.recipient == sam.email)
    assert (to_ines.subject, to_sam.subject) == (
        "23 suggestions were passed to you",
        "2 suggestions were passed to you",
    )
    assert "with Rosa Pereira, who does not answer here any more" in to_ines.text
    assert all(part in to_ines.html for part in ("Lamp 0", "Lamp 19", "3 more stand on your desk", "/desk"))
    assert "2 of them stand in circles" in to_sam.text
    assert "SECRET" not in to_sam.text + to_sam.html
    # What is about to break is told about in as few, whoever is away.
    queries.clear()
    with pretend(now() + timedelta(days=20)):
        assert warn() == 50
    assert len(queries) < 28, len(queries)
    assert len(mails("promise_managers")) == 25


def test_what_two_leavers_had_is_told_of_both(maya: User, omar: User, sam: User) -> None:
    passed = [PassedOn(make_idea(proposed_by=maya, owner=sam), "Rosa Pereira") for _number in range(2)]
    passed.append(PassedOn(make_idea(proposed_by=omar, owner=sam), "Jonas Weber"))

    told = ideas_passed_on(passed, at=now(), to=sam)

    assert "with Rosa Pereira, Jonas Weber, who do not answer here any more. They are yours from now on." in told.text


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
    session().add(OwnerRule(tag="", owner_id=sam.id))
    for away, stand_in in ((rosa, sam), (sam, rosa)):
        days = {"from_day": date(2026, 3, 2), "until_day": date(2026, 3, 2)}
        session().add(Absence(user_id=away.id, stand_in_id=stand_in.id, **days))
    session().flush()

    with pretend(at("02 12:00")):
        assert suggest(title="One", body="", by=maya).owner_id == rosa.id
    assert [stand_in_for(1, away) for away in ({}, {1: 2}, {1: 2, 2: 3}, {1: 2, 2: 3, 3: 2})] == [1, 2, 3, None]


def test_what_nobody_can_answer_holds_nothing_up_that_somebody_can(
    monkeypatch: pytest.MonkeyPatch, maya: User, omar: User, sam: User, rosa: User, ada: User
) -> None:
    """The older ones stand in a circle in which nobody of the company is left."""
    circle, lena = make_circle(maya, rosa), make_user("lena@example.com", "Lena Brandt", Role.RESPONDER)
    wiring = Tag(name="Wiring", key="wiring")
    session().add_all([wiring, OwnerRule(tag="wiring", owner_id=lena.id), OwnerRule(tag="", owner_id=sam.id)])
    own = [make_idea(proposed_by=lena, owner=rosa, circle=circle) for _number in range(2)]
    closed = [make_idea(proposed_by=maya, owner=rosa, circle=circle) for _number in range(3)]
    open_ones = [make_idea(proposed_by=omar, owner=rosa) for _number in range(5)]
    session().add(IdeaTag(idea_id=open_ones[2].id, tag_id=wiring.id))
    change_role(rosa, Role.MEMBER, by=ada)
    session().commit()
    monkeypatch.setattr(jobs, "_PASSED_ON", 2)

    assert pass_on_what_lost_its_owner() == 5

    # Whoever a tag names comes before the fall-back person.
    assert [here(idea).owner_id for idea in open_ones] == [sam.id, sam.id, lena.id, sam.id, sam.id]
    assert {here(idea).owner_id for idea in (*closed, *own)} == {rosa.id}
    # Somebody takes a place there, and nobody answers their own.
    session().add(CircleMember(circle_id=circle.id, user_id=lena.id, added_by_id=sam.id, confirmed_at=now()))
    session().commit()
    assert pass_on_what_lost_its_owner() == 3
    assert [{here(idea).owner_id for idea in some} for some in (closed, own)] == [{lena.id}, {rosa.id}]


def test_what_nobody_reads_is_passed_to_nobody(maya: User, sam: User, rosa: User, ada: User) -> None:
    held, removed, joined, top = (make_idea(proposed_by=maya, owner=rosa) for _number in range(4))
    merge_ideas(joined, into=top, by=sam)
    held.held_at = removed.removed_at = now()
    change_role(rosa, Role.MEMBER, by=ada)
    session().commit()

    assert pass_on_what_lost_its_owner() == 1

    assert [here(idea).owner_id == rosa.id for idea in (held, removed, joined, top)] == [True, True, True, False]


def test_whoever_leaves_a_circle_leaves_what_is_open_there(maya: User, omar: User, sam: User, rosa: User) -> None:
    circle, other = make_circle(maya, rosa, sam), make_circle(maya, omar, rosa, sam, name="The other circle")
    inside, elsewhere, open_one = (
        make_idea(proposed_by=maya, owner=rosa, circle=place) for place in (circle, other, None)
    )
    take_seat(circle, rosa, by=sam)
    take_seat(other, omar, by=sam)
    session().commit()

    assert pass_on_what_lost_its_owner() == 1

    assert [here(idea).owner_id for idea in (inside, elsewhere, open_one)] == [sam.id, rosa.id, rosa.id]


def test_a_tag_gives_to_whoever_its_rule_names_where_ask_and_circle_name_nobody_who_can(
    maya: User, sam: User, rosa: User, ada: User
) -> None:
    lena = make_user("lena@example.com", "Lena Brandt", Role.RESPONDER)
    name_owner_of_tag("Wiring", sam, by=ada)
    day, moment = config.today(), now()
    asked = Ask(question="Which?", owner=lena, opens_at=moment, opened_at=moment, closes_at=moment + timedelta(days=9))
    session().add(asked)
    kept, freed, given = (make_idea(proposed_by=maya, owner=rosa, ask=asked) for _number in range(3))

    add_tag(kept, "Wiring", by=rosa)
    assert kept.owner_id == rosa.id
    # Rosa stands in for whom the ask names; once that one has left, the rule of the tag counts.
    plan_absence(lena, from_day=day, until_day=day, stand_in=rosa, by=lena)
    add_tag(freed, "Wiring", by=rosa)
    assert freed.owner_id == rosa.id
    lena.suspended_at = now()
    session().execute(delete(Absence))
    add_tag(given, "Wiring", by=rosa)
    assert given.owner_id == sam.id


def test_what_a_tag_gives_goes_to_the_stand_in_with_both_names_and_stays_with_whoever_has_it(
    maya: User, sam: User, rosa: User, ada: User
) -> None:
    lena = make_user("lena@example.com", "Lena Brandt", Role.RESPONDER)
    name_owner_of_tag("Wiring", lena, by=ada)
    plan_absence(lena, from_day=config.today(), until_day=config.today(), stand_in=sam, by=lena)
    given, theirs = (make_idea(proposed_by=maya, owner=owner) for owner in (rosa, sam))

    for idea in (given, theirs):
        add_tag(idea, "Wiring", by=rosa)

    assert (given.owner_id, theirs.owner_id) == (sam.id, sam.id)
    (mail,) = mails("idea_handed_over")
    assert mail.recipient == sam.email
    assert "It is tagged “Wiring”; Sam Okafor stands in for Lena Brandt." in mail.text


def test_who_is_away_is_told_from_the_first_day_to_the_last_the_nearest_first(
    maya: User, sam: User, rosa: User, ada: User
) -> None:
    today = config.today()

    def away(person: User, stand_in: User, begins: int, ends: int) -> int:
        days = {"from_day": today + timedelta(days=begins), "until_day": today + timedelta(days=ends)}
        absence = Absence(user_id=person.id, stand_in_id=stand_in.id, **days)
        session().add(absence)
        session().flush()
        return absence.id

    later, over = away(rosa, ada, 5, 6), away(rosa, sam, -3, -1)
    ending, beginning, others = away(rosa, sam, -2, 0), away(sam, rosa, 0, 1), away(ada, sam, 0, 0)

    assert over not in {absence.id for absence in absences_to_come()}
    assert [absence.id for absence in absences_to_come()] == [ending, beginning, others, later]
    assert [absence.id for absence in absences_to_come(limit=1)] == [ending]
    assert [absence.id for absence in absences_around(rosa)] == [ending, beginning]
    assert [absence.id for absence in absences_around(ada)] == [others]
    assert away_today() == {rosa.id: sam.id, sam.id: rosa.id, ada.id: sam.id}
    for begins, ends, known in ((-9, -4, None), (-9, -3, over), (0, 9, ending), (1, 4, None), (6, 9, later)):
        found = absence_within(rosa, today + timedelta(days=begins), today + timedelta(days=ends))
        assert (found.id if found else None) == known, (begins, ends)


def test_rules_stand_in_their_order_and_terms_of_the_company_before_those_of_circles(
    maya: User, sam: User, rosa: User, ada: User
) -> None:
    for name, person in (("Wiring", sam), ("Brass", ada)):
        name_owner_of_tag(name, person, by=ada)
    name_fall_back(rosa, by=ada)
    circle = make_circle(maya, sam)
    for place in (circle, None):
        set_terms(circle=place, acknowledge_hours=2, decide_days=3, by=sam)

    assert [rule.tag for rule in owner_rules()] == ["", "brass", "wiring"]
    assert [(rule.owner_id, name) for rule, name in tag_rules()] == [(ada.id, "Brass"), (sam.id, "Wiring")]
    assert rule_owners() == {"": rosa.id, "brass": ada.id, "wiring": sam.id}
    assert [terms.circle_id for terms in terms_in_force()] == [None, circle.id]


def test_the_nearest_promise_of_those_in_reach_is_told_first(maya: User, rosa: User) -> None:
    moment, hour = now(), timedelta(hours=1)

    def promised(answer: ResponseKind | None = None, **given: Any) -> Idea:
        idea = make_idea(proposed_by=maya, owner=rosa, **{"created_at": moment - 9 * hour} | given)
        if answer:
            respond(idea, kind=answer, message="Which one?", by=rosa)
        return idea

    near, nearest, fresh = (promised(acknowledge_by=moment + lead * hour) for lead in (2, 1, 1))
    fresh.created_at = moment - hour
    heard = promised(ResponseKind.ACKNOWLEDGEMENT, decide_by=moment + hour)
    moved, asked = promised(ResponseKind.ACKNOWLEDGEMENT), promised(ResponseKind.QUESTION)
    moved.new_date = asked.new_date = moment + hour
    # Those at the edge are not within it, and what nobody reads is told to nobody.
    promised(acknowledge_by=moment + 3 * hour)
    promised(ResponseKind.ACKNOWLEDGEMENT, decide_by=moment + 3 * hour)
    promised(ResponseKind.ACKNOWLEDGEMENT).new_date = moment + 3 * hour
    for column in ("held_at", "removed_at"):
        promised(acknowledge_by=moment + 2 * hour, **{column: moment})
    session().flush()

    def told(limit: int = 9, **given: Any) -> list[Idea]:
        within = {"acknowledge": moment + 3 * hour, "decide": moment + 3 * hour, "level": WarningLevel.OWNER}
        return [idea for idea, _due in promises_near(**within, limit=limit, **given)]

    assert told() == [nearest, fresh, near, heard, moved]
    assert told(came_before=moment - hour) == [nearest, near, heard, moved]
    assert told(limit=1) == [nearest, heard, moved]
    assert told(due_after=moment + hour) == [near]
    for idea, level in ((nearest, WarningLevel.MANAGERS), (near, WarningLevel.OWNER)):
        session().add(PromiseWarning(idea_id=idea.id, due=idea.acknowledge_by, level=level))
    session().flush()
    assert told() == [nearest, fresh, heard, moved]


def test_whoever_stands_in_is_told_of_what_they_can_open(maya: User, sam: User, rosa: User, ada: User) -> None:
    today = config.today()
    session().add(Absence(user_id=rosa.id, stand_in_id=sam.id, from_day=today, until_day=today))
    both, hers = make_circle(rosa, sam), make_circle(rosa, name="The other circle")

    known = answerers([both.id, hers.id])

    told = [known.also_told(rosa, maya.id, circle_id=place) for place in (None, both.id, hers.id)]
    assert told == [sam, sam, None]
    assert [known.sees(sam, place) for place in (None, both.id, hers.id)] == [True, True, False]
    assert known.also_told(rosa, sam.id) is known.also_told(ada, maya.id) is None


def test_what_comes_at_once_is_shared_out_and_no_owner_looks_after_their_own(
    maya: User, sam: User, rosa: User, ada: User
) -> None:
    ines = make_user("ines@example.com", "Ines Moreau", Role.RESPONDER)
    empty, circle = make_circle(maya), make_circle(maya, ines, name="The other circle")
    lena = make_user("lena@example.com", "Lena Brandt", Role.MANAGER)

    known = answerers([empty.id])

    assert [known.next(maya.id) for _time in range(3)] == [rosa, ines, rosa]
    assert (known.next(maya.id, circle=empty), known.next(maya.id, circle=circle)) == (None, None)
    assert [known.overseers(besides=owner.id) for owner in (rosa, sam, lena)] == [[sam, lena], [lena], [sam]]
    lena.suspended_at = now()
    session().commit()
    assert answerers().overseers(besides=sam.id) == [ada]
