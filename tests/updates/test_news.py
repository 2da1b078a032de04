"""Asks are told when they open and when they are closed: once, to the right people, and to nobody who said no."""

from datetime import timedelta

from sqlalchemy import select

from portal.accounts.models import User
from portal.community.models import Ask
from portal.community.queries import poll_of
from portal.community.services import choice_of, choose, close_ask, plan_event, put_ask, take_place
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.mail.outbox import OutgoingMail
from portal.ledger.services import suggest, vote
from portal.updates.jobs import gather
from portal.updates.queries import may_send, wants_news
from portal.updates.services import change_news
from portal.updates.tokens import read_news_token, write_news_token, write_token
from tests.factories import make_circle, make_user


def news() -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    for mail in session().scalars(select(OutgoingMail).where(OutgoingMail.kind == "news").order_by(OutgoingMail.id)):
        told.setdefault(mail.subject_key, []).append(mail.recipient)
    return told


def test_an_opening_is_told_to_members_and_a_summary_to_who_took_part(maya, omar, rosa, sam):
    quiet = make_user("quiet@example.org", "Quiet One")
    voter = make_user("voter@example.org", "Voting One")
    change_news(quiet, by_mail=False)
    ask = put_ask(
        question="Which shade?", background="We can do **one**.", choices=["Tall", "Wide"], opens_at=now(),
        closes_at=now() + timedelta(days=1), owner=sam, by=sam,
    )  # fmt: skip
    session().commit()
    gather()
    gather()
    assert news() == {f"ask:{ask.id}:opened": [maya.email, omar.email, voter.email]}

    ask = session().get_one(Ask, ask.id)
    maya, omar, voter, rosa = (session().get_one(User, person.id) for person in (maya, omar, voter, rosa))
    idea = suggest(title="The tall one", body="", by=maya, ask=ask)
    choose(ask, choice_of(ask, poll_of(ask, omar).choices[0].id), by=omar)
    vote(idea, voter)
    close_ask(ask, heard="You want the **tall** one.", will_do="We build it in May.", by=rosa)
    session().commit()
    gather()
    gather()

    assert news()[f"ask:{ask.id}:closed"] == [maya.email, omar.email, voter.email]
    mail = session().scalars(select(OutgoingMail).where(OutgoingMail.subject_key == f"ask:{ask.id}:closed")).first()
    assert mail.subject == "What came of it: Which shade?"
    for part in (mail.text, mail.html):
        assert "We build it in May." in part
        assert "/unsubscribe-news/" in part
    assert may_send(mail)
    change_news(maya, by_mail=False)
    assert not may_send(mail)


def test_whoever_asked_for_a_place_already_is_not_invited_to_take_one(maya, omar, rosa, sam):
    start = now() + timedelta(days=9)
    event = plan_event(
        title="A visit", place="Here", starts_at=start, ends_at=start + timedelta(hours=1), host=sam, by=sam,
        time_zone="Europe/Berlin",
    )  # fmt: skip
    take_place(event, by=maya)
    session().commit()

    gather()

    assert news() == {f"event:{event.id}:planned": [omar.email]}


def test_an_invitation_says_that_it_is_a_call_and_until_when_one_can_ask(maya, omar, rosa):
    circle = make_circle(maya, rosa)
    start = now() + timedelta(days=9)
    planned = {
        "title": "The loom", "link": "https://call.example.com/abc", "starts_at": start, "time_zone": "UTC",
        "ends_at": start + timedelta(hours=2), "host": rosa, "by": rosa,
    }  # fmt: skip
    plan_event(**planned, closes_at=start - timedelta(days=2))
    plan_event(**{**planned, "link": "", "place": "The mill"})
    plan_event(**planned, circle=circle)
    session().commit()
    gather()

    told = session().scalars(
        select(OutgoingMail).where(OutgoingMail.recipient == maya.email).order_by(OutgoingMail.subject_key)
    ).all()  # fmt: skip
    for part in (lambda mail: mail.text, lambda mail: mail.html):
        words = [("A call; whoever" in part(mail), "ask for a place until" in part(mail)) for mail in told]
        assert words == [(True, True), (False, False), (False, False)]
    assert not any("call.example.com" in mail.text + mail.html for mail in told)


def test_a_question_of_a_circle_is_told_inside_it_without_its_words(maya, omar, rosa):
    circle = make_circle(maya, rosa, name="SECRET")
    ask = put_ask(
        question="SECRET?", opens_at=now(), closes_at=now() + timedelta(days=1), owner=rosa, by=rosa, circle=circle
    )
    suggest(title="SECRET answer", body="", by=maya, ask=ask)
    session().commit()
    gather()
    ask = session().get_one(Ask, ask.id)
    close_ask(ask, heard="SECRET heard.", will_do="SECRET plan.", by=ask.owner)
    session().commit()
    gather()

    assert news() == {f"ask:{ask.id}:{what}": [maya.email] for what in ("opened", "closed")}
    told = session().scalars(select(OutgoingMail).where(OutgoingMail.recipient == maya.email)).all()
    for mail in told:
        assert "SECRET" not in mail.subject + mail.text + mail.html
    openings = [mail for mail in told if mail.subject_key.endswith(":opened")]
    assert [("You can answer until" in mail.text, "You can answer until" in mail.html) for mail in openings] == [
        (True, True)
    ]


def test_the_way_out_of_the_news_needs_one_press_and_no_sign_in(client, maya):
    path = f"/unsubscribe-news/{write_news_token(maya.id)}"

    assert "Stop the news" in client.get(path).get_data(as_text=True)
    assert wants_news(maya)
    assert client.post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not wants_news(maya)
    assert client.post(f"{path}/withdrawals").status_code == 200
    assert wants_news(maya)
    for wrong in ("nonsense", write_token(maya.id, 1)):
        assert read_news_token(wrong) is None
        assert client.get(f"/unsubscribe-news/{wrong}").status_code == 404
