"""The pages of moderation, from a held suggestion to an appeal that is granted."""

import re

from sqlalchemy import select

from portal.accounts.models import Role, User
from portal.community.models import EntryRule, Member
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.mail.outbox import OutgoingMail
from portal.ledger.models import Comment, Idea
from portal.moderation.models import Appeal, Decision
from tests.factories import make_idea, make_user
from tests.outbox import mails


def test_hold_approve_remove_and_appeal_through_the_pages(sign_in, maya, omar, rosa, sam, queries):
    session().add(Member(user_id=maya.id, founding_number=1))
    session().commit()
    manager, author, reader = sign_in(sam), sign_in(maya), sign_in(omar)
    assert "Nothing to look at" in manager.get("/review").text
    assert manager.post("/review/rules", data={"first_held": "many"}).status_code == 422
    assert manager.post("/review/rules", data={"first_held": "1", "words": "snake oil"}).status_code == 303
    assert session().get_one(EntryRule, 1).first_held == 1

    author.post("/ideas", data={"title": "A warmer lamp", "body": "Warm.", "form_key": "k", "circle": 0})
    idea = session().scalars(select(Idea.id)).one()
    path = f"/ideas/{idea}"
    assert "reads this first" in author.get(path).text
    assert reader.get(path).status_code == 404
    assert "A warmer lamp" not in reader.get("/ideas").text
    assert "reads it first" in author.get("/ideas?mine=1").text
    queries.clear()
    assert "held: new here" in manager.get("/review").text
    assert len(queries) <= 8
    assert manager.post(f"{path}/decisions", data={"ruling": "change"}).status_code == 422
    assert manager.post(f"{path}/decisions", data={"ruling": "change", "reason": "Say where."}).status_code == 303
    asked = session().scalars(select(Decision.id)).one()
    assert "With their authors" in manager.get("/review").text
    # While it is held nobody speaks beside it, and its page offers no way that leads nowhere.
    assert "your-comment" not in author.get(path).text
    assert author.post(f"{path}/comments", data={"comment-body": "More."}).status_code == 404
    assert "Say where." in author.get(f"/decisions/{asked}").text
    assert reader.get(f"/decisions/{asked}").status_code == 404
    stale = manager.post(f"{path}/decisions", data={"ruling": "approve", "seen": f"{asked}-other"})
    assert (stale.status_code, "has changed it since" in stale.text) == (422, True)
    seen = re.search(r'name="seen"[^>]* value="([\w-]+)"', manager.get(f"{path}/decisions/new").text)
    assert manager.post(f"{path}/decisions", data={"ruling": "approve", "seen": seen[1]}).status_code == 303
    assert reader.get(path).status_code == 200

    assert reader.post(f"{path}/reports", data={}).status_code == 422
    assert reader.post(f"{path}/reports", data={"concern": "other", "words": "Hm."}).status_code == 303
    assert "You have reported this" in reader.get(f"{path}/reports/new").text
    taken = {"ruling": "remove", "reason": "Not here.", "note": "STAFFNOTE"}
    assert "will answer" in author.get(path).text
    assert manager.post(f"{path}/decisions", data=taken).status_code == 303
    assert "will answer" not in author.get(path).text
    assert reader.get(path).status_code == 404
    assert "STAFFNOTE" in manager.get(f"{path}/decisions/new").text
    last = session().scalars(select(Decision.id).order_by(Decision.id.desc())).first()
    page = author.get(f"/decisions/{last}").text
    assert "Not here." in page
    assert "STAFFNOTE" not in page + author.get("/decisions").text + author.get(path).text
    assert "You see it differently?" in page
    assert author.post(f"/decisions/{last}/appeals", data={"words": ""}).status_code == 422
    assert author.post(f"/decisions/{last}/appeals", data={"words": "It is about lamps."}).status_code == 303
    assert "It is about lamps." in manager.get("/review").text
    number = session().scalars(select(Appeal.id)).one()
    # Both sides see what was written; what was refused is still there to be sent.
    assert "It is about lamps." in author.get(f"/decisions/{last}").text
    assert "another look asked for" in author.get("/decisions").text
    assert "It is about lamps." in manager.get(f"{path}/decisions/new").text
    assert "1 appeal" in manager.get("/home").text
    same = author.post(f"/decisions/{last}/appeals", data={"words": "It is about lamps."})
    assert same.status_code == 303
    late = author.post(f"/decisions/{last}/appeals", data={"words": "And about light."})
    assert (late.status_code, "And about light." in late.text) == (422, True)
    for data, problem, field in (
        ({"reason": "TYPED"}, "Choose one.", 'aria-describedby="outcome-errors"'),
        ({"outcome": "no", "reason": " "}, "Give the reason", 'reason-errors" aria-invalid="true"'),
    ):
        refused = manager.post(f"/appeals/{number}/outcomes", data=data)
        assert (refused.status_code, problem in refused.text) == (422, True), data
        assert data["reason"].strip() in refused.text
        # The page opens where it is said, and the field has the sentence.
        assert (refused.text.count(" autofocus"), field in refused.text) == (1, True)
    assert manager.post(f"/appeals/{number}/outcomes", data={"outcome": "yes", "reason": "True."}).status_code == 303
    assert reader.get(path).status_code == 200
    outcome = session().scalars(select(Decision.id).order_by(Decision.id.desc())).first()
    for number in (last, outcome):
        page = author.get(f"/decisions/{number}").text
        assert ("It is about lamps." in page, "It is back." in page, "True." in page) == (True, True, True)
    assert "It is about lamps." in manager.get(f"{path}/decisions/new").text
    # Taken out once more, the look that was given is none that waits.
    assert manager.post(f"{path}/decisions", data=taken).status_code == 303
    assert "/outcomes" not in manager.get(f"{path}/decisions/new").text
    mail = session().scalars(select(OutgoingMail).where(OutgoingMail.subject == "It is back")).one()
    assert "It is about lamps." in mail.text


def test_the_second_of_two_who_change_the_rule_is_shown_what_stands(sign_in, sam, ada):
    first, second = sign_in(sam), sign_in(ada)
    pages = [browser.get("/review/rules").text for browser in (first, second)]
    assert 'name="first_held"' in pages[0]
    assert 'value="2"' in pages[0]
    seen, other = (re.search(r'name="seen"[^>]* value="(\w+)"', page)[1] for page in pages)

    assert first.post("/review/rules", data={"first_held": "2", "words": "snake oil", "seen": seen}).status_code == 303
    refused = second.post("/review/rules", data={"first_held": "2", "words": "gambling", "seen": other})
    assert (refused.status_code, "snake oil" in refused.text, "gambling" in refused.text) == (409, True, True)
    assert session().get_one(EntryRule, 1).words == "snake oil"


def test_a_comment_is_held_reported_and_taken_out(sign_in, maya, omar, rosa, sam):
    idea = make_idea(proposed_by=omar, owner=rosa)
    manager, author, reader = sign_in(sam), sign_in(maya), sign_in(omar)
    manager.post("/review/rules", data={"first_held": "0", "words": "snake oil"})
    author.post(f"/ideas/{idea.id}/comments", data={"comment-body": "Try snake oil."})
    author.post(f"/ideas/{idea.id}/comments", data={"comment-body": "Try wool."})
    held, shown = session().scalars(select(Comment.id).order_by(Comment.id))
    page = reader.get(f"/ideas/{idea.id}").text
    assert ("snake oil" in page, "Try wool." in page) == (False, True)
    assert reader.get(f"/comments/{held}").status_code == 404
    own = author.get(f"/comments/{held}").text
    assert ("until then only you see it" in own, "your-comment" in own) == (True, False)
    assert "your-comment" in author.get(f"/comments/{shown}").text

    assert manager.post(f"/comments/{held}/decisions", data={"ruling": "trust"}).status_code == 303
    assert "snake oil" in reader.get(f"/ideas/{idea.id}").text
    form = reader.get(f"/comments/{shown}/reports/new").text
    assert (f'action="/comments/{shown}/reports"' in form, "Try wool." in form) == (True, True)
    assert reader.post(f"/comments/{shown}/reports", data={"concern": "advertising"}).status_code == 303
    assert "It is advertising" in manager.get("/review").text
    pages = manager.get("/review").text + manager.get(f"/comments/{shown}/decisions/new").text
    assert ("Take it out" in pages, "for a change" in pages) == (True, False)
    out = {"ruling": "remove", "reason": "Advertising."}
    assert manager.post(f"/comments/{shown}/decisions", data=out).status_code == 303
    assert "Try wool." not in reader.get(f"/ideas/{idea.id}").text


def test_someone_is_suspended_and_let_in_again(sign_in, maya, omar, sam):
    manager, author = sign_in(sam), sign_in(maya)
    path = f"/people-here/{maya.id}"
    assert manager.post(f"{path}/suspensions", data={"reason": ""}).status_code == 422
    assert manager.post(f"{path}/suspensions", data={"reason": "Three warnings."}).status_code == 303
    assert author.get("/home").status_code == 303
    assert "Let them in again" in manager.get(f"{path}/suspensions/new").text
    # Nothing of it stands on the page of somebody else.
    assert "Three warnings." not in manager.get(f"/people-here/{omar.id}/suspensions/new").text
    too_long = manager.post(f"{path}/readmissions", data={"words": "x" * 4001, "note": "He wrote to me."})
    assert (too_long.status_code, "x" * 4001 in too_long.text, "He wrote to me." in too_long.text) == (422, True, True)
    assert author.get("/home").status_code == 303
    assert manager.post(f"{path}/readmissions", data={"words": "Welcome."}).status_code == 303
    assert "Welcome." in manager.get(f"{path}/suspensions/new").text
    assert "Suspend them" in manager.get(f"{path}/suspensions/new").text
    # Whoever holds a browser of theirs from before signs in anew.
    assert author.get("/home").status_code == 303
    assert sign_in(maya).get("/home").status_code == 200


def test_an_admin_brings_in_a_colleague_who_comes_in_by_the_mail(sign_in, maya, omar, rosa, queries):
    admin = make_user("ada@example.com", "Ada Berg", Role.ADMIN)
    make_idea(proposed_by=maya, owner=rosa)
    session().commit()
    browser, other = sign_in(admin), sign_in(rosa)
    queries.clear()
    page = browser.get("/people-here").text
    assert len(queries) <= 8
    assert "Rosa" in page
    assert "1 open suggestion" in page
    assert other.get("/people-here").status_code == 403
    assert other.post("/people-here", data={}).status_code == 403

    assert browser.post("/people-here", data={"name": "", "email": "kim@", "role": "member"}).status_code == 422
    kim = {"name": "Kim Lund", "email": "kim@example.com", "role": "responder"}
    assert browser.post("/people-here", data=kim).status_code == 303
    assert browser.post("/people-here", data={**kim, "email": "maya@example.org"}).status_code == 303
    told = mails("welcome_colleague")
    assert {mail.recipient for mail in told} == {"kim@example.com", "maya@example.org"}
    assert "http://localhost:8000/sign-in" in told[0].text
    assert "You answer suggestions" in told[0].text
    assert session().get_one(User, maya.id).role is Role.RESPONDER
    again = browser.post("/people-here", data=kim)
    assert (again.status_code, "here already as responder" in again.text) == (422, True)
    assert 'id="email-errors"' in again.text
    session().get_one(User, omar.id).suspended_at = now()
    session().commit()
    assert "is suspended" in browser.post("/people-here", data={**kim, "email": "omar@example.org"}).text


def test_a_colleague_gets_another_role_and_signs_in_anew(sign_in, rosa):
    admin = make_user("ada@example.com", "Ada Berg", Role.ADMIN)
    browser, other = sign_in(admin), sign_in(rosa)

    assert browser.post(f"/people-here/{rosa.id}/roles", data={"role": "manager"}).status_code == 303
    assert "is here as manager now" in browser.get("/people-here").text
    assert other.get("/home").status_code == 303
    assert sign_in(rosa).get("/people-here").status_code == 200
    assert browser.post(f"/people-here/{admin.id}/roles", data={"role": "responder"}).status_code == 404
    browser.post(f"/people-here/{rosa.id}/roles", data={"role": "member"})
    assert session().get_one(User, rosa.id).role is Role.MANAGER
