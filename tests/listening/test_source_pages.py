"""The pages of sources: any channel by its own form, keys that are never shown again, and the doors for pushes."""

import hashlib
import hmac
import json
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.foundation import config
from portal.foundation.clock import now
from portal.foundation.database import session
from portal.listening.connectors import known_connectors
from portal.listening.jobs import read_pushes
from portal.listening.models import Health, Mention, Push, PushStatus, Source
from portal.listening.services import add_source, push_address
from portal.listening.services.credentials import unseal
from tests.channels.feed_server import Answer, FeedServer
from tests.conftest import settings_for_tests


@pytest.fixture
def browser(sam, sign_in):
    return sign_in(sam)


@pytest.fixture
def server(app):
    with FeedServer() as running:
        base = running.url("")
        config.use(settings_for_tests(FETCH_ALLOW_LOOPBACK=True, CHANNEL_ADDRESSES=f"github.api={base}"))
        running.serve(
            "/rate_limit", lambda asked: Answer(body=json.dumps({"resources": {"search": {"limit": 30}}}).encode())
        )
        yield running


def only() -> Source:
    session().expire_all()
    return session().scalars(select(Source)).one()


GITHUB = {"channel": "github", "source-set_token": "ghp-hush", "source-set_words": "lamp", "source-set_kinds": "both"}


def test_every_channel_has_its_form(browser):
    offered = browser.get("/sources/new").text
    for connector in known_connectors():
        assert f"channel={connector.key}" in offered
        page = browser.get(f"/sources/new?channel={connector.key}")
        assert page.status_code == 200
        for field in connector.form_fields:
            assert f'name="source-set_{field.name}"' in page.text, (connector.key, field.name)
    assert browser.get("/sources/new?channel=pigeon").status_code == 404


def test_a_key_is_checked_sealed_and_never_shown_again(browser, server):
    checked = browser.post("/source-checks", data=GITHUB)
    assert "30 searches a minute" in checked.text
    assert "ghp-hush" not in checked.text

    browser.post("/sources", data=GITHUB)

    source = only()
    assert server.asked[-1].headers["authorization"] == "Bearer ghp-hush"
    assert source.settings == {"words": "lamp", "kinds": "both"}
    assert "hush" not in (source.secrets or "")
    assert unseal(source.secrets) == {"token": "ghp-hush"}
    pages = browser.get("/sources").text + browser.get(f"/sources/{source.id}").text
    assert "ghp-hush" not in pages


def test_settings_are_changed_and_a_key_left_empty_stays(browser, server):
    browser.post("/sources", data=GITHUB)
    source = only()
    source.health, source.failures = Health.STOPPED, 3
    session().commit()

    changed = {**GITHUB, "source-set_token": "", "source-set_words": "desk", "source-name": "Desks"}
    assert browser.post(f"/sources/{source.id}/changes", data=changed).status_code == 303

    source = only()
    assert (source.settings["words"], source.name, source.health) == ("desk", "Desks", Health.NEW)
    assert unseal(source.secrets) == {"token": "ghp-hush"}
    assert server.asked[-1].headers["authorization"] == "Bearer ghp-hush"
    browser.post(f"/sources/{source.id}/changes", data={**changed, "source-set_token": "ghp-new"})
    assert unseal(only().secrets) == {"token": "ghp-new"}


def test_a_stored_key_goes_to_no_other_server_than_it_was_given_for(browser, server):
    server.serve("/posts.json", Answer(body=b'{"latest_posts": []}'))
    forum = {"channel": "discourse", "source-set_url": server.url("").rstrip("/"), "source-set_key": "hush"}
    browser.post("/sources", data=forum)
    source = only()
    assert server.asked[-1].headers["api-key"] == "hush"
    with FeedServer() as other:
        other.serve("/posts.json", Answer(body=b'{"latest_posts": []}'))
        moved = {**forum, "source-set_url": other.url("").rstrip("/"), "source-set_key": ""}
        for extra in ({"only-check": "yes"}, {}):
            browser.post(f"/sources/{source.id}/changes", data={**moved, **extra})

        assert [asked.headers.get("api-key") for asked in other.asked] == [None, None]
    assert (only().secrets, only().settings["url"]) == (None, moved["source-set_url"])


def test_a_key_of_several_lines_keeps_them_and_is_not_sent_back(browser):
    page = browser.get("/sources/new?channel=app-store").text
    assert re.search(r"<textarea[^>]*name=\"source-set_private_key\"", page)

    lines = "-----BEGIN PRIVATE KEY-----\nMIGT\n-----END PRIVATE KEY-----"
    data = {"channel": "app-store", "source-set_app": "77", "source-set_countries": "us"}
    answer = browser.post("/source-checks", data={**data, "source-set_private_key": lines}).text

    assert "MIGT" not in answer
    assert "never sent back to this page" in answer


def test_a_check_of_a_standing_source_changes_nothing(browser, server):
    browser.post("/sources", data=GITHUB)
    data = {**GITHUB, "source-set_words": "desk", "only-check": "yes"}

    answer = browser.post(f"/sources/{only().id}/changes", data=data)

    assert "30 searches a minute" in answer.text
    assert only().settings["words"] == "lamp"


def test_what_is_missing_is_said(browser, server):
    answer = browser.post("/sources", data={**GITHUB, "source-set_token": ""})

    assert answer.status_code == 422
    assert "This is needed." in answer.text


def test_health_says_calls_and_the_next_turn(browser, sam):
    source = add_source(connector="stackexchange", settings={"site": "diy"}, name="DIY", keeps_all=True, by=sam)
    moment = now()
    source.usage = {"day": moment.date().isoformat(), "calls": 62}
    source.last_good_at, source.next_due_at = moment - timedelta(minutes=4), moment + timedelta(seconds=1)
    session().commit()

    page = browser.get("/sources").text

    assert "4 minutes ago" in page
    assert "62 of 10,000 calls today" in page
    assert "next at" in page


def test_a_source_says_what_it_listens_to_in_words(browser, sam):
    plain = add_source(
        connector="stackexchange", settings={"site": "diy", "kinds": "both"}, name="", keeps_all=True, by=sam
    )
    add_source(
        connector="github", settings={"words": "lamp\nlumen", "kinds": "discussions"}, name="G", keeps_all=True, by=sam
    )
    session().commit()

    page = browser.get("/sources").text

    assert plain.name == "diy"
    assert "Stack Exchange · diy<" in page
    assert re.search(r"GitHub · lamp, lumen · Discussions and comments<", page)


def test_a_source_that_has_gone_quiet_has_a_banner_until_it_is_heard_again(browser, sam):
    source = add_source(connector="stackexchange", settings={"site": "diy"}, name="DIY", keeps_all=True, by=sam)
    source.last_good_at = now() - 3 * timedelta(seconds=source.interval_s) - timedelta(minutes=1)
    source.last_error = "The channel answers with status 503."
    mails = add_source(connector="mail", settings={}, name="Alerts", keeps_all=True, by=sam)
    mails.created_at = now() - timedelta(days=9)
    session().commit()
    said = "has brought nothing for more than three of its intervals"

    quiet = browser.get("/sources").text
    for page in ("/mentions", "/home"):
        assert browser.get(page).text.count(f"DIY” {said}") == 1, page
    assert said not in browser.get("/mentions?older=20200101T000000.0-1").text
    session().get_one(Source, source.id).health = Health.PAUSED
    session().commit()
    paused = browser.get("/sources").text
    again = session().get_one(Source, source.id)
    again.health, again.last_good_at = Health.GOOD, now()
    session().commit()

    assert quiet.count(said) == 1
    assert f"DIY” {said}" in quiet
    assert "status 503" in quiet
    assert said not in paused
    for page in ("/sources", "/mentions", "/home"):
        assert said not in browser.get(page).text


def test_a_source_that_is_not_asked_any_more_says_so_above_all(browser, sam):
    source = add_source(connector="stackexchange", settings={"site": "diy"}, name="DIY", keeps_all=True, by=sam)
    source.health, source.last_error = Health.STOPPED, "Stack Exchange does not take this key."
    add_source(connector="mail", settings={}, name="Alerts", keeps_all=True, by=sam)
    session().commit()

    page = browser.get("/sources").text
    # It comes first among the others as well, whatever its name.
    assert page.rindex(">DIY</a>") < page.index(">Alerts</a>")

    assert page.index("“DIY” is not asked any more.") < page.index("Your sources")
    assert "“DIY” is not asked any more." in browser.get("/mentions").text
    assert "does not take this key" in page
    assert browser.post(f"/sources/{source.id}/resumptions").status_code == 303
    assert "is not asked any more" not in browser.get("/sources").text


def test_spending_is_shown(browser, sam):
    source = add_source(connector="x", settings={"cap": "20"}, name="X", keeps_all=True, by=sam)
    source.usage = {"month": now().strftime("%Y-%m"), "micros": 1_230_000}
    session().commit()

    assert "USD 1.23 of 20.00 spent this month" in browser.get("/sources").text


@pytest.fixture
def forum(app, sam) -> tuple[str, str]:
    source = add_source(
        connector="discourse", settings={"url": "https://forum.example"}, name="Forum", keeps_all=True, by=sam
    )
    session().commit()
    door = push_address(source)
    assert door is not None
    return door.url.removeprefix(config.current().BASE_URL), door.secret


POST = {
    "id": 7, "username": "juno", "created_at": "2026-03-04T12:00:00Z", "cooked": "<p>The lamp hums</p>", "topic_id": 3,
    "post_number": 1, "topic_title": "Humming", "topic_slug": "humming",
}  # fmt: skip


def send(client, forum, event: str, body: bytes, name: str = "1", secret: str | None = None):
    path, own = forum
    signature = hmac.new((secret or own).encode(), body, hashlib.sha256).hexdigest()
    headers = {
        "X-Discourse-Event": event, "X-Discourse-Event-Id": name,
        "X-Discourse-Event-Signature": f"sha256={signature}", "Content-Type": "application/json",
    }  # fmt: skip
    return client.post(path, data=body, headers=headers)


def test_a_push_is_kept_once_and_read_by_the_worker(client, forum):
    body = json.dumps({"post": POST}).encode()

    assert [send(client, forum, "post_created", body).status_code for _ in range(2)] == [202, 202]
    assert session().scalars(select(Push.status)).all() == [PushStatus.WAITING]
    assert read_pushes() == 1
    assert read_pushes() == 0

    session().expire_all()
    mention = session().scalars(select(Mention)).one()
    assert (mention.external_id, mention.text, mention.origin_host) == ("7", "The lamp hums", "forum.example")
    assert session().scalars(select(Push.body)).one() == b""
    assert only().last_good_at is not None

    edited = json.dumps({"post": {**POST, "cooked": "<p>The lamp is silent</p>", "version": 2}}).encode()
    send(client, forum, "post_edited", edited, "2")
    read_pushes()
    session().expire_all()
    assert session().scalars(select(Mention.text)).one() == "The lamp is silent"

    send(client, forum, "post_destroyed", body, "3")
    read_pushes()
    session().expire_all()
    gone = session().scalars(select(Mention)).one()
    assert (gone.text, gone.title, gone.url, gone.gone_at is not None) == ("", None, None, True)
    # What is gone does not come back with a late repetition.
    send(client, forum, "post_edited", edited, "4")
    read_pushes()
    session().expire_all()
    assert session().scalars(select(Mention.text)).one() == ""


def test_a_push_without_the_right_signature_leaves_no_trace(client, forum):
    body = json.dumps({"post": POST}).encode()

    assert send(client, forum, "post_created", body, secret="wrong").status_code == 403
    assert send(client, (forum[0] + "x", forum[1]), "post_created", body).status_code == 404
    assert send(client, forum, "post_created", b"x" * (300 << 10)).status_code == 413
    assert client.get(forum[0]).status_code == 404

    assert not session().scalars(select(Push)).all()


def test_a_paused_source_keeps_nothing(client, forum):
    only().health = Health.PAUSED
    session().commit()

    assert send(client, forum, "post_created", json.dumps({"post": POST}).encode()).status_code == 202

    assert not session().scalars(select(Push)).all()
