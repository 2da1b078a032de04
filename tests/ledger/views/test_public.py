"""The ledger for anyone: off unless switched on, and without names that were not given."""

from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree

from flask.testing import FlaskClient
from sqlalchemy import select

from portal.accounts.models import User
from portal.community.models import Member
from portal.community.services import introduce
from portal.foundation import config
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.ledger.models import ActionStage, ResponseKind
from portal.ledger.services import (
    Upload,
    proofs_kept,
    record_progress,
    respond,
    say_whether_it_helped,
    start_action,
    suggest,
)
from tests.conftest import settings_for_tests
from tests.factories import here, make_circle, make_idea, make_user

REASON = "The resin would crack in the first hard frost."


def test_the_public_ledger_is_not_there_unless_it_is_switched_on(client: FlaskClient, maya: User, rosa: User) -> None:
    make_idea(proposed_by=maya, owner=rosa, title="A washable shade")

    closed, nothing = client.get("/public-ledger"), client.get("/no-such-page")

    assert closed.status_code == nothing.status_code == 404
    assert "A washable shade" not in closed.text


def test_the_public_ledger_names_only_who_agreed(client: FlaskClient, maya: User, omar: User, rosa: User) -> None:
    config.use(settings_for_tests(PUBLIC_LEDGER=True))
    session().add(Member(user_id=maya.id, founding_number=1, is_named_publicly=True, trusted_at=now()))
    session().add(Member(user_id=omar.id, founding_number=2))
    make_idea(proposed_by=omar, owner=rosa)
    make_idea(proposed_by=maya, owner=rosa)

    page = client.get("/public-ledger")

    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert "Maya Lindqvist" in page.text
    assert "Omar Haddad" not in page.text
    assert "A member" in page.text


def test_whoever_is_spoken_for_is_not_named_by_the_consent_of_who_wrote_it_down(
    client: FlaskClient, maya: User, rosa: User
) -> None:
    config.use(settings_for_tests(PUBLIC_LEDGER=True))
    session().add(Member(user_id=rosa.id, founding_number=1, is_named_publicly=True))
    make_idea(proposed_by=rosa, owner=rosa, on_behalf_of="Frida Nobel")

    for path in ("/public-ledger", "/public-ledger/data", "/public-ledger/feed"):
        page = client.get(path).text
        assert ("A warmer lamp" in page, "Frida" in page) == (True, False), path


def test_whoever_did_not_agree_is_not_named_in_words_either(
    client: FlaskClient, maya: User, omar: User, rosa: User
) -> None:
    config.use(settings_for_tests(PUBLIC_LEDGER=True))
    session().add(Member(user_id=maya.id, founding_number=1, is_named_publicly=True, trusted_at=now()))
    session().add(Member(user_id=omar.id, founding_number=2, trusted_at=now()))
    will = make_user("will@example.org", "Will")
    words = "As @omar haddad and @Maya Lindqvist said with @Will: it will do. Omar Haddadson knows."
    idea = suggest(title="What @Omar Haddad wants", body=words, by=maya)
    his = suggest(title="Mine", body="Yours, Omar Haddad", by=omar)
    assert will.name == "Will"
    reason = "Thank you, Omar Haddad; it will crack in the frost."
    respond(his, kind=ResponseKind.EXPLANATION, message=reason, by=rosa)
    session().commit()

    for path in ("/public-ledger", "/public-ledger/data", "/public-ledger/feed"):
        told = client.get(path).text
        assert "haddad " not in told.lower().replace("haddadson", ""), path
        assert "What a member wants" in told
        assert "Thank you, a member; it will crack in the frost." in told
    page = client.get("/public-ledger").text
    assert "As a member and @Maya Lindqvist said with a member: it will do. Omar Haddadson knows." in page
    assert "What @Omar Haddad wants" in page.replace("a member", "@Omar Haddad")
    assert idea.title == "What @Omar Haddad wants"


def test_nobody_is_named_in_words_for_hiding_or_having_left_nor_in_what_is_done(
    client: FlaskClient, maya: User, omar: User, rosa: User
) -> None:
    config.use(settings_for_tests(PUBLIC_LEDGER=True))
    elodie = make_user("elodie@example.org", "Élodie O’Neil-Roy")
    session().add(Member(user_id=maya.id, founding_number=1, is_named_publicly=True, trusted_at=now()))
    session().add(Member(user_id=omar.id, founding_number=2, is_listed=False))
    elodie.suspended_at = now()
    idea = suggest(title="What @Omar Haddad wants", body="Said OMAR HADDAD’s friend @elodie o’neil-roy.", by=maya)
    link = "https://example.com/lamp"
    action = start_action(
        title="Omar Haddad’s dimmer", owner=rosa, stage=ActionStage.DONE, by=rosa, proof_url=link
    )  # fmt: skip
    respond(idea, kind=ResponseKind.ACTION, message="", by=rosa, action=action)
    session().commit()

    def read() -> str:
        for path in ("/public-ledger", "/public-ledger/data", "/public-ledger/feed"):
            told = client.get(path).text.lower()
            assert ("a member wants" in told, "haddad" in told, "roy" in told) == (True, False, False), path
        return client.get("/public-ledger").text

    page = read()
    assert "Said a member’s friend a member." in page
    assert "a member’s dimmer" in page
    words = "Élodie O’Neil-Roy soldered it."
    record_progress(here(action), stage=ActionStage.DONE, words=words, by=here(rosa), proof_url=link)
    session().commit()
    assert "a member soldered it." in read()
    # Whoever agrees is named from then on.
    member = session().scalars(select(Member).where(Member.user_id == omar.id)).one()
    member.is_named_publicly = True
    session().commit()
    assert "What @Omar Haddad wants" in client.get("/public-ledger").text


def test_whoever_takes_it_back_and_goes_by_another_name_is_named_by_neither(
    client: FlaskClient, maya: User, omar: User, rosa: User
) -> None:
    config.use(settings_for_tests(PUBLIC_LEDGER=True))
    session().add(Member(user_id=omar.id, founding_number=2, is_named_publicly=True, trusted_at=now()))
    suggest(title="What @Omar Haddad wants", body="Omar Haddad knows, and Hadi Omarsson.", by=maya)
    session().commit()
    paths = ("/public-ledger", "/public-ledger/data", "/public-ledger/feed")
    assert all("Omar Haddad" in client.get(path).text for path in paths)

    introduce(here(omar), name="Hadi Omarsson", time_zone=None, is_named_publicly=False)
    session().commit()

    for path in paths:
        told = client.get(path).text
        assert "a member knows, and a member." in told, path
        assert "Haddad" not in told, path
    introduce(here(omar), name="Hadi Omarsson", time_zone=None, is_named_publicly=True)
    session().commit()
    assert all("Omar Haddad knows, and Hadi Omarsson." in client.get(path).text for path in paths)


def test_a_file_that_shows_it_is_said_to_be_there_and_not_what_it_is_called(
    client: FlaskClient, sign_in: Any, maya: User, rosa: User, tmp_path: Path
) -> None:
    config.use(settings_for_tests(PUBLIC_LEDGER=True, DATA_FOLDER=tmp_path))
    with proofs_kept([Upload("SECRET plan.pdf", BytesIO(b"%PDF-1.7 the plan"))]) as files:
        action = start_action(title="Do it", owner=rosa, stage=ActionStage.DONE, by=rosa, files=files)
    idea = make_idea(proposed_by=maya, owner=rosa)
    respond(idea, kind=ResponseKind.ACTION, message="It is out.", by=rosa, action=action)
    session().commit()
    told = "What shows it is a file that members can open."
    # What came of it, told later, does not take the proof away.
    for time in range(2):
        page = client.get("/public-ledger").text
        assert told in page
        assert "SECRET" not in page + client.get("/public-ledger/data").text + client.get("/public-ledger/feed").text
        (row,) = client.get("/public-ledger/data").get_json()["suggestions"]
        assert (row["proof"], row["proof_kind"]) == ("", "file")
        inside = sign_in(maya).get("/ideas").text
        assert "SECRET plan.pdf" in inside
        assert told not in inside
        outcome = f"It did what was hoped of it, in {time} towns."
        respond(here(idea), kind=ResponseKind.OUTCOME, message=outcome, by=here(rosa))
        session().commit()


def entries(feed: ElementTree.Element) -> list[ElementTree.Element]:
    return feed.findall("{*}entry")


def test_the_feed_names_its_writer_and_its_next_page(client: FlaskClient, maya: User, rosa: User) -> None:
    config.use(settings_for_tests(PUBLIC_LEDGER=True))
    empty = ElementTree.fromstring(client.get("/public-ledger/feed").data)
    assert empty.findtext("{*}author/{*}name") == "Lumen Lamps"
    for _number in range(21):
        make_idea(proposed_by=maya, owner=rosa)

    pages, at = [], "/public-ledger/feed"
    while at:
        pages.append(ElementTree.fromstring(client.get(at).data))
        links = {link.get("rel"): urlsplit(link.get("href") or "") for link in pages[-1].findall("{*}link")}
        assert at.endswith(f"{links['self'].path}?{links['self'].query}".removesuffix("?"))
        at = f"{links['next'].path}?{links['next'].query}" if "next" in links else ""

    # What changed last, then everything by when it was suggested.
    assert [len(entries(page)) for page in pages] == [20, 20, 1]
    assert len({entry.findtext("{*}id") for page in pages for entry in entries(page)}) == 21
    for entry in (entry for page in pages for entry in entries(page)):
        for name in ("id", "title", "updated", "author/{*}name", "content"):
            assert entry.findtext("{*}" + name), name
        assert datetime.fromisoformat(entry.findtext("{*}updated") or "").tzinfo is not None
    assert 'type="application/atom+xml"' in client.get("/public-ledger").text


def test_the_feed_begins_with_what_changed_last_and_a_circle_is_never_in_it(
    client: FlaskClient, maya: User, rosa: User
) -> None:
    config.use(settings_for_tests(PUBLIC_LEDGER=True))
    circle = make_circle(maya, rosa)
    old, secret = (
        now() - timedelta(days=90),
        make_idea(proposed_by=maya, owner=rosa, title="SECRET", circle_id=circle.id),
    )
    first, second = (make_idea(proposed_by=maya, owner=rosa, title=t, created_at=old) for t in ("<b>One", "Two"))
    for _number in range(21):
        make_idea(proposed_by=maya, owner=rosa)

    def newest() -> ElementTree.Element:
        answer = client.get("/public-ledger/feed")
        assert "SECRET" not in answer.text
        return entries(ElementTree.fromstring(answer.data))[0]

    action = start_action(title="Do it", owner=rosa, stage=ActionStage.PLANNED, by=rosa)
    for idea in (first, secret):
        respond(idea, kind=ResponseKind.ACTION, message="We <i>will</i>.", by=rosa, action=action)
    session().commit()
    told = newest()
    assert told.findtext("{*}title") == "Planned: <b>One"
    assert "<p>We &lt;i&gt;will&lt;/i&gt;.</p><p>– Rosa Pereira</p>" in (told.findtext("{*}content") or "")
    respond(here(second), kind=ResponseKind.EXPLANATION, message=REASON, by=here(rosa))
    session().commit()
    assert newest().findtext("{*}title") == "Explained: Two"
    record_progress(here(action), stage=ActionStage.UNDER_WAY, words="", by=here(rosa))
    session().commit()
    moved = newest()
    assert (moved.findtext("{*}title"), moved.findtext("{*}id")) == ("Under way: <b>One", told.findtext("{*}id"))
    assert (moved.findtext("{*}updated") or "") > (told.findtext("{*}updated") or "")
    say_whether_it_helped(here(second), helped=False, words="It is warm here.", by=here(maya))
    session().commit()
    assert newest().findtext("{*}title") == "Heard: Two"


def test_whoever_asks_again_is_told_whether_anything_changed(client: FlaskClient, maya: User, rosa: User) -> None:
    config.use(settings_for_tests(PUBLIC_LEDGER=True))
    member = Member(user_id=maya.id, founding_number=1, is_named_publicly=True)
    session().add(member)
    make_idea(proposed_by=maya, owner=rosa)

    for path in ("/public-ledger/feed", "/public-ledger/data"):
        here(member).is_named_publicly = True
        session().commit()
        first = client.get(path)
        assert first.headers["Cache-Control"] == "public, no-cache"
        asked = {"If-None-Match": first.headers["ETag"]}
        assert client.get(path, headers=asked).status_code == 304
        here(member).is_named_publicly = False
        session().commit()
        again = client.get(path, headers=asked)
        assert (again.status_code, "Maya" in first.text, "Maya" in again.text) == (200, True, False)
    assert client.get("/public-ledger/data").get_json()["figures"]["oldest_waiting_since"]


def test_the_feed_can_be_read_and_what_is_late_is_said(client: FlaskClient, maya: User, rosa: User) -> None:
    config.use(settings_for_tests(PUBLIC_LEDGER=True))
    suggest(title="A lamp \uffff\x0b for <b>winter</b>", body="\ufffe", by=maya)
    long_ago = now() - timedelta(days=40)
    make_idea(proposed_by=maya, owner=rosa, created_at=long_ago, acknowledge_by=long_ago + timedelta(days=1))

    feed = ElementTree.fromstring(client.get("/public-ledger/feed").data)
    data = client.get("/public-ledger/data").get_json()

    assert entries(feed)[0].findtext("{*}title") == "Waiting: A lamp for <b>winter</b>"
    # One suggestion, and both of its promises: neither a first word nor a decision came.
    assert (data["figures"]["late_now"], data["figures"]["promises_broken"]) == (1, 2)
    assert [row["is_late"] for row in data["suggestions"]] == [True, False]
    page = client.get("/public-ledger").text
    assert "1 late" in page
    assert "Promises broken" in page
