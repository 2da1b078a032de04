"""The mail of an answer: the answer itself, in two parts that say the same."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from portal.accounts.models import User
from portal.foundation import config
from portal.foundation.clock import now
from portal.foundation.database import end_work, session
from portal.foundation.mail import message
from portal.foundation.mail.outbox import OutgoingMail
from portal.ledger.models import ActionStage, Idea, ResponseKind
from portal.ledger.services import Upload, proofs_kept, respond
from portal.updates.jobs import gather
from tests.conftest import settings_for_tests
from tests.factories import here
from tests.updates.stories import action_for, explanation, mails, step, suggestion

MARKDOWN = """You were right, and **not alone**: see [our notes](https://lumen.example/notes).

## What comes

- it is *free*
- nothing to buy, AT&amp;T or not

> A long press starts it.

1 < 2 & "quotes" stay, `code` too."""


class _Words(HTMLParser):
    """What a person reads of an HTML mail, with the addresses behind its links."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = dict(attrs)
        if self._silent or tag in {"head", "style"} or "preview" in (names.get("class") or "").split():
            self._silent += tag not in {"meta", "br", "img", "hr"}
        elif tag == "a" and names.get("href"):
            self.words.append(str(names["href"]))

    def handle_endtag(self, _tag: str) -> None:
        self._silent = max(self._silent - 1, 0)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)


def words_of_html(html: str) -> set[str]:
    reader = _Words()
    # In plain text the address is all there is; there is no button that it could stand in for.
    reader.feed(html.replace("Or open this address:", ""))
    return _split(" ".join(reader.words))


def words_of_text(text: str) -> set[str]:
    # The marks of Markdown are how plain text says bold, list and quote.
    return _split(re.sub(r"\]\(|\[|\)(?=\W)|[*`]|^#+ |^> |^- ", " ", text, flags=re.MULTILINE))


def _split(text: str) -> set[str]:
    return {word.strip(".,:;()") for word in text.split() if word.strip(".,:;()-—")}


def only() -> OutgoingMail:
    gather()
    [mail] = mails()
    return mail


@pytest.fixture
def told(maya: User, rosa: User) -> OutgoingMail:
    idea = suggestion(maya, title="A warmer lamp", body="For **reading** in bed & elsewhere.")
    explanation(idea, rosa, MARKDOWN)
    return only()


def test_the_text_part_says_what_the_html_part_says(told: OutgoingMail) -> None:
    assert words_of_text(told.text) == words_of_html(told.html)


@pytest.mark.parametrize("case", ["acknowledgement", "question", "action", "done", "wordless"])
def test_both_parts_say_the_same_for_every_kind_of_answer(maya: User, rosa: User, case: str) -> None:
    idea = suggestion(maya, body="" if case == "question" else "For reading.")
    match case:
        case "acknowledgement":
            respond(idea, kind=ResponseKind.ACKNOWLEDGEMENT, message="I read it today.", by=rosa)
        case "question":
            respond(idea, kind=ResponseKind.QUESTION, message="How warm, in kelvin?", by=rosa)
        case "action":
            action_for(idea, rosa, MARKDOWN, target_date=date(2031, 3, 1))
        case "done":
            action_for(
                idea, rosa, stage=ActionStage.DONE, proof_url="https://lumen.example/x", happened_on=date(2026, 1, 2)
            )
        case _:
            action_for(idea, rosa, "")
    end_work(commit=True)

    mail = only()

    assert words_of_text(mail.text) == words_of_html(mail.html)


def test_a_first_word_says_by_when_the_decision_is_promised_and_a_decision_does_not(maya: User, rosa: User) -> None:
    idea = suggestion(maya, decide_by=datetime(2091, 3, 1, 11, tzinfo=UTC))
    late = suggestion(maya, decide_by=now() - timedelta(hours=1))
    for one in (idea, late):
        respond(here(one), kind=ResponseKind.ACKNOWLEDGEMENT, message="I read it today.", by=here(rosa))
        end_work(commit=True)
        gather()
    explanation(idea, rosa)
    gather()

    first, second, third = mails()

    for words in (first.text, first.html):
        assert "An action or an explanation is promised by 1 March 2091." in words
    for other in (second, third):
        assert "is promised by" not in other.text + other.html


def test_both_parts_of_a_step_say_the_same(maya: User, rosa: User) -> None:
    action = action_for(suggestion(maya, body="For reading."), rosa, target_date=date(2031, 3, 1))
    step(action, rosa, words=MARKDOWN, proof_url="https://lumen.example/board")
    gather()

    [mail] = mails("progress")

    assert words_of_text(mail.text) == words_of_html(mail.html)
    assert "aimed at 1 March 2031" in mail.text
    assert mail.subject == "Under way: A dimmer in the next lamp"


def test_the_mail_holds_the_answer_who_gave_it_and_what_it_answers(told: OutgoingMail) -> None:
    assert told.subject == "Rosa answered: A warmer lamp"
    assert told.from_name == "Rosa Pereira at Lumen Lamps"
    assert told.text.startswith("Hello Maya Lindqvist,\n\nRosa Pereira answered “A warmer lamp”:\n\nYou were right")
    assert "For reading in bed & elsewhere." in told.text
    assert "Where it stands now: Explained" in told.text
    assert "The page has every answer so far" in told.text
    assert re.search(r"http://localhost:8000/ideas/\d+\n", told.text)


def test_the_html_part_has_one_button_no_picture_and_no_script(told: OutgoingMail) -> None:
    assert told.html.count('class="button"') == 1
    assert not re.search(r"<(img|script|link|iframe|form)\b", told.html)
    assert "prefers-color-scheme: dark" in told.html


def test_the_subject_says_what_kind_of_answer_it_is(maya: User, rosa: User) -> None:
    idea = suggestion(maya)
    respond(idea, kind=ResponseKind.ACKNOWLEDGEMENT, message="", by=rosa)
    end_work(commit=True)
    gather()
    idea = session().get_one(Idea, idea.id)
    respond(idea, kind=ResponseKind.QUESTION, message="How warm?", by=session().get_one(User, rosa.id))
    end_work(commit=True)
    gather()

    assert [mail.subject for mail in mails()] == ["Rosa has read: A warmer lamp", "Rosa asks you: A warmer lamp"]
    assert "Reply on the page:\n" in mails()[1].text
    assert f"/ideas/{idea.id}#your-word" in mails()[1].html


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        "![x](https://evil/p.png)",
    ],
)
def test_words_of_people_stay_words_in_the_html_part(maya: User, rosa: User, attack: str) -> None:
    idea = suggestion(maya, title=f"Lamp {attack}"[:160], body=f"Before {attack} after")
    explanation(idea, rosa, f"It would break: {attack} and that is why.")

    html = only().html

    assert not re.search(r"<(script|img)\b", html)
    assert not re.search(r'href="(?!http)', html)


def test_nothing_private_but_the_title_stands_in_a_header(told: OutgoingMail) -> None:
    for header in (told.subject, told.from_name, told.recipient_name, told.message_id, told.unsubscribe_url):
        assert "reading" not in str(header)
        assert "alone" not in str(header)


def test_each_reader_gets_their_own_name_and_way_out(maya: User, omar: User, rosa: User) -> None:
    explanation(suggestion(maya, omar), rosa)
    gather()

    to_maya, to_omar = mails()

    assert "Hello Maya Lindqvist" in to_maya.text
    assert "Hello Omar Haddad" in to_omar.text
    assert "Omar" not in to_maya.text + to_maya.html
    assert to_maya.unsubscribe_url != to_omar.unsubscribe_url
    assert str(to_omar.unsubscribe_url) not in to_maya.text + to_maya.html


def test_a_name_that_would_break_a_header_is_greeted_all_the_same(omar: User, rosa: User) -> None:
    omar.name = "Omar =?utf-8?q?=0ABcc:_evil?="
    explanation(suggestion(omar), rosa)

    mail = only()

    assert mail.recipient_name.startswith("Omar = ?utf-8")
    assert session().get(User, omar.id) is not None


def test_only_what_a_reader_needs_is_rendered_once_for_all(maya: User, rosa: User, monkeypatch: Any) -> None:

    rendered: list[str] = []
    render = message._render

    def count(name: str, values: dict[str, Any]) -> str:
        rendered.append(name)
        return render(name, values)

    monkeypatch.setattr(message, "_render", count)
    people = [User(email=f"voter{number}@example.org", name=f"Voter {number}") for number in range(20)]
    session().add_all(people)
    session().flush()
    explanation(suggestion(maya, *people), rosa)
    gather()

    assert len(mails()) == 21
    assert len(rendered) == len(set(rendered)) == 4


def test_the_comparison_of_the_parts_sees_addresses_and_sentences(told: OutgoingMail) -> None:
    words = words_of_html(told.html)

    assert {"https://lumen.example/notes", str(told.unsubscribe_url), "kelvin", "warmer"} - words == {"kelvin"}
    assert len(words) > 60


def test_a_step_names_what_there_is_to_see(maya: User, rosa: User, tmp_path: Path) -> None:
    config.use(settings_for_tests(DATA_FOLDER=tmp_path))
    idea = suggestion(maya)
    action = action_for(idea, rosa)
    with proofs_kept([Upload("board.txt", BytesIO(b"Soldered."))]) as files:
        step(action, rosa, proof_url="https://github.com/lumen/lamp/issues/12", files=files)
    gather()

    (mail,) = mails("progress")
    for words in (mail.text, unescape(mail.html)):
        assert "GitHub issue lumen/lamp#12" in words
        assert "https://github.com/lumen/lamp/issues/12" in words
        assert "To see on the page: board.txt" in words
        assert f"/actions/{action.id}" in words
