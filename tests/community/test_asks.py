"""Asks: put, answered, voted in, ended and closed with a summary."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.community.models import Ask
from portal.community.queries import asks_for, asks_without_summary, at_home, poll_of
from portal.community.services import (
    AlreadyChosen,
    BadTimes,
    NoName,
    NoSummary,
    NotAChoice,
    NotOpen,
    NotStaff,
    change_ask,
    choice_of,
    choose,
    close_ask,
    close_circle,
    end_ask,
    open_ask,
    put_ask,
)
from portal.foundation.clock import now, pretend
from portal.foundation.database import session
from portal.ledger.services import NotHere, suggest
from tests.factories import make_circle


def put(owner, **given) -> Ask:
    given.setdefault("opens_at", now() - timedelta(minutes=1))
    given.setdefault("closes_at", now() + timedelta(days=3))
    return put_ask(question=given.pop("question", "Which shade first?"), owner=owner, by=owner, **given)


def test_an_ask_whose_time_has_come_is_open_at_once_and_the_other_waits(maya, rosa):
    first, later = put(rosa), put(rosa, opens_at=now() + timedelta(hours=1))

    assert first.is_open
    assert not later.is_open
    assert (at_home(maya).member, at_home(maya).asks) == (None, [first])
    assert asks_for(maya) == [first]
    assert set(asks_for(rosa)) == {first, later}


def test_a_suggestion_that_answers_it_is_its_owner_s_and_stands_where_it_stands(maya, omar, rosa, sam):
    circle = make_circle(maya, rosa, sam)
    ask = put(sam, circle=circle)

    idea = suggest(title="The tall one", body="", by=maya, ask=ask)

    assert (idea.owner, idea.circle, idea.ask) == (sam, circle, ask)
    assert asks_for(omar) == []
    with pytest.raises(NotHere):
        suggest(title="From outside", body="", by=omar, ask=ask)
    end_ask(ask)
    with pytest.raises(NotHere):
        suggest(title="Too late", body="", by=maya, ask=ask)


def test_each_voice_counts_once_and_results_show_after(maya, omar, rosa):
    ask = put(rosa, choices=["Tall", "Wide", "tall ", ""])
    tall, wide = poll_of(ask, maya).choices
    assert not poll_of(ask, maya).shows_results

    choose(ask, choice_of(ask, tall.id), by=maya)
    with pytest.raises(AlreadyChosen):
        choose(ask, choice_of(ask, wide.id), by=maya)
    with pytest.raises(NotOpen):
        choose(ask, choice_of(ask, wide.id), by=rosa)

    poll = poll_of(ask, maya)
    assert (poll.shows_results, poll.chosen, poll.total) == (True, tall.id, 1)
    assert [(one.words, one.votes, one.share) for one in poll.choices] == [("Tall", 1, 1.0), ("Wide", 0, 0.0)]
    assert not poll_of(ask, omar).shows_results
    end_ask(ask)
    assert poll_of(ask, omar).shows_results
    with pytest.raises(NotAChoice):
        choice_of(put(rosa, choices=["A", "B"]), tall.id)


def test_a_poll_counts_its_own_voices_and_the_staff_reads_them_meanwhile(maya, omar, rosa):
    ask, other = put(rosa, choices=["Tall", "Wide"]), put(rosa, choices=["Oak", "Ash", "Elm"])
    for where, place, person in ((other, 2, maya), (ask, 1, omar)):
        choose(where, where.choices[place], by=person)

    told = {person.name: poll_of(ask, person) for person in (maya, omar, rosa)}

    assert [(poll.chosen is not None, poll.shows_results) for poll in told.values()] == [
        (False, False), (True, True), (False, True),
    ]  # fmt: skip
    for poll in told.values():
        assert [(one.words, one.votes, one.share) for one in poll.choices] == [("Tall", 0, 0.0), ("Wide", 1, 1.0)]
        assert poll.total == 1
    assert poll_of(put(rosa), maya) is None


def test_closing_takes_both_halves_of_the_summary(rosa):
    ask = put(rosa)
    for heard, will_do in (("", "We build it."), ("You want the tall one.", "  ")):
        with pytest.raises(NoSummary):
            close_ask(ask, heard=heard, will_do=will_do, by=rosa)

    close_ask(ask, heard="You want the tall one.", will_do="We build it in May.", by=rosa)

    assert ask.ended_at
    assert ask.closed_by == rosa
    assert asks_without_summary(rosa) == []
    with pytest.raises(NotOpen):
        close_ask(ask, heard="More.", will_do="More.", by=rosa)
    with pytest.raises(NotOpen):
        change_ask(ask, question="Else?", background="", opens_at=now(), closes_at=now(), owner=rosa, by=rosa)


def test_the_database_closes_no_ask_without_a_summary(rosa):
    ask = put(rosa)
    ask.closed_at = now()

    with pytest.raises(IntegrityError):
        session().flush()


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({"question": " "}, NoName),
        ({"closes_at": timedelta(minutes=-2)}, BadTimes),
        ({"closes_at": timedelta(hours=1), "opens_at": timedelta(hours=2)}, BadTimes),
        ({"closes_at": timedelta(hours=1), "opens_at": timedelta(hours=1)}, BadTimes),
        ({"closes_at": timedelta()}, BadTimes),
        ({"choices": ["One"]}, NotAChoice),
        ({"choices": [str(number) for number in range(9)]}, NotAChoice),
    ],
    ids=["no question", "over already", "closed before it opens", "closed as it opens", "over now", "one", "nine"],
)
def test_what_cannot_be_asked_is_not(rosa, given, refused):
    moment = now()
    given = {name: moment + value if isinstance(value, timedelta) else value for name, value in given.items()}
    with pytest.raises(refused), pretend(moment):
        put(rosa, **given)


def test_what_was_asked_stays_as_it_was_once_it_is_open(rosa):
    moment = now()
    kept = {"background": "", "owner": rosa, "by": rosa, "closes_at": moment + timedelta(days=3)}
    running = put(rosa, choices=["Tall", "Wide"])
    waiting = put(rosa, choices=[str(number) for number in range(8)], opens_at=moment + timedelta(hours=1))
    for ask in (running, waiting):
        before = [choice.id for choice in ask.choices]
        change_ask(
            ask, question="Which lamp?", opens_at=moment + timedelta(hours=2), shows_others=False,
            choices=[choice.words for choice in ask.choices], **kept,
        )  # fmt: skip
        assert (ask.question, [choice.id for choice in ask.choices]) == ("Which lamp?", before)
        change_ask(ask, question="Which?", opens_at=moment + timedelta(hours=2), choices=["Oak", "Ash"], **kept)

    assert [(ask.shows_others, [choice.words for choice in ask.choices]) for ask in (running, waiting)] == [
        (True, ["Tall", "Wide"]), (False, ["Oak", "Ash"]),
    ]  # fmt: skip
    assert (running.opens_at < moment, waiting.opens_at) == (True, moment + timedelta(hours=2))
    # At its very time it opens.
    with pretend(moment):
        change_ask(waiting, question="Which?", opens_at=moment, **kept)
    assert waiting.opened_at == moment


def test_nothing_opens_in_a_circle_that_is_closed(maya, rosa):
    circle = make_circle(maya, rosa)
    ask = put(rosa, circle=circle, opens_at=now() + timedelta(hours=1))
    close_circle(circle, is_closed=True, by=rosa)

    assert (open_ask(ask), ask.opened_at) == (False, None)
    close_circle(circle, is_closed=False, by=rosa)
    assert (open_ask(ask), open_ask(ask)) == (True, False)


@pytest.mark.parametrize(
    ("after", "closed"),
    [(timedelta(hours=1), timedelta(hours=1)), (timedelta(days=9), timedelta(days=3)), (timedelta(), None)],
    ids=["before its time", "found late", "in the moment in which it opened"],
)
def test_an_ask_was_open_until_it_was_ended_or_its_time_was_over(rosa, after, closed):
    moment = now()
    with pretend(moment):
        ask = put(rosa, opens_at=moment, closes_at=moment + timedelta(days=3))
    with pretend(moment + after):
        end_ask(ask)

    assert ask.ended_at == moment + after
    assert ask.closes_at == moment + (closed or timedelta(seconds=1))


def test_a_circle_is_asked_by_someone_inside(maya, rosa, sam):
    circle = make_circle(maya, rosa)

    with pytest.raises(NotStaff, match="Sam Okafor is not inside"):
        put(sam, circle=circle)
    with pytest.raises(NotStaff, match="does not work here"):
        put(maya)


def test_the_same_form_for_another_room_asks_another_question(rosa):
    circle = make_circle(rosa)
    times = {"opens_at": now(), "closes_at": now() + timedelta(days=3), "form_key": "k"}

    first, again, inside = put(rosa, **times), put(rosa, **times), put(rosa, **times, circle=circle)

    assert (again.id, inside.id == first.id, inside.circle) == (first.id, False, circle)


def test_an_ask_on_its_pages_from_the_question_to_the_summary(sign_in, maya, omar, rosa, queries):
    staff, member, other = sign_in(rosa), sign_in(maya), sign_in(omar)
    soon, later = now() - timedelta(hours=1), now() + timedelta(days=2)
    words = {
        "question": "Which shade first?", "background": "We can do **one**.", "circle": 0, "owner": rosa.id,
        "opens_at": soon.strftime("%Y-%m-%dT%H:%M"), "closes_at": later.strftime("%Y-%m-%dT%H:%M"),
        "choices": "Tall\nWide",
    }  # fmt: skip
    assert staff.post("/asks", data={**words, "choices": "Tall"}).status_code == 422
    wrong = staff.post("/asks", data={**words, "question": "", "choices": "Tall"}).text
    assert "Write the question." in wrong
    assert "Write two to 8 choices" in wrong
    assert staff.post("/asks", data=words).status_code == 303
    ask = session().scalars(select(Ask)).one()
    path = f"/asks/{ask.id}"
    assert not ask.shows_others

    assert "Open until" in member.get(path).get_data(as_text=True)
    assert "You answer" in member.get(f"/ideas/new?ask={ask.id}").get_data(as_text=True)
    sent = member.post("/ideas", data={"title": "The tall one", "ask": ask.id, "circle": 0, "form_key": "k"})
    assert sent.status_code == 303
    assert "The tall one" in member.get(path).get_data(as_text=True)
    hidden = other.get(path).get_data(as_text=True)
    assert "The tall one" not in hidden
    assert "once you have given your own" in hidden
    choice = poll_of(session().get_one(Ask, ask.id), session().merge(maya)).choices[0]
    session().commit()
    for none in ("", "9" * 30):
        said = member.post(f"{path}/choices", data={"choice": none}, follow_redirects=True).text
        assert "Choose one of them." in said
    member.post(f"{path}/choices", data={"choice": choice.id})
    queries.clear()
    assert "1 voice" in member.get(path).get_data(as_text=True)
    assert len(queries) <= 12

    assert staff.get(f"{path}/edit").status_code == 200
    assert staff.post(path, data={**words, "question": "Which one?"}).status_code == 303
    closing = staff.get(f"{path}/summary/edit").text
    assert "From then on it takes no more answers." in closing
    assert "What they chose" in closing
    assert "1 voice" in closing
    assert '<a href="/asks" aria-current="true">Asks</a>' in closing
    assert staff.post(f"{path}/endings").status_code == 303
    assert "the company owes its word on it" in member.get(path).text
    # Whoever was still writing or choosing is told, and loses nothing: sent again, it stands by itself.
    late = other.post(f"{path}/choices", data={"choice": choice.id}, follow_redirects=True)
    assert (late.status_code, "takes no answers from you now" in late.text) == (200, True)
    kept = {"title": "The wide one", "body": "It stands.", "ask": ask.id, "circle": 0, "form_key": "late"}
    refused = other.post("/ideas", data=kept)
    assert (refused.status_code, "It stands." in refused.text) == (422, True)
    assert f'name="ask" type="hidden" value="{ask.id}"' not in refused.text
    assert "stands as a suggestion of its own" in other.get(f"/ideas/new?ask={ask.id}&anew=1").text
    assert other.post("/ideas", data=kept | {"ask": ""}).status_code == 303
    assert staff.get(f"{path}/edit").status_code == 303
    assert "The tall one" in other.get(path).get_data(as_text=True)
    assert staff.post(f"{path}/summaries", data={"heard": "Tall.", "will_do": ""}).status_code == 422
    assert staff.post(f"{path}/summaries", data={"heard": "Tall.", "will_do": "We build it."}).status_code == 303
    assert staff.get(f"{path}/summary/edit").status_code == 303
    assert "We build it." in other.get(path).get_data(as_text=True)
    assert "answered" in other.get("/asks").get_data(as_text=True)
    assert member.get(f"{path}/edit").status_code == 404
