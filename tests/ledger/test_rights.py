"""Whose a thing is, and who can answer: what the verbs ask by themselves, behind the pages that ask first."""

from datetime import timedelta

from portal.accounts.models import User
from portal.foundation import config
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.ledger.models import DraftPicture, IdeaDraft
from portal.ledger.queries import knows_tag
from portal.ledger.services import add_tag, plan_absence
from portal.ledger.services.away import answering_today
from portal.ledger.services.drafts import take_pictures
from portal.ledger.services.giving import could_do
from tests.factories import make_circle, make_idea

KEY = "a" * 32


def test_the_pictures_of_a_draft_go_with_their_own_author_alone(maya: User, omar: User) -> None:
    drafts = [IdeaDraft(user_id=person.id, form_key=KEY, title=person.name) for person in (maya, omar)]
    other = IdeaDraft(user_id=maya.id, form_key="b" * 32, title="Another")
    session().add_all([*drafts, other])
    session().flush()
    for number, draft in enumerate([*drafts, other]):
        session().add(DraftPicture(draft_id=draft.id, key=f"picture-{number}", width=3, height=2, size=99))
    session().flush()

    assert [picture.key for picture in take_pictures(maya, KEY)] == ["picture-0"]
    assert [picture.key for picture in take_pictures(maya, KEY)] == []
    assert [picture.key for picture in take_pictures(omar, KEY)] == ["picture-1"]


def test_a_stand_in_hears_of_it_only_where_they_can_answer(maya: User, rosa: User, sam: User) -> None:
    circle = make_circle(maya, rosa)
    inside = make_idea(proposed_by=maya, owner=rosa, circle=circle)
    for_all = make_idea(proposed_by=maya, owner=rosa)
    assert answering_today(for_all) == [rosa]
    plan_absence(rosa, from_day=config.today(), until_day=config.today() + timedelta(days=3), stand_in=sam, by=rosa)

    assert (answering_today(for_all), answering_today(inside)) == ([rosa, sam], [rosa])
    sam.suspended_at = now()
    session().flush()
    assert answering_today(for_all) == [rosa]


def test_an_action_is_for_somebody_of_the_company_who_sees_what_it_answers(maya: User, rosa: User, sam: User) -> None:
    circle = make_circle(maya, rosa)
    inside, for_all = (make_idea(proposed_by=maya, owner=rosa, circle=room) for room in (circle, None))

    assert [could_do(person, inside) for person in (maya, rosa, sam)] == [False, True, False]
    assert [could_do(person, for_all) for person in (maya, rosa, sam)] == [False, True, True]


def test_a_tag_of_a_circle_is_known_to_those_inside(maya: User, rosa: User, sam: User) -> None:
    inside = make_idea(proposed_by=maya, owner=rosa, circle=make_circle(maya, rosa))
    for_all = make_idea(proposed_by=maya, owner=rosa)
    secret, common = add_tag(inside, "Glow", by=rosa), add_tag(for_all, "Wiring", by=rosa)

    assert [(knows_tag(tag, rosa), knows_tag(tag, sam)) for tag in (secret, common)] == [(True, False), (True, True)]
