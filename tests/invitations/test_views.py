"""The form of a letter, the list, and the page that each letter opens."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.consent.queries import may_contact
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.foundation.mail.outbox import OutgoingMail
from portal.invitations.models import Invitation, Outcome
from portal.invitations.services import accept, decline, withdraw
from portal.listening.models import Mention
from portal.makers.models import Person, Stage
from tests.invitations.letters import NOTE, everything, make_maker, write_letter

FORM = {
    "email": "nora@example.org",
    "name": "Nora Field",
    "basis": "published_contact",
    "place": "https://nora.example/contact",
    "obtained_on": "2026-03-01",
    "note": NOTE,
    "quoted_mention": "",
}
STATES = ["open", "accepted", "declined", "withdrawn", "expired"]


def put_into(state, invitation, token, sam):
    if state == "accepted":
        accept(token)
    elif state == "declined":
        decline(token)
    elif state == "withdrawn":
        withdraw(invitation, by=sam)
    elif state == "expired":
        invitation.expires_at = now() - timedelta(seconds=1)
    session().commit()


def path_of(mail, kind=""):
    return re.search(r"http://localhost:8000(/letters/[\w-]{43})", mail.text)[1] + kind


def test_the_form_stands_beside_the_words_it_rests_on(sign_in, sam):
    person = make_maker(words=("First words.", "Second words."))

    page = sign_in(sam).get(f"/people/{person.id}/invitations/new")

    assert page.status_code == 200
    text = page.get_data(as_text=True)
    assert "First words." in text
    assert "Second words." in text
    assert 'value="Nora Field"' in text


def test_a_letter_is_written_and_waits_in_the_outbox(sign_in, sam):
    person = make_maker(words=("I built a lamp.",))
    mention = session().scalars(select(Mention)).one()

    answer = sign_in(sam).post(f"/people/{person.id}/invitations", data={**FORM, "quoted_mention": str(mention.id)})

    assert (answer.status_code, answer.location) == (303, "/invitations")
    assert session().scalars(select(OutgoingMail)).one().kind == "letter"
    assert session().scalars(select(Invitation)).one().quote == "I built a lamp."


@pytest.mark.both_databases
def test_two_presses_at_once_write_one_letter(sign_in, sam):
    person = make_maker()
    first, second = sign_in(sam), sign_in(sam)

    answers = [browser.post(f"/people/{person.id}/invitations", data=FORM).status_code for browser in (first, second)]

    assert answers == [303, 303]
    assert session().scalar(select(func.count()).select_from(Invitation)) == 1
    assert session().scalar(select(func.count()).select_from(OutgoingMail)) == 1


@pytest.mark.parametrize("field", ["email", "name", "basis", "place", "obtained_on", "note"])
def test_an_empty_field_keeps_the_rest_and_sends_nothing(sign_in, sam, field):
    person = make_maker()
    before = everything()

    answer = sign_in(sam).post(f"/people/{person.id}/invitations", data={**FORM, field: ""})

    assert answer.status_code == 422
    assert "field-errors" in answer.get_data(as_text=True)
    assert everything() == before


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "Nora%0aBcc: x@y.example"},
        {"email": "nora@example.org\nBcc: x@y.example"},
        {"note": NOTE + " =?utf-8?q?=0A?="},
        {"basis": "because"},
        {"quoted_mention": "999999999999999999999"},
        {"obtained_on": "31.12.2026"},
        {"name": "Nora\x00"},
    ],
)
def test_what_cannot_be_mailed_comes_back_and_sends_nothing(sign_in, sam, changes):
    person = make_maker()
    before = everything()

    answer = sign_in(sam).post(f"/people/{person.id}/invitations", data={**FORM, **changes})

    assert answer.status_code == 422
    assert everything() == before


def test_a_refused_person_has_no_form_but_a_reason(sign_in, sam):
    person = make_maker(stage=Stage.OBJECTED)

    text = sign_in(sam).get(f"/people/{person.id}/invitations/new").get_data(as_text=True)

    assert "asked us never to write" in text
    assert 'name="note"' not in text


def test_the_preview_reads_as_the_letter_and_writes_nothing(sign_in, sam):
    person = make_maker()
    browser = sign_in(sam)
    before = everything()

    part = browser.post(f"/people/{person.id}/letter-previews", data=FORM, headers={"HX-Request": "true"})
    whole = browser.post(f"/people/{person.id}/letter-previews", data={**FORM, "basis": "", "obtained_on": ""})
    empty = browser.post(f"/people/{person.id}/letter-previews", data={**FORM, "note": ""})
    broken = browser.post(f"/people/{person.id}/letter-previews", data={**FORM, "note": "a\x00b"})

    assert "<html" not in part.get_data(as_text=True)
    for page in (part, whole):
        assert "Dear Nora Field," in page.get_data(as_text=True)
        assert NOTE in page.get_data(as_text=True)
    assert "marks that a mail cannot carry" in broken.get_data(as_text=True)
    assert "Your note stands here." in empty.get_data(as_text=True)
    assert everything() == before


def test_only_managers_and_admins_write_letters(client, sign_in, sam, ada, rosa, omar):
    person = make_maker()
    invitation, _ = write_letter(make_maker("Other", "other"), sam, email="other@example.org")
    before = everything()
    pages = [
        ("get", f"/people/{person.id}/invitations/new"),
        ("post", f"/people/{person.id}/invitations"),
        ("post", f"/people/{person.id}/letter-previews"),
        ("get", "/invitations"),
        ("post", f"/invitations/{invitation.id}/withdrawals"),
    ]

    for method, path in pages:
        for user, statuses in ((rosa, {403, 404}), (omar, {403, 404})):
            assert getattr(sign_in(user), method)(path, data=FORM if method == "post" else None).status_code in statuses
        assert getattr(client, method)(path).status_code in {303, 401}
    assert [row for row in everything() if row[0] != "session"] == before
    assert sign_in(ada).get("/invitations").status_code == 200


@pytest.mark.both_databases
def test_the_list_shows_what_came_of_each_letter_and_filters(sign_in, sam):
    for state in STATES:
        invitation, token = write_letter(make_maker(f"Maker {state}", state), sam, email=f"{state}@example.org")
        put_into(state, invitation, token, sam)
    browser = sign_in(sam)

    everyone = browser.get("/invitations").get_data(as_text=True)
    for state in STATES:
        assert f"{state}@example.org" in everyone
        some = browser.get(f"/invitations?outcome={state}").get_data(as_text=True)
        assert [other for other in STATES if f"{other}@example.org" in some] == [state]
    assert everyone.count("/withdrawals") == 1
    for number in (10**20, -(10**20), 0, "x"):
        assert browser.get(f"/invitations?outcome=nonsense&before={number}").status_code == 200


def test_the_list_turns_pages_by_key_with_a_fixed_number_of_queries(sign_in, sam, ada, queries):
    for number in range(52):
        by = sam if number % 2 else ada
        write_letter(make_maker(f"Maker {number}", f"m{number}"), by, email=f"m{number}@example.org")
    browser = sign_in(sam)
    queries.clear()

    first = browser.get("/invitations").get_data(as_text=True)

    assert len(queries) <= 8
    older = re.search(r'href="(/invitations\?before=\d+)"', first)[1]
    second = browser.get(older).get_data(as_text=True)
    assert first.count("data-row-link") == 50
    assert second.count("data-row-link") == 2


def test_the_form_and_the_letter_cost_a_fixed_number_of_queries(client, sign_in, sam, queries):
    person = make_maker(words=("One.", "Two.", "Three.", "Four.", "Five.", "Six."))
    mention = session().scalars(select(Mention).where(Mention.text == "One.")).one()
    _, token = write_letter(make_maker("Ida", "ida"), sam, email="ida@example.org")
    browser = sign_in(sam)

    queries.clear()
    form = browser.get(f"/people/{person.id}/invitations/new").get_data(as_text=True)
    assert len(queries) <= 8
    assert "Six." in form
    assert form.count('name="quoted_mention"') == 6

    write_letter(person, sam, quoted_mention=mention)
    queries.clear()
    assert client.get(f"/letters/{token}").status_code == 200
    assert len(queries) <= 4


@pytest.mark.parametrize(
    "path", ["/people/{}/invitations/new", "/people/{}/invitations", "/invitations/{}/withdrawals"]
)
def test_a_number_beyond_every_row_is_nobody(sign_in, sam, path):
    browser = sign_in(sam)

    for number in (999, 2**31, 2**63, 10**30):
        answer = (browser.get if path.endswith("new") else browser.post)(path.format(number))
        assert answer.status_code == 404


def test_withdrawing_is_shown_and_a_second_press_is_told(sign_in, sam):
    invitation, _ = write_letter(make_maker(), sam)
    browser = sign_in(sam)

    for words in ("opens nothing any more", "answered already"):
        browser.post(f"/invitations/{invitation.id}/withdrawals")
        assert words in browser.get("/invitations").get_data(as_text=True)
    assert session().get(Invitation, invitation.id).outcome(now()) is Outcome.WITHDRAWN


def test_the_letter_opens_without_signing_in_and_keeps_its_secret(client, sam):
    _, token = write_letter(make_maker(), sam)

    page = client.get(f"/letters/{token}")

    text = page.get_data(as_text=True)
    assert page.status_code == 200
    assert "Dear Nora Field," in text
    assert "Set-Cookie" not in page.headers
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert '<meta name="referrer" content="no-referrer">' in text
    assert "nora@example.org" not in text


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("method", ["get", "head"])
def test_a_scanner_that_opens_every_link_changes_nothing(client, sam, state, method):
    invitation, token = write_letter(make_maker(), sam)
    put_into(state, invitation, token, sam)
    before = everything()

    for path in ("", "/objections", "/acceptances", "/refusals"):
        for _ in range(2):
            assert getattr(client, method)(f"/letters/{token}{path}").status_code in {200, 404, 405}

    assert everything() == before


def test_a_made_up_a_withdrawn_and_a_late_link_look_the_same(client, sam):
    late, late_token = write_letter(make_maker(), sam)
    put_into("expired", late, late_token, sam)
    back, back_token = write_letter(make_maker("Ida", "ida"), sam, email="ida@example.org")
    put_into("withdrawn", back, back_token, sam)

    for method, path in (("get", ""), ("post", "/refusals"), ("post", "/acceptances"), ("get", "/objections")):
        answers = [getattr(client, method)(f"/letters/{token}{path}") for token in ("a" * 43, late_token, back_token)]

        assert len({answer.status_code for answer in answers}) == 1
        bodies = {re.sub(r"/letters/[\w-]+", "", answer.get_data(as_text=True)) for answer in answers}
        assert len(bodies) == 1


def test_declining_says_thank_you_and_stays_said(client, sam):
    person = make_maker()
    invitation, token = write_letter(person, sam)

    for _ in range(2):
        answer = client.post(f"/letters/{token}/refusals", follow_redirects=True)
        assert answer.status_code == 200
        assert "No second letter follows" in answer.get_data(as_text=True)

    assert session().get(Invitation, invitation.id).outcome(now()) is Outcome.DECLINED


def test_one_click_from_a_mail_program_needs_no_cookie_and_works_at_once(client, sam):
    person = make_maker()
    write_letter(person, sam)
    mail = session().scalars(select(OutgoingMail)).one()
    path = mail.unsubscribe_url.removeprefix("http://localhost:8000")

    answer = client.post(path, data={"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert not may_contact("nora@example.org")
    assert session().get(Person, person.id).stage is Stage.OBJECTED
    assert client.get(path_of(mail)).status_code == 200


def test_the_objection_page_has_a_button_and_the_button_does_the_same(client, sam):
    _, token = write_letter(make_maker(), sam)

    page = client.get(f"/letters/{token}/objections").get_data(as_text=True)
    assert may_contact("nora@example.org")
    target = re.search(r'<form method="post" action="([^"]+)"', page)[1]
    answer = client.post(target)

    assert "We will not write again" in answer.get_data(as_text=True)
    assert not may_contact("nora@example.org")


def test_an_objection_with_a_made_up_link_is_told_so(client, sam):
    write_letter(make_maker(), sam)
    before = everything()

    assert client.post(f"/letters/{'a' * 43}/objections").status_code == 404
    assert everything() == before


def test_template_marks_in_a_note_stay_words_on_the_page(client, sam):
    _, token = write_letter(make_maker(), sam, note=NOTE + " {{ 7 * 7 }} <script>alert(1)</script>")

    text = client.get(f"/letters/{token}").get_data(as_text=True)

    assert "{{ 7 * 7 }} &lt;script&gt;" in text
    assert "49" not in text
