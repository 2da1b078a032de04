"""Coming in by a letter, the members, and one's own page."""

import re

import pytest
from sqlalchemy import func, select

from portal.accounts.models import Session, User
from portal.community.models import Member
from portal.community.services import join
from portal.foundation.database import session
from portal.foundation.mail.outbox import OutgoingMail
from tests.invitations.letters import make_maker, write_letter

PROFILE = {"name": "Nora F.", "about": "Lamps.", "time_zone": "Europe/Berlin", "is_named_publicly": "y"}


@pytest.fixture
def nora(db, sam):
    """A member who came in by a letter."""
    member = join(write_letter(make_maker(), sam)[1])
    session().commit()
    return member.user


def test_the_button_of_the_letter_leads_to_the_mail_and_the_mail_leads_in(client, sam):
    _, token = write_letter(make_maker(), sam)

    answer = client.post(f"/letters/{token}/acceptances")
    page = client.get(answer.location)

    assert answer.status_code == 303
    assert "Look in your mail" in page.get_data(as_text=True)
    assert "nora@example.org" not in page.get_data(as_text=True)
    assert "Set-Cookie" not in answer.headers
    assert session().scalars(select(Session)).all() == []

    mail = session().scalars(select(OutgoingMail).where(OutgoingMail.kind == "sign_in")).one()
    link = re.search(r"http://localhost:8000(/sign-in/\S+)", mail.text)[1]
    form = client.get(link).get_data(as_text=True)
    crumb = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', form)[1]
    assert client.post(f"{link}/sessions", data={"csrf_token": crumb}).status_code == 303
    assert client.get("/members").status_code == 200


@pytest.mark.both_databases
def test_two_presses_at_once_make_one_member(app, sam):
    _, token = write_letter(make_maker(), sam)

    answers = [app.test_client().post(f"/letters/{token}/acceptances") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert session().scalar(select(func.count()).select_from(Member)) == 1


def test_an_accepted_letter_that_is_opened_again_offers_the_link_again(client, sam, nora):
    mail = session().scalars(select(OutgoingMail).where(OutgoingMail.kind == "letter")).one()
    path = re.search(r"http://localhost:8000(/letters/[\w-]{43})", mail.text)[1]

    page = client.get(path).get_data(as_text=True)
    target = re.search(r'<form method="post" action="([^"]+)"', page)[1]
    client.post(target)

    links = session().scalars(select(OutgoingMail.recipient).where(OutgoingMail.kind == "sign_in")).all()
    assert links == ["nora@example.org", "nora@example.org"]


def test_a_made_up_letter_lets_nobody_in(client, sam):
    answer = client.post(f"/letters/{'a' * 43}/acceptances")

    assert answer.status_code == 404
    assert session().scalars(select(User.email)).all() == ["sam@example.com"]


def test_the_members_see_each_other_and_nobody_else_does(client, sign_in, nora, omar):
    page = sign_in(omar).get("/members")

    assert page.status_code == 200
    assert "Nora Field" in page.get_data(as_text=True)
    assert "nora@example.org" not in page.get_data(as_text=True)
    assert client.get("/members").status_code == 303
    assert client.get("/profile").status_code == 303
    assert client.post("/profile", data=PROFILE).status_code in {400, 401}


def test_members_turn_pages_by_number_with_a_fixed_number_of_queries(sign_in, omar, queries):
    for number in range(1, 53):
        user = User(email=f"m{number}@example.org", name=f"Member {number}")
        session().add(Member(user=user, founding_number=number))
    session().commit()
    browser = sign_in(omar)
    queries.clear()

    first = browser.get("/members").get_data(as_text=True)

    assert len(queries) <= 8
    assert 'href="/members?after=50"' in first
    assert "Member 51" in browser.get("/members?after=50").get_data(as_text=True)
    assert browser.get("/members?after=99999999999999999999").status_code == 200
    assert browser.get("/members?after=-5").status_code == 200


def test_an_empty_room_says_what_to_do_next(sign_in, sam):
    assert "The room is still empty" in sign_in(sam).get("/members").get_data(as_text=True)


def test_a_member_writes_their_own_page(sign_in, nora):
    browser = sign_in(nora)

    answer = browser.post("/profile", data=PROFILE)

    member = session().scalars(select(Member)).one()
    assert answer.status_code == 303
    assert (member.user.name, member.user.time_zone) == ("Nora F.", "Europe/Berlin")
    assert (member.about, member.is_named_publicly) == ("Lamps.", True)
    assert 'value="Nora F."' in browser.get("/profile").get_data(as_text=True)


def test_a_box_that_is_not_ticked_takes_the_name_back(sign_in, nora):
    browser = sign_in(nora)
    browser.post("/profile", data=PROFILE)

    browser.post("/profile", data={key: value for key, value in PROFILE.items() if key != "is_named_publicly"})

    assert session().scalars(select(Member)).one().is_named_publicly is False


@pytest.mark.parametrize(
    "changes", [{"name": ""}, {"name": "a%0ab"}, {"time_zone": "Mars/Olympus"}, {"about": "x" * 501}, {"name": "\x00"}]
)
def test_what_cannot_be_kept_comes_back_with_its_reason(sign_in, nora, changes):
    answer = sign_in(nora).post("/profile", data={**PROFILE, **changes})

    assert answer.status_code == 422
    assert session().get(User, nora.id).name == "Nora Field"


@pytest.mark.parametrize(
    ("field", "typed"),
    [("links", "javascript:alert(1)"), ("links", "https://a.example.org\n" * 40), ("name", "Nora @ Lumen")],
)
def test_what_is_wrong_is_said_at_its_field(sign_in, nora, field, typed):
    answer = sign_in(nora).post("/profile", data={**PROFILE, field: typed})

    assert answer.status_code == 422
    assert f'id="{field}-errors"' in answer.text
    assert typed.splitlines()[-1] in answer.text


def test_nobody_gives_themselves_a_role_or_a_number(sign_in, nora):
    sign_in(nora).post("/profile", data={**PROFILE, "role": "admin", "founding_number": "7", "email": "x@y.example"})

    member = session().scalars(select(Member)).one()
    assert (member.user.role, member.founding_number, member.user.email) == ("member", 1, "nora@example.org")


def test_staff_have_a_page_without_membership(sign_in, sam):
    text = sign_in(sam).get("/profile").get_data(as_text=True)

    assert 'name="about"' not in text
    assert 'name="time_zone"' in text
