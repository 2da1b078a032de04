"""Who is to be told."""

from portal.accounts.models import User
from portal.consent.services import object_to_contact
from portal.foundation.database import session
from portal.ledger.models import Progress, Response
from portal.updates.models import Level
from portal.updates.queries import audience_of_answer, audience_of_progress, untold
from portal.updates.services import follow, tell_answers
from tests.updates.stories import action_for, answer_with, explanation, step, suggestion


def test_untold_answers_come_oldest_first_and_in_parts(maya: User, rosa: User) -> None:
    answers = [
        explanation(suggestion(maya, title=f"Lamp {number}"), rosa, f"The resin would crack in frost {number}.")
        for number in range(3)
    ]
    tell_answers([answers[1]])

    assert untold(Response, limit=9) == [answers[0].id, answers[2].id]
    assert untold(Response, limit=1) == [answers[0].id]
    assert untold(Response, limit=9, after_id=answers[0].id) == [answers[2].id]
    assert untold(Progress, limit=9) == []


def test_an_author_who_votes_and_follows_is_one_person(maya: User, omar: User, rosa: User) -> None:
    idea = suggestion(maya, omar)
    follow(idea, level=Level.ANSWERS, by=maya)
    follow(idea, level=Level.ANSWERS, by=omar)

    people = audience_of_answer(explanation(idea, rosa))

    assert [(one.user_id, one.idea_id) for one in people] == [(maya.id, idea.id), (omar.id, idea.id)]


def test_someone_who_said_never_is_told_on_the_page_only(maya: User, rosa: User) -> None:
    idea = suggestion(maya)
    object_to_contact(maya.email)

    [one] = audience_of_answer(explanation(idea, rosa))

    assert one.by_mail is False


def test_a_step_reaches_each_person_through_the_first_suggestion_they_stand_behind(
    maya: User, omar: User, rosa: User
) -> None:
    one, two = suggestion(maya, omar), suggestion(omar, title="A dimmer")
    action = action_for(one, rosa)
    answer_with(two, action, rosa, "The same thing.")

    people = audience_of_progress(step(action, rosa))

    assert [(who.user_id, who.idea_id) for who in people] == [(maya.id, one.id), (omar.id, one.id)]


def test_a_broadcast_is_read_in_two_statements(maya: User, rosa: User, queries: list[str]) -> None:
    people = [User(email=f"voter{number}@example.org", name="Voter") for number in range(50)]
    session().add_all(people)
    session().flush()
    answer = explanation(suggestion(maya, *people), rosa)
    queries.clear()

    assert len(audience_of_answer(answer)) == 51

    assert len(queries) == 2
