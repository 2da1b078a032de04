"""The page of an action, and the files of its entries."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import func, select

from portal.accounts.models import Role, User
from portal.foundation import config
from portal.foundation.clock import now, pretend
from portal.foundation.database import session
from portal.foundation.storage import read_file
from portal.ledger.jobs import warn_of_days_that_are_over
from portal.ledger.models import Action, ActionStage, Progress, ResponseKind
from portal.ledger.services import (
    NoReason,
    NothingNew,
    NotYours,
    hand_over_action,
    record_progress,
    respond,
    start_action,
)
from tests.conftest import settings_for_tests
from tests.factories import here, make_circle, make_idea, make_user
from tests.outbox import mails
from tests.pictures import shot

REASON = "The resin would crack in the first hard frost."


def count(table: type[Any]) -> int:
    return session().scalar(select(func.count()).select_from(table)) or 0


def test_progress_is_added_by_staff_alone(sign_in: Any, maya: User, rosa: User) -> None:
    action = start_action(title="A hidden zip", owner=rosa, stage=ActionStage.PLANNED, by=rosa)
    session().commit()
    path = f"/actions/{action.id}/progress"
    done = {"stage": "done", "words": "Out now.", "proof_url": "https://lumen.example/zip"}

    assert sign_in(maya).post(path, data=done).status_code == 404
    refused = sign_in(rosa).post(path, data={"stage": "done", "words": "Out now."})
    assert refused.status_code == 422
    assert "Out now." in refused.text
    assert count(Progress) == 1

    page = sign_in(rosa).post(path, data=done, follow_redirects=True)
    assert 'href="https://lumen.example/zip"' in page.text
    assert "Write down what happened" not in sign_in(maya).get(f"/actions/{action.id}").text


def test_who_writes_down_what_happened_reads_first_what_others_did(sign_in: Any, rosa: User, sam: User) -> None:
    action = start_action(title="A hidden zip", owner=rosa, stage=ActionStage.PLANNED, by=rosa)
    session().commit()
    page, path = f"/actions/{action.id}", f"/actions/{action.id}/progress"
    browser = sign_in(rosa)

    def seen(words: str) -> str:
        return words.partition('name="seen" type="hidden" value="')[2].partition('"')[0]

    read = seen(browser.get(page).text)
    assert read == str(here(action).progress[-1].id)
    dropped = {"stage": "dropped", "words": "It tears the linen of the shade.", "seen": read}
    assert sign_in(sam).post(path, data=dropped).status_code == 303
    done = {"stage": "done", "words": "Out now.", "happened_on": config.today().isoformat(), "seen": read}
    met = browser.post(path, data=done)
    assert (met.status_code, "Sam Okafor wrote something down since you opened this page." in met.text) == (409, True)
    assert "It tears the linen of the shade." in met.text
    assert "Out now.</textarea>" in met.text
    assert count(Progress) == 2
    # Refused for another reason, it has still read no more than before.
    refused = browser.post(path, data={"stage": "done", "seen": read})
    assert (refused.status_code, seen(refused.text)) == (422, read)
    assert browser.post(path, data=done | {"seen": seen(met.text)}).status_code == 303


@pytest.fixture
def folder(db: str, tmp_path: Any) -> Any:
    config.use(settings_for_tests(DATA_FOLDER=tmp_path))
    return tmp_path / "files"


def test_files_show_what_was_done_to_whoever_may_follow_it(
    sign_in: Any, client: Any, maya: User, omar: User, rosa: User, sam: User, folder: Any
) -> None:
    circle = make_circle(maya, rosa)
    idea = make_idea(proposed_by=maya, owner=rosa, circle=circle)
    action = start_action(title="A hidden zip", owner=rosa, stage=ActionStage.PLANNED, by=rosa)
    respond(idea, kind=ResponseKind.ACTION, message="We will.", by=rosa, action=action)
    session().commit()
    sent = {"stage": "done", "words": "Out.", "proof_files": [shot("zip.png"), (BytesIO(b"%PDF-1"), "Plän.pdf")]}

    done = sign_in(rosa).post(f"/actions/{action.id}/progress", data=sent)
    entry = session().scalars(select(Progress).order_by(Progress.id.desc())).first()

    assert done.status_code == 303
    assert entry is not None
    page = sign_in(maya).get(f"/actions/{action.id}").text
    for words in (f"/progress/{entry.id}/files/1?size=small", "zip.webp", "Plän.pdf", "6 Bytes"):
        assert words in page
    assert f"/progress/{entry.id}/files/1" in sign_in(maya).get(f"/ideas/{idea.id}").text
    picture, report = (sign_in(maya).get(f"/progress/{entry.id}/files/{place}") for place in (1, 2))
    assert (picture.mimetype, report.mimetype, report.data) == ("image/webp", "application/pdf", b"%PDF-1")
    # In a circle it carries its reader's name, so it is not what was stored.
    assert picture.data != read_file(entry.proof_files[0].stored.path)
    assert report.headers["Content-Disposition"].startswith("attachment;")
    assert "filename*=UTF-8''Pl%C3%A4n.pdf" in report.headers["Content-Disposition"]
    for answer in (picture, report):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    kept = [answer.headers["Cache-Control"] for answer in (picture, report)]
    assert kept == ["private, no-store", "private, no-cache"]
    for place in (1, 2):
        assert sign_in(omar).get(f"/progress/{entry.id}/files/{place}").status_code == 404
        assert sign_in(sam).get(f"/progress/{entry.id}/files/{place}").status_code == 404
        assert client.get(f"/progress/{entry.id}/files/{place}").status_code == 303
    assert [sign_in(maya).get(f"/progress/{entry.id}/files/{place}").status_code for place in (0, 3)] == [404, 404]


def test_a_refused_entry_keeps_its_words_and_asks_for_the_files_again(sign_in: Any, rosa: User, folder: Any) -> None:
    action = start_action(title="A hidden zip", owner=rosa, stage=ActionStage.PLANNED, by=rosa)
    session().commit()

    for files, words in (
        ([(BytesIO(b"<svg/>"), "x.svg")], "other files are not taken"),
        ([shot(f"{place}.png") for place in range(5)], "at most 4 files"),
    ):
        page = sign_in(rosa).post(
            f"/actions/{action.id}/progress", data={"stage": "under-way", "words": "Sewn.", "proof_files": files}
        )
        assert page.status_code == 422
        for shown in (words, "Sewn.", "Choose the files once more"):
            assert shown in page.text
    assert not [path for path in folder.rglob("*") if path.is_file()]


def test_an_answer_opens_an_action_with_its_files_at_once_or_by_a_draft(
    sign_in: Any, maya: User, rosa: User, folder: Any
) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)
    given = {"kind": "action", "message": "Done.", "action": "0", "title": "A hidden zip", "stage": "done"}
    form = {f"answer-{name}": value for name, value in given.items()}
    browser = sign_in(rosa)

    assert browser.post(f"/ideas/{idea.id}/responses", data=form).status_code == 422
    kept = browser.post(f"/ideas/{idea.id}/answer-drafts", data={**form, "answer-proof_files": [shot("zip.png")]})
    assert kept.status_code == 303
    assert "zip.webp" in browser.get("/answer-drafts").text
    assert "Kept with your draft:" in browser.get(f"/ideas/{idea.id}").text
    more = {**form, "answer-proof_files": [(BytesIO(b"%PDF-1"), "plan.pdf")]}
    assert browser.post(f"/ideas/{idea.id}/responses", data=more).status_code == 303

    entry = session().scalars(select(Progress)).one()
    assert [file.name for file in entry.proof_files] == ["zip.webp", "plan.pdf"]
    row = sign_in(maya).get("/ideas").text
    assert (f'href="/progress/{entry.id}/files/1"' in row, "zip.webp" in row) == (True, True)


def test_an_action_whose_day_is_over_says_so(sign_in: Any, maya: User, rosa: User) -> None:
    idea = make_idea(proposed_by=maya, owner=rosa)
    past = (now() - timedelta(days=3)).date()
    with pretend(now() - timedelta(days=9)):
        action = start_action(title="A hidden zip", owner=rosa, stage=ActionStage.PLANNED, by=rosa, target_date=past)
    respond(idea, kind=ResponseKind.ACTION, message="We will.", by=rosa, action=action)
    session().commit()

    pages = [sign_in(maya).get(path).text for path in (f"/actions/{action.id}", f"/ideas/{idea.id}")]
    # Each of them stands behind a page of the second row, which stays marked.
    assert '<a href="/actions" aria-current="true">What is being done</a>' in pages[0]
    assert '<a href="/ideas" aria-current="true">Suggestions</a>' in pages[1]
    assert all("late: it was aimed at" in page for page in pages)
    staff = sign_in(rosa)
    assert "say above why it takes longer" in staff.get(f"/actions/{action.id}").text
    # What is missing is said where it is to be written.
    silent = staff.post(f"/actions/{action.id}/progress", data={"stage": "under-way", "words": " "})
    field = silent.text.partition('for="words"')[2].partition("</div>")[0]
    assert (silent.status_code, "Say why it takes longer" in field) == (422, True)

    action, by = session().get_one(Action, action.id), session().get_one(User, rosa.id)
    record_progress(action, stage=ActionStage.DONE, words="Out.", by=by, happened_on=config.today())
    session().commit()
    assert "late: it was" not in sign_in(maya).get(f"/actions/{action.id}").text


def test_what_is_being_done_is_listed_as_far_as_its_suggestions_are_seen(
    sign_in: Any, maya: User, omar: User, rosa: User, queries: list[str]
) -> None:
    places = {"open": None, "circle": make_circle(maya, rosa)}
    for name, circle in places.items():
        idea = make_idea(proposed_by=maya, owner=rosa, circle=circle)
        action = start_action(title=f"The {name} one", owner=rosa, stage=ActionStage.UNDER_WAY, by=rosa)
        respond(idea, kind=ResponseKind.ACTION, message="We will.", by=rosa, action=action)
    start_action(title="The one of nobody", owner=rosa, stage=ActionStage.PLANNED, by=rosa, target_date=config.today())
    session().commit()

    def shown(person: User, path: str = "/actions") -> list[str]:
        page = sign_in(person).get(path).text
        return [name for name in ("open", "circle", "one of nobody") if f"The {name}" in page]

    queries.clear()
    assert shown(omar) == ["open"]
    assert len(queries) <= 8
    assert shown(maya) == ["open", "circle"]
    assert shown(rosa) == ["open", "circle", "one of nobody"]
    assert shown(rosa, "/actions?stage=planned") == ["one of nobody"]
    assert shown(omar, "/actions?stage=done&before=x") == []
    assert "answers 1 suggestion" in sign_in(omar).get("/actions").text


def test_a_day_that_is_over_is_told_once_to_whoever_does_it_and_needs_a_word(
    sign_in: Any, maya: User, rosa: User, sam: User, queries: list[str]
) -> None:
    today = config.today()
    yesterday, tomorrow = today - timedelta(days=1), today + timedelta(days=1)
    about = {"owner": rosa, "by": rosa, "stage": ActionStage.PLANNED}
    with pytest.raises(NoReason, match="still to come"):
        start_action(title="A zip", target_date=yesterday, **about)
    with pretend(now() - timedelta(days=30)):
        # What has been late for weeks is no news any more.
        start_action(title="Old", target_date=today - timedelta(days=15), **about | {"owner": sam})
    with pretend(now() - timedelta(days=9)):
        zip_, lamp, done, left = (start_action(title=name, target_date=yesterday, **about) for name in "ZLDF")
        start_action(title="Later", target_date=tomorrow, **about)
        for place, action in ((None, zip_), (make_circle(maya, rosa), lamp)):
            idea = make_idea(proposed_by=maya, owner=rosa, circle=place)
            respond(idea, kind=ResponseKind.ACTION, message="", by=rosa, action=action)
        record_progress(done, stage=ActionStage.DONE, words="", by=rosa, happened_on=today - timedelta(days=12))
        left.owner = make_user("lee@example.org", "Lee Park")
        session().commit()
        numbers = [action.id for action in (zip_, lamp, done)]

    assert (warn_of_days_that_are_over(), warn_of_days_that_are_over()) == (3, 0)

    told = mails("action_slipped")
    assert sorted((mail.recipient, mail.subject) for mail in told) == [
        (rosa.email, "Its day is over: Z"),
        (rosa.email, "The day of an action is over"),
        (sam.email, "The day of an action is over"),
    ]
    for mail in told:
        assert f"/actions/{mail.subject_key.split(':')[1]}#what-happened" in mail.text
        # What stands in a circle, or before the company alone, is late to nobody else.
        seen = (
            "Members see it as late." if mail.subject == "Its day is over: Z" else "hoever it answers sees it as late."
        )
        assert (seen in mail.text, seen in mail.html) == (True, True)
    # It stands on the desk of whoever does it until it is written down; one look more, however many they are.
    browsers = [sign_in(person) for person in (sam, rosa)]
    desks = [browser.get("/desk").text for browser in browsers]
    assert [sum(f"/actions/{one}#what-happened" in desk for one in numbers) for desk in desks] == [0, 2]
    queries.clear()
    browsers[1].get("/desk")
    assert len(queries) <= 8
    zip_ = session().get_one(Action, zip_.id)
    rosa = here(rosa)
    for given, why in (
        ({"words": ""}, "Say why it takes longer"),
        ({"words": "", "target_date": tomorrow}, "Say why it takes longer"),
        ({"words": "The mould broke.", "target_date": yesterday - timedelta(days=1)}, "still to come"),
    ):
        with pytest.raises(NoReason, match=why):
            record_progress(zip_, stage=ActionStage.UNDER_WAY, by=rosa, **given)
    record_progress(zip_, stage=ActionStage.UNDER_WAY, words="The mould broke.", by=rosa)


def test_an_action_is_handed_over_with_a_word_and_its_day_stays(
    sign_in: Any, maya: User, rosa: User, sam: User
) -> None:
    day = config.today() + timedelta(days=9)
    action = start_action(title="A zip", owner=rosa, stage=ActionStage.PLANNED, by=rosa, target_date=day)
    idea = make_idea(proposed_by=maya, owner=rosa)
    respond(idea, kind=ResponseKind.ACTION, message="We will.", by=rosa, action=action)
    session().commit()
    page, path, browser = f"/actions/{action.id}", f"/actions/{action.id}/hand-overs", sign_in(rosa)
    given = {"hand-over-to": sam.id, "hand-over-word": "You know the supplier."}

    assert "Hand it over" not in sign_in(maya).get(page).text
    assert sign_in(maya).post(path, data=given).status_code == 404
    for lacking, why in (
        ({"hand-over-to": 0}, "Choose who does it from now on."),
        ({"hand-over-word": " "}, "Add a word for Sam Okafor"),
        ({"hand-over-to": rosa.id}, "Not a valid choice"),
        ({"hand-over-to": maya.id}, "Not a valid choice"),
    ):
        refused = browser.post(path, data=given | lacking)
        assert (refused.status_code, why in refused.text) == (422, True), why
        assert '<details class="disclosure" open>' in refused.text
    assert mails("action_handed_over") == []

    told = browser.post(path, data=given, follow_redirects=True).text
    assert "Sam Okafor does it from now on, and has been told." in told
    assert session().get_one(Action, action.id).target_date == day
    (mail,) = mails("action_handed_over")
    assert (mail.recipient, mail.subject) == (sam.email, "Yours to do: A zip")
    for body in (mail.text, mail.html):
        assert "Rosa Pereira passed “A zip” on to you." in body
        assert "You know the supplier." in body
        assert page in body
    # Whoever takes it over themselves needs no word and no mail.
    told = browser.post(path, data={"hand-over-to": rosa.id}, follow_redirects=True).text
    assert "It is yours from now on." in told
    assert len(mails("action_handed_over")) == 1


def test_what_answers_a_circle_goes_to_nobody_outside_and_its_mail_says_nothing(
    sign_in: Any, maya: User, rosa: User, sam: User
) -> None:
    lee = make_user("lee@example.com", "Lee Park", Role.RESPONDER)
    action = start_action(title="A zip", owner=rosa, stage=ActionStage.PLANNED, by=rosa)
    idea = make_idea(proposed_by=maya, owner=rosa, circle=make_circle(maya, rosa, lee))
    respond(idea, kind=ResponseKind.ACTION, message="We will.", by=rosa, action=action)
    session().commit()
    page = sign_in(rosa).get(f"/actions/{action.id}").text

    assert ("Lee Park</option>" in page, "Sam Okafor</option>" in page) == (True, False)
    action, rosa, sam, lee = session().get_one(Action, action.id), here(rosa), here(sam), here(lee)
    with pytest.raises(NotYours, match="does not see"):
        hand_over_action(action, to=sam, word="You know.", by=rosa)
    with pytest.raises(NotYours, match="own people"):
        hand_over_action(action, to=lee, word="You know.", by=sam)
    hand_over_action(action, to=lee, word="The supplier waits.", by=rosa)
    (mail,) = mails("action_handed_over")
    assert mail.subject == "An action is yours to do"
    assert "zip" not in mail.text + mail.html
    assert "supplier" not in mail.text + mail.html


def test_what_has_ended_stays_with_whoever_did_it(sign_in: Any, rosa: User, sam: User) -> None:
    action = start_action(
        title="A zip", owner=rosa, stage=ActionStage.DONE, by=rosa, happened_on=config.today()
    )  # fmt: skip
    session().commit()

    with pytest.raises(NothingNew, match="has ended"):
        hand_over_action(action, to=sam, word="You know.", by=rosa)
    other = start_action(title="A lamp", owner=rosa, stage=ActionStage.PLANNED, by=rosa)
    with pytest.raises(NothingNew, match="already"):
        hand_over_action(other, to=rosa, word="Mine.", by=rosa)
    assert "Hand it over" not in sign_in(rosa).get(f"/actions/{action.id}").text
