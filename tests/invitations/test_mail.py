"""The letter as a mail."""

import html
import re
from email import message_from_bytes, policy

import pytest
from sqlalchemy import select

from portal.consent.models import Basis
from portal.foundation.database import session
from portal.foundation.mail.delivery import compose
from portal.listening.models import Mention
from tests.invitations.letters import NOTE, letter_mail, make_maker, write_letter

WORDS = "I built a lamp from your old frames.\n\nThe <hinge> & the arm still hold!"


def quoting(person, sam, words=WORDS, **changes):
    mention = session().scalars(select(Mention).where(Mention.text == words)).one()
    return letter_mail(write_letter(person, sam, quoted_mention=mention, **changes)[0])


def lines_of_html(source):
    body = re.sub(r"(?s)<head>.*?</head>|<div class=\"preview\".*?</div>", "", source)
    lines = re.sub(r"</(?:p|h1|h2|td|li|div)>|<br>", "\n", body)
    return [
        " ".join(line.split()) for line in html.unescape(re.sub(r"<[^>]+>", " ", lines)).splitlines() if line.strip()
    ]


def lines_of_text(source):
    lines = (" ".join(line.removeprefix(">").split()) for line in source.splitlines())
    return [line for line in lines if line not in {"", "--"}]


def test_the_letter_says_who_writes_why_what_and_how_to_say_no(db, sam):
    mail = quoting(make_maker(words=(WORDS,)), sam)

    assert mail.from_name == "Sam Okafor, Lumen Lamps"
    assert mail.subject == "An invitation from Sam Okafor at Lumen Lamps"
    for words in (
        "Dear Nora Field,",
        NOTE,
        "> I built a lamp from your old frames.",
        "https://social.example/nora/0",
        "What it is not",
        "You published this address for people who want to reach you: https://nora.example/contact, seen on 1",
        "Never write to me again: http://localhost:8000/letters/",
    ):
        assert words in mail.text


def test_text_and_html_say_the_same(db, sam):
    mail = quoting(make_maker(words=(WORDS,)), sam, note=NOTE + "\nYours, truly.\n\nP.S. Bring the lamp.")
    in_html, in_text = lines_of_html(mail.html), lines_of_text(mail.text)

    link = next(line for line in in_text if re.fullmatch(r"http://localhost:8000/letters/[\w-]{43}", line))
    only_html = {"Lumen Lamps", "Open the letter", "Never write to me again", f"Or open this address: {link}"}
    only_text = {link, f"Never write to me again: {link}/objections"}
    assert [line for line in in_html if line not in only_html] == [
        line for line in in_text if line not in only_text | {"Lumen Lamps"}
    ]
    assert f'href="{link}/objections"' in mail.html


def test_words_of_strangers_cannot_become_markup(db, sam):
    mail = quoting(make_maker(words=(WORDS,)), sam, note=NOTE + " <script>alert(1)</script>", name="Nora <b>Field</b>")

    assert "<script>" not in mail.html
    assert "<hinge>" not in mail.html
    assert "<b>" not in mail.html
    assert "The <hinge> & the arm" in mail.text


@pytest.mark.parametrize(
    "marks", ["{{ 7 * 7 }}", "{% raw %}", "{{ config }}", "%(company)s %s %d", "${7*7}", "{0.__class__}"]
)
def test_template_marks_are_only_words(db, sam, marks):
    words = f"I built this: {marks}"
    person = make_maker(words=(words,))

    mail = quoting(person, sam, words, note=f"{NOTE} {marks}", name=f"Nora {marks}", place=f"A form {marks}")

    for line in (f"Dear Nora {marks},", f"{NOTE} {marks}", f"> I built this: {marks}"):
        assert line in mail.text
    assert f"A form {marks}" in mail.text
    assert html.escape(f"I built this: {marks}", quote=False) in html.unescape(mail.html).replace("&", "&amp;")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://x.example/\r\nBcc: a@b.example", 'https://x.example/"onclick="x']
)
def test_an_address_that_is_no_plain_web_address_is_left_out(db, sam, url):
    person = make_maker(words=(WORDS,))
    session().scalars(select(Mention)).one().url = url

    mail = quoting(person, sam)

    assert "x.example" not in mail.text + mail.html
    assert "javascript:" not in mail.text + mail.html


def test_a_long_quote_is_cut_at_a_word(db, sam):
    words = "lamp " * 1000
    person = make_maker(words=(words,))

    mail = quoting(person, sam, words)

    quote = next(line for line in mail.text.splitlines() if line.startswith("> "))
    assert len(quote) < 710
    assert quote.endswith("lamp…")


@pytest.mark.parametrize("basis", list(Basis))
def test_every_ground_has_its_sentence_with_place_and_date(db, sam, basis):
    mail = letter_mail(write_letter(make_maker(), sam, basis=basis)[0])

    assert re.search(r": https://nora\.example/contact, (?:seen on )?1 March 2026\.", mail.text)


def test_on_the_wire_it_can_be_stopped_with_one_click_and_has_one_reader(app, sam):
    mail = letter_mail(write_letter(make_maker(), sam)[0])

    with app.app_context():
        wire = message_from_bytes(compose(mail).as_bytes(), policy=policy.default)

    assert wire["From"].addresses[0].display_name == "Sam Okafor, Lumen Lamps"
    assert [each.addr_spec for each in wire["To"].addresses] == ["nora@example.org"]
    assert re.fullmatch(r"<http://localhost:8000/letters/[\w-]{43}/objections>", wire["List-Unsubscribe"])
    assert wire["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert wire["Cc"] is None
    assert wire["Bcc"] is None
