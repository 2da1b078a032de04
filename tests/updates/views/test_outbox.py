"""The outbox pages: who may look, what they see, and what stays hidden."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.accounts.models import User
from portal.accounts.services import send_sign_in_link
from portal.foundation import config
from portal.foundation.audit import AuditEntry
from portal.foundation.database import end_work, session, transaction
from portal.foundation.mail.outbox import OutgoingMail, queue_mail, queue_mails
from tests.foundation.mail.letters import letter


def queue(**changes: Any) -> int:
    queue_mail(letter(**changes))
    end_work(commit=True)
    with transaction() as work:
        return work.scalars(select(OutgoingMail.id).order_by(OutgoingMail.id.desc())).first() or 0


def set_state(number: int, **values: Any) -> None:
    with transaction() as work:
        row = work.get_one(OutgoingMail, number)
        for name, value in values.items():
            setattr(row, name, value)


def state(number: int) -> tuple[str, int]:
    with transaction() as work:
        row = work.get_one(OutgoingMail, number)
        return row.status, row.tries


@pytest.fixture
def sending(app: Flask) -> Any:
    before = config.current()
    config.use(before.model_copy(update={"MAIL_SERVER": "mx.example", "MAIL_SENDER": "community@lumen.example"}))
    yield
    config.use(before)


@pytest.mark.parametrize("path", ["/outbox", "/outbox/{id}", "/outbox/{id}/html"])
def test_only_managers_and_admins_look_into_the_outbox(
    client: Any, sign_in: Any, maya: User, rosa: User, sam: User, ada: User, path: str
) -> None:
    address = path.format(id=queue())

    assert client.get(address).status_code == 303
    for person in (maya, rosa):
        assert sign_in(person).get(address).status_code in {403, 404}
    for person in (sam, ada):
        assert sign_in(person).get(address).status_code == 200


def test_members_and_responders_cannot_try_a_mail_again(sign_in: Any, maya: User, rosa: User) -> None:
    number = queue()
    set_state(number, status="failed", tries=1)

    for person in (maya, rosa):
        assert sign_in(person).post(f"/outbox/{number}/tries").status_code == 404

    assert state(number) == ("failed", 1)


def test_the_list_shows_to_whom_what_when_and_why_it_failed(sign_in: Any, sam: User) -> None:
    set_state(queue(subject="Rosa answered: A dimmer"), status="failed", last_error="550 5.1.1 nobody <here>")

    page = sign_in(sam).get("/outbox").text

    assert "Rosa answered: A dimmer" in page
    assert "maya@example.org" in page
    assert "550 5.1.1 nobody &lt;here&gt;" in page


def test_the_list_can_be_narrowed_to_one_status(sign_in: Any, sam: User) -> None:
    set_state(queue(subject="This one failed", subject_key="response:8"), status="failed")
    queue(subject="This one waits", subject_key="response:9")
    browser = sign_in(sam)

    failed, waiting = browser.get("/outbox?status=failed").text, browser.get("/outbox?status=pending").text

    assert "This one failed" in failed
    assert "This one waits" not in failed
    assert "This one waits" in waiting
    assert "This one failed" not in waiting
    assert "No mail is in this state" in browser.get("/outbox?status=suppressed").text


@pytest.mark.parametrize("words", ["?status=nonsense", "?before=x", "?before=-1", "?before=99999999999999999999"])
def test_an_address_that_asks_for_nonsense_shows_the_list(sign_in: Any, sam: User, words: str) -> None:
    queue(subject="This one waits")

    page = sign_in(sam).get(f"/outbox{words}")

    assert page.status_code == 200
    assert "This one waits" in page.text


def test_a_long_outbox_pages_by_key_in_few_queries(sign_in: Any, sam: User, queries: list[str]) -> None:
    queue_mails(letter(subject=f"Mail {number:03}", subject_key=f"response:{number}") for number in range(70))
    end_work(commit=True)
    browser = sign_in(sam)
    queries.clear()

    first = browser.get("/outbox").text

    assert len(queries) <= 4
    assert "outgoing_mail.html" not in " ".join(queries)
    assert first.count('class="mail-row"') == 50
    assert "Mail 069" in first
    assert "Mail 019" not in first
    older = first.split('rel="next" href="')[1].split('"')[0]
    second = browser.get(older).text
    assert second.count('class="mail-row"') == 20
    assert "Mail 019" in second


def test_an_empty_outbox_says_what_will_stand_there(sign_in: Any, sam: User) -> None:
    assert "Nothing has been written yet" in sign_in(sam).get("/outbox").text


def test_a_mail_is_shown_as_it_arrives(sign_in: Any, sam: User) -> None:
    number = queue(from_name="Rosa, at Lumen", text="We dimmed it <for you>.\n")

    page = sign_in(sam).get(f"/outbox/{number}")

    assert "Rosa, at Lumen" in page.text
    assert "List-Unsubscribe=One-Click" in page.text
    assert "We dimmed it &lt;for you&gt;." in page.text
    assert f'sandbox src="/outbox/{number}/html"' in page.text
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]


def test_the_html_part_can_do_nothing_but_be_looked_at(sign_in: Any, sam: User) -> None:
    number = queue(html="<p style='color:red'>We dimmed it.</p><script>alert(1)</script>")

    answer = sign_in(sam).get(f"/outbox/{number}/html")

    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline';")
    assert "frame-ancestors 'self'" in policy
    assert policy.endswith("sandbox")
    assert "script-src" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_no_other_page_may_be_framed_or_hold_a_frame(sign_in: Any, sam: User) -> None:
    policy = sign_in(sam).get("/outbox").headers["Content-Security-Policy"]

    assert "frame-ancestors 'none'" in policy
    assert "frame-src" not in policy
    assert "unsafe-inline" not in policy


@pytest.mark.usefixtures("sending")
def test_nobody_reads_the_key_of_a_mail_that_was_really_sent(sign_in: Any, maya: User, sam: User, ada: User) -> None:
    secret = send_sign_in_link(maya)
    end_work(commit=True)
    number = queue(unsubscribe_url="http://localhost:8000/unsubscribe/abc.def", text="/letters/xyz") - 1

    for person in (sam, ada):
        browser = sign_in(person)
        for path in (f"/outbox/{number}", f"/outbox/{number}/html", "/outbox"):
            page = browser.get(path).text
            assert secret not in page
        assert "/sign-in/…" in browser.get(f"/outbox/{number}").text
        other = browser.get(f"/outbox/{number + 1}").text
        assert "abc.def" not in other
        assert "xyz" not in other


def test_where_nothing_is_sent_an_admin_can_let_someone_in_and_a_manager_cannot(
    sign_in: Any, maya: User, sam: User, ada: User
) -> None:
    secret = send_sign_in_link(maya)
    end_work(commit=True)
    with transaction() as work:
        number = work.scalars(select(OutgoingMail.id)).one()

    assert secret in sign_in(ada).get(f"/outbox/{number}").text
    assert secret in sign_in(ada).get(f"/outbox/{number}/html").text
    for path in (f"/outbox/{number}", f"/outbox/{number}/html"):
        assert secret not in sign_in(sam).get(path).text


def test_where_nothing_is_sent_staff_can_pass_an_invitation_on_by_hand(sign_in: Any, sam: User) -> None:
    number = queue(kind="invitation", text="http://localhost:8000/letters/xyz")

    assert "/letters/xyz" in sign_in(sam).get(f"/outbox/{number}").text


def test_a_failed_mail_can_be_tried_again_under_its_old_message_id(sign_in: Any, sam: User) -> None:
    number = queue()
    set_state(number, status="failed", tries=3, last_error="550 nobody")
    browser = sign_in(sam)
    assert "Try again" in browser.get(f"/outbox/{number}").text
    with transaction() as work:
        before = work.get_one(OutgoingMail, number).message_id

    answer = browser.post(f"/outbox/{number}/tries")

    assert answer.status_code == 303
    assert state(number) == ("pending", 0)
    with transaction() as work:
        assert work.get_one(OutgoingMail, number).message_id == before
    rows = list(session().scalars(select(AuditEntry).where(AuditEntry.verb == "mail.tried_again")))
    assert [(row.by_id, row.subject_id) for row in rows] == [(sam.id, number)]


@pytest.mark.parametrize("status", ["pending", "sending", "sent", "suppressed"])
def test_a_mail_that_has_not_failed_is_left_alone(sign_in: Any, sam: User, status: str) -> None:
    number = queue()
    set_state(number, status=status, tries=1)
    browser = sign_in(sam)

    assert "Try again" not in browser.get(f"/outbox/{number}").text
    browser.post(f"/outbox/{number}/tries")

    assert state(number) == (status, 1)


def test_a_look_at_the_retry_address_changes_nothing(sign_in: Any, sam: User) -> None:
    number = queue()
    set_state(number, status="failed")

    assert sign_in(sam).get(f"/outbox/{number}/tries").status_code == 405

    assert state(number)[0] == "failed"


def test_a_mail_that_cannot_be_written_is_shown_all_the_same(sign_in: Any, sam: User) -> None:
    number = queue()
    set_state(number, status="failed", recipient="two@example.org\r\nBcc: evil@example.org")

    assert sign_in(sam).get(f"/outbox/{number}").status_code == 200
