"""The code of a sign-in mail: eight digits, for the browser that asked, few tries, once."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal.accounts.models import Session, SignInLink, User
from portal.foundation import config
from portal.foundation.clock import now, pretend
from portal.foundation.database import session
from portal.foundation.mail.outbox import OutgoingMail
from tests.accounts.test_views import ask_for_link, token_of
from tests.conftest import settings_for_tests


def newest_code() -> str:
    """The code of the mail that was written last."""
    mail = session().scalars(select(OutgoingMail).order_by(OutgoingMail.id.desc())).first()
    assert mail is not None
    (code,) = re.findall(r"\b\d{4} \d{4}\b", mail.text)
    assert code in mail.html
    # No address carries it.
    assert code.replace(" ", "") not in mail.text + mail.html
    return str(code)


def type_code(browser: FlaskClient, code: str) -> Any:
    token = token_of(browser.get("/sign-in-codes/new"))
    return browser.post("/sign-in-codes", data={"code": code, "csrf_token": token})


def wrong(code: str) -> str:
    """Another code than this one."""
    return f"{(int(code.replace(' ', '')) + 1) % 10**8:08d}"


def sessions() -> int:
    return len(session().scalars(select(Session)).all())


@pytest.mark.parametrize("written", ["{0}", "{0[0]}{0[1]}{0[2]}{0[3]}-{0[5]}{0[6]}{0[7]}{0[8]}", "full width"])
def test_the_code_lets_the_browser_in_that_asked_for_it(client: FlaskClient, maya: User, written: str) -> None:
    ask_for_link(client, "maya@example.org")
    code = newest_code()
    typed = written.format(code) if "{" in written else "".join(chr(ord(m) + 0xFEE0) if m != " " else m for m in code)

    answer = type_code(client, typed)

    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert session().scalars(select(Session)).one().user_id == maya.id
    assert session().scalars(select(SignInLink)).one().used_at is not None
    # It works once, and the browser remembers nothing of it.
    assert client.get("/sign-in-codes/new").status_code == 303


def test_a_code_is_worth_nothing_in_another_browser(client: FlaskClient, maya: User, omar: User) -> None:
    ask_for_link(client, "maya@example.org")
    code = newest_code()
    other, third = (client.application.test_client() for _ in range(2))
    ask_for_link(other, "omar@example.org")

    assert type_code(other, code).headers["Location"] == "/sign-in-codes/new"
    assert third.get("/sign-in-codes/new").headers["Location"] == "/sign-in"
    assert sessions() == 0


def test_after_five_tries_even_the_right_one_is_too_late(client: FlaskClient, maya: User) -> None:
    ask_for_link(client, "maya@example.org")
    code = newest_code()

    answers = [type_code(client, wrong(code)) for _ in range(5)] + [type_code(client, code)]

    assert {answer.headers["Location"] for answer in answers} == {"/sign-in-codes/new"}
    assert "not the code of the newest mail" in client.get("/sign-in-codes/new").text
    session().expire_all()
    assert session().scalars(select(SignInLink)).one().tries == 5
    assert sessions() == 0


def test_a_newer_mail_and_ten_minutes_make_a_code_worthless(client: FlaskClient, maya: User) -> None:
    ask_for_link(client, "maya@example.org")
    first = newest_code()
    elsewhere = client.application.test_client()
    ask_for_link(elsewhere, "maya@example.org")
    type_code(client, first)
    with pretend(now() + timedelta(minutes=11)):
        type_code(elsewhere, newest_code())

    assert sessions() == 0


def test_a_stranger_is_told_the_same_as_whoever_mistyped(client: FlaskClient, maya: User) -> None:
    pages = []
    for address in ("maya@example.org", "nobody@example.org"):
        browser = client.application.test_client()
        ask_for_link(browser, address)
        type_code(browser, "0000 0000")
        page = re.sub(r'value="[^"]+"', "", browser.get("/sign-in-codes/new").text)
        pages.append(page.replace(address, "X"))

    assert pages[0] == pages[1]


def test_nobody_signs_in_as_another_by_reading_the_outbox(
    sign_in: Any, client: FlaskClient, maya: User, sam: User, ada: User
) -> None:
    ask_for_link(client, "maya@example.org")
    code = newest_code()
    mail = session().scalars(select(OutgoingMail)).one()
    browsers = {"sam": sign_in(sam), "ada": sign_in(ada)}

    def shown() -> dict[str, bool]:
        paths = (f"/outbox/{mail.id}", f"/outbox/{mail.id}/html")
        return {name: any(code in browser.get(path).text for path in paths) for name, browser in browsers.items()}

    assert shown() == {"sam": False, "ada": True}
    config.use(settings_for_tests(MAIL_SERVER="smtp.example.com", MAIL_SENDER="community@example.com"))
    assert shown() == {"sam": False, "ada": False}
