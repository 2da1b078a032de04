"""What is in a circle shows at no door to somebody outside it: every route, every mail, every figure."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from portal.accounts.models import User
from portal.community.jobs import remind_of_events
from portal.community.services import plan_event, put_ask, take_place
from portal.foundation.clock import now, pretend
from portal.foundation.database import end_work, session
from portal.foundation.mail.outbox import OutgoingMail
from portal.ledger.jobs import warn_of_promises
from portal.ledger.models import ActionStage, Idea, ResponseKind
from portal.ledger.services import (
    Upload,
    add_tag,
    answer_question,
    comment,
    give_new_date,
    hand_over,
    merge_ideas,
    proofs_kept,
    record_progress,
    respond,
    split_idea,
    start_action,
    suggest,
    vote,
)
from portal.updates.jobs import ask_whether_it_helped, gather, tell_what_was_said
from tests.architecture.test_access_matrix import address, routes, without_token
from tests.factories import make_circle, make_idea, make_user

# Words that stand in the titles, texts, names, notes, answers and actions of the circle, and nowhere else.
SECRET = "CIRCLESECRET"
NUMBER = 7_654_321
# Where a page repeats the address that was asked for.
ECHO = re.compile(rf"next=[^\s\"<]*{NUMBER}")


@pytest.fixture
def secret(db, maya, rosa, sam):
    """A suggestion in a circle, with an answer, an action and a follower; and another circle beside it."""
    friend = make_user("friend@example.org", "Friend Inside")
    circle = make_circle(maya, friend, rosa, name=f"{SECRET} circle", about=f"{SECRET} about", note=f"{SECRET} note")
    idea = Idea(
        id=NUMBER, title=f"{SECRET} title", body=f"{SECRET} body", proposed_by=maya, owner=rosa, circle=circle,
        acknowledge_by=now(), decide_by=now(),
    )  # fmt: skip
    session().add(idea)
    session().flush()
    vote(idea, friend)
    said = comment(idea, body=f"{SECRET} comment", by=friend)
    action = start_action(title=f"{SECRET} action", owner=rosa, stage=ActionStage.PLANNED, by=rosa)
    respond(idea, kind=ResponseKind.ACTION, message=f"{SECRET} answer", by=rosa, action=action)
    with proofs_kept([Upload(f"{SECRET}.txt", BytesIO(f"{SECRET} proof".encode()))]) as files:
        entry = record_progress(action, stage=ActionStage.UNDER_WAY, words=f"{SECRET} progress", by=rosa, files=files)
    ask = put_ask(
        question=f"{SECRET} question", background=f"{SECRET} background", choices=[f"{SECRET} a", f"{SECRET} b"],
        circle=circle, opens_at=now(), closes_at=now() + timedelta(days=1), owner=rosa, by=rosa,
    )  # fmt: skip
    event = plan_event(
        title=f"{SECRET} event", about=f"{SECRET} words", place=f"{SECRET} place", circle=circle, host=rosa, by=rosa,
        link=f"https://{SECRET}.example.com/", starts_at=now() + timedelta(hours=9), time_zone="Europe/Berlin",
        ends_at=now() + timedelta(hours=10),
    )  # fmt: skip
    take_place(event, by=maya)
    suggest(title=f"{SECRET} second", body="", by=maya, ask=ask)
    session().commit()
    gather()
    remind_of_events()
    return {
        "idea_id": str(NUMBER),
        "action_id": str(action.id),
        "progress_id": str(entry.id),
        "file_id": "1",
        "comment_id": str(said.id),
        "ask_id": str(ask.id),
        "event_id": str(event.id),
        "circle_id": str(circle.id),
    }


@pytest.fixture
def outsiders(db, client, sign_in, omar, sam, ada):
    """Somebody without a seat, a member and a manager of another circle, and the admin.

    On PostgreSQL only those two whose own circle is looked for in its rows.
    """
    make_circle(omar, sam, name="The cord circle")
    people = {"member": sign_in(omar), "manager": sign_in(sam)}
    return people if db == "postgresql" else {"anyone": client, **people, "admin": sign_in(ada)}


@pytest.mark.usefixtures("secret")
def test_nothing_of_a_circle_shows_at_any_door(app, secret, outsiders):
    known = {name: number for name, number in secret.items() if name != "circle_id"}
    tried = 0
    for method, rule in routes(app):
        parameters = re.findall(r"<(?:\w+:)?(\w+)>", rule)
        # Whoever has signed out would find every door behind it closed.
        if rule.startswith(("/circles", "/sign-out")) or not set(parameters) <= set(known):
            continue
        for kind, browser in outsiders.items():
            end_work(commit=False)
            path = address(rule, known)
            for query in ("", f"?circle={secret['circle_id']}", "?q=" + SECRET.lower()) if method == "GET" else ("",):
                answer = browser.open(path + query, method=method, data={"title": "x", "q": SECRET[:6].lower()})
                text = answer.get_data(as_text=True)
                tried += 1
                assert SECRET not in text, (kind, method, path)
                assert str(NUMBER) not in ECHO.sub("", text), (kind, path)
                if parameters and kind != "anyone":
                    assert answer.status_code == 404, (kind, method, path)
                assert kind == "anyone" or answer.status_code != 401, (kind, path)
                if answer.status_code == 403 or (parameters and kind != "member"):
                    # A door that is closed reads nothing behind it; that it does not, one of them tries.
                    break
    assert tried > 200


@pytest.mark.usefixtures("one_moment")
def test_a_circle_changes_no_count_and_no_figure_outside(app, sign_in, omar, maya, rosa, sam):
    def pages() -> list[str]:
        end_work(commit=False)
        return [without_token(browser.get(path)) for browser in browsers.values() for path in PATHS]

    browsers = {"omar": sign_in(omar), "sam": sign_in(sam)}
    suggest(title="For everyone", body="", by=omar)
    session().commit()
    before = pages()
    maya, rosa = (session().get_one(User, person.id) for person in (maya, rosa))
    circle = make_circle(maya, rosa)
    idea = suggest(title="Inside", body="", by=maya, circle=circle)
    respond(idea, kind=ResponseKind.EXPLANATION, message="The resin would crack in the frost.", by=rosa)
    suggest(title="Inside too", body="", by=maya, circle=circle)
    session().commit()

    assert pages() == before
    assert "2 answers" not in browsers["omar"].get("/chain").text


@pytest.mark.usefixtures("one_moment")
def test_what_is_written_outside_tells_nothing_of_a_circle(secret, sign_in, omar, rosa, sam):
    idea = suggest(title="For everyone", body="", by=omar)
    add_tag(session().get_one(Idea, NUMBER), f"{SECRET} Word", by=session().get_one(User, rosa.id))
    session().commit()
    browsers = sign_in(omar), sign_in(sam)

    # A reply to a comment of the circle, and to none at all.
    for browser in browsers:
        said = {"comment-body": "Me too.", "comment-form_key": "k"}
        replies = [
            browser.post(f"/ideas/{idea.id}/comments", data=said | {"comment-reply_to": number})
            for number in (secret["comment_id"], NUMBER)
        ]
        assert [answer.status_code for answer in replies] == [422, 422]
        assert without_token(replies[0]) == without_token(replies[1])
        # The words are still there, and go on as they are.
        assert ("Me too." in replies[0].text, str(NUMBER) in replies[0].text) == (True, False)
    # A word that the circle sorts by stands as whoever writes it outside spells it; so does a rule for it.
    outside = f"{SECRET} word".lower()
    for path, data in (("/answering/tag-rules", {"tag-rule-tag": outside, "tag-rule-owner": sam.id}),
                       (f"/ideas/{idea.id}/tags", {"tag-name": outside})):  # fmt: skip
        assert browsers[1].post(path, data=data).status_code == 303, path
        for page in (f"/ideas/{idea.id}", "/ideas", "/answering"):
            assert SECRET not in browsers[1].get(page).text, (path, page)


PATHS = (
    "/ideas", "/ideas?standing=explained", "/public-ledger", "/home", "/desk", "/members", "/events", "/people-here",
)  # fmt: skip


@pytest.mark.usefixtures("secret")
def test_no_mail_carries_a_word_of_a_circle(db):
    mails = session().scalars(select(OutgoingMail)).all()

    assert {mail.kind for mail in mails} == {"idea_assigned", "answer", "progress", "news", "event"}
    for mail in mails:
        assert SECRET not in str(mail.attachment)
        assert SECRET not in f"{mail.subject}{mail.text}{mail.html}{mail.from_name}{mail.subject_key}"


def test_no_mail_of_the_whole_life_of_a_suggestion_carries_a_word_of_its_circle(db, maya, omar, rosa, sam):
    circle = make_circle(maya, omar, rosa, sam, name=f"{SECRET} circle", note=f"{SECRET} note")
    promised = {"acknowledge_by": now() - timedelta(days=9), "decide_by": now() - timedelta(days=2)}
    given = {"body": f"{SECRET} body", "circle": circle, "owner": rosa, "created_at": now() - timedelta(days=10)}
    idea, other, called = (
        make_idea(proposed_by=by, title=f"{SECRET} {number}", on_behalf_of=name, **given, **promised)
        for number, (by, name) in enumerate(((maya, ""), (omar, ""), (rosa, f"{SECRET} Caller")))
    )
    numbers = [one.id for one in (idea, other, called)]
    warn_of_promises()

    def ideas() -> list[Idea]:
        return [session().get_one(Idea, number) for number in numbers]

    def by(person: User) -> User:
        return session().get_one(User, person.id)

    give_new_date(ideas()[0], until=now() + timedelta(days=3), words=f"{SECRET} why", by=by(rosa))
    hand_over(ideas()[0], to=by(sam), word=f"{SECRET} word", by=by(rosa))
    comment(ideas()[0], body=f"{SECRET} @Omar Haddad", by=by(maya))
    session().commit()
    with pretend(now() + timedelta(hours=2)):
        tell_what_was_said()
        respond(ideas()[0], kind=ResponseKind.QUESTION, message=f"{SECRET} which?", by=by(sam))
        answer_question(ideas()[0], words=f"{SECRET} this", by=by(maya))
        for one in ideas()[1:]:
            merge_ideas(one, into=ideas()[0], by=by(sam))
        session().commit()
        gather()
        split_idea(ideas()[1], by=by(sam))
        session().commit()
        gather()
        reason = f"{SECRET} would crack in the first hard frost."
        respond(ideas()[0], kind=ResponseKind.EXPLANATION, message=reason, by=by(sam))
        session().commit()
        gather()
    with pretend(now() + timedelta(days=9)):
        ask_whether_it_helped()

    told = session().scalars(select(OutgoingMail)).all()
    assert {mail.kind for mail in told} == {
        "answer", "author_spoke", "comment", "did_it_help", "idea_handed_over", "merged", "new_date", "owner_changed",
        "parted", "promise_managers", "promise_owner",
    }  # fmt: skip
    for mail in told:
        assert SECRET not in f"{mail.subject}{mail.text}{mail.html}{mail.from_name}{mail.subject_key}", mail.kind


@pytest.mark.usefixtures("secret")
def test_the_circle_itself_reads_all_of_it(sign_in, maya, rosa):
    for person in (maya, rosa):
        page = sign_in(person).get(f"/ideas/{NUMBER}").get_data(as_text=True)
        assert f"{SECRET} title" in page
        assert f"{SECRET} answer" in page
        assert f"{SECRET} title" in sign_in(person).get("/ideas").get_data(as_text=True)
