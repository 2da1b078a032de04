"""Who may see the members, enter a circle, read and run asks and events: every rule asked of every kind of person."""

from datetime import timedelta

from portal.community import policies
from portal.community.models import Ask, AskPicture, Circle, CircleMember, Event, Member, Thanks
from portal.foundation.clock import now
from portal.foundation.database import session
from tests.factories import make_circle
from tests.people import ALL, AUTHOR, AUTHORS, MANAGERS, MEMBERS, PEOPLE, STAFF, WRITER, whom

DAY = timedelta(days=1)


def test_members_see_each_other_and_the_suspended_see_nobody() -> None:
    listed, hidden, gone = (
        Member(user=PEOPLE[name], user_id=PEOPLE[name].id, is_listed=is_listed)
        for name, is_listed in (("member", True), ("member", False), ("gone speaker", True))
    )
    thanks = Thanks(member=Member(user_id=AUTHOR))

    assert {name for name, someone in PEOPLE.items() if policies.may_see_members(someone)} == ALL
    assert [whom(policies.may_see_member, each) for each in (listed, hidden, gone)] == [ALL, STAFF | {"member"}, set()]
    assert [whom(policies.may_thank, each) for each in (listed, hidden, gone)] == [STAFF, STAFF, set()]
    assert [whom(policies.may_trust, each) for each in (listed, hidden, gone)] == [MANAGERS, MANAGERS, set()]
    assert whom(policies.is_thanked, thanks) == AUTHORS
    assert whom(policies.may_run_circle, Circle()) == MANAGERS


def test_each_kind_of_person_at_a_question_that_waits_runs_and_has_ended() -> None:
    times = {"owner_id": WRITER, "opens_at": now() - DAY, "closes_at": now() + DAY}
    waits, runs = Ask(**times), Ask(**times, opened_at=now() - DAY)
    ended, closing = Ask(**times, opened_at=now() - DAY, ended_at=now()), Ask(**times, opened_at=now() - DAY)
    closing.closes_at = now()
    asks = (waits, runs, ended, closing)

    assert [whom(policies.may_read_ask, ask) for ask in asks] == [STAFF, ALL, ALL, ALL]
    assert [whom(policies.may_answer_ask, ask) for ask in asks] == [set(), MEMBERS | {"author"}, set(), set()]
    assert {frozenset(whom(policies.may_run_ask, ask)) for ask in asks} == {frozenset(MANAGERS | {"writer"})}
    # Whoever asked, and works here no more, runs nothing.
    assert whom(policies.may_run_ask, Ask(owner_id=AUTHOR)) == MANAGERS | {"own"}
    assert whom(policies.may_run_event, Event(host_id=AUTHOR)) == MANAGERS | {"own"}
    pictures = [AskPicture(ask=ask) for ask in asks[:3]]
    assert [whom(policies.may_read_ask_picture, picture) for picture in pictures] == [STAFF, ALL, ALL]
    run = MANAGERS | {"writer"}
    assert [whom(policies.may_run_ask_picture, picture) for picture in pictures] == [run, run, set()]


def test_each_kind_of_person_at_an_event() -> None:
    times = {"host_id": WRITER, "starts_at": now() + DAY, "closes_at": now() + DAY}
    planned, called_off = Event(**times), Event(**times, cancelled_at=now())
    closed = Event(**{**times, "closes_at": now()})

    for event, may_come in ((planned, MEMBERS | {"author"}), (called_off, set()), (closed, set())):
        assert whom(policies.may_see_event, event) == ALL
        assert whom(policies.may_come, event) == may_come
        assert whom(policies.may_run_event, event) == MANAGERS | {"writer"}


def test_in_a_circle_every_rule_ends_at_its_door(maya, omar, rosa, sam, ada) -> None:
    circle = make_circle(maya, omar, rosa)
    session().get_one(CircleMember, (circle.id, omar.id)).confirmed_at = None
    session().flush()
    ask = Ask(circle_id=circle.id, owner_id=rosa.id, opens_at=now() - DAY, opened_at=now(), closes_at=now() + DAY)
    event = Event(circle_id=circle.id, host_id=rosa.id, starts_at=now() + DAY, closes_at=now() + DAY)
    people = (maya, omar, rosa, sam, ada)

    def of_these(rule, row) -> set[str]:
        return {one.name.split()[0] for one in people if rule(one, row)}

    for sees, row in ((policies.may_read_ask, ask), (policies.may_see_event, event)):
        assert of_these(sees, row) == {"Maya", "Rosa"}
    for answers, row in ((policies.may_answer_ask, ask), (policies.may_come, event)):
        assert of_these(answers, row) == {"Maya"}
    for runs, row in ((policies.may_run_ask, ask), (policies.may_run_event, event)):
        assert of_these(runs, row) == {"Rosa"}
    assert of_these(policies.has_a_seat, circle) == {"Maya", "Omar", "Rosa"}
    assert of_these(policies.may_open_circle, circle) == {"Maya", "Omar", "Rosa", "Sam", "Ada"}
    session().get_one(CircleMember, (circle.id, omar.id)).left_at = maya.suspended_at = sam.suspended_at = now()
    session().flush()
    for sees, row in ((policies.may_read_ask, ask), (policies.may_see_event, event), (policies.has_a_seat, circle)):
        assert of_these(sees, row) == {"Rosa"}
    assert of_these(policies.may_open_circle, circle) == {"Rosa", "Ada"}
