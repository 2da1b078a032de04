"""What may stand in a mail, and what must never reach a header."""

import email.policy
import re
from email import message_from_bytes
from typing import Any

import pytest
from flask import Flask

from portal.foundation import config
from portal.foundation.clock import now
from portal.foundation.mail.delivery import compose
from portal.foundation.mail.message import (
    BadHeader,
    Recipient,
    build,
    build_for_many,
    check_address,
    check_header,
    header_title,
    header_words,
    sender_host,
)
from portal.foundation.mail.outbox import OutgoingMail
from tests.conftest import settings_for_tests
from tests.foundation.mail.letters import letter

BREAKS = [
    "one\r\nBcc: evil@example.org",
    "one\nBcc: evil@example.org",
    "one\rBcc: evil@example.org",
    "one\x00two",
    "one\x0btwo",
    "one\u2028two",
    "one\u0085two",
    "=?utf-8?q?one=0ABcc:_evil?=",
    "=?UTF-8?B?b25lDQpCY2M6IGV2aWw=?=",
    "one=0D=0ABcc: evil",
    "one%0d%0aBcc: evil",
]
HEADERS = ["subject", "to_name", "from_name", "kind", "subject_key", "unsubscribe_url", "to_address"]


@pytest.fixture(autouse=True)
def company() -> None:
    config.use(settings_for_tests())


@pytest.mark.parametrize("words", BREAKS)
@pytest.mark.parametrize("header", HEADERS)
def test_no_header_takes_a_line_break_in_any_form(header: str, words: str) -> None:
    with pytest.raises(BadHeader):
        letter(**{header: words})


@pytest.mark.parametrize("words", BREAKS)
def test_words_made_fit_for_a_header_are_taken_and_stay_readable(words: str) -> None:
    fit = header_words(words)

    assert letter(subject=fit).subject == fit
    assert re.sub(r"[\s\x00-\x1f]", "", fit) == re.sub(r"[\s\x00-\x1f]", "", words)


def test_plain_words_stay_as_they_are() -> None:
    assert header_words("100 % = 50 + 50? Ja — nämlich") == "100 % = 50 + 50? Ja — nämlich"


def test_a_long_title_is_cut_at_a_word_and_stays_fit_for_a_header() -> None:
    long = "The driver in my Fjara buzzes and my neighbour complains; I would rather not have everybody hear it"

    assert header_title(long) == "The driver in my Fjara buzzes and my neighbour complains; I would…"
    assert header_title("A longer cable") == "A longer cable"
    assert len(header_title("x" * 160)) == 73
    check_header(header_title("lamp " * 10 + "=?utf-8?q?=0A?= " * 9))


def test_no_mail_has_a_whole_title_in_its_subject() -> None:
    given = re.compile(r"header_words\([^)]*(?<!header_)(?:title|question)\b")
    mails = [*(config.ROOT / "portal").rglob("mail.py"), *(config.ROOT / "portal").rglob("mail/*.py")]

    assert len(mails) > 10
    assert [mail.name for mail in mails if given.search(mail.read_text()) and "foundation" not in mail.parts] == []


@pytest.mark.parametrize("words", BREAKS)
def test_what_we_take_stays_one_header_on_the_wire(app: Flask, words: str) -> None:
    row = _row(subject=header_words(words), recipient_name=header_words(words), from_name=header_words(words))

    with app.app_context():
        read = message_from_bytes(compose(row).as_bytes(), policy=email.policy.default)

    assert "Bcc" not in read
    assert len(read.get_all("Subject", [])) == 1
    assert set(read.keys()) == {
        "Content-Type", "MIME-Version", "Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted",
        "X-Auto-Response-Suppress", "List-Unsubscribe", "List-Unsubscribe-Post",
    }  # fmt: skip


@pytest.mark.parametrize(
    "address",
    [
        "",
        "maya",
        "maya@example.org, evil@example.org",
        "maya@example.org evil@example.org",
        "maya@example.org> RCPT TO:<evil@example.org",
        "Maya <maya@example.org>",
        '"maya evil"@example.org',
        "maya@example.org\r\n",
        "maya@exämple.org",
        "@example.org",
        "a" * 65 + "@example.org",
    ],
)
def test_what_is_not_one_plain_address_is_refused(address: str) -> None:
    with pytest.raises(BadHeader):
        check_address(address)


def test_an_ordinary_address_is_taken() -> None:
    check_address("maya.lindqvist+lamps@mail.example.org")


def test_a_mail_is_made_of_three_files() -> None:
    message = _sign_in("Maya")

    assert message.subject == "Your link to sign in at Lumen Lamps"
    assert message.text.startswith("Hello Maya,\n")
    assert "http://localhost:8000/sign-in/abc" in message.text
    assert "http://localhost:8000/sign-in/abc" in message.html


def test_styles_stand_on_the_elements_since_many_mail_programs_drop_the_rest() -> None:
    html = _sign_in("Maya").html

    assert re.search(r'<td class="mast" style="[^"]*Georgia', html)
    assert "<script" not in html
    assert "<img" not in html


def test_a_name_is_text_in_the_html_part() -> None:
    html = _sign_in("<b>Maya</b> & co").html

    assert "<b>Maya" not in html
    assert "&lt;b&gt;Maya&lt;/b&gt; &amp; co" in html


def test_one_rendering_serves_many_people_each_with_their_own_name_and_way_out() -> None:
    people = [
        Recipient(address="maya@example.org", name="Maya", unsubscribe_url="http://localhost:8000/unsubscribe/m"),
        Recipient(
            address="omar@example.org", name="<i>Omar</i>", unsubscribe_url="http://localhost:8000/unsubscribe/o"
        ),
    ]

    maya, omar = build_for_many(
        "accounts/mail/sign_in_link",
        people,
        kind="answer",
        subject_key="response:1",
        from_name="Rosa",
        sign_in_url="http://localhost:8000/ideas/1",
        code="",
    )

    assert (maya.to_address, maya.to_name) == ("maya@example.org", "Maya")
    assert maya.text.startswith("Hello Maya,")
    assert "Hello Maya," in maya.html
    assert 'href="http://localhost:8000/unsubscribe/m"' in maya.html
    assert "unsubscribe/o" not in maya.html + maya.text
    assert "Hello &lt;i&gt;Omar&lt;/i&gt;," in omar.html
    assert omar.text.startswith("Hello <i>Omar</i>,")
    assert omar.unsubscribe_url == "http://localhost:8000/unsubscribe/o"
    assert "Maya" not in omar.html + omar.text + omar.subject
    assert ".invalid" not in maya.html + maya.text + omar.html + omar.text


def test_one_person_whose_name_breaks_a_header_is_refused_and_not_sent_around() -> None:
    person = Recipient(address="maya@example.org", name="Maya\r\nBcc: x", unsubscribe_url="http://localhost/u")

    with pytest.raises(BadHeader):
        list(
            build_for_many(
                "accounts/mail/sign_in_link",
                [person],
                kind="answer",
                subject_key="response:1",
                from_name=None,
                sign_in_url="x",
                code="",
            )
        )


def test_message_ids_carry_the_domain_of_the_sender() -> None:
    assert sender_host() == "localhost"

    config.use(settings_for_tests(MAIL_SERVER="mx.example", MAIL_SENDER="community@lumen.example"))

    assert sender_host() == "lumen.example"


def _sign_in(name: str) -> Any:
    return build(
        "accounts/mail/sign_in_link",
        kind="sign_in",
        subject_key="sign_in_link:1",
        to_address="maya@example.org",
        to_name=name,
        sign_in_url="http://localhost:8000/sign-in/abc",
        code="",
    )


def _row(**changes: Any) -> OutgoingMail:
    values: dict[str, Any] = {
        "kind": "answer",
        "subject_key": "response:1",
        "recipient": "maya@example.org",
        "recipient_name": "Maya",
        "from_name": None,
        "subject": "One",
        "text": "Words.",
        "html": "<p>Words.</p>",
        "unsubscribe_url": "http://localhost:8000/unsubscribe/abc",
        "message_id": "<1@localhost>",
        "created_at": now(),
    }
    return OutgoingMail(**{**values, **changes})


def test_the_foot_of_both_parts_says_where_the_company_is_and_that_a_demonstration_is_one() -> None:
    plain = _sign_in("Maya")
    config.use(settings_for_tests(COMPANY_ADDRESS="Hafenstraße 7, Hamburg", DEMO=True))
    told = _sign_in("Maya")

    for part, before in ((told.text, plain.text), (told.html, plain.html)):
        assert "Hafenstraße 7, Hamburg" in part
        assert "every person and word in it is invented" in part
        assert "invented" not in before
