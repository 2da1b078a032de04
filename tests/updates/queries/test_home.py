"""What the home page is told."""

from datetime import timedelta

from portal.accounts.models import Role, User
from portal.community.models import Member
from portal.foundation.clock import now, pretend
from portal.foundation.database import session
from portal.ledger.models import ResponseKind, Standing
from portal.ledger.services import respond
from portal.updates.queries import News, answered_lately, first_steps, news_of, shipped
from portal.updates.services import tell_answers, tell_progress
from tests.factories import make_user
from tests.updates.stories import action_for, explanation, step, suggestion


def test_news_are_one_s_own_and_newest_first(maya: User, omar: User, rosa: User, queries: list[str]) -> None:
    idea = suggestion(maya, omar, title="A warmer lamp")
    action = action_for(idea, rosa, "")
    other = suggestion(omar, title="A dimmer")
    for answer in (idea.responses[-1], explanation(other, rosa)):
        tell_answers([answer])
    with pretend(now() + timedelta(minutes=1)):
        tell_progress(step(action, rosa, words="The first board is **soldered**."))
    session().flush()
    queries.clear()

    news = news_of(maya)

    assert [(item.title, item.label, item.words) for item in news] == [
        ("A warmer lamp", "Under way", "The first board is soldered."),
        ("A warmer lamp", "Action", "A dimmer in the next lamp"),
    ]
    assert all(item.is_theirs and item.by == "Rosa Pereira" for item in news)
    assert len(queries) == 1
    assert [item.title for item in news_of(omar)] == ["A warmer lamp", "A dimmer", "A warmer lamp"]
    assert news_of(rosa) == []


def test_what_was_answered_lately_leaves_the_first_word_out(maya: User, rosa: User) -> None:
    idea = suggestion(maya)
    respond(idea, kind=ResponseKind.ACKNOWLEDGEMENT, message="I read it.", by=rosa)
    assert answered_lately() == []

    explanation(idea, rosa)

    assert [item.label for item in answered_lately()] == ["Explained"]


def test_the_first_steps_are_ticked_off_as_they_are_taken(maya: User, rosa: User) -> None:
    assert not any(vars(first_steps()).values())
    colleague = make_user("kim@example.com", "Kim", Role.RESPONDER)
    assert first_steps().has_colleague
    colleague.suspended_at = now()
    session().flush()
    assert not first_steps().has_colleague

    suggestion(maya)
    session().add(Member(user_id=maya.id, founding_number=1))
    session().flush()

    steps = first_steps()
    assert steps.has_idea
    assert steps.has_member
    assert not steps.has_mention
    assert not steps.has_rule


def test_a_comment_beside_what_is_done_does_not_make_it_news_again() -> None:
    def line(days: int, **given: bool) -> News:
        at = now() - timedelta(days=days)
        return News(1, "A zip", "Omar", at, "", "", Standing.DONE, is_theirs=True, **given)

    step_of_it = line(3, tells_of_action=True)

    assert shipped([line(1), step_of_it]) == step_of_it
    assert shipped([line(1), line(20, tells_of_action=True)]) is None
