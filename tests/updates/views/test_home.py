"""The first page after the door, for members and for staff."""

import re
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from portal.accounts.models import User
from portal.community.models import Member, Thanks
from portal.community.queries import member_of
from portal.community.services import thank
from portal.foundation.clock import now
from portal.foundation.database import end_work, session
from portal.ledger.models import ActionStage
from portal.ledger.queries import DESK_SHOWN
from portal.ledger.services import answer_question, record_progress, say_whether_it_helped
from portal.updates.jobs import gather
from tests.factories import here, make_idea
from tests.updates.stories import action_for, explanation, question, step, suggestion


def test_a_stranger_is_asked_to_sign_in(client: Any, db: str) -> None:
    assert client.get("/home").headers["Location"].startswith("/sign-in")


def test_a_member_is_greeted_by_name_and_founding_number(sign_in: Any, maya: User) -> None:
    session().add(Member(user_id=maya.id, founding_number=7))
    session().commit()

    page = sign_in(maya).get("/home").text

    assert "<h1>Hello, Maya</h1>" in page
    assert "No. 7" in page
    assert "Every suggestion ends in an action or an explanation." in page
    assert "We answer" in page
    assert 'href="/ideas/new"' in page


def test_a_word_of_thanks_stands_on_the_first_page_for_two_weeks(
    sign_in: Any, maya: User, omar: User, sam: User
) -> None:
    session().add_all([Member(user_id=maya.id, founding_number=7), Member(user_id=omar.id, founding_number=8)])
    session().flush()
    for words in ("For the first film.", "For the rib."):
        thank(member_of(maya), words=words, by=sam)
    session().commit()
    browser = sign_in(maya)

    page = browser.get("/home").text

    assert f"{sam.name} thanks you: <q>For the rib.</q>" in page
    assert "For the first film." not in page
    assert "thanks you" not in sign_in(omar).get("/home").text
    thanks = session().scalars(select(Thanks).order_by(Thanks.id)).all()
    for each in thanks:
        each.created_at = now() - timedelta(days=15)
    session().commit()
    assert "thanks you" not in browser.get("/home").text


def test_a_member_sees_their_suggestions_and_what_came_of_them(
    sign_in: Any, maya: User, omar: User, rosa: User
) -> None:
    explanation(suggestion(maya, title="A warmer lamp"), rosa)
    suggestion(omar, title="Something of Omar")

    page = sign_in(maya).get("/home").text

    assert "A warmer lamp" in page
    assert "The resin would crack in the first hard frost." in page
    assert "Something of Omar" not in page


def test_new_answers_to_what_one_stands_behind_come_home(sign_in: Any, maya: User, omar: User, rosa: User) -> None:
    idea = suggestion(maya, omar, title="A warmer lamp")
    action = action_for(idea, rosa, "We start in spring.")
    step(action, rosa, words="The first board is soldered.")
    end_work(commit=True)
    gather()

    page = sign_in(omar).get("/home").text

    assert "We start in spring." in page
    assert "The first board is soldered." in page
    assert page.index("The first board is soldered.") < page.index("We start in spring.")


def test_what_is_done_is_a_moment_and_only_its_author_is_asked_whether_it_helped(
    sign_in: Any, maya: User, omar: User, rosa: User
) -> None:
    idea = suggestion(maya, omar, title="A warmer lamp")
    action = action_for(idea, rosa, "")
    done = {"stage": ActionStage.DONE, "proof_url": "https://lumen.example/warm"}
    record_progress(action, words="It ships.", by=rosa, **done)
    session().commit()
    gather()

    own, stood_behind = (sign_in(person).get("/home").text for person in (maya, omar))

    assert "Your suggestion is done:" in own
    assert "Go and see, and say whether it helped." in own
    assert "A suggestion that you stood behind is done:" in stood_behind
    assert "Go and see." in stood_behind
    assert "say whether it helped" not in stood_behind

    say_whether_it_helped(here(idea), helped=True, words="", by=here(maya))
    session().commit()
    said = sign_in(maya).get("/home").text
    assert "Your suggestion is done:" in said
    assert "say whether it helped" not in said


def test_a_member_is_asked_first_for_the_word_that_staff_wait_for(
    sign_in: Any, maya: User, omar: User, rosa: User
) -> None:
    lamp, cord = suggestion(maya, title="A warmer lamp"), suggestion(omar, title="A longer cord")
    for idea, asked in ((lamp, "Warmer at night?"), (lamp, "Or by the hour?"), (cord, "How long should it be?")):
        question(idea, rosa, asked)
    browser = sign_in(maya)

    page = browser.get("/home").text
    answer_question(session().merge(lamp), words="At night.", by=session().merge(maya))
    session().commit()

    assert f'href="/ideas/{lamp.id}#your-word">Reply to Rosa' in page
    assert "<q>Or by the hour?</q>" in page
    assert "<q>Warmer at night?</q>" not in page
    assert "How long should it be?" not in page
    assert "#your-word" not in browser.get("/home").text


def test_someone_new_is_told_what_to_do_and_sees_what_others_said(sign_in: Any, maya: User, omar: User) -> None:
    suggestion(omar, title="Something of Omar")

    page = sign_in(maya).get("/home").text

    assert "Your first suggestion stands here" in page
    assert "Nothing new yet" in page
    assert "Something of Omar" in page


def test_an_empty_house_still_makes_a_page(sign_in: Any, maya: User, sam: User) -> None:
    assert sign_in(maya).get("/home").status_code == 200
    page = sign_in(sam).get("/home").text
    assert "Nothing waits for you yet." in page
    assert "No suggestion has come in yet" in page
    assert "Find makers" in page
    assert re.search(r'<a href="/trackers"[^>]*>Say what to listen for', page)


def test_staff_see_what_waits_for_them_by_its_promise(sign_in: Any, maya: User, rosa: User, sam: User) -> None:
    moment = now()
    make_idea(proposed_by=maya, owner=rosa, title="Later", acknowledge_by=moment + timedelta(days=3))
    make_idea(proposed_by=maya, owner=rosa, title="Sooner", acknowledge_by=moment + timedelta(hours=3))
    make_idea(proposed_by=maya, owner=sam, title="With a colleague")

    page = sign_in(rosa).get("/home").text

    assert "2 suggestions wait for you." in page
    assert "The next promise ends" in page
    assert page.index("Sooner") < page.index("Later") < page.index("With a colleague")


def test_staff_are_told_first_of_a_broken_promise(sign_in: Any, maya: User, rosa: User) -> None:
    make_idea(proposed_by=maya, owner=rosa, acknowledge_by=now() - timedelta(hours=1))

    assert "1 suggestion of yours is past its promise." in sign_in(rosa).get("/home").text


def test_more_than_is_read_for_the_first_page_is_no_exact_number(
    sign_in: Any, maya: User, rosa: User, sam: User
) -> None:
    moment = now()
    for _number in range(DESK_SHOWN + 1):
        make_idea(proposed_by=maya, owner=rosa, acknowledge_by=moment + timedelta(hours=3))
    session().commit()

    mine, others = (sign_in(person).get("/home").text for person in (rosa, sam))

    assert f"At least {DESK_SHOWN} suggestions wait for you." in mine
    assert f"All {DESK_SHOWN}" not in others
    for _number in range(DESK_SHOWN):
        make_idea(proposed_by=maya, owner=rosa, acknowledge_by=moment - timedelta(hours=3))
    session().commit()
    assert f"At least {DESK_SHOWN} suggestions of yours are past their promise." in sign_in(rosa).get("/home").text


def test_staff_see_what_was_answered_lately(sign_in: Any, maya: User, rosa: User, sam: User) -> None:
    explanation(suggestion(maya, title="A warmer lamp"), rosa)

    page = sign_in(sam).get("/home").text

    assert "Your desk is clear" in page
    assert "The resin would crack in the first hard frost." in page


def test_a_manager_sees_the_next_steps_of_a_new_house_and_a_responder_does_not(
    sign_in: Any, maya: User, rosa: User, sam: User
) -> None:
    suggestion(maya)

    page = sign_in(sam).get("/home").text

    assert "Next steps" in page
    assert "Add a source" in page
    assert "<s>Answer the first suggestion</s>" in page
    assert "Next steps" not in sign_in(rosa).get("/home").text


def test_the_page_costs_at_most_eight_queries_however_full_it_is(
    sign_in: Any, maya: User, omar: User, rosa: User, sam: User, queries: list[str]
) -> None:
    for number in range(9):
        idea = suggestion(maya, omar, title=f"Lamp {number}", owner=sam)
        if number % 3 == 0:
            explanation(idea, rosa, f"The resin would crack in the frost of {number}.")
        if number % 3 == 1:
            step(action_for(idea, rosa, f"We start in spring {number}.", title=f"Action {number}"), rosa)
    end_work(commit=True)
    gather()

    for person in (maya, omar, rosa, sam):
        browser = sign_in(person)
        queries.clear()
        assert browser.get("/home").status_code == 200
        assert len(queries) <= 8, (person.name, queries)
