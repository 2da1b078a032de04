"""Sign-in in the browser."""

import re
from datetime import timedelta

import pytest
from pydantic import ValidationError
from sqlalchemy import select

from portal.accounts.models import Session, SignInLink, User
from portal.accounts.services import end_sessions, send_sign_in_link
from portal.foundation import access, config
from portal.foundation.clock import now, pretend
from portal.foundation.database import session
from portal.foundation.mail.outbox import OutgoingMail
from tests.conftest import settings_for_tests
from tests.factories import make_user


def token_of(page):
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.get_data(as_text=True)).group(1)


def ask_for_link(client, email):
    form = client.get("/sign-in")
    return client.post("/sign-in-links", data={"email": email, "csrf_token": token_of(form), "next": "/"})


def test_a_link_from_the_mail_lets_its_owner_in(client, maya):
    ask_for_link(client, "Maya@Example.org ")
    mail = session().scalars(select(OutgoingMail)).one()
    path = re.search(r"http://localhost:8000(/sign-in/\S+)", mail.text).group(1)

    page = client.get(path)
    answer = client.post(f"{path}/sessions", data={"csrf_token": token_of(page)})

    assert answer.status_code == 303
    assert session().scalars(select(Session)).one().user_id == maya.id


def test_strangers_and_members_get_the_same_page_and_only_members_a_mail(client, maya):
    known = ask_for_link(client, "maya@example.org")
    stranger = ask_for_link(client, "nobody@example.org")

    # The token of a form says when it was made.
    same = known.get_data(as_text=True).replace("maya@example.org", "X").replace(token_of(known), "T")
    assert same == stranger.get_data(as_text=True).replace("nobody@example.org", "X").replace(token_of(stranger), "T")
    assert known.status_code == stranger.status_code
    assert [mail.recipient for mail in session().scalars(select(OutgoingMail))] == ["maya@example.org"]


def test_an_address_is_known_however_its_domain_is_written(client, db):
    make_user("maya@xn--bcher-kva.example", "Maya")
    session().commit()

    ask_for_link(client, "Maya@Bücher.example")

    assert [mail.recipient for mail in session().scalars(select(OutgoingMail))] == ["maya@xn--bcher-kva.example"]


def test_where_no_mail_leaves_nobody_is_told_to_look_for_one(client, maya):
    silent = ask_for_link(client, "maya@example.org").text
    config.use(settings_for_tests(MAIL_SERVER="smtp.example.com", MAIL_SENDER="community@example.com"))
    sending = ask_for_link(client, "maya@example.org").text

    assert ["Look in your mail" in page for page in (silent, sending)] == [False, True]
    assert ["bin/portal accounts sign-in-link" in page for page in (silent, sending)] == [True, False]


def test_a_mailbox_is_not_flooded_by_asking_from_everywhere(client, maya):
    pages = {re.sub('value="[^"]+"', "", ask_for_link(client, "maya@example.org").text) for _ in range(9)}
    assert (len(pages), len(session().scalars(select(SignInLink)).all())) == (1, 6)

    with pretend(now() + timedelta(minutes=11)):
        ask_for_link(client, "maya@example.org")

    assert len(session().scalars(select(SignInLink)).all()) == 7


def test_on_this_machine_either_of_its_names_will_do(client):
    assert [
        client.get("/sign-in", headers={"Host": f"{name}:8000"}).status_code for name in ("localhost", "127.0.0.1")
    ] == [
        200,
        200,
    ]


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_scanner_that_opens_the_link_changes_nothing(client, maya, method):
    secret = send_sign_in_link(maya)
    session().commit()

    for _ in range(3):
        getattr(client, method)(f"/sign-in/{secret}")

    assert session().scalars(select(SignInLink)).one().used_at is None
    assert session().scalars(select(Session)).all() == []


@pytest.mark.both_databases
def test_a_link_works_once(client, maya):
    secret = send_sign_in_link(maya)
    session().commit()
    token = token_of(client.get(f"/sign-in/{secret}"))
    client.post(f"/sign-in/{secret}/sessions", data={"csrf_token": token})

    other = client.application.test_client()
    token = token_of(other.get(f"/sign-in/{secret}"))
    again = other.post(f"/sign-in/{secret}/sessions", data={"csrf_token": token})

    assert again.status_code == 422
    assert len(session().scalars(select(Session)).all()) == 1


def test_a_link_runs_out_after_ten_minutes(client, maya):
    secret = send_sign_in_link(maya)
    session().scalars(select(SignInLink)).one().expires_at = now() - timedelta(seconds=1)
    session().commit()

    token = token_of(client.get(f"/sign-in/{secret}"))
    answer = client.post(f"/sign-in/{secret}/sessions", data={"csrf_token": token})

    assert answer.status_code == 422


def test_a_form_without_its_token_is_refused(client, maya):
    answer = client.post("/sign-in-links", data={"email": "maya@example.org"})

    assert answer.status_code == 400
    assert session().scalars(select(OutgoingMail)).all() == []


def test_signing_out_ends_the_session_in_the_database(sign_in, maya):
    browser = sign_in(maya)

    browser.post("/sign-out")

    assert session().scalars(select(Session)).one().ended_at is not None


def test_a_suspended_user_is_out_with_the_next_request(sign_in, maya):
    browser = sign_in(maya)
    session().get(User, maya.id).suspended_at = now()
    session().commit()

    answer = browser.post("/sign-out")

    assert answer.status_code == 401


def test_ended_sessions_let_nobody_in(sign_in, maya):
    browser = sign_in(maya)
    end_sessions(maya)
    session().commit()

    assert browser.post("/sign-out").status_code == 401


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "/\\evil.example", "https://evil.example", "////evil", "/a\tb", "/a\r\nb", "\\/evil", ""],
)
def test_a_redirect_target_never_leaves_the_portal(client, target):
    page = client.get("/sign-in", query_string={"next": target}).get_data(as_text=True)

    assert re.search(r'name="next"[^>]*value="/"', page)


def test_every_answer_carries_the_security_headers(client):
    for path in ("/sign-in", "/legal", "/nothing-here"):
        answer = client.get(path)

        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_host_that_is_not_ours_is_refused(client):
    assert client.get("/sign-in", headers={"Host": "evil.example"}).status_code == 400


@pytest.fixture
def counting():
    access.limiter.enabled = True
    access.limiter.reset()
    yield
    access.limiter.reset()
    access.limiter.enabled = False


def test_asking_for_links_too_often_is_slowed_down_and_reading_is_not(client, maya, counting):
    answers = [ask_for_link(client, "maya@example.org").status_code for _ in range(8)]

    assert answers == [200] * 6 + [429] * 2
    assert len(session().scalars(select(OutgoingMail)).all()) == 6
    assert client.get("/sign-in").status_code == 200


def test_the_company_gives_the_pages_its_colour(client):
    assert "accent.css" not in client.get("/legal").text
    assert client.get("/accent.css").text == ""
    config.use(settings_for_tests(COMPANY_ACCENT="#7a1f3d"))

    assert '<link rel="stylesheet" href="/accent.css?of=7a1f3d">' in client.get("/legal").text
    answer = client.get("/accent.css?of=7a1f3d")
    assert answer.text == ":root { --accent: #7a1f3d; }\n"
    assert answer.mimetype == "text/css"


@pytest.mark.parametrize("colour", ["red", "#fff", "#7a1f3d; } body { display: none", "#7a1f3g"])
def test_a_colour_that_is_none_stops_the_start(colour):
    with pytest.raises(ValidationError):
        settings_for_tests(COMPANY_ACCENT=colour)


def test_what_was_typed_after_the_session_ended_is_shown_back_and_nobody_elses(client, maya):
    typed = {"title": "A zip", "body": "For my <lamp>, warm & small.", "form_key": "0123456789", "csrf_token": "x"}
    own = {"Origin": "http://localhost", "Referer": "http://localhost/ideas/new"}

    answer = client.post("/ideas", data=typed, headers=own)

    assert answer.status_code == 401
    assert all(words in answer.text for words in ("A zip", "For my &lt;lamp&gt;, warm &amp; small.", "was saved"))
    assert not any(words in answer.text for words in ("0123456789", '"x"'))
    assert "/sign-in?next=/ideas/new" in answer.text
    # Another site cannot have its own words stand on a page of the portal.
    for elsewhere in ({"Origin": "https://other.example"}, {"Origin": "null"}, {}):
        assert "lamp" not in client.post("/ideas", data=typed, headers=elsewhere).text


def test_a_part_of_a_page_is_refused_in_words_that_fit_in_its_place(client, sign_in, maya):
    part = {"HX-Request": "true"}
    browser = sign_in(maya)

    # Led to the sign-in page, a script would draw it where the part stood.
    asked = client.get("/home", headers=part)
    sent = client.post("/sign-out", headers={**part, "Referer": "http://localhost/asks?page=2"})
    answers = [asked, sent, browser.get("/desk", headers=part), browser.get("/ideas/999999", headers=part)]

    assert [answer.status_code for answer in answers] == [401, 401, 403, 404]
    assert all("data-refused" in answer.text and "<html" not in answer.text for answer in answers)
    assert all("nothing was changed" in answer.text for answer in answers)
    assert 'href="/sign-in?next=/asks?page%3D2"' in sent.text.replace("%3F", "?")
    assert "<html" in browser.get("/ideas/999999").text


def test_what_is_too_large_to_be_read_breaks_no_page_after_the_session_ended(client):
    large = {"body": "It is long. " * 100_000}

    # Looked at before the door, by its token.
    assert client.post("/ideas", data=large).status_code == 413
    # By the token of a page that is still open, at the door.
    own = {"Origin": "http://localhost", "X-CSRFToken": token_of(client.get("/sign-in"))}
    answer = client.post("/idea-drafts", data=large, headers=own)
    assert (answer.status_code, "Please sign in" in answer.text) == (401, True)
