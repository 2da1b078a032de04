"""What is looked at beside suggestions and comments: an author's word to an answer, and words that were brought in."""

from sqlalchemy import select

from portal.community.models import Member
from portal.community.services import set_entry_rule
from portal.foundation.database import session
from portal.foundation.mail.outbox import OutgoingMail
from portal.ledger.models import AuthorWord, Comment, Idea, ResponseKind, Standing
from portal.ledger.services import answer_question, respond, suggest
from portal.moderation.models import Appeal, Decision
from portal.moderation.queries import queue_for
from tests.factories import make_circle, make_idea
from tests.outbox import mails


def asked_back(author, owner, **given):
    idea = suggest(title="A warmer lamp", body="", by=author, **given)
    respond(idea, kind=ResponseKind.QUESTION, message="Which one is yours?", by=owner)
    return idea


def test_a_reply_waits_for_a_look_while_the_company_goes_on(sign_in, maya, omar, rosa, sam):
    session().add(Member(user_id=maya.id, founding_number=1))
    set_entry_rule(first_held=0, holds_links=False, words="snake oil", by=sam)
    idea = asked_back(maya, rosa)
    session().commit()
    author, reader, staff, manager = (sign_in(person) for person in (maya, omar, rosa, sam))
    path = f"/ideas/{idea.id}"

    page = author.post(f"{path}/replies", data={"word-words": "Cured with Snake Oil"}, follow_redirects=True).text

    assert "once someone has looked at them" in page
    assert "Cured with" in page
    word = session().scalars(select(AuthorWord)).one()
    idea = session().get_one(Idea, word.idea_id)
    assert (word.held_because, idea.standing) == ("words", Standing.HEARD)
    told = session().scalars(select(OutgoingMail).where(OutgoingMail.kind == "author_spoke")).one()
    assert told.recipient == idea.owner.email
    shown = reader.get(path).text
    assert ("Cured with" in shown, "reads these words first" in shown) == (False, True)
    assert "Cured with" in staff.get(path).text
    assert reader.get(f"/words/{word.id}/reports/new").status_code == 404
    assert staff.get(f"/words/{word.id}/decisions/new").status_code == 404
    waiting = manager.get("/review").text
    assert "a word to an answer" in waiting
    form = manager.get(f"/words/{word.id}/decisions/new").text
    assert "Ask its author for a change" not in form + waiting
    decide = f"/words/{word.id}/decisions"
    assert manager.post(decide, data={"ruling": "change", "reason": "Shorter."}).status_code == 422
    assert manager.post(decide, data={"ruling": "approve"}).status_code == 303
    assert "Cured with" in reader.get(path).text

    form = reader.get(f"/words/{word.id}/reports/new").text
    assert (f'action="/words/{word.id}/reports"' in form, "Cured with" in form) == (True, True)
    assert reader.post(f"/words/{word.id}/reports", data={"concern": "advertising"}).status_code == 303
    assert "It is advertising" in manager.get("/review").text
    assert manager.post(decide, data={"ruling": "remove", "reason": "Advertising."}).status_code == 303
    shown = reader.get(path).text
    assert ("Cured with" in shown, "These words were taken out." in shown) == (False, True)
    last = session().scalars(select(Decision.id).order_by(Decision.id.desc())).first()
    assert "Cured with" in author.get(f"/decisions/{last}").text
    author.post(f"/decisions/{last}/appeals", data={"words": "It is the name of a wax."})
    assert "Cured with" in manager.get("/review").text
    appeal = session().scalars(select(Appeal.id)).one()
    manager.post(f"/appeals/{appeal}/outcomes", data={"outcome": "yes", "reason": ""})
    assert "Cured with" in reader.get(path).text


def test_what_is_said_in_a_circle_is_looked_at_by_those_inside(maya, omar, rosa, sam, ada):
    circle = make_circle(maya, omar, rosa, sam)
    idea = asked_back(maya, rosa, circle=circle)
    word = answer_question(idea, words="SECRET lamp", by=maya)
    word.held_at, word.held_because = word.said_at, "new"
    session().flush()

    assert [case.words for case in queue_for(sam).cases] == ["SECRET lamp"]
    assert queue_for(ada).cases == []


def test_words_that_were_brought_in_can_be_taken_out_and_nobody_is_told(sign_in, maya, omar, rosa, sam):
    idea = make_idea(proposed_by=maya, owner=rosa)
    session().add(Comment(idea=idea, author_name="Jo from the old forum", body="Call 555 0100 now"))
    session().commit()
    number = session().scalars(select(Comment.id)).one()
    reader, manager = sign_in(omar), sign_in(sam)

    assert reader.post(f"/comments/{number}/reports", data={"concern": "private"}).status_code == 303
    waiting = manager.get("/review").text
    page = manager.get(f"/comments/{number}/decisions/new").text
    for fact in ("Jo from the old forum", "brought in from elsewhere"):
        assert fact in waiting
        assert fact in page
    for absent in ("trust its author", "About its author"):
        assert absent not in waiting + page
    assert manager.post(f"/comments/{number}/decisions", data={"ruling": "trust"}).status_code == 422
    out = {"ruling": "remove", "reason": "A number of somebody."}
    assert manager.post(f"/comments/{number}/decisions", data=out).status_code == 303

    assert "555 0100" not in reader.get(f"/ideas/{idea.id}").text
    assert "A number of somebody." in manager.get(f"/comments/{number}/decisions/new").text
    assert mails("decision") == []
    assert "Nothing to look at" in manager.get("/review").text
